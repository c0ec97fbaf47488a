"""Nothing that Torget starts outlives it. Children share a pipe, so its end means: all are gone."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

PATIENCE = 30

CHILD = """
import os, subprocess, sys, time
from torget.project.processes import follow
follow()
if "mother" in sys.argv:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
if "stubborn" in sys.argv:
    import signal
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(os.getpid(), flush=True)
if "short" not in sys.argv:
    time.sleep(1000)
"""

SUPERVISOR = """
import sys
from torget.project import supervisor
from torget.project.processes import follow
from torget.project.supervisor import Child, supervise
supervisor._GRACE = 1.0
follow()
child = sys.argv[1]
supervise(
    [Child(kind, (sys.executable, "-c", child, kind)) for kind in sys.argv[2:]],
    tell=lambda text: print(text, flush=True),
)
print("ended", flush=True)
"""


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    """Hold the supervisors of a test, so that a failing test leaves nothing behind either."""
    held: list[subprocess.Popen[str]] = []
    yield held
    for process in held:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def supervisor(
    started: list[subprocess.Popen[str]], *kinds: str, **environment: str
) -> subprocess.Popen[str]:
    """Start a supervisor of children of these kinds."""
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, CHILD, *kinds],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )
    started.append(process)
    return process


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def the_rest(process: subprocess.Popen[str]) -> str:
    """Return what is still written, when everything that could write has ended."""
    return process.communicate(timeout=PATIENCE)[0]


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_when_asked_to_end_it_ends_its_children_and_what_they_started(
    started: list[subprocess.Popen[str]], asked: signal.Signals
) -> None:
    process = supervisor(started, "plain", "mother")
    line(process), line(process)

    process.send_signal(asked)

    assert the_rest(process) == "ended\n"
    assert process.returncode == 0


def test_a_child_that_will_not_end_is_ended(started: list[subprocess.Popen[str]]) -> None:
    process = supervisor(started, "stubborn", "plain")
    line(process), line(process)

    process.send_signal(signal.SIGINT)

    assert the_rest(process) == "ended\n"


def test_children_end_when_the_supervisor_is_killed_outright(
    started: list[subprocess.Popen[str]],
) -> None:
    process = supervisor(started, "plain", "plain")
    line(process), line(process)

    process.kill()

    assert the_rest(process) == ""


def test_the_supervisor_ends_with_the_one_who_started_it(
    started: list[subprocess.Popen[str]],
) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    process = supervisor(started, "plain", TORGET_SUPERVISED=str(gone.pid))

    the_rest(process)
    assert process.returncode in (0, -signal.SIGTERM)


def test_a_child_that_dies_is_started_anew(started: list[subprocess.Popen[str]]) -> None:
    process = supervisor(started, "plain")
    first = int(line(process))

    os.kill(first, signal.SIGKILL)

    assert line(process) == "plain: slutade (-9), startas om 1 s."
    assert int(line(process)) != first


def test_a_child_that_keeps_dying_is_started_more_and_more_seldom(
    started: list[subprocess.Popen[str]],
) -> None:
    process = supervisor(started, "short")

    told = [line(process) for _ in range(4)]

    assert told[1] == "short: slutade (0), startas om 1 s."
    assert told[3] == "short: slutade (0), startas om 2 s."
