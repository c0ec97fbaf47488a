"""What is on its way out, for a page that sums the day up."""

from collections.abc import Mapping, Set
from datetime import datetime

from torget.channels.selectors import mandates_valid
from torget.organisation.models import User
from torget.publishing.models import Dispatch, DispatchQuerySet

State = Dispatch.State
NEXT = 5


def dispatch_parts(
    person: User, units: Set[int], *, now: datetime, since: datetime
) -> Mapping[str, DispatchQuerySet]:
    """Return what waits for the person, or for others, and what went out since: to be counted."""
    approves = mandates_valid(now).filter(person=person, may_approve=True).values("channels")
    waiting = Dispatch.objects.filter(state=State.WAITING)
    here = Dispatch.objects.filter(channel__unit__in=units)
    return {
        "to_approve": waiting.filter(channel__in=approves).exclude(ordered_by=person),
        "awaits_approval": waiting.filter(ordered_by=person),
        "post_returned": Dispatch.objects.filter(state=State.RETURNED, ordered_by=person),
        "published": here.published().filter(sent_at__gte=since),
    }


def next_out(units: Set[int]) -> list[Dispatch]:
    """Return what goes out next where the person writes: approved, or waiting to be. One query."""
    rows = Dispatch.objects.filter(
        channel__unit__in=units, state__in=[State.WAITING, State.SCHEDULED, State.SENT]
    )
    return list(rows.select_related("channel", "post").order_by("not_before", "pk")[:NEXT])
