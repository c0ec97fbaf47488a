"""What the checks of a draft hand back."""

import hashlib
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from torget.policy.clauses import clause


class Level(StrEnum):
    """How a finding is met."""

    STOP = "stop"
    ASK = "ask"
    ADVISE = "advise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A draft as the checks read it. ``answers``: it goes to someone who has written to us."""

    text: str
    title: str = ""
    alt: str = ""
    has_picture: bool = False
    answers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing about a draft.

    Args:
        code: what kind of thing; it goes into the record of the order.
        clause: the guideline's.
        final: nobody may let it through.
        start, end: where in the text; both 0 when it is about the whole.
        about: what was found; never shown, only told apart from other finds of the kind.
    """

    level: Level
    code: str
    clause: str
    title: str
    explanation: str
    start: int = 0
    end: int = 0
    final: bool = False
    about: str = ""

    @property
    def label(self) -> str:
        """The clause as it is printed."""
        return clause(self.clause).label

    @property
    def id(self) -> str:
        """The name under which a person says that they have looked at it."""
        return f"{self.code}-{hashlib.sha256(self.about.encode()).hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found, gravest first, and how hard the text is to read."""

    all: tuple[Finding, ...]
    lix: int

    def at(self, level: Level) -> list[Finding]:
        """Return those of one level."""
        return [finding for finding in self.all if finding.level == level]

    @property
    def final(self) -> list[Finding]:
        """Those that nobody may let through."""
        return [finding for finding in self.all if finding.final]

    @property
    def needs_second(self) -> bool:
        """Whether another person must let it through."""
        return any(f.level == Level.STOP and not f.final for f in self.all)

    def unlooked(self, checked: Container[str]) -> list[Finding]:
        """Return what the author has not said that they have looked at."""
        met = (Level.STOP, Level.ASK)
        return [f for f in self.all if f.level in met and not f.final and f.id not in checked]
