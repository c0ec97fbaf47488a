"""Where a person stands: the roles held on a day, and the tree of units they reach in."""

from datetime import date
from functools import cached_property

from torget.organisation.models import User
from torget.organisation.selectors import Parents, parents, standing_roles

_KEPT = "_standings"


class Standing:
    """One person's roles on one day. Each of the two questions is asked once, when first needed."""

    def __init__(self, user: User, on: date) -> None:
        self._user, self._on = user, on

    @cached_property
    def roles(self) -> list[tuple[str, int]]:
        """The roles, each with the unit that it names."""
        return list(standing_roles(self._user, self._on).values_list("role", "unit_id"))

    @cached_property
    def parents(self) -> Parents:
        """The tree of units."""
        return parents()


def standing(user: User, on: date) -> Standing:
    """Return where the person stands on that day: as it is now, or as the request found it."""
    kept: dict[date, Standing] | None = user.__dict__.get(_KEPT)
    if kept is None:
        return Standing(user, on)
    return kept.setdefault(on, Standing(user, on))


def remember(user: User) -> None:
    """Ask once for as long as this object lives: for the person behind a request, and no other.

    Guard, menu and page then share two questions. An object that lives on would go stale.
    """
    user.__dict__.setdefault(_KEPT, {})
