"""Precision, recall and F1 per letter: ``python -m torget.screening.score FILE [draft]``."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torget.screening.findings import LETTERS, Screening
from torget.screening.screener import screen


@dataclass(slots=True)
class Count:
    """Hits, false alarms and misses of one letter."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0

    @property
    def precision(self) -> float:
        """Share of the suggestions that were right."""
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else 1.0

    @property
    def recall(self) -> float:
        """Share of what should be found that was found."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(
    records: Iterable[Mapping[str, Any]], check: Callable[[str], Screening]
) -> dict[str, Count]:
    """Count per letter, and for ``any``. What is ``maybe`` in a record is not counted there."""
    counts = {letter: Count() for letter in (*LETTERS, "any")}
    for record in records:
        found, right = set(check(record["text"]).labels) - {"ok"}, set(record["labels"]) - {"ok"}
        maybe = set(record.get("maybe") or ())
        for letter in LETTERS:
            if letter not in maybe:
                _count(counts[letter], letter in found, letter in right)
        if right or not maybe:
            _count(counts["any"], bool(found), bool(right))
    return counts


def _count(count: Count, found: bool, right: bool) -> None:
    count.hits += found and right
    count.alarms += found and not right
    count.misses += right and not found


def macro(counts: Mapping[str, Count]) -> float:
    """Return the mean F1 of the letters that occur."""
    there = [counts[letter].f1 for letter in LETTERS if counts[letter].hits + counts[letter].misses]
    return sum(there) / len(there)


def main(path: str, kind: str = "comment") -> None:
    """Print the figures of one file."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    counts = score(
        records, lambda text: screen(text, kind="draft" if kind == "draft" else "comment")
    )
    for letter, count in counts.items():
        figures = f"P {count.precision:.2f} R {count.recall:.2f} F1 {count.f1:.2f}"
        sys.stdout.write(f"{letter:>4} {figures} ({count.hits} {count.alarms} {count.misses})\n")
    sys.stdout.write(f"macro F1 {macro(counts):.3f}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
