"""What the menu asks about the person who is signed in."""

from django.utils import timezone

from torget.organisation.models import User
from torget.organisation.permissions import TABLE
from torget.organisation.selectors import standing_roles


def permissions(user: User) -> frozenset[str]:
    """Return what a person may do at some unit today. One query."""
    held = set(standing_roles(user, timezone.localdate()).values_list("role", flat=True))
    return frozenset(action.value for action, roles in TABLE.items() if held & roles)
