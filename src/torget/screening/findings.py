"""What the checks of Swedish text hand back: suggestions for a person, never a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

type Kind = Literal["comment", "draft"]
type Route = Literal["akut", "granska", "notis", "ok"]

LETTERS = ("a", "b", "c", "d", "e", "f", "g", "h")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text that may break a clause, and why it looks so.

    ``start`` and ``end`` count code points of the text as it was given. ``score`` is between 0
    and 1: how sure the rule is, not how grave the matter is. ``weight`` tells routing more than
    the letter does: *urgent* goes to the top of the queue, *mild* only becomes a note.
    """

    clause: str
    rule: str
    start: int
    end: int
    explanation: str
    score: float
    weight: Literal["urgent", "plain", "mild"] = "plain"

    @property
    def letter(self) -> str:
        """The last part of the clause: ``a`` to ``h`` or ``law``."""
        return self.clause.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Screening:
    """All that was found in one text, and where in the queue it belongs.

    ``support`` means that the writer seems to be in distress, so a person should answer with help.
    ``lawful_criticism`` means that the text is hard on a decision or an authority: allowed.
    """

    labels: tuple[str, ...]
    route: Route
    support: bool
    scores: Mapping[str, float]
    findings: tuple[Finding, ...]
    version: str
    lawful_criticism: bool = field(default=False)
