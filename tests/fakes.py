"""Fakes that keep the same promises as the real thing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from torget.errors import PlatformUnavailable
from torget.platforms.contract import (
    Capability,
    Cursor,
    Done,
    Found,
    Gone,
    Health,
    IncomingMessage,
    Operation,
    Outcome,
    Page,
    Problem,
    Rejected,
    RemoteId,
    Restore,
    Restrain,
    Shown,
    Snapshot,
    Unknown,
    UnknownOutcome,
    Verb,
)


class FakePlatform:
    """A platform in memory, which counts what it was asked to do.

    Args:
        away: it does not answer at all.
        dies: it answers when asked to show, but not when asked to act; nothing happens.
        lose: so many answers are lost after the act took effect.
        refuse: the code with which it says no to every act.
        cannot: verbs that it does not have.
    """

    key: ClassVar[str] = "fake"

    def __init__(
        self,
        *messages: IncomingMessage,
        away: bool = False,
        dies: bool = False,
        lose: int = 0,
        refuse: str = "",
        cannot: Sequence[Verb] = (),
    ) -> None:
        self.posts = {message.remote_id: message for message in messages}
        self.hidden: set[RemoteId] = set()
        self.away, self.dies, self.lose, self.refuse = away, dies, lose, refuse
        self.silent = False
        self.cannot = frozenset(cannot)
        self.asked: list[Operation] = []
        self.before_act: Callable[[Operation], None] = lambda _operation: None

    @property
    def acts(self) -> list[Verb]:
        """The verbs that it was asked to carry out, in order."""
        return [operation.verb for operation in self.asked]

    def change(self, text: str, ref: str = "1") -> None:
        """Let the author change a message."""
        self.posts[RemoteId(ref)] = replace(self.posts[RemoteId(ref)], text=text)

    def trash(self, ref: str = "1") -> None:
        """Let someone else remove a message."""
        del self.posts[RemoteId(ref)]

    def capabilities(self) -> Mapping[Verb, Capability]:
        """Say what it can."""
        return {
            verb: Capability(
                "no" if verb in self.cannot else "yes", "Provkanal.", "", date(2026, 1, 1)
            )
            for verb in Verb
        }

    def probe(self) -> Health:
        """Say how it is."""
        return Health(ok=not self.away)

    def validate(self, _text: str) -> Sequence[Problem]:
        """Take everything."""
        return []

    def preview(self, operation: Operation) -> bytes:
        """Show the verb."""
        return operation.verb.encode()

    def sync(self, cursor: Cursor) -> Page:
        """Return everything."""
        self._answer()
        return Page(tuple(self._shown(ref) for ref in self.posts), cursor, complete=True)

    def fetch(self, ref: RemoteId) -> Found:
        """Return a message as it is."""
        self._answer()
        if self.silent:
            return Unknown("silent")
        return self._shown(ref) if ref in self.posts else Gone()

    def reconcile(self, refs: Sequence[RemoteId]) -> Mapping[RemoteId, Found]:
        """Return many."""
        return {ref: self.fetch(ref) for ref in refs}

    def perform(self, operation: Operation) -> Outcome:
        """Hide, show or delete. Asking twice does no harm."""
        self._answer()
        if self.dies:
            raise PlatformUnavailable("Borta.", remedy="Vänta.")
        self.before_act(operation)
        self.asked.append(operation)
        if self.refuse or operation.verb in self.cannot:
            return Rejected(self.refuse or "not_supported")
        match operation:
            case Restrain(verb=Verb.HIDE, target=ref) if ref in self.posts:
                self.hidden.add(ref)
            case Restrain(verb=Verb.DELETE_OTHER, target=ref):
                self.posts.pop(ref, None)
            case Restore(target=ref) if ref in self.posts:
                self.hidden.discard(ref)
            case _:
                return Rejected("not_found")
        if self.lose:
            self.lose -= 1
            return UnknownOutcome()
        return Done(ref)

    def resolve(self, operation: Operation) -> Outcome:
        """Look, and send nothing."""
        if operation.target is None:
            return UnknownOutcome()
        match operation, self.fetch(operation.target):
            case (
                (Restrain(verb=Verb.HIDE), Snapshot(shown=Shown.HIDDEN))
                | (Restrain(verb=Verb.DELETE_OTHER), Gone())
                | (Restore(), Snapshot(shown=Shown.PUBLIC))
            ):
                return Done(operation.target)
            case _, Unknown():
                return UnknownOutcome()
            case _:
                return Rejected("not_carried_out")

    def _shown(self, ref: RemoteId) -> Snapshot:
        return Snapshot(self.posts[ref], Shown.HIDDEN if ref in self.hidden else Shown.PUBLIC)

    def _answer(self) -> None:
        if self.away:
            raise PlatformUnavailable("Borta.", remedy="Vänta.")
