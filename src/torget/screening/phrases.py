"""Whole phrases from the reviewed file words/phrases.toml, run one sentence at a time."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from torget.policy.clauses import carries_out
from torget.screening import targets
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.rules.violence import reported
from torget.screening.sentences import Reading, Sentence

_GAP = r"(?:[^\s.!?]{1,30}[ ,]{1,2}){0,4}?"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A rule with its patterns, and the conditions under which they count."""

    rule: Rule
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str]
    asks: bool
    whole: bool
    needs: tuple[str, ...]


@cache
def _phrases() -> tuple[Phrase, ...]:
    path = files("torget.screening").joinpath("words", "phrases.toml")
    return tuple(_phrase(row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["phrase"])


def _phrase(row: dict[str, Any]) -> Phrase:
    """Read one table of the file; a test reads them all."""
    return Phrase(
        Rule(row["letter"], row["rule"], row["says"], row["score"], row.get("weight", "plain")),
        tuple(re.compile(p.replace("~", _GAP), re.DOTALL) for p in row["patterns"]),
        re.compile(row.get("unless", "(?!)")),
        row.get("asks", False),
        row.get("whole", False),
        tuple(row.get("needs", ())),
    )


@carries_out("4.10.a", "4.10.b", "4.10.c", "4.10.d", "4.10.e", "4.10.g")
def phrases(reading: Reading) -> Iterator[Finding]:
    """Yield the first hit of each rule in each sentence, or in each part of a long text."""
    for phrase in _phrases():
        for part in _parts(reading) if phrase.whole else reading.sentences:
            if phrase.unless.search(part.text) or (part.asks and not phrase.asks):
                continue
            if "person" in phrase.needs and not targets.person(reading, part):
                continue
            hit = _first(reading, phrase, part)
            if hit:
                yield phrase.rule.at(reading, *hit)


def _first(reading: Reading, phrase: Phrase, part: Sentence) -> tuple[int, int] | None:
    for pattern in phrase.patterns:
        for match in pattern.finditer(part.text):
            start = part.start + match.start()
            # A threat or a call that somebody else is said to have made.
            if phrase.rule.letter in "bd" and reported(part.text[: match.start()]):
                continue
            if match.end() > match.start() and not reading.quoted(start):
                return start, part.start + match.end()
    return None


def _parts(reading: Reading) -> Iterator[Sentence]:
    """Yield the text in parts of whole sentences, each short enough to be one thought."""
    group: list[Sentence] = []
    for sentence in reading.sentences:
        if group and sentence.end - group[0].start > 800:
            yield _joined(reading, group)
            group = []
        group.append(sentence)
    if group:
        yield _joined(reading, group)


def _joined(reading: Reading, group: list[Sentence]) -> Sentence:
    start, end = group[0].start, group[-1].end
    tokens = tuple(token for sentence in group for token in sentence.tokens)
    return Sentence(tokens, start, end, reading.view.text[start:end], group[-1].asks)
