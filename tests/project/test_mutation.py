"""The nightly command that empties every marked function, tried on a small tree."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TAKEN = (
    "pyproject.toml",
    "src/torget/errors.py",
    "src/torget/policy",
    "src/torget/project/clauses.py",
    "tests/clause_plugin.py",
)
WRITTEN = {
    "src/torget/__init__.py": "",
    "src/torget/project/__init__.py": "",
    "tests/__init__.py": "",
    "src/torget/project/settings.py": "SECRET_KEY = 'test'\nINSTALLED_APPS = []\n",
    "tests/conftest.py": "pytest_plugins = ['tests.clause_plugin']\n",
    "src/torget/sample.py": """
from functools import wraps
from torget.policy.clauses import carries_out

def tenfold(function):
    @wraps(function)
    def inner(): return 10 * function()
    return inner

@carries_out("4.2")
@tenfold
def shared() -> int: return 3

@carries_out("4.3")
def early() -> int: return 4

EARLY = early()

@carries_out("4.4")
def each(): yield 5

@carries_out("4.6", "4.8")
def guarded() -> int:
    return 1

class Keeper:
    @carries_out("4.9")
    def lonely(self) -> int: return 2
""",
    "tests/test_sample.py": """
import pytest
from torget.sample import EARLY, Keeper, each, guarded, shared

@pytest.fixture(scope="module")
def got():
    try: return shared()
    except TypeError: return None

@pytest.mark.clause("4.2")
def test_looks_past_it(got): assert True

@pytest.mark.clause("4.2")
def test_looks_at_it(got): assert got == 30

@pytest.mark.clause("4.3")
def test_what_is_made_at_import(): assert EARLY == 4

@pytest.mark.clause("4.4")
def test_only_loops_over_it():
    for _ in each(): pass

@pytest.mark.clause("4.6")
def test_quick(): assert guarded() == 1

@pytest.mark.nightly
@pytest.mark.clause("4.8")
def test_slow(): assert guarded() == 1

@pytest.mark.clause("4.9")
def test_looks_at_nothing(): Keeper().lonely()

def test_without_a_mark(): assert Keeper().lonely() == 2
""",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in TAKEN:
        source, goal = ROOT / name, tmp_path / name
        goal.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, goal)
    for name, text in WRITTEN.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def mutate(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, str(ROOT / "scripts/mutate_clauses.py"), "--root", str(tree)]
    return subprocess.run([*script, *options], capture_output=True, text=True, check=False)


@pytest.mark.nightly
def test_what_no_marked_test_notices_is_named_and_fails_the_command(tree: Path) -> None:
    done = mutate(tree)

    lines = [line.split() for line in done.stdout.splitlines()]
    assert done.returncode == 1, done.stderr
    assert ["4.6", "tests.test_sample.test_quick"] in lines
    assert ["4.8", "tests.test_sample.test_slow"] in lines
    assert ["4.9", "SURVIVED"] in lines
    assert (tree / "src/torget/sample.py").read_text("utf-8") == WRITTEN["src/torget/sample.py"]


@pytest.mark.nightly
def test_what_a_shared_fixture_or_an_import_has_called_is_found_too(tree: Path) -> None:
    done = [mutate(tree, "--only", f"torget.sample.{name}") for name in ("shared", "early")]

    assert [each.returncode for each in done] == [0, 0], done[0].stdout + done[1].stderr
    assert "  4.2       tests.test_sample.test_looks_at_it\n" in done[0].stdout
    assert "  4.3       tests.test_sample.test_what_is_made_at_import\n" in done[1].stdout


@pytest.mark.nightly
def test_what_yields_is_not_noticed_by_one_who_only_loops_over_it(tree: Path) -> None:
    done = mutate(tree, "--only", "torget.sample.each")

    assert done.returncode == 1, done.stdout + done.stderr
    assert "  4.4       SURVIVED\n" in done.stdout


@pytest.mark.nightly
def test_the_command_is_content_when_every_function_is_missed(tree: Path) -> None:
    done = mutate(tree, "--only", "torget.sample.guarded")

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("1 functions, 0 survived\n")


@pytest.mark.nightly
def test_tests_that_fail_beforehand_prove_nothing(tree: Path) -> None:
    with (tree / "tests/test_sample.py").open("a", encoding="utf-8") as file:
        file.write("\n@pytest.mark.clause('4.6')\ndef test_broken(): assert False\n")

    done = mutate(tree)

    assert done.returncode == 1
    assert "must pass before" in done.stderr
