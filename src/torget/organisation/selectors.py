"""Questions about units and roles."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from torget.organisation.models import Role, Unit, User

type Parents = dict[int, int | None]


def standing_roles(user: User, on: date) -> QuerySet[Role]:
    """Return the roles that an active person holds on that day, first and last day included."""
    if not user.is_active:
        return Role.objects.none()
    return Role.objects.filter(_stands(on), user=user)


def parents() -> Parents:
    """Return the tree of units: each one's parent. One query."""
    return dict(Unit.objects.values_list("pk", "parent_id"))


def at_and_below(units: Iterable[int], tree: Parents) -> set[int]:
    """Return the units and all that lie below them."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for unit, parent in tree.items():
        below[parent].append(unit)
    reached: set[int] = set()
    waiting = list(units)
    while waiting:
        unit = waiting.pop()
        if unit not in reached:
            reached.add(unit)
            waiting += below[unit]
    return reached


def at_and_above(unit: int, tree: Parents) -> list[int]:
    """Return the unit and those above it, nearest first."""
    chain: list[int] = []
    at: int | None = unit
    while at is not None and at not in chain:
        chain.append(at)
        at = tree[at]
    return chain


def authority_of(unit: Unit) -> Unit:
    """Return the authority (nämnd) that a unit belongs to: itself or the nearest one above.

    The top unit stands in where none is marked, so that every record has an authority (TF 2).
    """
    units = Unit.objects.in_bulk(chain := at_and_above(unit.pk, parents()))
    return next((units[pk] for pk in chain if units[pk].is_authority), units[chain[-1]])


def people_at(unit: Unit, on: date) -> QuerySet[User]:
    """Return the active people whose roles reach ``unit`` on that day, by name."""
    held = Role.objects.filter(_stands(on), unit__in=at_and_above(unit.pk, parents())).values(
        "user"
    )
    return User.objects.filter(is_active=True, pk__in=held)


def _stands(on: date) -> Q:
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))
