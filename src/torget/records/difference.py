"""What changed between two texts, as words a person reads."""

import difflib
import re
from typing import Literal

type Part = tuple[Literal["same", "gone", "new"], str]

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_COMPARED = 20_000  # longer texts are not compared word by word: it would take seconds


def difference(old: str, new: str) -> list[Part]:
    """Return the parts of both texts in reading order. Joined, all but "gone" give ``new``."""
    if max(len(old), len(new)) > _COMPARED:
        return [("gone", old), ("new", new)]
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    parts: list[Part] = []
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    for how, a, b, c, d in matcher.get_opcodes():
        if how == "equal":
            parts.append(("same", "".join(was[a:b])))
            continue
        if b > a:
            parts.append(("gone", "".join(was[a:b])))
        if d > c:
            parts.append(("new", "".join(now[c:d])))
    return parts
