"""The reviewed words, and which kinds of word each form is."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

# Swedish endings by the name of the list in the words/*.toml files. A trailing "_" in a list
# marks a word that was weighed and left out.
_ENDINGS = {
    "er": ("", "en", "er", "erna", "ens", "ers"),
    "ar": ("", "en", "ar", "arna", "ens"),
    "or": ("a", "an", "or", "orna", "as"),
    "t": ("", "t", "n", "na", "s"),
    "are": ("", "n", "na", "ns"),
    "et": ("", "et", "en", "ens", "ets"),
    "fixed": ("",),
}
_ROLE_ENDING = "(?:e|a|n|en|ns|ens|s|et|ets|er|ar|na|erna|arna|rna|r|or|orna|an|ans)?"
_FILES = ("swearing", "persons", "insults", "groups", "topics")


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    folder = files("torget.screening").joinpath("words")
    found: dict[str, dict[str, list[str]]] = {}
    for name in _FILES:
        found |= tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return found


def _kept(words: list[str]) -> list[str]:
    return [word for word in words if not word.endswith("_")]


@cache
def forms(kind: str) -> frozenset[str]:
    """Return every inflected form of a kind of word, such as ``strong`` or ``group``."""
    return frozenset(_forms(_tables()[kind]))


def _forms(table: dict[str, list[str]]) -> Iterator[str]:
    for name, endings in _ENDINGS.items():
        for stem in _kept(table.get(name, [])):
            for ending in endings:
                yield stem + ending


@cache
def _compound(kind: str) -> re.Pattern[str]:
    """Match the last part of a compound: a role (``skolchefen``), or a word with ``as_ending``."""
    table = _tables()[kind]
    stems = "|".join(sorted(map(re.escape, _kept(table.get("any", []))), key=len, reverse=True))
    endings = "|".join(map(re.escape, _kept(table.get("as_ending", []))))
    parts = [f"(?:{stems}){_ROLE_ENDING}"] if stems else []
    return re.compile(f"(?:{'|'.join([*parts, endings] if endings else parts) or '(?!)'})$")


@cache
def _swear_start() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _kept(_tables()["swear"]["any_ending"]))))


@cache
def _spared() -> tuple[str, ...]:
    return tuple(_tables()["swear"]["spared"])


def is_swear(word: str) -> bool:
    """Say whether a word in small letters is a swear word or obscene (clause 4.10 f)."""
    if word.startswith(_spared()):
        return False
    if word in forms("swear") or _swear_start().match(word):
        return True
    ending = _compound("swear").search(word)
    return bool(ending) and len(word) > 4


def is_role(word: str) -> bool:
    """Say whether a word names a post or a calling (``skolchefen``, ``p-vakt``)."""
    return bool(_compound("role").search(word))


def is_circle(word: str) -> bool:
    """Say whether a word names a small circle such as a board or an office."""
    return bool(_compound("circle").search(word))


def is_decision(word: str) -> bool:
    """Say whether a word names a decision, a piece of work or an authority, not a person."""
    return bool(_compound("decision").search(word))


def is_insult(word: str) -> bool:
    """Say whether a word is an insult whatever stands around it, if aimed at someone."""
    if word in forms("strong"):
        return True
    ending = _compound("strong").search(word)
    return bool(ending) and len(word) > len(ending[0]) + 2 if ending else False


@cache
def is_known(word: str) -> bool:
    """Say whether undoing a disguise gave a word that the rules look for."""
    small = word.lower()
    return is_swear(small) or any(
        small in forms(kind)
        for kind in ("strong", "weak", "slur", "group", "contempt", "adjective")
    )


@cache
def masked() -> tuple[str, ...]:
    """Return the words that may hide behind a mask such as ``j*vla``."""
    return tuple(_tables()["swear"]["masked"])


@cache
def first_names() -> frozenset[str]:
    """Return common first names, in small letters."""
    folder = files("torget.screening").joinpath("words")
    names = folder.joinpath("first_names.txt").read_text(encoding="utf-8")
    return frozenset(name for name in names.split() if not name.startswith("#"))
