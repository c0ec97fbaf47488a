"""A deed of violence, fire or damage in a sentence: the verb, how it is bent, and its object.

What it means is for others to say: ``threats`` asks whether the writer means to do it,
``incitement`` whether others are told to.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from torget.screening.patterns import Reviewed
from torget.screening.sentences import Reading, Sentence, Token

type Form = Literal["infinitive", "present", "imperative"]
type Aim = Literal["person", "thing"]

FORMS: tuple[Form, ...] = ("infinitive", "present", "imperative")
_BRUTAL = {"ihjäl", "sönder"}
_REPORTED = Reviewed("violence", "reported")
_FICTION = Reviewed("violence", "fiction")
_TOLD = Reviewed("violence", "told")
_CONTEST = Reviewed("violence", "contest")
_ANIMALS = Reviewed("violence", "animals")


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb and its object, as places among the words of a sentence.

    ``grim`` means that the words fit no game: a brutal verb, a part of the body, ``ihjäl``.
    """

    verb: int
    last: int
    forms: frozenset[Form]
    aim: Aim
    grim: bool


@cache
def words(table: str, name: str) -> frozenset[str]:
    """Return a list of the file words/violence.toml."""
    return frozenset(_tables()[table][name])


@cache
def _tables() -> dict[str, dict[str, Any]]:
    path = files("torget.screening").joinpath("words", "violence.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _verbs() -> dict[str, list[tuple[str, frozenset[Form], frozenset[str]]]]:
    """Return, for each form of a verb, its lists with what must follow it there."""
    found: dict[str, dict[tuple[str, frozenset[str]], set[Form]]] = {}
    for kind, verbs in _tables()["verbs"].items():
        for verb in verbs:
            bent, _, follows = verb.partition(":")
            for form, word in zip(FORMS, bent.split(), strict=True):
                row = found.setdefault(word, {})
                row.setdefault((kind, frozenset(follows.split())), set()).add(form)
    return {
        word: [(kind, frozenset(forms), follows) for (kind, follows), forms in rows.items()]
        for word, rows in found.items()
    }


@cache
def _thing(name: str) -> re.Pattern[str]:
    return re.compile(_tables()["objects"][name])


def deeds(reading: Reading, sentence: Sentence) -> Iterator[Deed]:
    """Yield the deeds of a sentence, but not those told of others, made up, or done in a game."""
    for place, token in enumerate(sentence.tokens):
        for kind, forms, follows in _verbs().get(token.word, ()):
            deed = _deed(sentence.tokens, place, kind, forms, follows)
            if deed and not _harmless(reading, sentence, deed):
                yield deed
                break


def _deed(
    tokens: tuple[Token, ...], verb: int, kind: str, forms: frozenset[Form], follows: frozenset[str]
) -> Deed | None:
    at, passed = verb + 1, set[str]()
    if at < len(tokens) and tokens[at].word in words("actors", "first"):
        at += 1
    while at < len(tokens) and tokens[at].word in words("objects", "particle") and len(passed) < 3:
        passed.add(tokens[at].word)
        at += 1
    if at < len(tokens) and tokens[at].word in words("objects", "idiom"):
        return None
    person = kind in {"person", "sporting"}
    last = _person(tokens, at) if person else _object(tokens, at, kind)
    if last is None or tokens[last].word in words("objects", "idiom"):
        return None
    # "slå dig sönder och samman": the particle may stand behind the object too.
    passed |= {token.word for token in tokens[last + 1 : last + 2]}
    if follows and not follows & passed:
        return None
    around = {token.word for token in tokens[last + 1 : last + 5]}
    if around & words("objects", "idiom") and not passed & _BRUTAL:
        return None
    hit = {token.word for token in tokens[at : last + 4]} & words("objects", "body")
    grim = kind != "sporting" or bool(passed & _BRUTAL) or bool(hit)
    return Deed(verb, last, forms, "person" if person else "thing", grim)


def _person(tokens: tuple[Token, ...], at: int) -> int | None:
    """Return the last word of an object that is somebody, or a part of somebody."""
    if at >= len(tokens):
        return None
    word, after = tokens[at].word, tokens[at + 1] if at + 1 < len(tokens) else None
    if word == "er" and after and after.word not in words("objects", "kin"):
        apart = after.start > tokens[at].end + 1
        return at if apart or after.word in words("objects", "after_er") else None
    if after and _two_words(word, after):
        return at + 1
    if word in words("objects", "them") | words("objects", "body"):
        return at
    return _titled(tokens, at)


def _two_words(word: str, after: Token) -> bool:
    """Say whether two words are an object: "dina barn", "din jävel", "varenda en"."""
    if word in {"varenda", "varje"}:
        return after.word in {"en", "jävel"}
    near = words("objects", "kin") | words("objects", "body")
    return word in words("objects", "theirs") and (
        after.word in near or not after.tags.isdisjoint({"strong", "swear"})
    )


def _titled(tokens: tuple[Token, ...], at: int) -> int | None:
    """Return the place of a name, a post or a group: "den där jävla handläggaren"."""
    for place in range(at, min(at + 4, len(tokens))):
        token = tokens[place]
        named = token.capital and "name" in token.tags
        role = "role" in token.tags and token.word.endswith(("n", "na", "t"))
        if named or role or "group" in token.tags:
            return place
        if token.word not in words("objects", "filler") and "swear" not in token.tags:
            return None
    return None


def _object(tokens: tuple[Token, ...], at: int, kind: str) -> int | None:
    """Return the place of an object that burns or breaks and is not the writer's own."""
    patterns = [_thing("breakable"), *([_thing("building")] if kind == "fire" else [])]
    spare = 1
    for place in range(at, min(at + 5, len(tokens))):
        token = tokens[place]
        if token.word in words("objects", "own"):
            return None
        if any(pattern.fullmatch(token.word) for pattern in patterns):
            return place
        if token.word in words("objects", "filler") or "swear" in token.tags:
            continue
        # One word more may stand there if it is bent as an adjective: "de nya rutorna".
        spare -= 1
        if spare < 0 or not token.word.endswith(("a", "e", "s")):
            return None
    return None


def _harmless(reading: Reading, sentence: Sentence, deed: Deed) -> bool:
    tokens = sentence.tokens
    at = tokens[deed.verb].start
    if reading.quoted(at) or _REPORTED.search(sentence.text[: at - sentence.start]):
        return True
    if _FICTION.search(sentence.text):
        return True
    near = reading.view.text[max(0, sentence.start - 300) : sentence.end + 300]
    if not deed.grim and _CONTEST.search(near):
        return True
    vague = tokens[deed.last].word in {"dem", "dom", "honom", "henne"}
    return vague and bool(_ANIMALS.search(near))


def told(reading: Reading) -> bool:
    """Say whether the text reports what somebody else said or wrote to the writer."""
    return any(_TOLD.search(sentence.text) for sentence in reading.sentences)


def reported(text: str) -> bool:
    """Say whether the words before tell that somebody else said what follows, or may have."""
    return bool(_REPORTED.search(text))
