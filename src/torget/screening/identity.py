"""Identity numbers: personnummer and samordningsnummer, in every way people write them.

Source: folkbokföringslagen (1991:481) 18 and 18 a §§. The check digit is Luhn's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from torget.screening.patterns import Reviewed

# Ten or twelve figures, together or apart: 811228-9874, 19 81 12 28 98 74, 8-1-1-2-2-8-...
_NUMBER = re.compile(r"(?<![\d.,/])(?<!\d[-+ ])\d(?:[ .\-+/]{0,3}\d){9,11}(?![ .\-+]?\d)(?![,/]\d)")
# "550312-98xx" and "född 550312" are parts of one.
_PART = re.compile(
    r"(?<![\d-])(\d{2})?(\d{6})[-+ ]?(?:\d{2}[x*?_]{2}|\d[x*?_]{3}|[x*?_]{4}|\d{2}__)(?![\w])"
)
_SAID = Reviewed("identity", "said")
_OTHER = Reviewed("identity", "other")
# "8 112 289 874" is a sum of money.
_GROUPED = re.compile(r"\d{1,3}(?:[ .]\d{3}){3}")
# Where a right check digit is more likely chance than a person.
_SERIAL = re.compile(
    r"serie|prov(?:n|\b)|ramn|chassi|artikel|hylla|medlemsn|bokning|märkt|felkod|ocr|faktur|imei|org\b|orgn|organisationsn"
)

type Sort = Literal["personnummer", "samordningsnummer", "felskrivet", "del"]


@dataclass(frozen=True, slots=True)
class Identity:
    """A stretch of text that is, or is presented as, an identity number."""

    start: int
    end: int
    kind: Sort


def identities(text: str) -> Iterator[Identity]:
    """Yield identity numbers in a text in small letters.

    A number with a wrong check digit counts only where the words around present it as one. The
    third figure of an organisation number is 2 or more, so no month fits it.
    """
    for match in _NUMBER.finditer(text):
        figures = re.sub(r"\D", "", match[0])
        before = text[max(0, match.start() - 45) : match.start()]
        separators = {c for c in match[0] if not c.isdigit()}
        if len(figures) == 11 or "/" in separators or not _dated(figures):
            continue
        if _GROUPED.fullmatch(match[0]):
            continue
        said, other = _latest(_SAID, before), _latest(_OTHER, before)
        around = bool(_SAID.search(text[match.end() : match.end() + 30]))
        if luhn(figures[-10:]):
            if other > said and (not _typical(match[0]) or _SERIAL.search(before)):
                continue
            coordination = int(figures[-6:-4]) > 60
            kind: Sort = "samordningsnummer" if coordination else "personnummer"
            yield Identity(match.start(), match.end(), kind)
        elif (said > other or (around and other < 0)) and _typical(match[0]):
            yield Identity(match.start(), match.end(), "felskrivet")
    for match in _PART.finditer(text):
        if _dated((match[1] or "") + match[2] + "0000"):
            yield Identity(match.start(), match.end(), "del")


def _latest(pattern: Reviewed, before: str) -> int:
    found = -1
    for match in pattern.finditer(before):
        found = match.start()
    return found


def _typical(written: str) -> bool:
    """Say whether the figures are grouped as people group an identity number."""
    return bool(re.fullmatch(r"(?:\d{2})?\d{6}[ .\-+]{0,3}\d{4}", written)) or len(written) > 14


def _dated(figures: str) -> bool:
    """Say whether the figures begin with a date. A coordination number has 60 added to the day."""
    if len(figures) == 12:
        if figures[:2] not in {"18", "19", "20"}:
            return False
        centuries = [int(figures[:2])]
    else:
        centuries = [19, 20]
    year, month, day = (
        int(figures[i : i + 2]) for i in range(len(figures) - 10, len(figures) - 4, 2)
    )
    day -= 60 if day > 60 else 0
    for century in centuries:
        try:
            date(century * 100 + year, month, day)
        except ValueError:
            continue
        return True
    return False


def luhn(figures: str) -> bool:
    """Say whether the last figure is the check digit of those before it."""
    total = 0
    for place, figure in enumerate(reversed(figures)):
        value = int(figure) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
