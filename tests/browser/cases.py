"""Every address of Torget, and how a person comes to what it shows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from tests.browser.municipality import Municipality
from torget.organisation.models import RoleName

type Doing = Callable[[Page], None]

# Values of an address that hang on what has happened in the municipality, asked of its database.
_VALUES: Mapping[str, str] = {
    "waiting": """SELECT m.id FROM records_message m WHERE m.direction = 'in' AND NOT EXISTS
        (SELECT 1 FROM moderation_decision d WHERE d.message_id = m.id) ORDER BY m.id""",
    "swearing": """SELECT m.id FROM records_message m JOIN moderation_reading r
        ON r.version_id = m.latest_id WHERE r.labels LIKE '%"a"%' ORDER BY m.id""",
    "distress": """SELECT m.id FROM records_message m JOIN moderation_reading r
        ON r.version_id = m.latest_id WHERE r.support ORDER BY m.id""",
    "hidden": """SELECT d.message_id FROM moderation_decision d
        WHERE d.measure = 'hide' AND d.state = 'confirmed' ORDER BY d.message_id""",
    "blog": "SELECT slug FROM channels_channel WHERE platform = 'wordpress' ORDER BY id",
    "facebook": "SELECT slug FROM channels_channel WHERE platform = 'facebook' ORDER BY id",
    "closed": "SELECT slug FROM channels_channel WHERE status = 'closed'",
    "signed": "SELECT size FROM journal_checkpoint ORDER BY size DESC",
    "mandate": "SELECT key FROM channels_mandate ORDER BY id",
    "post": """SELECT post_id FROM publishing_dispatch WHERE state = 'confirmed'
        AND verb = 'publish' ORDER BY id""",
    "sent": """SELECT key FROM publishing_dispatch WHERE state = 'confirmed'
        AND verb = 'publish' ORDER BY id""",
    "asking": """SELECT post_id FROM publishing_dispatch WHERE state = 'waiting_approval'
        ORDER BY id""",
    "draft": """SELECT p.id FROM publishing_post p WHERE NOT EXISTS
        (SELECT 1 FROM publishing_dispatch d WHERE d.post_id = p.id) ORDER BY p.id""",
    "step": "SELECT key FROM channels_guidedstep WHERE state = 'open' ORDER BY id",
    "pasted": """SELECT m.id FROM records_message m JOIN byhand_handentry e
        ON e.message_id = m.id ORDER BY m.id""",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One address as one person opens it. ``doing`` is done there before the page is looked at."""

    name: str
    role: RoleName | None = None
    arguments: Mapping[str, str | int] = field(default_factory=dict)
    query: str = ""
    status: int = 200
    doing: Doing | None = None

    def __str__(self) -> str:
        about = [str(value) for value in self.arguments.values()]
        did = [self.doing.__name__] if self.doing else []
        return " ".join([self.name, *about, self.query, *did, self.role or ""]).strip()

    def path(self, town: Municipality) -> str:
        """Return the address, with what is there in the municipality."""
        if self.name.startswith("prov/"):
            return f"/{self.name}"
        told = {name: _value(town, value) for name, value in self.arguments.items()}
        return reverse(self.name, kwargs=told) + self.query


def names() -> Iterator[str]:
    """Yield the name of every address in use."""
    yield from _names(get_resolver("torget.project.urls"), "")


def _names(resolver: URLResolver, space: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        else:
            inside = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _names(entry, inside)


def _value(town: Municipality, value: str | int) -> str | int | UUID:
    if isinstance(value, str) and value in _VALUES:
        found: str | int = town.ask(_VALUES[value])[0][0]
        return UUID(str(found)) if value in {"mandate", "step", "sent"} else found
    return value


def press(button: str, **fields: str) -> Doing:
    """Return how to fill in some fields of the page, and press a button."""

    def doing(page: Page) -> None:
        for label, value in fields.items():
            page.locator(f"main [name={label}]").fill(value)
        page.locator("main").get_by_role("button", name=button).first.click()

    doing.__name__ = f"({button})"
    return doing


def write(text: str) -> Doing:
    """Return how to write something and try to send it."""

    def doing(page: Page) -> None:
        page.locator("main [name=text]").fill(text)
        page.get_by_text("Personnummer i texten").wait_for()  # the checks answer while one writes
        page.wait_for_load_state("networkidle")
        page.locator("main [name=do][value=order]").click(force=True)
        page.locator("main [role=alert]").wait_for()

    doing.__name__ = "(write)"
    return doing


COMMUNICATIONS, MANAGER = RoleName.COMMUNICATIONS, RoleName.MANAGER
REGISTRAR, IT, WEB = RoleName.REGISTRAR, RoleName.IT, RoleName.WEB_OWNER
A_COMMENT = {"pk": "waiting"}
BLOG = {"slug": "blog"}
A_POST = {"pk": "post", "key": "sent"}
COPY = "Kim Berg\nVad fint!\n3 tim\n\nBillig AB\nKöp nu!\nigår 14:05\nhttps://facebook.example/1"

# Whole pages, as a person sees them.
PAGES = [
    Case("organisation:sign_in"),
    Case("organisation:sign_in", doing=press("Logga in", email="x@bjorkbo.example", password="y")),
    Case("organisation:account", COMMUNICATIONS),
    Case("desk:today", COMMUNICATIONS),
    Case("desk:today", MANAGER),
    Case("desk:today", IT),
    Case("desk:guideline", WEB),
    Case("channels:directory"),
    Case("channels:directory", query="?q=bibliotek"),
    Case("channels:directory", query="?q=finns-inte"),
    Case("journal:proof"),
    Case("channels:register", WEB),
    Case("channels:register", MANAGER),
    Case("channels:channel", MANAGER, BLOG),
    Case("channels:channel", WEB, {"slug": "facebook"}),
    Case("channels:channel", MANAGER, {"slug": "closed"}),
    Case("channels:new", COMMUNICATIONS),
    Case("channels:new", COMMUNICATIONS, doing=press("Registrera")),
    Case("channels:close", COMMUNICATIONS, BLOG),
    Case("channels:close", COMMUNICATIONS, BLOG, doing=press("Stäng", closed_on="snart")),
    Case("byhand:tasks", COMMUNICATIONS),
    Case("byhand:task", COMMUNICATIONS, {"key": "step"}),
    Case("byhand:task", COMMUNICATIONS, {"key": "step"}, doing=press("Det är gjort")),
    Case("byhand:task", MANAGER, {"key": "step"}),
    Case("byhand:proof", COMMUNICATIONS, {"key": "step"}, status=404),
    Case("byhand:choose", COMMUNICATIONS),
    Case("byhand:paste", COMMUNICATIONS, {"slug": "facebook"}),
    Case("byhand:paste", COMMUNICATIONS, {"slug": "facebook"}, doing=press("Granska", pasted=COPY)),
    Case("records:record", COMMUNICATIONS, {"pk": "pasted"}),
    Case("byhand:misfile", COMMUNICATIONS, {"pk": "pasted"}, status=405),
    Case("channels:mandates", MANAGER),
    Case("channels:mandates", COMMUNICATIONS),
    Case("channels:mandates", COMMUNICATIONS, query="?dag=idag&tid=09.00"),
    Case("channels:mandates", MANAGER, query="?dag=strax&tid=x"),
    Case("channels:connection", IT, BLOG),
    Case("channels:connection", IT, BLOG, doing=press("Spara", base_url="inte en adress")),
    Case("channels:give_mandate", MANAGER, BLOG),
    Case("channels:give_mandate", MANAGER, BLOG, doing=press("Ge uppdrag")),
    Case("moderation:queue", COMMUNICATIONS),
    Case("moderation:queue", COMMUNICATIONS, query="?vy=beslutade"),
    Case("moderation:queue", COMMUNICATIONS, query="?vy=ater"),
    Case("moderation:message", COMMUNICATIONS, A_COMMENT),
    Case("moderation:message", COMMUNICATIONS, {"pk": "swearing"}),
    Case("moderation:message", COMMUNICATIONS, {"pk": "distress"}),
    Case("moderation:message", COMMUNICATIONS, {"pk": "hidden"}, query="?vy=beslutade"),
    Case("moderation:message", MANAGER, A_COMMENT),
    Case("moderation:message", COMMUNICATIONS, {"pk": "waiting"}, doing=press("Vidare")),
    Case("publishing:write", COMMUNICATIONS),
    Case("publishing:write", COMMUNICATIONS, doing=write("Kalle har 811228-9874.")),
    Case("publishing:write", MANAGER),
    Case("publishing:write", IT, status=404),
    Case("publishing:draft", COMMUNICATIONS, {"pk": "draft"}),
    Case("publishing:list", COMMUNICATIONS),
    Case("publishing:list", COMMUNICATIONS, query="?vy=publicerade"),
    Case("publishing:list", COMMUNICATIONS, query="?vy=ater"),
    Case("publishing:post", COMMUNICATIONS, {"pk": "post"}),
    Case("publishing:post", COMMUNICATIONS, {"pk": "asking"}),
    Case("publishing:change", COMMUNICATIONS, {"pk": "post", "key": "sent"}),
    Case("records:list", REGISTRAR),
    Case("records:list", REGISTRAR, query="?lage=gone"),
    Case("records:list", REGISTRAR, query="?q=skolan"),
    Case("records:list", REGISTRAR, query="?q=finns-inte&fran=strax"),
    Case("records:record", REGISTRAR, {"pk": "hidden"}),
    Case("records:record", REGISTRAR, {"pk": "hidden"}, query="?utskrift"),
    Case("records:record", RoleName.ARCHIVIST, {"pk": "distress"}),
    Case("records:attachment", REGISTRAR, {"pk": "hidden", "n": 1}, status=404),
    Case("moderation:message", IT, A_COMMENT, status=404),
    Case("moderation:decide", COMMUNICATIONS, A_COMMENT, status=405),
    Case("prov/refused/", COMMUNICATIONS, status=403),
    Case("prov/broken/", COMMUNICATIONS, status=500),
]
# Addresses that give something else than a page: data, a part of a page, or the way to a page.
OTHERS = [
    Case("health"),
    Case("web:theme", arguments={"revision": "gammal"}),
    Case("channels:directory_json"),
    Case("journal:proof_json"),
    Case("journal:note", arguments={"size": "signed"}),
    Case("desk:today"),
    Case("moderation:news", COMMUNICATIONS, query="?sedan=1&visat=0"),
    Case("records:text", REGISTRAR, {"pk": "hidden", "n": 1}),
]
# Addresses that a form sends to; the journeys do so.
SENT_TO = [
    Case("organisation:sign_out", COMMUNICATIONS, status=405),
    Case("channels:fetch_now", MANAGER, BLOG, status=405),
    Case("channels:check", MANAGER, BLOG, status=405),
    Case("channels:end_mandate", MANAGER, BLOG | {"key": "mandate"}, status=405),
    Case("moderation:decide", COMMUNICATIONS, A_COMMENT, status=405),
    Case("moderation:undo", COMMUNICATIONS, A_COMMENT, status=405),
    Case("records:export", REGISTRAR, {"pk": "hidden"}, status=405),
    Case("publishing:check", COMMUNICATIONS, status=405),
    Case("publishing:weed", COMMUNICATIONS, {"pk": "draft"}, status=405),
    Case("publishing:approve", COMMUNICATIONS, A_POST, status=405),
    Case("publishing:withdraw", COMMUNICATIONS, A_POST, status=405),
    Case("publishing:cancel", COMMUNICATIONS, A_POST, status=405),
    Case("publishing:take_down", COMMUNICATIONS, A_POST, status=405),
    Case("publishing:picture", COMMUNICATIONS, A_POST, status=404),
]
