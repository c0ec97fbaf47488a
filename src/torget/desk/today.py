"""What Idag shows one person: what waits for them, what waits for others, and what is done."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from torget.channels.selectors import Condition, conditions, mandates_ending, open_steps
from torget.desk import greeting, tiles
from torget.desk.chart import Chart, chart, first_day
from torget.desk.counts import counts
from torget.desk.tiles import Tile
from torget.moderation import selectors as moderation
from torget.moderation.models import Ground
from torget.organisation.models import User
from torget.organisation.permissions import Action, reach
from torget.policy.clauses import carries_out
from torget.publishing.models import Dispatch
from torget.publishing.selectors.day import dispatch_parts, next_out
from torget.records.models import Message
from torget.web.days import midnight

PASSED_ON = timedelta(days=14)  # so long what was passed on is shown as waiting for others


@dataclass(frozen=True, slots=True)
class Share:
    """How many decisions rest on one ground this year, and how long its bar is (percent)."""

    ground: Ground
    number: int
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """One person's day."""

    greeting: str
    day: str
    mine: list[Tile]
    others: list[Tile]
    done: list[str]
    chart: Chart | None
    shares: list[Share]
    out: list[Dispatch] | None
    conditions: list[Condition]
    counts: Mapping[str, int]

    @property
    def healthy(self) -> list[Condition]:
        """The channels with which nothing is wrong."""
        return [found for found in self.conditions if not found.faults]

    @property
    def faulty(self) -> list[Condition]:
        """The channels that someone must look at."""
        return [found for found in self.conditions if found.faults]

    @property
    def swept_at(self) -> datetime | None:
        """When something was last fetched from a channel."""
        return max((each.swept_at for each in self.conditions if each.swept_at), default=None)


@carries_out("4.10")
def today(person: User, now: datetime) -> Today:
    """Return a person's day. Four queries beside those of roles and units, at the most.

    Source: guideline 4.10 (promptly: so one must see at once what waits), 4.2 (mandates end).
    """
    on = timezone.localdate(now)
    queue = reach(person, Action.READ_QUEUE, on=on)
    kept = reach(person, Action.READ_RECORDS, on=on)
    writes = reach(person, Action.WRITE_POSTS, on=on)
    number_of = counts(_parts(person, queue, kept, now))
    return Today(
        greeting=f"{greeting.greeting(now)}, {greeting.first_name(person.name)}",
        day=greeting.day(now),
        mine=tiles.mine(number_of, has_queue=bool(queue)),
        others=tiles.others(number_of),
        done=tiles.done(number_of),
        chart=_chart(kept, on),
        shares=_shares(number_of) if kept else [],
        out=next_out(writes) if writes else None,
        conditions=conditions(person, now, on),
        counts=number_of,
    )


def _parts(
    person: User, queue: Set[int], kept: Set[int], now: datetime
) -> dict[str, QuerySet[Any]]:
    """Return what is counted for this person."""
    on = timezone.localdate(now)
    gives = reach(person, Action.GIVE_MANDATE, on=on)
    parts: dict[str, QuerySet[Any]] = {"ending": mandates_ending(gives, person, now=now)}
    if writes := reach(person, Action.WRITE_POSTS, on=on):
        parts |= dispatch_parts(person, writes, now=now, since=midnight(on))
    if queue:
        parts["by_hand"] = open_steps(person, on)
        parts |= moderation.waiting_parts(queue)
        parts |= moderation.decided_parts(queue, midnight(on))
        parts["passed_on"] = moderation.passed_on(queue, now - PASSED_ON)
    if kept:
        mine = Message.objects.filter(channel__unit__in=kept, first_seen_at__gte=midnight(on))
        parts |= {f"kept_{way}": mine.filter(direction=way) for way in Message.Direction.values}
        year = moderation.grounds_since(kept, midnight(date(on.year, 1, 1)))
        parts |= {ground.value: year.filter(clause=ground) for ground in Ground}
    return parts


def _chart(units: Set[int], today: date) -> Chart | None:
    if not units:
        return None
    return chart(moderation.per_day(units, midnight(first_day(today))), today)


def _shares(number_of: Mapping[str, int]) -> list[Share]:
    most = max((number_of[ground] for ground in Ground), default=0) or 1
    return [
        Share(ground, number_of[ground], round(number_of[ground] / most * 100))
        for ground in Ground
        if ground != Ground.LAW or number_of[ground]
    ]
