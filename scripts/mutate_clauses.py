"""Replace each function marked ``@carries_out`` by one that does nothing; a test must notice.

For every clause of the function, at least one test marked with that clause must fail. Prints a
table and ends with 1 when something survives. In a copy of the tree, the functions are first
emptied in memory, one after another, while the quick tests that call them run (``emptied.py``).
Where those noticed nothing, the source is emptied instead, and all quick tests of the clause run,
then those that need a browser, a WordPress or the night.
"""

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

SKIP = (".git", ".venv", "node_modules", "__pycache__", ".hypothesis", "dist", "var", ".*_cache")
SLOW = "browser or wordpress or nightly"
TABLE = "import sys; from torget.project.clauses import run; run(as_json=True, stdout=sys.stdout)"
UNSOUND = "the tests must pass before anything is emptied:"
NO_TESTS = 5  # pytest's exit code when nothing is collected
TIMED_OUT = -1
type Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Target:
    """A marked function, by file and by the names that lead to it."""

    path: Path
    qualname: str

    def dotted(self, source: Path) -> str:
        """Return the name that ``torget clauses`` gives it."""
        parts = self.path.relative_to(source).with_suffix("").parts
        return ".".join((*(part for part in parts if part != "__init__"), self.qualname))


@dataclass(frozen=True)
class Run:
    """What became of one run of tests: exit code, and per clause the first test that failed."""

    code: int
    caught: dict[str, str]
    output: str


def targets(source: Path) -> Iterator[Target]:
    """Yield every marked function below ``source``, found without importing anything."""
    for path in sorted(source.rglob("*.py")):
        for qualname, _ in _marked(ast.parse(path.read_text("utf-8"))):
            yield Target(path, qualname)


def without_body(text: str, qualname: str) -> str:
    """Return the source with nothing left in the function but ``return None``.

    What yields becomes what yields nothing.
    """
    tree = ast.parse(text)
    for name, function in _marked(tree):
        if name == qualname:
            yields = isinstance(function, ast.FunctionDef) and _yields(function)
            function.body = ast.parse("yield from ()" if yields else "return None").body
    return ast.unparse(ast.fix_missing_locations(tree))


def clauses_of(root: Path) -> dict[str, set[str]]:
    """Return the clause ids of every marked function by dotted name, from ``torget clauses``."""
    found = _python(root, ["-c", TABLE])
    if found.returncode:
        sys.exit(f"torget clauses does not run:\n{found.stderr}")
    clauses: dict[str, set[str]] = {}
    for row in json.loads(found.stdout)["clauses"]:
        for name in row["code"]:
            clauses.setdefault(name, set()).add(row["id"])
    return clauses


def run_tests(root: Path, clauses: Iterable[str], *, slow: bool) -> Run:
    """Run the tests of the clauses, and read from the report which ones failed."""
    report = root / "report.xml"
    report.unlink(missing_ok=True)
    chosen = [part for clause in sorted(clauses) for part in ("--clause", clause)]
    which = ["-m", SLOW if slow else f"not ({SLOW})"]
    options = ["-q", "--tb=line", "-p", "no:cacheprovider", f"--junitxml={report}"]
    done = _python(root, ["-m", "pytest", *options, *which, *chosen, "tests"], seconds=900)
    if done.returncode == TIMED_OUT:
        return Run(done.returncode, dict.fromkeys(clauses, "did not end"), done.stdout)
    caught: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase") if report.exists() else ():
        if case.find("failure") is None and case.find("error") is None:
            continue
        marks = [at for at in case.iter("property") if at.get("name") == "clause"]
        # A file that cannot even be collected has no marks to tell; no test of it passed.
        for clause in [mark.get("value", "") for mark in marks] or clauses:
            caught.setdefault(clause, f"{case.get('classname')}.{case.get('name')}")
    return Run(done.returncode, caught, done.stdout)


def in_memory(root: Path, only: str) -> Iterator[tuple[str, dict[str, str], float]]:
    """Yield, for one function after another, which quick test noticed, by clause, and seconds."""
    reading, writing = os.pipe()
    options = ["-q", "-p", "no:cacheprovider", "-p", "emptied", "-m", f"not ({SLOW})"]
    told = [f"--emptied-tell={writing}", f"--emptied-only={only}"]
    command = [sys.executable, "-m", "pytest", *options, *told, "tests"]
    with tempfile.TemporaryFile("w+") as output:
        run = subprocess.Popen(
            command, cwd=root, env=_env(root), pass_fds=[writing], stdout=output, stderr=output
        )
        os.close(writing)
        with os.fdopen(reading) as lines:
            for line in map(json.loads, lines):
                if failed := line.get("unsound"):
                    sys.exit(f"{UNSOUND}\n{'\n'.join(f'{k}\n{v}' for k, v in failed.items())}")
                yield line["name"], line["caught"], line["seconds"]
        if run.wait():
            output.seek(0)
            sys.exit(f"{UNSOUND}\n{output.read()}")


def caught_by(root: Path, target: Target, clauses: set[str]) -> dict[str, str]:
    """Run the tests with the function emptied. Return which test noticed, by clause."""
    whole = target.path.read_text("utf-8")
    target.path.write_text(without_body(whole, target.qualname), "utf-8")
    try:
        caught = run_tests(root, clauses, slow=False).caught
        if left := clauses - set(caught):
            caught |= run_tests(root, left, slow=True).caught
    finally:
        target.path.write_text(whole, "utf-8")
    return caught


def main() -> int:
    """Copy the tree, empty one function after another, and print what noticed."""
    parser = argparse.ArgumentParser(description="Empty each marked function; a test must notice.")
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--only", default="", help="dotted names that begin so")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="torget-clauses-") as folder:
        root = Path(folder) / "tree"
        skip = shutil.ignore_patterns(*SKIP)
        shutil.copytree(given.root.resolve(), root, symlinks=True, ignore=skip)
        return _mutate(root, given.only)


def _mutate(root: Path, only: str) -> int:
    source, clauses = root / "src", clauses_of(root)
    found = {target.dotted(source): target for target in targets(source)}
    if lost := set(found) ^ set(clauses):
        sys.exit(f"marked in the source or in the table, not in both: {sorted(lost)}")
    chosen = {name: target for name, target in found.items() if name.startswith(only)}
    left: dict[str, dict[str, str]] = {name: {} for name in chosen}
    for name, caught, seconds in in_memory(root, only):
        left[name] = caught
        if clauses[name] <= set(caught):
            _tell(name, clauses[name], left.pop(name), seconds)
    alive = 0
    if left:
        asked = {clause for name in left for clause in clauses[name]}
        sound = run_tests(root, asked, slow=True)
        if sound.code not in (0, NO_TESTS):
            sys.exit(f"{UNSOUND}\n{sound.output}")
    for name, caught in left.items():
        began = time.monotonic()
        caught.update(caught_by(root, chosen[name], clauses[name] - set(caught)))
        _tell(name, clauses[name], caught, time.monotonic() - began)
        alive += len(clauses[name] - set(caught))
    print(f"{len(chosen)} functions, {alive} survived")
    return 1 if alive or not chosen else 0


def _tell(name: str, clauses: set[str], caught: dict[str, str], seconds: float) -> None:
    print(f"{name}  ({seconds:.0f} s)")
    for clause in sorted(clauses):
        print(f"  {clause:9} {caught.get(clause, 'SURVIVED')}", flush=True)


def _python(
    root: Path, arguments: list[str], *, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy, whose source comes before any installed Torget."""
    command = [sys.executable, *arguments]
    try:
        return subprocess.run(
            command,
            cwd=root,
            env=_env(root),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, TIMED_OUT, "", "")


def _yields(node: ast.AST) -> bool:
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    parts = [part for part in ast.iter_child_nodes(node) if not isinstance(part, inner)]
    return any(isinstance(part, ast.Yield | ast.YieldFrom) or _yields(part) for part in parts)


def _env(root: Path) -> dict[str, str]:
    path = os.pathsep.join((str(root / "src"), str(root), str(Path(__file__).parent)))
    # The tests' own settings, where there are any: threads need a database in a file.
    own = (root / "tests" / "settings.py").exists()
    settings = "tests.settings" if own else "torget.project.settings"
    return os.environ | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": settings}


def _marked(
    whole: ast.Module | ast.ClassDef, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, Function]]:
    for part in whole.body:
        if isinstance(part, ast.ClassDef):
            yield from _marked(part, (*above, part.name))
        elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and any(
            ast.unparse(mark).startswith("carries_out(") for mark in part.decorator_list
        ):
            yield ".".join((*above, part.name)), part


if __name__ == "__main__":
    sys.exit(main())
