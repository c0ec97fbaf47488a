"""Layer 4: a compact linear model over pieces of words, for what the reviewed words do not say.

The model is data, ``words/model.json``, made by ``scripts/train_screening.py``. It sees no names,
links, handles or figures, only that they are there, so that it cannot learn who is meant.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from torget.policy.clauses import carries_out
from torget.screening import targets
from torget.screening.findings import Finding, Kind
from torget.screening.hits import Rule
from torget.screening.rules.trade import not_trade
from torget.screening.sentences import Reading, Sentence

_PIECE = re.compile(
    r"(?P<link>https?://\S+|hxxp\S+|www\.\S+|\b[\w-]+\.(?:example|se|com|nu|net|org)\b\S*)"
    r"|(?P<handle>@[\w.]+)|(?P<figures>\d+)|(?P<word>[^\W\d_]+)|(?P<sign>[^\w\s])"
)
# One judgement a part: a long text is judged part by part, its tail only by the words.
_PART, _LIMIT = 1200, 24_000
_LEAST = 4
# A few words tell little: each that is missing asks for a surer likeness.
_DOUBT, _ENOUGH = 0.02, 12
_WHAT = {
    "a": "personangrepp eller förolämpningar",
    "b": "hets, trakasserier eller hot",
    "c": "pornografi eller våldsskildringar",
    "d": "uppmaningar till brott",
    "e": "olovlig kopiering",
    "g": "reklam",
    "h": "uppgifter om enskilda",
}


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the pieces for each letter. ``floor`` is where a letter becomes a suggestion."""

    letters: tuple[str, ...]
    bias: tuple[float, ...]
    floor: tuple[float, ...]
    rarity: Mapping[str, float]
    weights: Mapping[str, tuple[int, ...]]
    unit: float


@cache
def _model() -> Model:
    path = files("torget.screening").joinpath("words", "model.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    rows = data["pieces"]
    return Model(
        tuple(data["letters"]),
        tuple(data["bias"]),
        tuple(data["floor"]),
        {piece: row[0] / 100 for piece, row in rows.items()},
        {piece: tuple(row[1:]) for piece, row in rows.items()},
        data["unit"],
    )


def pieces(reading: Reading, start: int, end: int) -> Iterator[str]:
    """Yield the pieces of a stretch of the view: words, pairs of words, parts of words."""
    hidden = {t.start for s in reading.sentences if s.start < end for t in targets.names(s)}
    before = "^"
    for match in _PIECE.finditer(reading.view.text, start, end):
        kind, word = match.lastgroup, match[0]
        if kind == "figures":
            word = "0" * min(len(word), 6)
        elif kind not in {"word", "sign"}:
            word = f"<{kind}>"
        elif match.start() in hidden:
            word = "<name>"
        yield word
        yield f"{before} {word}"
        before = word
        if kind == "word" and word != "<name>":
            padded = f" {word[:30]} "
            for size in (2, 3, 4, 5):
                for at in range(len(padded) - size + 1):
                    yield "~" + padded[at : at + size]


def judged(reading: Reading, start: int, end: int) -> dict[str, float]:
    """Return how likely each letter is for a stretch of the view, between 0 and 1."""
    model = _model()
    counts = Counter(p for p in pieces(reading, start, end) if p in model.rarity)
    sums, norm = [0.0] * len(model.letters), 0.0
    for piece, count in counts.items():
        value = (1 + math.log(count)) * model.rarity[piece]
        norm += value * value
        for index, weight in enumerate(model.weights[piece]):
            sums[index] += value * weight
    scale = model.unit / math.sqrt(norm) if norm else 0.0
    return {
        letter: 1 / (1 + math.exp(-(bias + scale * total)))
        for letter, bias, total in zip(model.letters, model.bias, sums, strict=True)
    }


@carries_out("4.10.a", "4.10.b", "4.10.c", "4.10.d", "4.10.e", "4.10.g", "4.10.h")
def likeness(reading: Reading, kind: Kind, found: set[str]) -> Iterator[Finding]:
    """Yield a finding for each letter not yet found whose texts this one is much like."""
    floors = dict(zip(_model().letters, _model().floor, strict=True))
    for part in _parts(reading):
        likely = judged(reading, part[0].start, part[-1].end)
        doubt = _DOUBT * max(0, _ENOUGH - sum(len(sentence.tokens) for sentence in part))
        for letter, chance in likely.items():
            wanted = letter == "h" if kind == "draft" else True
            if letter in found or not wanted or chance < floors[letter] + doubt:
                continue
            if letter == "g" and not_trade(reading.view.text):
                continue
            worst = max(part, key=lambda s, a=letter: judged(reading, s.start, s.end)[a])  # type: ignore[misc]
            score = round(0.5 + 0.3 * (chance - floors[letter]) / (1 - floors[letter]), 2)
            says = f"Liknar texter som kan antas innehålla {_WHAT[letter]} (statistisk jämförelse)"
            yield Rule(letter, f"model.{letter}", says, score).at(
                reading, worst.tokens[0].start, worst.tokens[-1].end
            )


def _parts(reading: Reading) -> Iterator[list[Sentence]]:
    part: list[Sentence] = []
    for sentence in reading.sentences:
        if sentence.start > _LIMIT:
            break
        if not sentence.tokens:
            continue
        if part and sentence.end - part[0].start > _PART:
            yield part
            part = []
        part.append(sentence)
    if part and sum(len(sentence.tokens) for sentence in part) >= _LEAST:
        yield part
