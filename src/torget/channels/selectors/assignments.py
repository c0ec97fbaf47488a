"""Mandates as a list, and who could speak for the municipality at a given second (4.2, 4.3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from torget.channels.models import Channel, Mandate
from torget.channels.selectors.mandates import mandates_held
from torget.channels.selectors.register import channels_for
from torget.organisation.models import User
from torget.organisation.permissions import Action, reach
from torget.policy.clauses import carries_out
from torget.policy.parameters import number
from torget.web.order import sort_key

ENDED = 50  # on a page


@dataclass(slots=True)
class Assignments:
    """The mandates that concern a person, by where they are in their lives."""

    valid: list[Mandate] = field(default_factory=list)
    ending: list[Mandate] = field(default_factory=list)
    coming: list[Mandate] = field(default_factory=list)
    ended: list[Mandate] = field(default_factory=list)
    older: int = 0


@dataclass(frozen=True, slots=True)
class Speakers:
    """A channel, and the mandates that counted on it at a second."""

    channel: Channel
    mandates: list[Mandate]


@carries_out("4.2")
def assignments(person: User, now: datetime, on: date, *, before: int = 0) -> Assignments:
    """Return the mandates on the channels that a person sees, and the person's own. Two queries.

    Those that have ended come a page at a time, newest first, from below the key ``before``.
    """
    concern = _concerning(person, on)
    over = concern.filter(_over(now)).order_by("-pk")
    if before:
        over = over.filter(pk__lt=before)
    # One question for both kinds: all that stand, and so many of the others.
    wanted = Q(pk__in=over.values("pk")[: ENDED + 1]) | ~_over(now)
    rows = sorted(_related(concern.filter(wanted)), key=_by_name)
    notice = now + timedelta(days=number("mandate_notice_days"))
    found = Assignments()
    for mandate in rows:
        _place(found, mandate, now, notice).append(mandate)
    found.ended.sort(key=lambda mandate: -mandate.pk)
    if len(found.ended) > ENDED:
        found.ended.pop()
        found.older = found.ended[-1].pk
    return found


@carries_out("4.2", "4.3")
def speakers(channels: Iterable[Channel], at: datetime, on: date) -> list[Speakers]:
    """Return who could act on each channel at that second, and by which mandate. Two queries.

    Also those who have left since: what counts is what was written down and not ended then.
    """
    open_then = [
        channel for channel in channels if not channel.is_closed(on) and channel.since <= on
    ]
    held = mandates_held(at).filter(channels__in=open_then).distinct()
    by_channel: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in held.select_related("person", "giver").prefetch_related("channels"):
        for channel in mandate.channels.all():
            by_channel[channel.pk].append(mandate)
    return [
        Speakers(channel, sorted(by_channel[channel.pk], key=_by_name))
        for channel in sorted(open_then, key=lambda channel: sort_key(channel.name))
    ]


def channels_asked_about(person: User, on: date) -> list[Channel]:
    """Return the channels that the person may ask about, in Swedish order."""
    return sorted(channels_for(person, on), key=lambda channel: sort_key(channel.name))


def givable(person: User, channels: Iterable[Channel], on: date) -> list[Channel]:
    """Return those of the channels where the person may give mandates."""
    units = reach(person, Action.GIVE_MANDATE, on=on)
    return [each for each in channels if each.unit_id in units and not each.is_closed(on)]


def _concerning(person: User, on: date) -> QuerySet[Mandate]:
    units = reach(person, Action.READ_CHANNELS, on=on)
    concern = Q(channels__unit__in=units) | Q(person=person)
    return Mandate.objects.filter(pk__in=Mandate.objects.filter(concern).values("pk"))


def _place(found: Assignments, mandate: Mandate, now: datetime, notice: datetime) -> list[Mandate]:
    """Return the list that a mandate belongs in."""
    ends = [at for at in (mandate.until, mandate.revoked_at) if at]
    if not mandate.person.is_active or any(at <= now for at in ends):
        return found.ended
    if mandate.since > now:
        return found.coming
    return found.ending if mandate.until and mandate.until <= notice else found.valid


def _over(now: datetime) -> Q:
    return Q(until__lte=now) | Q(revoked_at__lte=now) | Q(person__is_active=False)


def _related(mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
    return mandates.select_related("person", "giver").prefetch_related("channels")


def _by_name(mandate: Mandate) -> tuple[tuple[str, str], int]:
    return sort_key(mandate.person.name), mandate.pk
