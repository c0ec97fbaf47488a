"""A lane that is killed at any instant loses nothing and does nothing twice."""

import os
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.clause("4.6"), pytest.mark.clause("4.10")]


def killed(kills: int, inside: int) -> "subprocess.CompletedProcess[str]":
    """Kill lanes in a process with Torget's real settings, not those of the tests."""
    command = [sys.executable, "-m", "tests.crash.kills", "--kills", str(kills)]
    clean = {name: value for name, value in os.environ.items() if "TORGET_" not in name}
    return subprocess.run(
        [*command, "--inside", str(inside)], env=clean, capture_output=True, text=True, check=False
    )


def test_eight_kills_lose_and_double_nothing() -> None:
    run = killed(8, inside=3)

    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.nightly
def test_sixty_kills_lose_and_double_nothing() -> None:
    run = killed(60, inside=40)

    sys.stdout.write(run.stdout)
    assert run.returncode == 0, run.stdout + run.stderr
