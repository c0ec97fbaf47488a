"""What a municipality chooses for itself, with presets for the size of its office."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from torget.errors import BadGuideline
from torget.policy.clauses import clauses


class Size(StrEnum):
    """How many look after the channels. The larger, the stricter the presets can be."""

    ONE = "one"
    FEW = "few"
    MORE = "more"

    @property
    def label(self) -> str:
        """Return the Swedish words for it."""
        return {"one": "en person", "few": "2–4 personer", "more": "fler än fyra"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One choice: a number with its unit in Swedish, or a yes or no without."""

    key: str
    clause: str
    text: str
    presets: Mapping[Size, int]
    unit: str = ""
    larger_is_stricter: bool = False

    def is_laxer(self, value: int) -> bool:
        """Say whether ``value`` is laxer than the strictest preset; then the page shows it."""
        strictest = self.presets[Size.MORE]
        if self.larger_is_stricter or not self.unit:
            return value < strictest
        return value > strictest


@cache
def parameters() -> Mapping[str, Parameter]:
    """Return every parameter by key, in the order of the clauses.

    Raises:
        BadGuideline: the data is not complete or contradicts itself.
    """
    text = files("torget.policy").joinpath("parameters.toml").read_text("utf-8")
    return read(text)


def number(key: str, size: Size = Size.ONE) -> int:
    """Return the preset of a number, in its unit.

    Raises:
        LookupError: no such parameter.
        TypeError: it is a yes or no.
    """
    value = _parameter(key).presets[size]
    if isinstance(value, bool):
        raise TypeError(f"{key} is a yes or no, not a number")
    return value


def switch(key: str, size: Size = Size.ONE) -> bool:
    """Return the preset of a yes or no.

    Raises:
        LookupError: no such parameter.
        TypeError: it is a number.
    """
    value = _parameter(key).presets[size]
    if not isinstance(value, bool):
        raise TypeError(f"{key} is a number, not a yes or no")
    return value


def read(text: str) -> Mapping[str, Parameter]:
    """Make the parameters of the data file's text.

    Raises:
        BadGuideline: says which parameter, and what is wrong with it.
    """
    found: dict[str, Parameter] = {}
    for row in tomllib.loads(text)["parameter"]:
        parameter = _parameter_of(row)
        if parameter.key in found:
            raise _bad(parameter.key, "stands twice")
        found[parameter.key] = parameter
    return MappingProxyType(found)


def _parameter(key: str) -> Parameter:
    try:
        return parameters()[key]
    except KeyError:
        raise LookupError(f"no parameter {key!r}") from None


def _parameter_of(row: Mapping[str, Any]) -> Parameter:
    name = str(row.get("key"))
    try:
        presets = {Size(size): value for size, value in row["presets"].items()}
        parameter = Parameter(**{**row, "presets": MappingProxyType(presets)})
    except (TypeError, ValueError, KeyError) as error:
        raise _bad(name, str(error)) from error
    kind = int if parameter.unit else bool
    if set(presets) != set(Size) or any(type(value) is not kind for value in presets.values()):
        raise _bad(name, f"needs a preset of type {kind.__name__} for each size of office")
    if parameter.clause not in clauses():
        raise _bad(name, f"clause {parameter.clause} is not in the guideline")
    return parameter


def _bad(key: str, what: str) -> BadGuideline:
    return BadGuideline(
        f"Riktlinjens data går inte att använda (parameter {key}: {what}).",
        remedy="Rätta parameters.toml i torget/policy, eller installera om Torget.",
    )
