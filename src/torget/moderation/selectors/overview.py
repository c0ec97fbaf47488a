"""What the queue and the decisions amount to, for a page that sums the day up."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from torget.moderation.models import Decision, DecisionGround, Reading
from torget.moderation.selectors.queue import STANDING, URGENT, waiting
from torget.records.models import Message
from torget.web.when import STOCKHOLM

Measure = Decision.Measure
LOOKED_AT = 1  # the last rank that screening wants a person to look at


@dataclass(frozen=True, slots=True)
class Day:
    """What came in on one day, and how much of it screening wanted a person to look at."""

    day: date
    came: int = 0
    looked_at: int = 0


def waiting_parts(units: Set[int]) -> Mapping[str, QuerySet[Any]]:
    """Return what waits for a person at these units, by what it asks: rows, to be counted."""
    mine = waiting(Message.objects.filter(direction="in", channel__unit__in=units))
    return {
        "waiting": mine,
        "urgent": mine.filter(URGENT),
        "returned": mine.filter(STANDING),
    }


def decided_parts(units: Set[int], since: datetime) -> Mapping[str, QuerySet[Any]]:
    """Return the decisions that stand since then, by measure, and those on their way out."""
    decisions = Decision.objects.filter(message__channel__unit__in=units)
    made = decisions.standing().exclude(state=Decision.State.RETURNED)
    made = made.filter(decided_at__gte=since)
    parts = {measure.value: made.filter(measure=measure) for measure in Measure}
    return {**parts, "under_way": decisions.unfinished()}


def passed_on(units: Set[int], since: datetime) -> QuerySet[Decision]:
    """Return what has been passed on to someone else since then."""
    decisions = Decision.objects.standing().filter(measure=Measure.PASS_ON)
    return decisions.filter(message__channel__unit__in=units, decided_at__gte=since)


def grounds_since(units: Set[int], since: datetime) -> QuerySet[DecisionGround]:
    """Return the grounds of the decisions that stand since then."""
    return DecisionGround.objects.filter(
        decision__superseded_by=None,
        decision__decided_at__gte=since,
        decision__message__channel__unit__in=units,
    )


def per_day(units: Set[int], since: datetime) -> dict[date, Day]:
    """Return how much was written to these units each day, in the municipality's time. One query.

    Counts only: not by whom, and not about what.
    """
    wanted = Reading.objects.filter(version=OuterRef("latest"), rank__lte=LOOKED_AT)
    rows = (
        Message.objects.filter(direction="in", channel__unit__in=units, written_at__gte=since)
        .order_by()
        .annotate(day=TruncDate("written_at", tzinfo=STOCKHOLM))
        .values_list("day")
        .annotate(Count("pk"), looked_at=Count("pk", filter=Exists(wanted)))
    )
    return {day: Day(day, came, looked_at) for day, came, looked_at in rows}
