"""The list of records: newest first, a page at a time, however many there are."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from torget.channels.models import Channel
from torget.channels.selectors import channels_for
from torget.organisation.models import User
from torget.organisation.permissions import Action
from torget.policy.clauses import carries_out
from torget.records import canonical, words
from torget.records.canonical import Content
from torget.records.models import Message
from torget.records.search import LENGTH, excerpt, matching
from torget.records.stems import Term, terms
from torget.web.days import midnight

PAGE = 50
SHOWN = ("channel", "direction", "kind", "seen", "written_at")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked for. Anything that is not a choice counts as no choice."""

    query: str = ""
    channel: str = ""
    seen: str = ""
    direction: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    before: int = 0

    @property
    def filtered(self) -> bool:
        """Whether anything is left out on purpose."""
        chosen = (self.query, self.channel, self.seen, self.direction, self.kind)
        return any(chosen) or bool(self.since or self.until)


@dataclass(frozen=True, slots=True)
class Row:
    """One record in the list; ``content`` is None when it is disposed of."""

    message: Message
    content: Content | None
    excerpt: str = ""
    hit_is_older: bool = False

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


@carries_out("4.6")
def listing(user: User, wanted: Wanted, on: date) -> Listing:
    """Return the records that a person may read, at most ``PAGE``, newest first. Two queries.

    Paged by key, not by number: the millionth row costs as little as the first.

    Source: guideline 4.6, OSL 5:1: public records are kept so that they can be found.
    """
    channels = list(channels_for(user, on, Action.READ_RECORDS))
    chosen = [each for each in channels if wanted.channel in ("", each.slug)]
    rows = _narrowed(Message.objects.filter(channel__in=chosen), wanted).order_by("-pk")
    # What is read of other tables comes as values: rows of theirs would cost as much as the page.
    told = {"canonical": F("latest__payload__canonical")}
    if wanted.query:
        told["stem"] = F("latest__payload__stem")
    found = list(rows.only(*SHOWN).annotate(**told)[: PAGE + 1])
    by_key = {channel.pk: channel for channel in channels}
    asked = terms(wanted.query)
    for message in found:
        message.channel = by_key[message.channel_id]
    return Listing(
        rows=[_row(message, asked) for message in found[:PAGE]],
        channels=channels,
        older=found[PAGE - 1].pk if len(found) > PAGE else 0,
    )


def _narrowed(rows: QuerySet[Message], wanted: Wanted) -> QuerySet[Message]:
    if wanted.query:
        rows = rows.filter(matching(wanted.query))
    if wanted.seen in Message.Seen.values:
        rows = rows.filter(seen=wanted.seen)
    if wanted.direction in Message.Direction.values:
        rows = rows.filter(direction=wanted.direction)
    if wanted.kind in words.KINDS:
        rows = rows.filter(kind=wanted.kind)
    if wanted.since:
        rows = rows.filter(written_at__gte=midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(written_at__lt=midnight(wanted.until + timedelta(days=1)))
    return rows.filter(pk__lt=wanted.before) if wanted.before else rows


def _row(message: Message, asked: list[Term]) -> Row:
    told = vars(message)  # what the query annotated
    if told["canonical"] is None:
        return Row(message, None, hit_is_older=bool(asked))
    content = canonical.read(bytes(told["canonical"]))
    if not asked:
        text = content.text
        return Row(message, content, text[:LENGTH] + ("…" if len(text) > LENGTH else ""))
    older = not all(term.found_in(told["stem"]) for term in asked)
    return Row(message, content, excerpt(content.text, asked), older)
