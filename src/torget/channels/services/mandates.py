"""The manager's assignments: who may write, approve and moderate where (clauses 4.2, 4.3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from torget.channels.models import Channel, Mandate, Power
from torget.errors import MandateRefused
from torget.journal import services as journal
from torget.organisation.models import User
from torget.organisation.permissions import Action, reach
from torget.policy.clauses import carries_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a mandate lets a person do, from ``since`` until before ``until`` (None: no end)."""

    powers: frozenset[Power]
    since: datetime
    until: datetime | None = None


@carries_out("4.2", "4.3")
@transaction.atomic
def give_mandate(
    *,
    person: User,
    channels: Collection[Channel],
    terms: Terms,
    by: User,
    now: datetime,
) -> Mandate:
    """Let a person act for the municipality on channels.

    The beginning may lie in the past, as on a paper that was signed earlier; the mandate still
    counts only from ``now``, when it is written down.

    Raises:
        MandateRefused: not a manager of every channel, one's own mandate, or nothing to give.

    Source: guideline 4.2 (the manager gives the assignment), 4.3 (who may write is appointed).
    """
    _may_manage(by, channels, now)
    if person == by:
        raise MandateRefused(
            "Ett uppdrag ges aldrig till en själv.", remedy="Låt din chef ge uppdraget."
        )
    if not person.is_active:
        raise MandateRefused("Personen har slutat.", remedy="Välj en person som arbetar kvar.")
    if any(channel.status == Channel.Status.CLOSED for channel in channels):
        raise MandateRefused("Kanalen är stängd.", remedy="Välj kanaler som är i bruk.")
    if not terms.powers or not channels:
        raise MandateRefused(
            "Uppdraget är tomt.", remedy="Välj minst en kanal och minst en befogenhet."
        )
    if terms.until is not None and terms.until <= max(terms.since, now):
        raise MandateRefused(
            "Uppdraget skulle ta slut innan det börjar.", remedy="Välj ett senare slut."
        )
    mandate = Mandate.objects.create(
        person=person,
        giver=by,
        since=terms.since,
        until=terms.until,
        recorded_at=now,
        **{power.value: True for power in terms.powers},
    )
    mandate.channels.set(channels)
    _journal("channels.mandate_given", mandate, by, now)
    return mandate


@carries_out("4.2", "4.3")
@transaction.atomic
def revoke_mandate(*, mandate: Mandate, by: User, now: datetime) -> None:
    """End a mandate at once. What already has ended is left as it is.

    Raises:
        MandateRefused: not a manager of every channel that the mandate holds.
    """
    _may_manage(by, mandate.channels.all(), now)
    standing = Mandate.objects.filter(pk=mandate.pk, revoked_at=None)
    if standing.update(revoked_at=now):
        _journal("channels.mandate_revoked", mandate, by, now)


def _may_manage(by: User, channels: Collection[Channel], now: datetime) -> None:
    within = reach(by, Action.GIVE_MANDATE, on=timezone.localdate(now))
    if not all(channel.unit_id in within for channel in channels):
        raise MandateRefused(
            "Uppdraget rör kanaler som du inte är chef för.",
            remedy="Be den chef som ansvarar för kanalerna.",
        )


def _journal(event: str, mandate: Mandate, by: User, now: datetime) -> None:
    journal.write(event, about=mandate.key, actor=by.actor, clauses=("4.2", "4.3"), at=now)
