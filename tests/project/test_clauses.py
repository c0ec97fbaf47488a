"""``torget clauses``: the guideline beside the code and the tests."""

import ast
import io
import json
import runpy
from pathlib import Path

import pytest

import torget
from torget.policy.clauses import CARRIED_OUT_BY, clauses
from torget.policy.guideline import guideline
from torget.project.clauses import marked_tests, run, table

SOURCE = Path(torget.__file__).parents[1]
SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "mutate_clauses.py"))
targets, without_body = SCRIPT["targets"], SCRIPT["without_body"]
TESTS = '''
"""Marks in all their places."""
import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]

@pytest.mark.clause("4.10", "4.10.a")
def test_function(): pass

@pytest.mark.clause("4.8")
class TestClass:
    @pytest.mark.clause("4.9")
    def test_method(self): pass

    def helper(self): pass

@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.clause("4.10.b"))])
async def test_parameter(x): pass

@pytest.mark.django_db
def test_other(): pass

@pytest.mark.clause("4.7")
def helper(): pass
'''


@pytest.fixture
def tests(tmp_path: Path) -> Path:
    folder = tmp_path / "tests" / "inner"
    folder.mkdir(parents=True)
    (folder / "test_all.py").write_text(TESTS, "utf-8")
    (folder / "make.py").write_text(TESTS, "utf-8")
    return folder.parent


def test_a_mark_is_found_wherever_it_can_stand(tests: Path) -> None:
    at = "tests/inner/test_all.py::"

    assert sorted(marked_tests(tests)) == [
        ("4.10", f"{at}test_function"),
        ("4.10.a", f"{at}test_function"),
        ("4.10.b", f"{at}test_parameter"),
        ("4.6", f"{at}TestClass::test_method"),
        ("4.6", f"{at}test_function"),
        ("4.6", f"{at}test_other"),
        ("4.6", f"{at}test_parameter"),
        ("4.8", f"{at}TestClass::test_method"),
        ("4.9", f"{at}TestClass::test_method"),
    ]


def test_every_clause_of_a_mark_is_written_out_so_that_the_table_finds_it() -> None:
    hidden = []
    for path in sorted(Path(__file__).parents[1].rglob("test_*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.clause":
                hidden += [path.name for part in call.args if not isinstance(part, ast.Constant)]

    assert hidden == []


def test_the_table_has_every_clause_in_order_with_what_is_coming(tests: Path) -> None:
    rows = table(tests)

    assert [row.id for row in rows] == list(clauses())
    assert {row.id: row.not_built for row in rows if row.not_built} == guideline().not_built
    assert {row.id: row.partly for row in rows if row.partly} == guideline().partly
    assert [row.tests for row in rows if row.id == "4.10"] == [
        ("tests/inner/test_all.py::test_function",)
    ]


def test_every_marked_function_in_the_source_is_in_the_table() -> None:
    in_table = {name for row in table() for name in row.code}

    assert in_table == {target.dotted(SOURCE) for target in targets(SOURCE)}
    assert in_table


def test_what_a_test_marks_for_its_own_sake_is_not_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CARRIED_OUT_BY, "4.6", [test_the_command_prints_json])

    rows = {row.id: row for row in table()}

    assert rows["4.6"].code == ()


def test_the_command_prints_json(tests: Path) -> None:
    out = io.StringIO()

    code = run(as_json=True, stdout=out, tests=tests)

    rows = json.loads(out.getvalue())["clauses"]
    assert code == 0
    assert set(rows[0]) == {
        *("id", "label", "strength", "carried_by", "code", "tests", "not_built", "partly")
    }
    by_id = {row["id"]: row for row in rows}
    assert by_id["4.10.a"]["label"] == "4:10 a"
    assert by_id["4.10.a"]["strength"] == ["must"]
    assert by_id["4.10.a"]["tests"] == ["tests/inner/test_all.py::test_function"]
    assert by_id["4.10.a"]["not_built"] is None


def test_the_command_prints_for_people(tests: Path) -> None:
    out = io.StringIO()

    run(as_json=False, stdout=out, tests=tests)

    lines = out.getvalue().splitlines()
    assert "4.10.a   4:10 a" in lines
    assert f"4.1      4:1  delvis: {guideline().partly['4.1']}" in lines
    assert f"4.7      4:7  inte byggt än: {guideline().not_built['4.7']}" in lines
    assert "         tests/inner/test_all.py::test_function" in lines
    assert any("inte byggt än" in line for line in lines)


def test_an_installed_torget_says_that_it_has_no_tests(tmp_path: Path) -> None:
    out = io.StringIO()

    run(as_json=True, stdout=out, tests=tmp_path / "none")

    told = json.loads(out.getvalue())
    assert all(row["tests"] == [] for row in told["clauses"])
    assert "följer inte med" in told["note"]


@pytest.mark.parametrize(
    ("function", "name"),
    [
        ("@carries_out('4.6')\ndef act():\n    '''Why.'''\n    return 1", "act"),
        ("@carries_out('4.6')\ndef act(): return 1", "act"),
        ("class Keeper:\n    @carries_out('4.6')\n    @atomic\n    def act(self):\n        yield 1",
         "Keeper.act"),
        ("@atomic\n@carries_out('4.6')\nasync def act():\n    @inner\n    def f(): pass\n    f()",
         "act"),
    ],
)  # fmt: skip
def test_emptying_takes_the_body_and_nothing_else(function: str, name: str, tmp_path: Path) -> None:
    source = f"{function}\n\ndef other():\n    return 2"
    (tmp_path / "module.py").write_text(source, "utf-8")

    emptied = without_body(source, name)

    assert [target.qualname for target in targets(tmp_path)] == [name]
    nothing = "yield from ()" if "yield 1" in function else "return None"
    assert emptied.count(nothing) == 1
    assert emptied.count("carries_out('4.6')") == 1
    assert "return 2" in emptied
    assert "return 1" not in emptied
    assert "yield 1" not in emptied
