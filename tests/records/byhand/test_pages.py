"""The pages where messages are brought in, looked through and saved, and where steps are done."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.records.byhand.files import png
from tests.records.byhand.hand import WHERE, channel, maj, pasted, saved, version
from torget.channels.models import Channel, GuidedStep, Mandate
from torget.moderation import services as moderation
from torget.moderation.selectors import sight
from torget.moderation.work import carry_out
from torget.organisation.models import RoleName
from torget.platforms.contract import Snapshot
from torget.records import services as records
from torget.records.byhand.models import HandEntry, StepProof
from torget.records.models import Attachment, Message
from torget.records.selectors import content

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]
PASTE, TASKS = "/handlingar/for-in/facebook/", "/att-gora/"
COPIED = "Kim Berg\nVilken fin lekplats!\n3 tim\nGilla\nSvara"


@pytest.fixture
def desk(client: Client) -> Client:
    """Return the browser of someone who may bring in and moderate."""
    channel()
    client.force_login(maj())
    return client


def items(*rows: dict[str, Any], gor: str = "spara", post: str = "") -> dict[str, Any]:
    """Return a page of messages as its form sends it."""
    told: dict[str, Any] = {"gor": gor, "post": post, "pasted": ""}
    told |= {"k-TOTAL_FORMS": len(rows), "k-INITIAL_FORMS": 0}
    for n, row in enumerate(rows):
        plain = {"text": "Hej!", "author": "Kim Berg", "time": "3 tim", "kind": "comment"}
        told |= {f"k-{n}-{name}": value for name, value in (plain | row).items()}
    return told


def text(client: Client, path: str, told: dict[str, Any] | None = None, status: int = 200) -> str:
    answer = client.post(path, told) if told is not None else client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def step(verb: str = "hide") -> GuidedStep:
    seen = version("En grov förolämpning.", address=WHERE)
    moderation.decide(
        sight=sight(seen.message), judgement=make.judgement(), by=maj(), now=timezone.now()
    )
    carry_out(5)
    return GuidedStep.objects.get(verb=verb)


def test_what_is_pasted_is_shown_before_it_is_saved_and_saved_as_it_is_shown(desk: Client) -> None:
    assert "autofocus" in text(desk, PASTE)

    looked = text(desk, PASTE, {"gor": "las", "pasted": COPIED, "post": "Nya lekplatsen"})

    assert not Message.objects.exists()
    for value in ('value="Kim Berg"', 'value="3 tim"', "Vilken fin lekplats!", "Nya lekplatsen"):
        assert value in looked
    assert 'value="spara" autofocus' in looked
    told = items({"text": "Vilken fin lekplats!"}, post="Nya lekplatsen")
    page = desk.post(PASTE, told, follow=True).content.decode()
    saved = Message.objects.get()
    assert f"Sparat som allmän handling: {saved.torget_nr}." in page
    assert saved.latest
    assert content(saved.latest).thread_title == "Nya lekplatsen"
    assert 'value="Nya lekplatsen"' in page  # the next comment is often under the same post


def test_what_is_missing_gets_the_focus(desk: Client) -> None:
    looked = text(desk, PASTE, {"gor": "las", "pasted": "Bara en text.", "post": ""})

    start = looked.index('name="k-0-author"')
    assert "autofocus" in looked[start : looked.index(">", start)]
    assert 'value="spara" autofocus' not in looked


def test_a_comment_that_is_here_already_is_told_before_it_is_saved(desk: Client) -> None:
    fresh = pasted("Vilken fin lekplats!", address=WHERE)
    seen = saved(fresh, now=timezone.now())[0].version
    copied = {"gor": "las", "post": ""}

    same = text(desk, PASTE, copied | {"pasted": COPIED})
    changed = text(desk, PASTE, copied | {"pasted": f"Kim Berg\nNy text\n3 tim\n{WHERE}"})
    other = text(desk, PASTE, copied | {"pasted": f"Bo Ek\nNy text\n3 tim\n{WHERE}"})

    number = seen.message.torget_nr
    assert "Finns redan som" in same
    assert "Blir en ny version av" in changed
    assert "som någon annan skrev" in other
    assert "den som skrev har bytt namn" in other
    assert all(number in page for page in (same, changed, other))


def test_one_more_form_keeps_what_stands_in_the_others(desk: Client) -> None:
    page = text(desk, PASTE, items({"text": "Ett", "time": "inte en tid"}, gor="lagg_till"))

    assert page.count('name="k-0-text"') == page.count('name="k-1-text"') == 1
    assert 'value="inte en tid"' in page
    assert "Spara 2 meddelanden" in page
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": " "}, "Klistra in texten"),
        ({"author": ""}, "kryssa i att det inte syns"),
        ({"time": "på morgonen"}, "Torget förstår inte tiden"),
        ({"address": "ingen adress"}, "ingen webbadress"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    desk: Client, row: dict[str, Any], said: str
) -> None:
    assert said in text(desk, PASTE, items({}, row), status=422)
    assert not Message.objects.exists()


def test_nothing_at_all_is_not_saved(desk: Client) -> None:
    empty = {"text": "", "author": "", "time": ""}

    assert "Fyll i minst ett meddelande" in text(desk, PASTE, items(empty), status=422)


def test_a_picture_comes_along_and_something_else_does_not(desk: Client) -> None:
    good = SimpleUploadedFile("bild.exe", png())
    bad = SimpleUploadedFile("bild.png", b"<svg/>")

    page = text(desk, PASTE, items({"picture": bad}), status=422)
    text(desk, PASTE, items({"picture": good}), status=302)

    assert "ingen bild som går att spara" in page
    assert Attachment.objects.get().media_type == "image/png"


@override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_a_form_that_is_too_large_is_refused_as_a_whole(desk: Client) -> None:
    large = SimpleUploadedFile("bild.png", png() + bytes(2000))

    text(desk, PASTE, items({"picture": large}), status=400)

    assert not Message.objects.exists()


def test_where_something_is_brought_in_is_chosen_where_there_is_a_choice(desk: Client) -> None:
    assert desk.get("/handlingar/for-in/").headers["Location"] == PASTE
    other = make.channel("Instagram", platform="instagram")
    Channel.objects.filter(pk=other.pk).update(capture_basis="manual")

    page = text(desk, "/handlingar/for-in/")

    assert "Facebook" in page
    assert "Instagram" in page
    assert "Bloggen" not in page


@pytest.mark.parametrize("facts", [{"capture_basis": "api"}, {"status": "closed"}])
def test_there_is_no_page_for_what_comes_by_itself_or_is_closed(
    desk: Client, facts: dict[str, str]
) -> None:
    Channel.objects.update(**facts)

    text(desk, PASTE, status=404)


@pytest.mark.parametrize("role", [RoleName.IT, RoleName.WEB_OWNER, RoleName.REGISTRAR])
def test_those_who_do_not_read_comments_have_none_of_the_pages(
    client: Client, role: RoleName
) -> None:
    waits = step()
    client.force_login(make.user("Siv", role))
    paths = [PASTE, TASKS, f"{TASKS}{waits.key}/", f"{TASKS}{waits.key}/bild/"]

    assert {client.get(path).status_code for path in (*paths, "/handlingar/for-in/")} == {404}


def test_another_units_channels_and_steps_are_not_there(client: Client) -> None:
    waits = step()
    school = make.unit("Skolan", make.unit())
    client.force_login(make.user("Siv", RoleName.COMMUNICATIONS, at=school))

    assert client.get(PASTE).status_code == 404
    assert client.get(f"{TASKS}{waits.key}/").status_code == 404
    assert "Dölj kommentaren" not in text(client, TASKS)


def test_a_wrong_paste_is_marked_on_the_records_page_and_stays(desk: Client) -> None:
    seen = version()
    record = f"/handlingar/{seen.message.pk}/"
    assert "Införd för hand" in text(desk, record)

    page = desk.post(f"{record}felaktig/", {"why": "trial"}, follow=True).content.decode()
    refused = desk.post(f"{record}felaktig/", {"why": "hej"}, follow=True).content.decode()

    assert "Felaktigt införd" in page
    assert "Märktes som felaktigt infört" in page
    assert "Hej!" in page
    assert "Välj varför" in refused
    assert HandEntry.objects.get().wrong == "trial"


def test_a_record_that_came_by_itself_says_nothing_of_hands(desk: Client) -> None:
    seen = make.version()

    assert "Införd för hand" not in text(desk, f"/handlingar/{seen.message.pk}/")


@pytest.mark.clause("4.10")
def test_the_list_and_the_menu_tell_what_waits(desk: Client) -> None:
    waits = step()

    page = text(desk, TASKS)

    assert f'href="{TASKS}{waits.key}/"' in page
    entry = page[
        page.index(f'<a href="{TASKS}"') : page.index("</a>", page.index(f'<a href="{TASKS}"'))
    ]
    assert '1<span class="ds-sr-only">väntar</span>' in entry


@pytest.mark.clause("4.10")
def test_a_step_shows_what_to_do_with_what_and_where(desk: Client) -> None:
    waits = step()

    page = text(desk, f"{TASKS}{waits.key}/")

    for words in (
        "En grov förolämpning.",
        "Dölj kommentar",
        "utan att vara inloggad",
        "comment_id=2",
    ):
        assert words in page


@pytest.mark.clause("4.10")
def test_a_step_is_confirmed_through_its_page_with_a_picture_that_can_be_fetched(
    desk: Client,
) -> None:
    waits = step()
    page = f"{TASKS}{waits.key}/"
    assert text(desk, page, {"gor": "klart"}, status=422).count("tittat på sidan")

    picture = SimpleUploadedFile("bild.png", png())
    after = desk.post(page, {"gor": "klart", "picture": picture}, follow=True).content.decode()

    assert "Det är noterat som gjort." in after
    assert StepProof.objects.get().step == waits
    answer = desk.get(f"{page}bild/")
    assert (answer.content, answer.headers["Content-Type"]) == (png(), "image/png")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Hämta bilden" in text(desk, page)
    assert desk.get(f"{page}bild/").status_code == 200


@pytest.mark.clause("4.10")
def test_what_could_not_be_done_is_said_with_a_reason(desk: Client) -> None:
    waits = step()
    page = f"{TASKS}{waits.key}/"

    assert "Välj varför det inte gick" in text(desk, page, {"gor": "gick_inte"}, status=422)
    text(desk, page, {"gor": "gick_inte", "reason": "not_offered"}, status=302)

    waits.refresh_from_db()
    assert (waits.state, waits.reason) == (GuidedStep.State.FAILED, "not_offered")
    carry_out(5)
    told = text(desk, f"/kommentarer/{Message.objects.get().pk}/")
    assert "Det gick inte för hand." in told
    assert "Plattformen har ingen sådan knapp." in told


@pytest.mark.clause("4.2")
def test_without_a_mandate_one_sees_the_step_and_cannot_answer_it(desk: Client) -> None:
    waits = step()
    Mandate.objects.update(revoked_at=timezone.now())

    page = text(desk, f"{TASKS}{waits.key}/")
    refused = text(desk, f"{TASKS}{waits.key}/", {"gor": "klart", "seen_done": "on"}, status=422)

    assert "Någon annan får göra det här" in page
    assert "Det är gjort" not in page
    assert "Något annat" not in refused
    assert GuidedStep.objects.get().state == GuidedStep.State.OPEN


@pytest.mark.clause("4.10")
def test_a_steps_link_leads_to_a_web_page_and_nowhere_else(desk: Client) -> None:
    where = channel()
    told = replace(make.incoming(remote_id="7"), permalink="javascript:alert(1)", thread_url="")
    records.capture(where, Snapshot(told), at=timezone.now())
    waits = GuidedStep.objects.create(
        channel=where, operation=where.key, verb="hide", target="7", asked_at=timezone.now()
    )

    page = text(desk, f"{TASKS}{waits.key}/")

    assert "javascript:" not in page
    assert f'href="{where.url}"' in page


@pytest.mark.parametrize("path", [TASKS, PASTE, f"{TASKS}step/", "/handlingar/record/"])
def test_the_pages_ask_no_more_with_fifty_rows(
    desk: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    waits = step()
    for n in range(50):
        version(f"Kommentar {n}", post=f"inlägg {n}")
        GuidedStep.objects.create(
            channel=waits.channel,
            operation=version(f"Kommentar {n}", post=f"inlägg {n}").message.key,
            verb="hide",
            target=Message.objects.order_by("-pk")[0].remote_id,
            asked_at=timezone.now(),
        )
    desk.get(TASKS)

    record = Message.objects.order_by("pk")[0].pk
    address = path.replace("step", str(waits.key)).replace("record", str(record))
    with django_assert_max_num_queries(8 if path in {TASKS, PASTE} else 10):
        assert desk.get(address).status_code == 200
