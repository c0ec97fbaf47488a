"""Reads comments out of what a person copied from a page: pure, no database.

Only a help: what is read stands in a form, and the person looks through it before it is saved.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from torget.records.byhand.times import moment

MOST = 50  # comments at a time
_ADDRESS = re.compile(r"https?://\S+")
_RULE = re.compile(r"\s*(?:-{3,}|_{3,}|\*{3,})\s*")
_BETWEEN = re.compile(r"\s*[·•|]\s*|\s{2,}|\t")
# What stands around a comment on a page and is no part of it.
_BUTTONS = frozenset(
    {
        *(
            "gilla",
            "svara",
            "dela",
            "följ",
            "mer",
            "visa mer",
            "visa mindre",
            "författare",
            "admin",
        ),
        *("visa översättning", "se översättning", "toppfan", "ny följare", "administratör", "dölj"),
        *("redigerad", "redigerat", "anmäl", "gilla-markeringar", "verifierad", "fäst", "översätt"),
        *("like", "reply", "edited", "author", "see translation"),
    }
)
_COUNT = re.compile(r"\d+\s*(?:gilla\w*|svar|likes?|gilla-markeringar)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """A comment as it was read; empty where nothing was found."""

    author: str = ""
    time: str = ""
    text: str = ""
    address: str = ""


def read(pasted: str, now: datetime) -> list[Read]:
    """Return the comments in a pasted text, at most ``MOST``, in its order.

    A blank line stands between two comments, unless a line of dashes does. The first line is the
    author, alone or with the time after it; a line that is a time or a button is not text; an
    address last is the comment's own.
    """
    lines = pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ruled = any(_RULE.fullmatch(line) for line in lines)
    found: list[Read] = []
    for block in _blocks(lines, ruled=ruled):
        one = _read(block, now, alone=not found)
        if one.text and not one.author and not one.time and found and not ruled:
            last = found.pop()  # a paragraph of the comment above
            text = f"{last.text}\n\n{one.text}".strip()
            one = Read(last.author, last.time, text, one.address or last.address)
        if one != Read():
            found.append(one)
    return found[:MOST]


def _blocks(lines: list[str], *, ruled: bool) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        ends = bool(_RULE.fullmatch(line)) if ruled else not line.strip()
        if ends and block:
            yield block
            block = []
        elif not ends:
            block.append(line.strip())
    if block:
        yield block


def _read(block: list[str], now: datetime, *, alone: bool) -> Read:
    address = time = ""
    left: list[str] = []
    for line in block:
        told = _time(line, now)
        if told and not time:
            time = told
        elif not told and not _is_button(line):
            left.append(line)
    if left and _ADDRESS.fullmatch(left[-1]):
        address = left.pop()
    author = ""
    while left and not left[0]:
        left.pop(0)
    if len(left) > 1 or (left and time and not alone):
        author, shown = _author(left.pop(0), now)
        time = time or shown
    return Read(author, time, "\n".join(left).strip("\n"), address)


def _author(line: str, now: datetime) -> tuple[str, str]:
    """Return who a first line names, and the time that stands after the name."""
    parts = _BETWEEN.split(line)
    time = next((part for part in parts[1:] if moment(part, now)), "")
    name = parts[0] if len(parts) > 1 else line
    before, comma, after = name.rpartition(", ")
    if not time and comma and moment(after, now):
        name, time = before, after
    return re.sub(r"\s+(?:skrev|skriver|säger)?:?$", "", name).rstrip(":").strip(), time


def _time(line: str, now: datetime) -> str:
    """Return the time in a line that holds nothing else than a time and buttons."""
    parts = [part for part in _BETWEEN.split(line) if part]
    times = [part for part in parts if moment(part, now)]
    rest = [part for part in parts if part not in times]
    return times[0] if times and all(_is_button(part) for part in rest) else ""


def _is_button(line: str) -> bool:
    parts = [part.casefold() for part in _BETWEEN.split(line) if part]
    return bool(parts) and all(
        part in _BUTTONS or (_COUNT.fullmatch(part) and not part.isdigit()) for part in parts
    )
