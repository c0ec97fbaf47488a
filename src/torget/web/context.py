"""What the page frame shows, for every template."""

from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from torget.web import menu, profile


class Frame:
    """The page frame. Parts are looked up when shown: a public page asks for no person."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def profile(self) -> profile.Profile:
        """Whose installation this is."""
        return profile.current()

    @cached_property
    def sections(self) -> list[menu.Section]:
        """The main menu, for the person who is signed in."""
        return menu.sections(self._request)

    @property
    def demo(self) -> bool:
        """Whether this is the practice municipality."""
        return bool(settings.TORGET.demo)

    @property
    def signed_in(self) -> bool:
        """Whether someone is signed in. False where there are no sessions."""
        user = getattr(self._request, "user", None)
        return user is not None and user.is_authenticated

    @property
    def account(self) -> str:
        """Address of one's own account, or nothing."""
        return menu.address("organisation:account")

    @property
    def sign_out(self) -> str:
        """Address that signs out, or nothing."""
        return menu.address("organisation:sign_out")

    @property
    def proof(self) -> str:
        """Address of the public page of proofs, or nothing."""
        return menu.address("journal:proof")


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: give every template the ``frame``."""
    return {"frame": Frame(request)}
