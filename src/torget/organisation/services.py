"""What is written about people."""

from torget.organisation.models import User


def choose_keys(user: User, *, single_keys: bool) -> None:
    """Let a person have keys that act without Ctrl or Alt, or not (WCAG 2.1.4)."""
    User.objects.filter(pk=user.pk).update(single_keys=single_keys)
