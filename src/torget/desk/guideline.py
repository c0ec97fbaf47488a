"""The guideline as a page: every clause, how binding it is, and what Torget does about it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from torget.policy.clauses import grounds
from torget.policy.guideline import CarriedBy, Clause, guideline
from torget.policy.parameters import Parameter, Size, parameters
from torget.web import menu

CHAPTERS = {
    "1": "Inledning",
    "2": "Syfte",
    "3": "Skyldigheter, krav och befogenheter",
    "4": "Sociala medier i tjänsten",
    "5": "Sociala medier utanför arbetet",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A parameter in force: its value in words, and the strictest preset where that is stricter."""

    parameter: Parameter
    value: str
    strictest: str


@dataclass(frozen=True, slots=True)
class Point:
    """One clause on the page."""

    clause: Clause
    does: str
    page: str
    coming: str
    partly: str
    choices: Sequence[Choice]
    parts: Sequence["Point"] = ()

    @property
    def state(self) -> str:
        """How far it is carried out: done, partly, coming or left."""
        if self.coming:
            return "coming"
        if self.partly:
            return "partly"
        return "done" if self.does else "left"

    @property
    def left_out(self) -> bool:
        """Whether something of it is deliberately not carried out."""
        return CarriedBy.NOT_CARRIED_OUT in self.clause.carried_by

    @property
    def address(self) -> str:
        """The page where it is done, or nothing."""
        return menu.address(self.page) if self.page else ""

    @property
    def heading(self) -> str:
        """The printed reference: its number where it has one."""
        label = self.clause.label
        return label if label[0].isdigit() else f"{self.clause.id} {label}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the printed text."""

    number: str
    name: str
    points: Sequence[Point]


@cache
def chapters() -> Sequence[Chapter]:
    """Return the guideline in the order of the printed text. No question to the database."""
    whole = {clause.id for clause in grounds()}
    points = [
        _point(clause, grounds() if clause.id == "4.10" else ())
        for clause in guideline().clauses.values()
        if clause.id not in whole
    ]
    return [
        Chapter(number, name, [p for p in points if p.clause.id.partition(".")[0] == number])
        for number, name in CHAPTERS.items()
    ]


def states(found: Sequence[Chapter]) -> Mapping[str, int]:
    """Return how many clauses are in each state. Grounds count on their own."""
    points = [p for chapter in found for point in chapter.points for p in (point, *point.parts)]
    every = ("done", "partly", "coming", "left")
    return {state: sum(p.state == state for p in points) for state in every}


@cache
def does() -> Mapping[str, Mapping[str, str]]:
    """Return what Torget does about each clause, and the page where."""
    return tomllib.loads(files("torget.desk").joinpath("does.toml").read_text("utf-8"))


def _point(clause: Clause, parts: Sequence[Clause] = ()) -> Point:
    told = does().get(clause.id, {})
    return Point(
        clause=clause,
        does=told.get("text", ""),
        page=told.get("page", ""),
        coming=guideline().not_built.get(clause.id, ""),
        partly=guideline().partly.get(clause.id, ""),
        choices=[_choice(p) for p in parameters().values() if p.clause == clause.id],
        parts=[_point(part) for part in parts],
    )


def _choice(parameter: Parameter) -> Choice:
    """Return a parameter as it is in force: the preset of the smallest office."""
    value, strictest = parameter.presets[Size.ONE], parameter.presets[Size.MORE]
    stricter = _said(parameter, strictest) if parameter.is_laxer(value) else ""
    return Choice(parameter, _said(parameter, value), stricter)


def _said(parameter: Parameter, value: int) -> str:
    return f"{value} {parameter.unit}" if parameter.unit else ("ja" if value else "nej")
