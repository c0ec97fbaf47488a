"""Swedish words cut to their stems: how a text is kept for search, and how a query is read.

Snowball's rules for Swedish leave the definite form -an as it is (skolan, vattenläckan), so that
is cut here: else half of what is written about the school would not be found.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import Stemmer

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'["”“]([^"”“]+)["”“]?|([^"”“]+)')
_LONGEST = 60  # signs of a word
_MOST = 200_000  # signs of stems: more than PostgreSQL's index takes is not kept
_TERMS = 12  # of a query
_SHORTEST = 3  # what must be left of a word that is cut here
_mine = threading.local()


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand in a row; the last may go on when ``prefix`` says so."""

    words: tuple[str, ...]
    prefix: bool = False

    def found_in(self, stems: str) -> bool:
        """Whether a text, as stems, holds it."""
        return f" {' '.join(self.words)}{'' if self.prefix else ' '}" in f" {stems} "


def stems(*texts: str) -> str:
    """Return the stems of texts, in order, a space between. Only letters and figures are left."""
    found = " ".join(stem(word[0]) for text in texts for word in words(text))
    return found if len(found) <= _MOST else found[:_MOST].rpartition(" ")[0]


def terms(query: str) -> list[Term]:
    """Return what a query asks for: every word, and what is quoted as a row of words.

    The last word may be half written. A query of signs alone asks for nothing.
    """
    found: list[Term] = []
    for quoted, loose in _QUOTED.findall(query[:_MOST]):
        cut = tuple(stem(word[0]) for word in words(quoted or loose))
        found += [Term(cut)] if quoted and cut else [Term((word,)) for word in cut]
    last = query.rstrip()[-1:]
    if found and len(found[-1].words) == 1 and last and last not in '"”“':
        found[-1] = Term(found[-1].words, prefix=len(found[-1].words[0]) > 1)
    return found[:_TERMS]


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text, as they are compared: composed, and without capitals."""
    return _WORD.finditer(unicodedata.normalize("NFKC", text).casefold())


def stem(word: str) -> str:
    """Return the stem of a word without capitals: cut until there is nothing more to cut.

    Once is not enough: lekplatsen becomes lekplats, which by itself becomes lekplat.
    """
    while (cut := _cut(word[:_LONGEST])) != word:
        word = cut
    return word


def _cut(word: str) -> str:
    cut: str = _stemmer().stemWord(word)
    definite = cut.endswith("an") and word.removeprefix(cut) in ("", "s")
    return cut[:-2] if definite and len(cut) >= _SHORTEST + 2 else cut


def _stemmer() -> Stemmer.Stemmer:
    """Return this thread's own: one that is shared between threads may crash."""
    if not hasattr(_mine, "stemmer"):
        _mine.stemmer = Stemmer.Stemmer("swedish")
    found: Stemmer.Stemmer = _mine.stemmer
    return found
