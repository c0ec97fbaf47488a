"""Makers of test data: every argument has a plain default."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.utils.text import slugify

from torget.channels.models import Channel, Mandate
from torget.journal.models import Entry
from torget.journal.tree import leaf_hash
from torget.moderation.models import Basis, Decision, Ground
from torget.moderation.services import Judgement
from torget.organisation.models import Role, RoleName, Unit, User
from torget.platforms.contract import (
    Author,
    IncomingMessage,
    Kind,
    Media,
    NoCopyOrder,
    RemoteId,
    Snapshot,
)
from torget.records.models import Message, MessageVersion
from torget.records.services import capture, order_no_copy
from torget.retention.services import destroy_unlawful_possession

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
YEAR = date(2026, 1, 1)


def unit(name: str = "Björkbo kommun", parent: Unit | None = None, *, board: bool = True) -> Unit:
    """Return a unit; the same name gives the same unit."""
    return Unit.objects.get_or_create(
        name=name, defaults={"parent": parent, "is_authority": board}
    )[0]


def user(name: str = "Maj", *roles: RoleName, at: Unit | None = None) -> User:
    """Return a person with roles at a unit (the municipality unless told otherwise)."""
    person = User.objects.filter(name=name).first() or User.objects.create_user(
        f"{name.lower()}@bjorkbo.example", name=name
    )
    for role in roles:
        Role.objects.get_or_create(user=person, unit=at or unit(), role=role, since=YEAR)
    return person


def channel(name: str = "Bloggen", at: Unit | None = None, platform: str = "wordpress") -> Channel:
    """Return a channel; the same name gives the same channel."""
    place = at or unit()
    return Channel.objects.get_or_create(
        name=name,
        defaults={
            "slug": slugify(name),
            "platform": platform,
            "url": "http://127.0.0.1:1/",
            "unit": place,
            "authority": place,
            "purpose": "Nyheter.",
            "since": YEAR,
        },
    )[0]


def mandate(person: User, *channels: Channel, until: datetime | None = None) -> Mandate:
    """Return a mandate to moderate, valid from the day before MONDAY."""
    given = Mandate.objects.create(
        person=person,
        giver=user("Chefen", RoleName.MANAGER),
        may_moderate=True,
        since=MONDAY - timedelta(days=1),
        until=until,
        recorded_at=MONDAY - timedelta(days=1),
    )
    given.channels.set(channels or [channel()])
    return given


def moderator(name: str = "Maj") -> User:
    """Return someone who may moderate the blog: a role and a mandate."""
    person = user(name, RoleName.COMMUNICATIONS)
    if not person.mandates.exists():
        mandate(person)
    return person


def incoming(
    text: str = "Hej!",
    name: str | None = "Kim",
    remote_id: str = "1",
    media: tuple[Media, ...] = (),
) -> IncomingMessage:
    """Return a message as a platform gives it."""
    withheld = frozenset() if name else frozenset({"name"})
    return IncomingMessage(
        remote_id=RemoteId(remote_id),
        kind=Kind.COMMENT,
        author=Author(id="u1", name=name, withheld=withheld),
        text=text,
        written_at=MONDAY,
        raw=b'{"id": 1}',
        thread="10",
        thread_title="Nya lekplatsen",
        thread_url="http://127.0.0.1:1/lekplatsen",
        permalink="http://127.0.0.1:1/lekplatsen#comment-1",
        media=media,
    )


def version(
    text: str = "Hej!", name: str | None = "Kim", remote_id: str = "1", at: Channel | None = None
) -> MessageVersion:
    """Return a saved incoming message, seen by the public on the blog."""
    return capture(at or channel(), Snapshot(incoming(text, name, remote_id)), at=MONDAY)


def judgement(
    measure: str = "hide", *grounds: str, citation: str = "", urgent: bool = False
) -> Judgement:
    """Return a judgement with a reason; attack and harassment unless told otherwise."""
    takes_away = measure in ("hide", "remove")
    chosen = grounds or ((Ground.DEFAMATION, Ground.HARASSMENT) if takes_away else ())
    return Judgement(
        measure=Decision.Measure(measure),
        grounds={Ground(g): citation if g == Ground.LAW else "" for g in chosen},
        basis=Basis.GUIDELINE,
        reason="Angriper en person i stället för att hålla sig till sak.",
        passed_to="Bygg och miljö" if measure == "pass_on" else "",
        urgent=urgent,
    )


def answer(
    text: str = "Svar", *, to: str = "1", remote_id: str = "2", media: tuple[Media, ...] = ()
) -> IncomingMessage:
    """Return a reply to another message, as a platform gives it."""
    plain = incoming(text, remote_id=remote_id, media=media)
    return replace(plain, kind=Kind.REPLY, parent=RemoteId(to))


def destroyed(message: Message) -> NoCopyOrder:
    """Order that nothing of a message be kept, and carry it out."""
    actor = user().actor
    order = order_no_copy(message, actor=actor, at=MONDAY)
    destroy_unlawful_possession(message, order, actor=actor, at=MONDAY)
    return order


def leaf(entry: Entry) -> bytes:
    """Return the leaf of a line as it reads now."""
    return leaf_hash(entry.line())


def picture(data: bytes | None = b"\x89PNG en bild", address: str = "a.png") -> Media:
    """Return a picture; without bytes it was not fetched."""
    return Media(f"http://127.0.0.1:1/{address}", "image/png", "En lekplats", data)
