"""What waits for a person to do by hand."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from torget.channels.models import Channel, GuidedStep
from torget.channels.selectors.register import channels_for
from torget.organisation.models import Unit, User
from torget.organisation.permissions import Action, reach
from torget.web.order import sort_key


def steps_for(user: User, on: date) -> QuerySet[GuidedStep]:
    """Return the steps on the channels whose queue the person may read, oldest first."""
    mine = channels_for(user, on, Action.READ_QUEUE)
    return GuidedStep.objects.filter(channel__in=mine).select_related("channel", "answered_by")


def open_steps(user: User, on: date) -> QuerySet[GuidedStep]:
    """Return the steps that wait for somebody."""
    return steps_for(user, on).filter(state=GuidedStep.State.OPEN)


def step_for(user: User, key: UUID, on: date) -> GuidedStep | None:
    """Return one step; None if it is not the person's to see."""
    return steps_for(user, on).filter(key=key).first()


def steps_waiting(user: User) -> QuerySet[GuidedStep]:
    """Return the steps that wait: for the menu."""
    return open_steps(user, timezone.localdate())


def units_to_register_at(user: User, on: date) -> list[Unit]:
    """Return the units where the person may register a channel, in Swedish order."""
    units = Unit.objects.filter(pk__in=reach(user, Action.EDIT_CHANNELS, on=on))
    return sorted(units, key=lambda unit: sort_key(unit.name))


def channels_by_hand(user: User, on: date) -> QuerySet[Channel]:
    """Return the channels in use whose messages the person may bring in by hand."""
    mine = channels_for(user, on, Action.READ_QUEUE)
    return mine.exclude(capture_basis=Channel.CaptureBasis.API).exclude(
        status=Channel.Status.CLOSED
    )
