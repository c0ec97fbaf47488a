"""Questions about units and roles."""

from collections import defaultdict
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from torget.organisation.models import Role, Unit, User


def standing_roles(user: User, on: date) -> QuerySet[Role]:
    """Return the roles that an active person holds on that day, first and last day included."""
    if not user.is_active:
        return Role.objects.none()
    return Role.objects.filter(_stands(on), user=user)


def at_and_below(roles: QuerySet[Role]) -> set[int]:
    """Return the ids of the units that the roles name and of all below them. One query."""
    named = Exists(roles.filter(unit=OuterRef("pk")))
    below: dict[int | None, list[int]] = defaultdict(list)
    waiting: list[int] = []
    for unit, parent, starts in Unit.objects.values_list("pk", "parent_id", named):
        below[parent].append(unit)
        if starts:
            waiting.append(unit)
    reached: set[int] = set()
    while waiting:
        unit = waiting.pop()
        if unit not in reached:
            reached.add(unit)
            waiting += below[unit]
    return reached


def at_and_above(unit: Unit) -> list[int]:
    """Return the ids of the unit and of those above it, nearest first. The tree is read once."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    chain: list[int] = []
    at: int | None = unit.pk
    while at is not None and at not in chain:
        chain.append(at)
        at = parents[at]
    return chain


def authority_of(unit: Unit) -> Unit:
    """Return the authority (nämnd) that a unit belongs to: itself or the nearest one above.

    The top unit stands in where none is marked, so that every record has an authority (TF 2).
    """
    units = Unit.objects.in_bulk(chain := at_and_above(unit))
    return next((units[pk] for pk in chain if units[pk].is_authority), units[chain[-1]])


def people_at(unit: Unit, on: date) -> QuerySet[User]:
    """Return the active people whose roles reach ``unit`` on that day, by name."""
    held = Role.objects.filter(_stands(on), unit__in=at_and_above(unit)).values("user")
    return User.objects.filter(is_active=True, pk__in=held)


def _stands(on: date) -> Q:
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))
