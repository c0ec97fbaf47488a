"""What is to be sent now, and what may stand in its way at that second (clauses 4.2, 4.3)."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from torget.channels.models import Channel, Power
from torget.channels.selectors import resting, valid_mandate
from torget.organisation.models import User
from torget.policy.clauses import carries_out
from torget.policy.parameters import switch
from torget.publishing.models import DISPATCH, Dispatch, DispatchQuerySet, Flag
from torget.records.models import Message

State, What = Dispatch.State, Dispatch.What
AWAY = (Message.Seen.HIDDEN, Message.Seen.REMOVED, Message.Seen.GONE)


def due(now: datetime, limit: int) -> DispatchQuerySet:
    """Return what to send or look up, longest due first, without what rests."""
    waiting = Q(state=State.SCHEDULED, not_before__lte=now) | Q(state=State.SENT)
    rows = Dispatch.objects.filter(waiting).exclude(key__in=resting(DISPATCH, now))
    return rows.select_related("channel__connection").order_by("not_before", "pk")[:limit]


@carries_out("4.3")
def approval_asked(channel: Channel) -> bool:
    """Say whether another person approves each post: the office's size or the channel asks it."""
    return channel.needs_approval or switch("approval", settings.TORGET.office)


@carries_out("4.2")
def may_take_down(person: User, channel: Channel, at: datetime) -> bool:
    """Say whether a person may take our own message down: whoever writes or moderates there."""
    return any(valid_mandate(person, channel, power, at) for power in (Power.WRITE, Power.MODERATE))


@carries_out("4.2")
def stands_in_the_way(dispatch: Dispatch, now: datetime) -> str:
    """Return the code of what forbids sending at this second, or nothing.

    Source: guideline 4.2: no one acts for the municipality without a mandate that counts then.
    """
    channel = Channel.objects.get(pk=dispatch.channel_id)
    if channel.status != Channel.Status.ACTIVE:
        return Flag.CHANNEL_CLOSED
    person = dispatch.ordered_by
    if dispatch.verb == What.DELETE:
        return "" if may_take_down(person, channel, now) else Flag.NO_MANDATE
    if valid_mandate(person, channel, Power.WRITE, now) is None:
        return Flag.NO_MANDATE
    answered = dispatch.post.answers
    away = dispatch.verb == What.REPLY and answered is not None and answered.seen in AWAY
    return Flag.PARENT_GONE if away else ""
