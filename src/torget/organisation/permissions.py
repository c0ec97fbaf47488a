"""Who may do what, where: one table, asked by every page and every service."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from django.utils import timezone

from torget.organisation.models import RoleName, Unit, User
from torget.organisation.selectors import at_and_above, at_and_below
from torget.organisation.standing import standing


class Action(StrEnum):
    """What a role may allow. What a mandate allows is asked in channels."""

    READ_CHANNELS = "read_channels"
    READ_QUEUE = "read_queue"
    READ_RECORDS = "read_records"
    WRITE_POSTS = "write_posts"
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
    Action.WRITE_POSTS: frozenset({RoleName.COMMUNICATIONS, RoleName.AUTHOR, RoleName.MANAGER}),
    Action.EDIT_CHANNELS: frozenset({RoleName.COMMUNICATIONS, RoleName.MANAGER, RoleName.IT}),
    Action.GIVE_MANDATE: frozenset({RoleName.MANAGER}),
    Action.MANAGE_PEOPLE: frozenset({RoleName.MANAGER}),
}


def reach(user: User, action: Action, *, on: date) -> set[int]:
    """Return the ids of the units where the person may do ``action`` on that day.

    A role names a unit and reaches it and those below. Two queries, however large the tree; none
    where the request has asked before.
    """
    stands = standing(user, on)
    named = {unit for role, unit in stands.roles if role in TABLE[action]}
    return at_and_below(named, stands.parents) if named else set()


def can(user: User, action: Action, unit: Unit, *, on: date) -> bool:
    """Say whether the person may do ``action`` at ``unit`` on that day."""
    return unit.pk in reach(user, action, on=on)


def actions_at(unit: Unit, user: User, *, on: date) -> frozenset[Action]:
    """Return all that the person may do at ``unit`` on that day."""
    stands = standing(user, on)
    chain = set(at_and_above(unit.pk, stands.parents))
    return _actions(role for role, place in stands.roles if place in chain)


def today(user: User) -> frozenset[Action]:
    """Return what the person may do somewhere today: for page guards and the menu."""
    return _actions(role for role, _ in standing(user, timezone.localdate()).roles)


def _actions(roles: Iterable[str]) -> frozenset[Action]:
    held = set(roles)
    return frozenset(action for action, names in TABLE.items() if names & held)
