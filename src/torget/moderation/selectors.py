"""Questions about the queue and about decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from torget.channels.selectors import resting
from torget.moderation.models import Decision, DecisionQuerySet, Reading
from torget.organisation.models import User
from torget.organisation.permissions import Action, reach
from torget.records.models import Message, MessageVersion

ON_A_PAGE = 50
UNREAD = 1  # what screening has not read yet waits with what it wants looked at
Measure, State = Decision.Measure, Decision.State


@dataclass(frozen=True, slots=True)
class Sight:
    """What the moderator had before them: the version, and the decision that stood."""

    version: MessageVersion
    standing: Decision | None

    @property
    def token(self) -> str:
        """The sight as a form carries it."""
        return f"{self.version.pk}:{self.standing.pk if self.standing else ''}"


class Filter(StrEnum):
    """A part of the queue. The value stands in the address."""

    ALL = "alla"
    URGENT = "bradskande"
    RETURNED = "ater"
    DECIDED = "beslutade"

    @property
    def label(self) -> str:
        """The words on the page."""
        return {
            Filter.ALL: "Alla",
            Filter.URGENT: "Brådskande",
            Filter.RETURNED: "Åter till dig",
            Filter.DECIDED: "Beslutade",
        }[self]


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, and how many there are in each part of it."""

    page: Page[Message]
    chosen: Filter
    counts: Mapping[Filter, int]
    readings: Mapping[int, Reading]
    decisions: Mapping[int, Decision]


def due(step: str, now: datetime, limit: int) -> DecisionQuerySet:
    """Return what to carry out: urgent first, then oldest, without what rests or may be undone."""
    hidden_for_now = Q(
        measure=Measure.REMOVE,
        state=State.WAITING,
        not_before__gt=now,
        message__seen=Message.Seen.HIDDEN,
    )
    waiting = Decision.objects.unfinished().exclude(hidden_for_now)
    waiting = waiting.exclude(key__in=resting(step, now))
    related = waiting.select_related("message__channel", "seen", "acted_on")
    return related.order_by("-urgent", "decided_at", "pk")[:limit]


def unread(limit: int) -> QuerySet[MessageVersion]:
    """Return the newest versions from others that screening has not read, oldest first."""
    read = Reading.objects.filter(version=OuterRef("pk"))
    newest = Message.objects.filter(latest=OuterRef("pk"), direction=Message.Direction.IN)
    waiting = MessageVersion.objects.filter(~Exists(read), Exists(newest), payload__isnull=False)
    return waiting.select_related("payload").order_by("pk")[:limit]


def queue(user: User, *, on: date, chosen: Filter = Filter.ALL, page: str | int = 1) -> Queue:
    """Return a page of what the person may read, what is urgent first and then the oldest.

    What has been decided stands with the latest first.
    """
    mine = _reached(user, on)
    waiting = _waiting(mine)
    counts = waiting.aggregate(
        all=Count("pk"),
        urgent=Count("pk", filter=Q(rank=0)),
        returned=Count("pk", filter=Q(decided=True)),
    )
    settled = mine.filter(Exists(_standing()))
    rows = {
        Filter.ALL: waiting,
        Filter.URGENT: waiting.filter(rank=0),
        Filter.RETURNED: waiting.filter(decided=True),
        Filter.DECIDED: settled.annotate(at=Subquery(_standing().values("decided_at")[:1])),
    }[chosen]
    order = ("-at", "-pk") if chosen is Filter.DECIDED else ("rank", "pk")
    related = rows.select_related("channel", "latest__payload").order_by(*order)
    found = Paginator(related, ON_A_PAGE).get_page(page)
    shown = list(found.object_list)
    found.object_list = shown
    return Queue(
        page=found,
        chosen=chosen,
        counts={
            Filter.ALL: counts["all"],
            Filter.URGENT: counts["urgent"],
            Filter.RETURNED: counts["returned"],
        },
        readings=Reading.objects.in_bulk([message.latest_id for message in shown]),
        decisions=standing_for(shown),
    )


def waiting_count(user: User, *, on: date) -> int:
    """Return how many comments wait for a decision from someone like this person."""
    return _waiting(_reached(user, on)).count()


def standing_for(messages: Iterable[Message]) -> dict[int, Decision]:
    """Return the decision that stands for each message that has one, with its grounds."""
    found = Decision.objects.standing().filter(message__in=list(messages))
    related = found.select_related("decided_by").prefetch_related("grounds")
    return {decision.message_id: decision for decision in related}


def message_for(user: User, pk: int, *, on: date) -> Message:
    """Return an incoming message that this person may read, or answer 404."""
    related = ("channel", "authority", "latest__payload")
    return get_object_or_404(_reached(user, on).select_related(*related), pk=pk)


def sight(message: Message, token: str | None = None) -> Sight:
    """Return what there is to see now, or what a form's token says was seen then.

    Raises:
        Http404: the token is not about this message.
    """
    decisions = Decision.objects.filter(message=message)
    if token is None:
        latest = message.latest or message.versions.latest("n")
        latest.message = message
        return Sight(latest, decisions.standing().first())
    version, _, standing = token.partition(":")
    if not version.isdecimal() or not (standing.isdecimal() or not standing):
        raise Http404
    seen = get_object_or_404(message.versions.select_related("payload"), pk=int(version))
    seen.message = message
    return Sight(seen, get_object_or_404(decisions, pk=int(standing)) if standing else None)


def history(message: Message) -> DecisionQuerySet:
    """Return every decision about a message, the latest first."""
    related = Decision.objects.filter(message=message).select_related("decided_by", "seen")
    return related.prefetch_related("grounds").order_by("-decided_at", "-pk")


def thread(message: Message, *, around: int = 5) -> list[Message]:
    """Return the messages of the same thread nearest before and after, oldest first."""
    if not message.thread:
        return []
    same = Message.objects.filter(channel=message.channel_id, thread=message.thread)
    same = same.select_related("latest__payload")
    before = same.filter(written_at__lte=message.written_at).exclude(pk=message.pk)
    after = same.filter(written_at__gt=message.written_at)
    earlier = list(before.order_by("-written_at", "-pk")[:around])
    return [*reversed(earlier), *after.order_by("written_at", "pk")[:around]]


def _reached(user: User, on: date) -> QuerySet[Message]:
    return Message.objects.filter(
        direction=Message.Direction.IN, channel__unit__in=reach(user, Action.READ_QUEUE, on=on)
    )


def _standing() -> DecisionQuerySet:
    return Decision.objects.standing().filter(message=OuterRef("pk"))


def _waiting(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Keep what the public may see, or once saw, that no decision has settled as it stands now."""
    settled = (
        Decision.objects.settled()
        .filter(message=OuterRef("pk"))
        .filter(Q(seen=OuterRef("latest")) | Q(state__in=[State.WAITING, State.SENT]))
    )
    rank = Reading.objects.filter(version=OuterRef("latest")).values("rank")
    return messages.filter(
        ~Exists(settled), seen__in=[Message.Seen.PUBLIC, Message.Seen.HIDDEN]
    ).annotate(
        rank=Coalesce(Subquery(rank, output_field=IntegerField()), UNREAD),
        decided=Exists(_standing()),
    )
