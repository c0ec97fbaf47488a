"""The list of records: newest first, a page at a time, however many there are."""

from dataclasses import dataclass
from datetime import date

from torget.channels.models import Channel
from torget.channels.selectors import channels_for
from torget.organisation.models import User
from torget.organisation.permissions import Action
from torget.records import canonical, words
from torget.records.canonical import Content
from torget.records.models import Message

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked for. Anything that is not a choice counts as no choice."""

    channel: str = ""
    seen: str = ""
    direction: str = ""
    before: int = 0

    @property
    def filtered(self) -> bool:
        """Whether anything is left out on purpose."""
        return bool(self.channel or self.seen or self.direction)


@dataclass(frozen=True, slots=True)
class Row:
    """One record in the list; ``content`` is None when it is disposed of."""

    message: Message
    content: Content | None

    @property
    def kind(self) -> str:
        """What it is on its platform, in a word."""
        return words.KINDS.get(self.message.kind, "Meddelande")


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list, what it can be narrowed by, and where the next page begins."""

    rows: list[Row]
    channels: list[Channel]
    older: int


def listing(user: User, wanted: Wanted, on: date) -> Listing:
    """Return the records that a person may read, at most ``PAGE``, newest first. Three queries.

    Paged by key, not by number: the millionth row costs as little as the first.
    """
    channels = list(channels_for(user, on, Action.READ_RECORDS))
    chosen = [each for each in channels if wanted.channel in ("", each.slug)]
    rows = Message.objects.filter(channel__in=chosen).order_by("-pk")
    if wanted.seen in Message.Seen.values:
        rows = rows.filter(seen=wanted.seen)
    if wanted.direction in Message.Direction.values:
        rows = rows.filter(direction=wanted.direction)
    if wanted.before:
        rows = rows.filter(pk__lt=wanted.before)
    unread = ("latest__payload__raw", "latest__payload__salt")
    found = list(rows.select_related("channel", "latest__payload").defer(*unread)[: PAGE + 1])
    more = len(found) > PAGE
    return Listing(
        rows=[Row(message, _content(message)) for message in found[:PAGE]],
        channels=channels,
        older=found[PAGE - 1].pk if more else 0,
    )


def _content(message: Message) -> Content | None:
    payload = getattr(message.latest, "payload", None)
    return canonical.read(bytes(payload.canonical)) if payload else None
