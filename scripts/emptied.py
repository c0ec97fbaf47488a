"""Pytest plugin: empty one marked function after another, and run the tests that call it.

Imports and collection are paid for once: each try is a fork of the process that has collected, so
nothing that one try leaves behind reaches the next. The first forks change nothing. They show that
the tests pass, and note which of them call which function. Lines of JSON tell what was found.
"""

import atexit
import contextlib
import inspect
import json
import os
import signal
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from types import CodeType, FunctionType
from typing import Any

import pytest

type Told = dict[str, Any]

PROCESSES = os.cpu_count() or 1
WHOLE = 1800.0
"""Seconds that a fork which changes nothing may take."""
PATIENCE = 60.0
"""Seconds that another fork may take beyond ten times what its tests took there."""


@dataclass(frozen=True)
class Marked:
    """A function marked ``@carries_out``, below what else decorates it, and its clauses."""

    function: FunctionType
    clauses: frozenset[str]

    def empty(self) -> None:
        """Leave nothing in it but ``return None``, wherever it has been imported.

        What yields becomes what yields nothing, or every caller would break on looping over None.
        """
        nothing: Callable[..., object] = _nothing
        if inspect.iscoroutinefunction(self.function):
            nothing = _nothing_async
        elif inspect.isgeneratorfunction(self.function):
            nothing = _nothing_yielded
        bound = self.function.__code__.co_freevars
        self.function.__code__ = nothing.__code__.replace(co_freevars=bound)


class Watch:
    """Notes, in a fork, how the tests went, and which of the functions each of them called."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}
        self.seconds: dict[str, float] = defaultdict(float)
        self.called: dict[str, set[str]] = defaultdict(set)
        self._since: set[str] = set()

    def look_at(self, functions: dict[str, Marked]) -> None:
        """Begin to note calls."""
        names = {marked.function.__code__: name for name, marked in functions.items()}
        tool, begins = sys.monitoring.PROFILER_ID, sys.monitoring.events.PY_START

        def note(code: CodeType, _: int) -> None:
            self._since.add(names[code])

        sys.monitoring.use_tool_id(tool, "torget")
        sys.monitoring.register_callback(tool, begins, note)
        for code in names:
            sys.monitoring.set_local_events(tool, code, begins)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note one step of a test: setting up, the call, clearing away."""
        self.seconds[report.nodeid] += report.duration
        self.called[report.nodeid] |= self._since
        self._since.clear()
        if report.failed:
            self.failed.setdefault(report.nodeid, report.longreprtext)

    def told(self) -> Told:
        """Return it all as JSON can tell it."""
        called = {test: sorted(names) for test, names in self.called.items()}
        return {"failed": self.failed, "seconds": self.seconds, "called": called}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--emptied-tell", type=int, help="file descriptor for lines of JSON")
    parser.addoption("--emptied-only", default="", help="dotted names that begin so")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run the forks instead of the tests."""
    only = session.config.getoption("--emptied-only")
    functions = {name: f for name, f in _marked_functions().items() if name.startswith(only)}
    with os.fdopen(session.config.getoption("--emptied-tell"), "w") as pipe:
        for line in _run(session, functions):
            print(json.dumps(line), file=pipe, flush=True)
    return True


def _run(session: pytest.Session, functions: dict[str, Marked]) -> Iterator[Told]:
    asked = frozenset().union(*(marked.clauses for marked in functions.values()))
    items = [item for item in session.items if _clauses(item) & asked]
    sound: Told = {"failed": {}, "seconds": {}, "called": {}}
    for told in _shared_out(lambda first: _whole(items, functions, first)):
        for part in sound:
            sound[part] |= told[part]
    if session.testsfailed or any(item.nodeid not in sound["seconds"] for item in items):
        sound["failed"][""] = "not all tests could be read and run"
    if sound["failed"]:
        yield {"unsound": sound["failed"]}
        return
    yield from _shared_out(lambda first: _each(functions, items, sound, first))


def _whole(
    items: Sequence[pytest.Item], functions: dict[str, Marked], first: int
) -> Iterator[Told]:
    """Run one process's share of the files with nothing emptied."""
    files = list(dict.fromkeys(item.path for item in items))[first::PROCESSES]
    mine = [item for item in items if item.path in files]
    if mine:
        yield _fork(mine, lambda watch: watch.look_at(functions), seconds=WHOLE)


def _each(
    functions: dict[str, Marked], items: Sequence[pytest.Item], sound: Told, first: int
) -> Iterator[Told]:
    """Empty one process's share of the functions, one after another."""
    for name in list(functions)[first::PROCESSES]:
        began = time.monotonic()
        caught = _caught(functions[name], _callers(name, items, sound), sound["seconds"])
        yield {"name": name, "caught": caught, "seconds": time.monotonic() - began}


def _shared_out(work: Callable[[int], Iterator[Told]]) -> Iterator[Told]:
    """Do each share of the work in a process of its own, and yield what they tell as they do."""
    readers: list[Connection] = []
    for first in range(PROCESSES):
        reader, writer = Pipe(duplex=False)
        if os.fork():
            writer.close()
            readers.append(reader)
            continue
        try:
            for told in work(first):
                writer.send(told)
        finally:
            os._exit(0)
    while readers:
        for ready in list[Any](wait(readers)):
            try:
                yield ready.recv()
            except EOFError:
                readers.remove(ready)


def _caught(
    marked: Marked, callers: Sequence[pytest.Item], took: dict[str, float]
) -> dict[str, str]:
    """Return which test noticed, by clause. After each that did, the rest begin afresh."""
    caught: dict[str, str] = {}
    while chosen := [i for i in callers if _clauses(i) & (marked.clauses - set(caught))]:
        seconds = PATIENCE + 10 * sum(took[item.nodeid] for item in chosen)
        failed = _fork(chosen, lambda _: marked.empty(), seconds=seconds, stop=True)["failed"]
        if not failed:
            break
        for item in chosen:
            # What did not end has no name; the next fork would not end either.
            if item.nodeid in failed or "" in failed:
                fresh = (_clauses(item) & marked.clauses) - set(caught)
                caught |= dict.fromkeys(fresh, failed.get("") or _name(item))
    return caught


def _callers(name: str, items: Sequence[pytest.Item], sound: Told) -> list[pytest.Item]:
    """Return the tests that call it, quick ones first, then the others of their files.

    A fixture that a file's tests share calls it for the first of them only. Tests with real
    transactions come last: they empty the tables.
    """
    direct = {item for item in items if name in sound["called"].get(item.nodeid, ())}
    files = {item.path for item in direct}

    def order(item: pytest.Item) -> tuple[bool, bool, float]:
        mark = item.get_closest_marker("django_db")
        real = bool(mark and mark.kwargs.get("transaction"))
        return item not in direct, real, sound["seconds"][item.nodeid]

    return sorted((item for item in items if item.path in files), key=order)


def _fork(
    items: Sequence[pytest.Item],
    begin: Callable[[Watch], None],
    *,
    seconds: float,
    stop: bool = False,
) -> Told:
    """Run the tests in a fork. Return what it tells; a failure without name when it did not end."""
    reader, writer = Pipe(duplex=False)
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        atexit._clear()  # what the parent has registered is the parent's to do
        watch = Watch()
        try:
            begin(watch)
            _run_tests(items, watch, stop=stop)
        except BaseException:  # noqa: BLE001 - not a test's failure, so it proves nothing
            traceback.print_exc()
            watch = Watch()
        writer.send(watch.told())
        os._exit(0)
    writer.close()
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        told: Told = reader.recv()
    except EOFError:
        told = {"failed": {"": "did not end"}, "seconds": {}, "called": {}}
    signal.setitimer(signal.ITIMER_REAL, 0)
    os.waitpid(child, 0)
    return told


def _run_tests(items: Sequence[pytest.Item], watch: Watch, *, stop: bool) -> None:
    session = items[0].session
    session.config.pluginmanager.register(watch)
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if stop and watch.failed:
            break
    with contextlib.suppress(Exception):  # what is emptied may be missed here too
        session._setupstate.teardown_exact(None)
    atexit._run_exitfuncs()


def _marked_functions() -> dict[str, Marked]:
    """Return every marked function of Torget by dotted name."""
    from torget.policy.clauses import CARRIED_OUT_BY
    from torget.project.clauses import load_marked_modules

    load_marked_modules()
    clauses: dict[Callable[..., object], set[str]] = defaultdict(set)
    for clause, functions in CARRIED_OUT_BY.items():
        for function in functions:
            clauses[function].add(clause)
    found = {f"{f.__module__}.{f.__qualname__}": f for f in clauses}
    return {
        name: Marked(inspect.unwrap(f), frozenset(clauses[f]))
        for name, f in sorted(found.items())
        if name.startswith("torget.")
    }


def _clauses(item: pytest.Item) -> set[str]:
    return {str(clause) for mark in item.iter_markers("clause") for clause in mark.args}


def _name(item: pytest.Item) -> str:
    """Return the test's name as JUnit reports give it."""
    file, _, name = item.nodeid.partition("::")
    return f"{file.removesuffix('.py').replace('/', '.')}.{name.replace('::', '.')}"


def _nothing(*_: object, **__: object) -> None:
    return None


def _nothing_yielded(*_: object, **__: object) -> Iterator[None]:
    yield from ()


async def _nothing_async(*_: object, **__: object) -> None:
    return None
