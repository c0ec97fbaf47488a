"""How a rule's hit becomes a finding with a place in the text as it was given."""

from dataclasses import dataclass
from typing import Literal

from torget.screening.findings import Finding
from torget.screening.sentences import Reading

# Longer quotations from the text make an explanation unreadable.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule suggests when it hits: a letter of 4.10, its own name, words for the reader."""

    letter: str
    name: str
    says: str
    score: float
    weight: Literal["urgent", "plain", "mild"] = "plain"

    def at(self, reading: Reading, start: int, end: int, *, term: str = "") -> Finding:
        """Return the finding for this place of the view. ``term`` is how the words were read."""
        first, last = reading.view.span(start, end)
        clause = f"4.10.{self.letter}"
        # What may be secret is marked in the text and repeated nowhere else.
        if self.letter == "h":
            return Finding(clause, self.name, first, last, self.says, self.score, self.weight)
        written = " ".join(reading.given[first:last].split())
        shown = written if len(written) <= _SHOWN else written[: _SHOWN - 1] + "…"
        explanation = f"{self.says}: ”{shown}”"
        if term and term != written.lower():
            explanation += f" (tolkat som ”{term}”)"
        return Finding(clause, self.name, first, last, explanation, self.score, self.weight)
