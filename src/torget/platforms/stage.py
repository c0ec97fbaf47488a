"""The far side of a platform, for the promise suite: where visitors write and staff tidy."""

from typing import Protocol

from torget.platforms.contract import Platform, RemoteId

# What a platform may know of a visitor and Torget may not take (law.md 1H).
EMAIL, MACHINE = "kim.berg@example.test", "127.0.0.1"


class Stage(Protocol):
    """The far side of a platform, and the wire to it."""

    def connect(self) -> Platform:
        """Return an adapter that is signed in, and gives up soon when nobody answers."""
        ...

    def connect_to_nobody(self) -> Platform:
        """Return an adapter whose platform is not there."""
        ...

    def visitor_writes(self, text: str, name: str = "Kim Berg") -> RemoteId:
        """Let a visitor, whose e-mail address is ``EMAIL``, write for all to see."""
        ...

    def visitor_edits(self, ref: RemoteId, text: str) -> None:
        """Let what is there be changed on the platform itself."""
        ...

    def staff_bins(self, ref: RemoteId) -> None:
        """Let the platform's own staff take a message away."""
        ...

    def public_sees(self, text: str) -> bool:
        """Return whether someone who is not signed in sees a text."""
        ...

    def goes_wrong(self, how: str, *, writes: bool = False) -> None:
        """Let the next request (the next write) go wrong: busy, broken, cut, html, lost."""
        ...

    def sent(self) -> str:
        """Return everything that has left for the platform so far."""
        ...

    def writes(self) -> int:
        """Return how many requests that change something have left so far."""
        ...


class SendingStage(Stage, Protocol):
    """The far side of a platform where we publish."""

    def public_page(self, ref: RemoteId) -> str:
        """Return the page where a post of ours stands, as HTML; nothing if it does not."""
        ...

    def file_at(self, url: str) -> bytes:
        """Return what anyone gets who asks for the address of a picture."""
        ...
