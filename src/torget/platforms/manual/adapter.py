"""A person carries it out on the platform, guided, and says so."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

from torget.platforms.contract import (
    Capability,
    Cursor,
    Found,
    Health,
    Operation,
    Outcome,
    Page,
    Problem,
    Rejected,
    RemoteId,
    Restore,
    Restrain,
    Verb,
)
from torget.platforms.manual.instructions import instruction


class Guide(Protocol):
    """The guided steps: what a person was asked to do, saw and confirmed."""

    def ask(self, operation: Operation) -> None:
        """Ask a person to carry it out; once for each operation id."""
        ...

    def answer(self, operation: Operation) -> Outcome:
        """Return what a person said, Pending while nobody has answered.

        What nobody was asked is ``Rejected("not_carried_out")``: then nothing has happened.
        """
        ...

    def seen(self, ref: RemoteId) -> Found:
        """Return what a person last saw on the page, or said of it."""
        ...


class Manual:
    """Carries every verb, for any platform, through a person. Reaches no network.

    Answers in the same states as any other adapter, only slower: an act is Pending until somebody
    has done it and confirmed it, and what is read back is what that person saw.
    """

    key: ClassVar[str] = "manual"

    def __init__(self, guide: Guide, platform: str = "") -> None:
        """Take the guide, and the platform whose instructions the person gets."""
        self._guide, self._platform = guide, platform

    def capabilities(self) -> Mapping[Verb, Capability]:
        """Return what a person can do there with their own hands."""
        return {verb: instruction(self._platform, verb).capability for verb in Verb}

    def probe(self) -> Health:
        """Say that all is well: there is no sign-in that could break."""
        return Health(ok=True)

    def validate(self, text: str) -> Sequence[Problem]:
        """Leave it to the person, who sees what the platform says."""
        del text
        return []

    def preview(self, operation: Operation) -> bytes:
        """Return what the person is asked to do, with the text to paste if there is one."""
        if isinstance(operation, Restrain | Restore):
            return f"{operation.verb} {operation.target}".encode()
        lines = (f"{operation.verb} {operation.target or ''}".strip(), operation.record.text)
        return "\n".join(lines).encode("utf-8", "backslashreplace")

    def sync(self, cursor: Cursor) -> Page:
        """Return nothing: what comes in is pasted, and is saved as it is pasted."""
        return Page((), cursor, complete=True)

    def fetch(self, ref: RemoteId) -> Found:
        """Return what a person last saw."""
        return self._guide.seen(ref)

    def reconcile(self, refs: Sequence[RemoteId]) -> Mapping[RemoteId, Found]:
        """Return what persons last saw."""
        return {ref: self._guide.seen(ref) for ref in refs}

    def perform(self, operation: Operation) -> Outcome:
        """Put the step on a person's list, once, and return what is known of it."""
        if instruction(self._platform, operation.verb).capability.support == "no":
            return Rejected("not_supported")
        self._guide.ask(operation)
        return self._guide.answer(operation)

    def resolve(self, operation: Operation) -> Outcome:
        """Return what the person said. Asks nobody."""
        return self._guide.answer(operation)
