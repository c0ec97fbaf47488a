"""A text split into sentences and words, with what each word is and what is only quoted."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from torget.screening import lexicon
from torget.screening.patterns import Reviewed
from torget.screening.reading import View, lower, plain, revealed

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_END = re.compile(r"[.!?…]+(?=[\s\"')]|$)|\n+|\s[-–]{1,3}\s|(?<=[\U0001f300-\U0001faff])\s")
_QUOTED = re.compile(
    r"\"[^\"\n]{1,400}\"|(?<![^\s(])'[^'\n]{2,200}'(?=[\s.,!?)]|$)|»[^»«\n]{1,400}«"
)
_LONGEST = 600
_TAGS = (
    "swear",
    "strong",
    "weak",
    "adjective",
    "slur",
    "group",
    "contempt",
    "lot",
    "women",
    "they",
    "you",
)
_MORE = ("ye", "me", "kin", "harsh", "health", "care", "school", "money", "crime", "hidden")
# What makes the words after it an example, a name or somebody else's words.
_MENTION = Reviewed("sentences", "mention")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in small letters, where it stands in the view, and what kinds of word it is."""

    word: str
    start: int
    end: int
    tags: frozenset[str]
    capital: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the view: its words, its text, and whether it asks."""

    tokens: tuple[Token, ...]
    start: int
    end: int
    text: str
    asks: bool

    def has(self, *tags: str) -> bool:
        """Say whether any word is of one of these kinds."""
        return any(not token.tags.isdisjoint(tags) for token in self.tokens)

    def having(self, *tags: str) -> Iterator[Token]:
        """Yield the words that are of one of these kinds."""
        return (token for token in self.tokens if not token.tags.isdisjoint(tags))


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the rules need of a text. Positions are in ``view``, which can map them back."""

    given: str
    plain: View
    view: View
    sentences: tuple[Sentence, ...]
    quotes: tuple[tuple[int, int], ...]

    def quoted(self, at: int) -> bool:
        """Say whether this place is somebody else's words, an example or a title."""
        index = bisect_right(self.quotes, (at, len(self.view.text))) - 1
        if index >= 0 and self.quotes[index][0] <= at < self.quotes[index][1]:
            return True
        return bool(_MENTION.search(self.view.text[max(0, at - 90) : at]))

    def as_given(self, start: int, end: int) -> str:
        """Return the words as they were written."""
        first, last = self.view.span(start, end)
        return self.given[first:last]


def read(text: str) -> Reading:
    """Read a text for the rules: what is seen, disguises undone, sentences, words, quotations."""
    seen = plain(text)
    view = revealed(lower(seen), lexicon.is_known, lexicon.masked())
    quotes = [match.span() for match in _QUOTED.finditer(view.text)]
    # A text that is one long quotation is the writer's own words in fine clothes.
    if sum(end - start for start, end in quotes) > 0.9 * len(view.text.strip()):
        quotes = []
    return Reading(text, seen, view, tuple(_sentences(text, view)), tuple(quotes))


def _sentences(given: str, view: View) -> Iterator[Sentence]:
    tokens = [
        Token(m[0], m.start(), m.end(), tags(m[0]), given[view.starts[m.start()]].isupper())
        for m in _WORD.finditer(view.text)
    ]
    at = first = 0
    for end in _ends(view.text):
        last = first
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        text = view.text[at:end]
        if text.strip():
            yield Sentence(
                tuple(tokens[first:last]), at, end, text, text.rstrip("\"') \n").endswith("?")
            )
        at, first = end, last


def _ends(text: str) -> Iterator[int]:
    at = 0
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        while end - at > _LONGEST:
            space = text.rfind(" ", at + _LONGEST // 2, at + _LONGEST)
            at = space if space > at else at + _LONGEST
            yield at
        if end > at:
            yield end
            at = end


@lru_cache(maxsize=20_000)
def tags(word: str) -> frozenset[str]:
    """Return the kinds of word that a word in small letters is."""
    found = {kind for kind in (*_TAGS[1:], *_MORE) if word in lexicon.forms(kind)}
    if lexicon.is_swear(word):
        found.add("swear")
    if lexicon.is_insult(word):
        found.add("strong")
    if lexicon.is_role(word):
        found.add("role")
    if lexicon.is_circle(word):
        found.add("circle")
    if lexicon.is_decision(word):
        found.add("decision")
    if word in lexicon.first_names() or word.partition("-")[0] in lexicon.first_names():
        found.add("name")
    return frozenset(found)
