"""Longer regular expressions, reviewed data in words/, compiled when first used."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    folder = files("torget.screening").joinpath("words")
    found: dict[str, dict[str, list[str]]] = {}
    for name in ("patterns.toml", "danger.toml"):
        found |= tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
    return found


@cache
def _compiled(section: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(_tables()[section][name]))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A pattern of the file. Its lines are alternatives, tried in order."""

    section: str
    name: str

    def search(self, text: str) -> re.Match[str] | None:
        """Search as ``re.Pattern.search`` does."""
        return _compiled(self.section, self.name).search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """Match as ``re.Pattern.match`` does."""
        return _compiled(self.section, self.name).match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find as ``re.Pattern.finditer`` does."""
        return _compiled(self.section, self.name).finditer(text)


def names(section: str) -> list[str]:
    """Return the names of the patterns of a section, in the order of the file."""
    return list(_tables()[section])
