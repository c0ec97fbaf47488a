"""The register of channels, for those who work with them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from torget.channels.models import Attempt, Channel
from torget.channels.selectors.mandates import mandates_valid
from torget.organisation.models import User
from torget.organisation.permissions import Action, actions_at, reach
from torget.web.order import sort_key


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with a channel right now."""

    nobody_moderates: bool
    not_connected: bool
    waits: int

    def __bool__(self) -> bool:
        return self.nobody_moderates or self.not_connected or self.waits > 0


@dataclass(frozen=True, slots=True)
class Line:
    """A channel in the register."""

    channel: Channel
    moderators: int
    faults: Faults


@dataclass(frozen=True, slots=True)
class Condition:
    """How a channel fares: what is wrong, and what waits for a new try the longest."""

    channel: Channel
    faults: Faults
    trouble: str
    remedy: str
    swept_at: datetime | None


def channels_for(user: User, on: date, action: Action = Action.READ_CHANNELS) -> QuerySet[Channel]:
    """Return the channels whose unit the person reaches with ``action`` on that day, by name."""
    return Channel.objects.filter(unit__in=reach(user, action, on=on))


def channel_for(user: User, slug: str, on: date) -> tuple[Channel, frozenset[Action]] | None:
    """Return a channel and what the person may do there; None if it is not theirs to see."""
    related = ("unit", "authority", "owner", "stand_in", "connection")
    channel = Channel.objects.filter(slug=slug).select_related(*related).first()
    allowed = actions_at(channel.unit, user, on=on) if channel else frozenset[Action]()
    return (channel, allowed) if channel and Action.READ_CHANNELS in allowed else None


def register(user: User, now: datetime, on: date) -> list[Line]:
    """Return the person's channels with what is wrong with them, in Swedish order. Four queries."""
    channels = list(channels_for(user, on).select_related("unit", "connection"))
    moderators: dict[int, set[int]] = defaultdict(set)
    held = mandates_valid(now).filter(may_moderate=True, channels__in=channels)
    for channel, person in held.values_list("channels", "person"):
        moderators[channel].add(person)
    waits: dict[int, int] = defaultdict(int)
    for channel in Attempt.objects.filter(channel__in=channels).values_list("channel", flat=True):
        waits[channel] += 1
    lines = [
        Line(
            channel,
            len(moderators[channel.pk]),
            faults(channel, moderators=len(moderators[channel.pk]), waits=waits[channel.pk]),
        )
        for channel in channels
    ]
    return sorted(lines, key=lambda line: sort_key(line.channel.name))


def conditions(user: User, now: datetime, on: date) -> list[Condition]:
    """Return how the person's channels in use fare, in Swedish order. One query."""
    waits = Attempt.objects.filter(channel=OuterRef("pk")).order_by("first_at", "pk")
    moderated = mandates_valid(now).filter(may_moderate=True, channels=OuterRef("pk"))
    rows = (
        channels_for(user, on)
        .exclude(status=Channel.Status.CLOSED)
        .select_related("connection")
        .annotate(
            moderated=Exists(moderated),
            waits=Count("attempts"),
            trouble=Subquery(waits.values("message")[:1]),
            remedy=Subquery(waits.values("remedy")[:1]),
        )
    )
    return sorted(map(_condition, rows), key=lambda found: sort_key(found.channel.name))


def _condition(channel: Channel) -> Condition:
    told, connection = vars(channel), getattr(channel, "connection", None)
    wrong = faults(channel, moderators=int(told["moderated"]), waits=told["waits"])
    trouble, remedy = told["trouble"], told["remedy"]
    if trouble is None and wrong.not_connected and connection:
        trouble, remedy = connection.trouble, connection.remedy
    swept_at = connection.swept_at if connection else None
    return Condition(channel, wrong, trouble or "", remedy or "", swept_at)


def faults(channel: Channel, *, moderators: int, waits: int) -> Faults:
    """Say what is wrong with a channel. With a closed one, nothing is.

    Somebody must be able to moderate as long as anyone can write (BBS 4-5 §, guideline 4.10).
    """
    in_use = channel.status != Channel.Status.CLOSED
    by_itself = channel.capture_basis == Channel.CaptureBasis.API
    connection = getattr(channel, "connection", None)
    answers = connection is not None and connection.answers is not False
    return Faults(
        nobody_moderates=in_use and channel.comments_open and moderators == 0,
        not_connected=in_use and by_itself and not answers,
        waits=waits if in_use else 0,
    )


def waiting(channel: Channel, most: int = 20) -> list[Attempt]:
    """Return what could not be done yet, longest waiting first."""
    return list(Attempt.objects.filter(channel=channel).order_by("first_at", "pk")[:most])


def resting(step: str, now: datetime) -> QuerySet[Attempt, UUID]:
    """Return the ids of the items of a step whose next try has not come yet."""
    return Attempt.objects.filter(step=step, next_try__gt=now).values_list("item", flat=True)
