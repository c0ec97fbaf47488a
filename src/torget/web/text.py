"""Text from outside, made safe to show: what cannot be seen is shown as what it is.

Characters that turn the direction of text, take no room, or are no text at all can make a
comment look like something else than what was written. On a page they become small labels.
A lone surrogate, which no page can be encoded with, becomes one too, so no page ever breaks.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_NAMES = {
    "\u0000": "nolltecken",
    "\u00ad": "mjukt bindestreck",
    "\u061c": "riktningsmärke",
    "\u200b": "osynligt mellanslag",
    "\u200c": "osynlig delare",
    "\u200d": "osynlig sammanfogare",
    "\u200e": "riktningsmärke vänster till höger",
    "\u200f": "riktningsmärke höger till vänster",
    "\u2060": "osynlig sammanfogare",
    "\u3164": "osynligt utfyllnadstecken",
    "\ufeff": "osynligt mellanslag",
} | dict.fromkeys(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "vänder textens riktning"
)
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_JOINS = frozenset("\u200d")
_ENDS_EMOJI = frozenset("\ufe0f")


def visible(text: str) -> SafeString:
    """Return text as safe HTML in which hidden characters are shown. Line ends become one kind."""
    return mark_safe("".join(_pieces(_tidy(text))))  # noqa: S308 every piece is escaped


def visible_plain(text: str) -> str:
    """Return text for places that hold no markup (a title, an attribute): ``[U+202E]``."""
    tidy = _tidy(text)
    return _HIDDEN.sub(lambda found: _shown(tidy, found) or f"[{_code(found[0])}]", tidy)


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text that a rule points at: code points from ``start`` to ``end``.

    ``letter`` is shown ("a"); ``label`` is what a screen reader says ("4:10 a, Förtal").
    """

    start: int
    end: int
    letter: str
    label: str


def marked(text: str, marks: Iterable[Mark]) -> SafeString:
    """Return text as safe HTML with parts marked. Marks may overlap; each shows its letter once.

    Raises:
        ValueError: a mark is empty, turned around or reaches outside the text.
    """
    found = sorted(marks, key=lambda mark: (mark.start, mark.end))
    for mark in found:
        if not 0 <= mark.start < mark.end <= len(text):
            raise ValueError(f"not a part of this text: {mark.start}-{mark.end}")
    cuts = sorted({0, len(text)} | {cut for mark in found for cut in (mark.start, mark.end)})
    html = [_segment(text, start, end, found) for start, end in pairwise(cuts)]
    return mark_safe("".join(html))  # noqa: S308 every segment is escaped


def _segment(text: str, start: int, end: int, marks: list[Mark]) -> str:
    inside = [mark for mark in marks if mark.start <= start and end <= mark.end]
    shown = "".join(_pieces(_tidy(text[start:end])))
    if not inside:
        return shown
    begins = [mark.label for mark in inside if mark.start == start]
    ends = [mark.letter for mark in inside if mark.end == end]
    said = format_html('<span class="ds-sr-only">[{}: </span>', ", ".join(begins)) if begins else ""
    letters = "".join(format_html('<sup aria-hidden="true">{}</sup>', letter) for letter in ends)
    closed = mark_safe('<span class="ds-sr-only">]</span>') if ends else ""
    return format_html(
        '<mark class="tg-mark" data-punkt="{}">{}{}{}{}</mark>',
        inside[0].letter,
        said,
        mark_safe(shown),  # noqa: S308 escaped piece by piece
        mark_safe(letters),  # noqa: S308 escaped one by one
        closed,
    )


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for found in _HIDDEN.finditer(text):
        yield format_html("{}", text[at : found.start()])
        kept = _shown(text, found)
        yield kept or format_html(
            '<span class="tg-dold" title="{}">{}</span>', _name(found[0]), _code(found[0])
        )
        at = found.end()
    yield format_html("{}", text[at:])


def _shown(text: str, found: re.Match[str]) -> str:
    """Return the character itself where it belongs: a joiner inside an emoji such as a family."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    belongs = found[0] in _JOINS and _is_emoji(before) and _is_emoji(after)
    return found[0] if belongs else ""


def _is_emoji(character: str) -> bool:
    return bool(character) and (
        character in _ENDS_EMOJI or unicodedata.category(character) in {"So", "Sk"}
    )


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _name(character: str) -> str:
    category = unicodedata.category(character)
    return _NAMES.get(character) or {
        "Cs": "halvt tecken, ogiltig text",
        "Cc": "styrtecken",
    }.get(category, "osynligt tecken")
