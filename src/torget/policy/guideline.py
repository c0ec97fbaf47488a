"""The guideline as data: read once, checked, and never changed while the program runs."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from torget.errors import BadGuideline

FILES = ("guideline", "grounds", "laws", "not_built")


class Strength(StrEnum):
    """How binding the printed words are."""

    MUST = "must"
    SHOULD = "should"
    PERMISSION = "permission"
    GUIDANCE = "guidance"

    @property
    def label(self) -> str:
        """Return the Swedish word for it."""
        return {"must": "ska", "should": "bör", "permission": "får", "guidance": "vägledning"}[self]


class CarriedBy(StrEnum):
    """What carries a clause out."""

    CODE = "code"
    PAGE = "page"
    NOT_CARRIED_OUT = "not_carried_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The head of the printed guideline. What is empty is for the municipality to fill in."""

    title: str
    source: str
    type: str
    owner_role: str
    decided_by: str
    scope: str
    valid_to: str
    drawn_up_by: str
    decided: str
    revised: str
    last_revised: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A legal basis to suggest, by its key, and what a person must find for it to hold."""

    key: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A ready citation for the ground 4.10.law, with the legal basis to suggest with it."""

    key: str
    citation: str
    law: str
    label: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One rule of the guideline in its short form. The last three fields belong to grounds."""

    id: str
    label: str
    strength: tuple[Strength, ...]
    text: str
    carried_by: tuple[CarriedBy, ...]
    law: tuple[str, ...]
    reason: str = ""
    standard_reason: str = ""
    bases: tuple[Basis, ...] = ()
    citations: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        for name in ("label", "strength", "text", "carried_by"):
            if not getattr(self, name):
                raise ValueError(f"{name} is empty")
        by_code_alone = set(self.carried_by) <= {CarriedBy.CODE, CarriedBy.PAGE}
        if not (self.reason or (by_code_alone and CarriedBy.CODE in self.carried_by)):
            raise ValueError("what no code carries out, or only in part, needs a reason")

    @property
    def is_ground(self) -> bool:
        """Say whether a message can be taken away on this clause: 4.10.a–h and 4.10.law."""
        return bool(self.standard_reason)

    def reason_for(self, citation: str = "") -> str:
        """Return the standard reason, in Swedish, to be edited. 4.10.law names the citation."""
        return self.standard_reason.replace("{citation}", citation or "lag")


@dataclass(frozen=True, slots=True)
class Guideline:
    """What the data files say. Clauses stand in the order of the printed text, by id.

    ``laws`` gives the full name of each short name, ``bases`` the Swedish name of each legal
    basis, ``not_built`` what is coming for each clause that is not carried out yet, ``partly``
    what is still to come for one that is carried out in part.
    """

    document: Document
    clauses: Mapping[str, Clause]
    laws: Mapping[str, str]
    bases: Mapping[str, str]
    not_built: Mapping[str, str]
    partly: Mapping[str, str]


@cache
def guideline() -> Guideline:
    """Return the guideline that this version of Torget carries out.

    Raises:
        BadGuideline: the data is not complete or contradicts itself.
    """
    folder = files("torget.policy")
    return read({name: folder.joinpath(f"{name}.toml").read_text("utf-8") for name in FILES})


def read(texts: Mapping[str, str]) -> Guideline:
    """Make a guideline of the data files' texts, by name without ending.

    Raises:
        BadGuideline: says which file and row, and what is wrong with it.
    """
    try:
        data = {name: tomllib.loads(texts[name]) for name in FILES}
        grounds = data["grounds"]
        _no_twins("clause", (row["id"] for row in data["guideline"]["clause"]))
        _no_twins("ground", (row["id"] for row in grounds["ground"]))
        _no_twins("citation", (row["key"] for row in grounds["citation"]))
        citations = tuple(_make(Citation, row) for row in grounds["citation"])
        extra = {row["id"]: _ground(row, citations) for row in grounds["ground"]}
        found = Guideline(
            document=_make(Document, data["guideline"]["document"]),
            clauses=MappingProxyType(
                {row["id"]: _clause(row, extra) for row in data["guideline"]["clause"]}
            ),
            laws=MappingProxyType(data["laws"]),
            bases=MappingProxyType(grounds["basis"]),
            not_built=MappingProxyType(data["not_built"]["clause"]),
            partly=MappingProxyType(data["not_built"]["partly"]),
        )
    except tomllib.TOMLDecodeError as error:
        raise _bad(f"not TOML: {error}") from error
    except KeyError as error:
        raise _bad(f"missing: {error}") from error
    _check(found, extra)
    return found


def _make[T](kind: type[T], row: Mapping[str, Any]) -> T:
    """Make a value of one table. Too many fields, too few and wrong ones are errors."""
    try:
        return kind(**row)
    except (TypeError, ValueError) as error:
        name = row.get("id", row.get("key", ""))
        raise _bad(f"{kind.__name__.lower()} {name}: {error}") from error


def _clause(row: Mapping[str, Any], extra: Mapping[str, Mapping[str, Any]]) -> Clause:
    try:
        read_as_written = {
            "strength": tuple(Strength(word) for word in row.get("strength", ())),
            "carried_by": tuple(CarriedBy(word) for word in row.get("carried_by", ())),
            "law": tuple(row.get("law", ())),
        }
    except ValueError as error:
        raise _bad(f"clause {row['id']}: {error}") from error
    return _make(Clause, {**row, **read_as_written, **extra.get(row["id"], {})})


def _ground(row: Mapping[str, Any], citations: tuple[Citation, ...]) -> dict[str, Any]:
    return {
        "standard_reason": row["reason"],
        "bases": tuple(_make(Basis, basis) for basis in row["bases"]),
        "citations": citations if "{citation}" in row["reason"] else (),
    }


def _check(found: Guideline, extra: Mapping[str, object]) -> None:
    """Look for names that lead nowhere."""
    for where in (extra, found.not_built, found.partly):
        for clause_id in where:
            if clause_id not in found.clauses:
                raise _bad(f"clause {clause_id} is not in the guideline")
    if twice := found.not_built.keys() & found.partly.keys():
        raise _bad(f"both not built and partly: {', '.join(sorted(twice))}")
    for clause in found.clauses.values():
        suggested = [basis.key for basis in clause.bases]
        for key in (*suggested, *(citation.basis for citation in clause.citations)):
            if key not in found.bases:
                raise _bad(f"clause {clause.id}: no legal basis {key}")
        for law in (*clause.law, *(citation.law for citation in clause.citations)):
            if law.split(" ")[0] not in found.laws:
                raise _bad(f"clause {clause.id}: {law} begins with no short name of laws.toml")


def _no_twins(what: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise _bad(f"{what} {name} stands {times} times")


def _bad(what: str) -> BadGuideline:
    return BadGuideline(
        f"Riktlinjens data går inte att använda ({what}).",
        remedy="Rätta filen i torget/policy, eller installera om Torget.",
    )
