"""Whether what a person brings in is a message that is here already."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db.models import QuerySet

from torget.channels.models import Channel
from torget.platforms.contract import Author, Kind
from torget.platforms.manual import name_of
from torget.records import canonical
from torget.records.byhand.models import HandEntry
from torget.records.byhand.times import MINUTE, Moment
from torget.records.canonical import Content
from torget.records.models import Message

WIDE = timedelta(days=8)  # how far apart two vague times of the same message may lie
MOST = 500  # messages that are compared, newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """One message as a person tells it.

    ``author`` is empty when the page does not show it, ``moment`` None when it shows no time.
    ``same`` says that a message with the same address is this one though its author differs.
    """

    text: str
    author: str = ""
    time: str = ""
    moment: Moment | None = None
    address: str = ""
    post: str = ""
    kind: Kind = Kind.COMMENT
    pictures: tuple[bytes, ...] = ()
    same: bool = False


class Status(StrEnum):
    """What saving would make of it."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    OTHER_AUTHOR = "other_author"


@dataclass(frozen=True, slots=True)
class Match:
    """What saving would make of it, and the message that it is about."""

    status: Status
    message: Message | None = None
    content: Content | None = None


def author(shown: str) -> Author:
    """Return the author that a page shows: a name, a handle, or both as in "Kim Berg (@kim)"."""
    words = shown.strip()
    if not words:
        return Author(id=None, name=None, withheld=frozenset({"name"}))
    name, bracket, rest = words.partition("(@")
    if bracket and rest.endswith(")") and name.strip():
        return Author(id=None, name=name.strip(), handle=f"@{rest[:-1].strip()}")
    return Author(id=None, name=words, handle=words if words.startswith("@") else None)


def match(channel: Channel, pasted: Pasted) -> Match:
    """Say whether a message is here already: by its address, or by author, text and time."""
    name = own_name(pasted)
    by_name = _load(Message.objects.filter(channel=channel, remote_id=name)) if name else []
    for message, content in by_name:
        if content is None or pasted.same or _same_author(content.author, author(pasted.author)):
            return Match(_status(content, pasted), message, content)
    for message, content in _near(channel, pasted):
        if content and _is_it(message, content, pasted):
            return Match(_status(content, pasted), message, content)
    if by_name:
        return Match(Status.OTHER_AUTHOR, by_name[0][0], by_name[0][1])
    return Match(Status.NEW)


def own_name(pasted: Pasted) -> str:
    """Return the name that the message's own address gives it. The post's is not its own."""
    name = name_of(pasted.address)
    return "" if name == name_of(pasted.post) and pasted.kind != Kind.POST else name


def thread_of(pasted: Pasted) -> str:
    """Return the name of the thread that the post begins; empty if no post is told."""
    post = " ".join(pasted.post.split())
    return name_of(post) or canonical.column(post.casefold())


def _status(content: Content | None, pasted: Pasted) -> Status:
    if content is None:
        return Status.SAME
    told = author(pasted.author) if pasted.author.strip() else content.author
    alike = content.text == canonical.joined(pasted.text) and content.author == told
    return Status.SAME if alike and not pasted.pictures else Status.CHANGED


def _near(channel: Channel, pasted: Pasted) -> list[tuple[Message, Content | None]]:
    """Return the channel's messages that may have been written at the same time."""
    rows = Message.objects.filter(channel=channel)
    if pasted.moment:
        slack = pasted.moment.within + WIDE
        at = pasted.moment.at
        rows = rows.filter(written_at__range=(at - slack, at + slack))
    return _load(rows.order_by("-pk")[:MOST])


def _is_it(message: Message, content: Content, pasted: Pasted) -> bool:
    if content.text != canonical.joined(pasted.text):
        return False
    if not _same_author(content.author, author(pasted.author)):
        return False
    mine = thread_of(pasted)
    if mine and message.thread and mine != message.thread:
        return False
    own = own_name(pasted)
    if own and message.remote_id.startswith("https:") and own != message.remote_id:
        return False  # both have an address, and not the same
    entry: HandEntry | None = getattr(message, "hand_entry", None)
    if pasted.moment is None or (entry and entry.precision is None):
        return True
    within = timedelta(seconds=entry.precision or 0) if entry else MINUTE
    return pasted.moment.may_be(Moment(message.written_at, within))


def _same_author(kept: Author, told: Author) -> bool:
    """Whether both may be the same person: the one that is not shown may be anyone."""
    if not (kept.name and told.name):
        return True
    names = {name.casefold() for name in (kept.name, kept.handle) if name}
    return bool(names & {name.casefold() for name in (told.name, told.handle) if name})


def _load(rows: QuerySet[Message]) -> list[tuple[Message, Content | None]]:
    found = rows.select_related("latest__payload", "hand_entry").defer("latest__payload__raw")
    return [(message, _said(message)) for message in found]


def _said(message: Message) -> Content | None:
    payload = getattr(message.latest, "payload", None)
    return canonical.read(bytes(payload.canonical)) if payload else None
