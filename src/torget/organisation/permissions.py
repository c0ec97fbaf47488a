"""Who may do what, where: one table, asked by every page and every service."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from torget.organisation.models import Role, RoleName, Unit, User
from torget.organisation.selectors import at_and_above, at_and_below, standing_roles


class Action(StrEnum):
    """What a role may allow. What a mandate allows is asked in channels."""

    READ_CHANNELS = "read_channels"
    READ_QUEUE = "read_queue"
    READ_RECORDS = "read_records"
    EDIT_CHANNELS = "edit_channels"
    GIVE_MANDATE = "give_mandate"
    MANAGE_PEOPLE = "manage_people"


# A mandate comes from the manager (clause 4.2): communications and IT can neither give one nor, by
# making someone a manager, let one be given. IT looks after the sign-ins to platforms, and reads
# nothing that citizens have written; nor does the web owner, who decides about the website.
TABLE: Mapping[Action, frozenset[RoleName]] = {
    Action.READ_CHANNELS: frozenset(RoleName),
    Action.READ_QUEUE: frozenset({RoleName.COMMUNICATIONS, RoleName.AUTHOR, RoleName.MANAGER}),
    Action.READ_RECORDS: frozenset(
        {
            RoleName.COMMUNICATIONS,
            RoleName.AUTHOR,
            RoleName.MANAGER,
            RoleName.REGISTRAR,
            RoleName.ARCHIVIST,
        }
    ),
    Action.EDIT_CHANNELS: frozenset({RoleName.COMMUNICATIONS, RoleName.MANAGER, RoleName.IT}),
    Action.GIVE_MANDATE: frozenset({RoleName.MANAGER}),
    Action.MANAGE_PEOPLE: frozenset({RoleName.MANAGER}),
}


def reach(user: User, action: Action, *, on: date) -> set[int]:
    """Return the ids of the units where the person may do ``action`` on that day. One query.

    A role names a unit and reaches it and those below.
    """
    return at_and_below(standing_roles(user, on).filter(role__in=TABLE[action]))


def can(user: User, action: Action, unit: Unit, *, on: date) -> bool:
    """Say whether the person may do ``action`` at ``unit`` on that day."""
    return unit.pk in reach(user, action, on=on)


def actions_at(unit: Unit, user: User, *, on: date) -> frozenset[Action]:
    """Return all that the person may do at ``unit`` on that day. Two queries."""
    return _actions(standing_roles(user, on).filter(unit__in=at_and_above(unit)))


def today(user: User) -> frozenset[Action]:
    """Return what the person may do somewhere today.

    For page guards and the menu, which both ask in one request: one query, and the answer is kept
    on the person for as long as the request lives. What a page then shows, ``reach`` says.
    """
    day = timezone.localdate()
    kept: dict[date, frozenset[Action]] = user.__dict__.setdefault("_allowed", {})
    if day not in kept:
        kept[day] = _actions(standing_roles(user, day))
    return kept[day]


def _actions(roles: QuerySet[Role]) -> frozenset[Action]:
    held = set(roles.values_list("role", flat=True))
    return frozenset(action for action, names in TABLE.items() if names & held)
