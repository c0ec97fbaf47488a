"""``torget clauses``: what carries each clause of the guideline out, and what tests it."""

import ast
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages
from typing import TextIO

import django
from django.apps import apps

import torget
from torget.policy.clauses import CARRIED_OUT_BY, clauses
from torget.policy.guideline import guideline

TESTS = Path(__file__).parents[3] / "tests"
"""The tests of a checkout. An installed Torget has none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One clause: code by dotted name, tests by path and name, and what is still to come.

    ``not_built`` says it of a clause that nothing carries out yet, ``partly`` of one whose code
    does not do all of it.
    """

    id: str
    label: str
    strength: tuple[str, ...]
    carried_by: tuple[str, ...]
    code: tuple[str, ...]
    tests: tuple[str, ...]
    not_built: str | None
    partly: str | None

    @property
    def is_carried_out(self) -> bool:
        """Say whether there is a test, and code where the guideline's data says code."""
        return bool(self.tests) and (bool(self.code) or "code" not in self.carried_by)

    @property
    def still_to_come(self) -> str:
        """What is missing, for people; nothing when all of it is carried out."""
        if self.not_built is not None:
            return f"inte byggt än: {self.not_built}"
        return "" if self.partly is None else f"delvis: {self.partly}"


def table(tests: Path = TESTS) -> list[Row]:
    """Return every clause in the order of the guideline.

    Loads every module that carries a clause out, or the table would be short.

    Args:
        tests: folder of the tests; when it is not there, no clause has tests.
    """
    load_marked_modules()
    tested: dict[str, list[str]] = {}
    for clause_id, test in marked_tests(tests):
        tested.setdefault(clause_id, []).append(test)
    not_built, partly = guideline().not_built, guideline().partly
    return [
        Row(
            id=clause.id,
            label=clause.label,
            strength=clause.strength,
            carried_by=clause.carried_by,
            code=tuple(sorted(_code(clause.id))),
            tests=tuple(dict.fromkeys(tested.get(clause.id, ()))),
            not_built=not_built.get(clause.id),
            partly=partly.get(clause.id),
        )
        for clause in clauses().values()
    ]


def run(*, as_json: bool, stdout: TextIO, tests: Path = TESTS) -> int:
    """Print the table, as text or as JSON. Return the command's exit code."""
    rows = table(tests)
    note = "" if tests.is_dir() else "Testerna följer inte med ett installerat Torget."
    if as_json:
        json.dump(
            {"clauses": [asdict(row) for row in rows], "note": note},
            stdout,
            ensure_ascii=False,
            indent=2,
        )
        stdout.write("\n")
        return 0
    for row in rows:
        stdout.write(f"{row.id:9}{row.label}  {row.still_to_come}".rstrip() + "\n")
        for name in (*row.code, *row.tests):
            stdout.write(f"{'':9}{name}\n")
    if note:
        stdout.write(note + "\n")
    return 0


def load_marked_modules() -> None:
    """Import every module of Torget whose source names ``carries_out``."""
    if not apps.ready:
        django.setup()
    for found in walk_packages(torget.__path__, "torget."):
        spec = find_spec(found.name)
        if spec and spec.origin and "carries_out(" in Path(spec.origin).read_text("utf-8"):
            import_module(found.name)


def marked_tests(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield clause id and test, read from the tests' source without running it.

    Marks on functions, on classes, on a module (``pytestmark``) and on parameters all count, as
    long as the clause is written out.
    """
    for path in sorted(folder.rglob("test_*.py")):
        name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        module = ast.parse(path.read_text("utf-8"))
        shared = [
            clause_id
            for statement in module.body
            if isinstance(statement, ast.Assign) and _names(statement) == ["pytestmark"]
            for clause_id in _clause_ids(statement.value)
        ]
        yield from _marked(module, name, shared)


def _marked(
    whole: ast.Module | ast.ClassDef, name: str, above: list[str]
) -> Iterator[tuple[str, str]]:
    for part in whole.body:
        if not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        here = [*above, *(i for mark in part.decorator_list for i in _clause_ids(mark))]
        if isinstance(part, ast.ClassDef):
            yield from _marked(part, f"{name}::{part.name}", here)
        elif part.name.startswith("test_"):
            yield from ((clause_id, f"{name}::{part.name}") for clause_id in here)


def _clause_ids(mark: ast.expr) -> Iterator[str]:
    for call in ast.walk(mark):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.clause":
            for argument in call.args:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)


def _names(statement: ast.Assign) -> list[str]:
    return [ast.unparse(target) for target in statement.targets]


def _code(clause_id: str) -> set[str]:
    """Return dotted names; what a test has marked for its own sake is left out."""
    names = (f"{f.__module__}.{f.__qualname__}" for f in CARRIED_OUT_BY.get(clause_id, ()))
    return {name for name in names if name.startswith("torget.")}
