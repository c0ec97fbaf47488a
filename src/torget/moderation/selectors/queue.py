"""Questions about the queue: what waits for a person, and in which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from torget.moderation.models import Decision, DecisionQuerySet, Ground, Reading
from torget.organisation.models import User
from torget.organisation.permissions import Action, reach
from torget.records import selectors as kept
from torget.records.canonical import Content
from torget.records.models import Message, MessageVersion, Payload

ON_A_PAGE = 50
NEAR = 2000  # so far down the queue that one looks for what stands next
UNREAD = 1  # what screening has not read yet waits with what it wants looked at
State = Decision.State
URGENT = Exists(Reading.objects.filter(version=OuterRef("latest"), rank=0))
STANDING = Exists(Decision.objects.standing().filter(message=OuterRef("pk")))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A comment in the list: what screening suggests about it, or the decision that stands."""

    message: Message
    content: Content | None
    decision: Decision | None
    route: str = ""
    labels: Sequence[str] = ()
    support: bool = False
    lawful_criticism: bool = False

    @property
    def grounds(self) -> list[Ground]:
        """The grounds that screening suggests."""
        return [Ground(f"4.10.{label}") for label in self.labels]

    @property
    def excerpt(self) -> str:
        """The beginning of what it says."""
        return self.content.text[:300] if self.content else ""


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, and how many there are in each part of it that waits."""

    rows: Sequence[Row]
    page: Page[Any]
    chosen: Filter
    counts: Mapping[Filter, int]
    newest: int


def queue(user: User, *, on: date, chosen: Filter = Filter.ALL, page: str | int = 1) -> Queue:
    """Return a page of what the person may read, what is urgent first and then the oldest.

    What has been decided stands with the latest first. Three or four queries.

    Raises:
        Http404: the person may read no comments anywhere.
    """
    mine = _reached(user, on)
    open_ones = waiting(mine)
    counted = open_ones.aggregate(
        all=Count("pk"),
        newest=Max("pk"),
        urgent=Count("pk", filter=URGENT),
        returned=Count("pk", filter=STANDING),
    )
    counts = {
        Filter.ALL: counted["all"],
        Filter.URGENT: counted["urgent"],
        Filter.RETURNED: counted["returned"],
    }
    newest = counted["newest"] or 0
    if chosen is Filter.DECIDED:
        past = Paginator(_decided(mine), ON_A_PAGE).get_page(page)
        return Queue([_decided_row(d) for d in past], past, chosen, counts, newest)
    reading = Reading.objects.filter(version=OuterRef("latest"))
    related = (
        _in_order(open_ones, chosen)
        .select_related("channel", "latest__payload")
        .annotate(
            route=Subquery(reading.values("route")),
            labels=Subquery(reading.values("labels")),
            support=Subquery(reading.values("support")),
            criticism=Subquery(reading.values("lawful_criticism")),
        )
    )
    paginator = Paginator(related, ON_A_PAGE)
    paginator.count = counts[chosen]  # known already: one query less
    found = paginator.get_page(page)
    messages = list(found.object_list)
    standing = standing_for(messages)
    rows = [_row(message, standing.get(message.pk)) for message in messages]
    return Queue(rows, found, chosen, counts, newest)


def said(version: MessageVersion | None) -> Content | None:
    """Return what a version says; nothing when it has been disposed of."""
    try:
        return kept.content(version) if version else None
    except Payload.DoesNotExist:
        return None


def waiting(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Keep what the public may see, or once saw, that no decision has settled as it stands now."""
    settled = (
        Decision.objects.settled()
        .filter(message=OuterRef("pk"))
        .filter(Q(seen=OuterRef("latest")) | Q(state__in=[State.WAITING, State.SENT]))
    )
    return messages.filter(~Exists(settled), seen__in=[Message.Seen.PUBLIC, Message.Seen.HIDDEN])


def waiting_for(user: User) -> QuerySet[Message]:
    """Return the comments that wait for a decision from someone like this person: for the menu."""
    return waiting(_reached(user, timezone.localdate()))


def newer(user: User, since: int, *, on: date) -> int:
    """Return how many comments have come to wait since the one with number ``since``."""
    return waiting(_reached(user, on)).filter(pk__gt=since).count()


def neighbours(user: User, pk: int, *, on: date, chosen: Filter) -> tuple[int | None, int | None]:
    """Return the comments before and after one in the queue. Of what has left it: the first."""
    order = list(_in_order(waiting(_reached(user, on)), chosen).values_list("pk", flat=True)[:NEAR])
    if pk not in order:
        return None, next(iter(order), None)
    at = order.index(pk)
    return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)


def message_for(user: User, pk: int, *, on: date) -> Message:
    """Return an incoming message that this person may read, or answer 404."""
    related = ("channel", "authority", "latest__payload")
    return get_object_or_404(_reached(user, on).select_related(*related), pk=pk)


def standing_for(messages: Iterable[Message]) -> dict[int, Decision]:
    """Return the decision that stands for each message that has one."""
    found = Decision.objects.standing().filter(message__in=list(messages))
    return {decision.message_id: decision for decision in found.select_related("decided_by")}


def _reached(user: User, on: date) -> QuerySet[Message]:
    within = reach(user, Action.READ_QUEUE, on=on)
    if not within:
        raise Http404
    return Message.objects.filter(direction=Message.Direction.IN, channel__unit__in=within)


def _decided(messages: QuerySet[Message]) -> DecisionQuerySet:
    found = Decision.objects.standing().filter(message__in=messages)
    related = found.select_related("message__channel", "message__latest__payload", "decided_by")
    return related.order_by("-decided_at", "-pk")


def _row(message: Message, standing: Decision | None) -> Row:
    told = vars(message)  # what the query annotated
    return Row(
        message=message,
        content=said(message.latest),
        decision=standing,
        route=told["route"] or "",
        labels=told["labels"] or (),
        support=bool(told["support"]),
        lawful_criticism=bool(told["criticism"]),
    )


def _decided_row(decision: Decision) -> Row:
    message = decision.message
    return Row(message=message, content=said(message.latest), decision=decision)


def _in_order(messages: QuerySet[Message], chosen: Filter) -> QuerySet[Message]:
    if chosen is Filter.URGENT:
        messages = messages.filter(URGENT)
    elif chosen is Filter.RETURNED:
        messages = messages.filter(STANDING)
    rank = Reading.objects.filter(version=OuterRef("latest")).values("rank")
    return messages.order_by(Coalesce(Subquery(rank, output_field=IntegerField()), UNREAD), "pk")
