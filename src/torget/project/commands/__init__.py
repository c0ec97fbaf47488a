"""What each ``torget`` command does. Only here, and in ``cli``, does the program print."""

import os
import subprocess
import sys

from torget.project.processes import PARENT

LANE_NAMES = ("act", "read", "heavy")  # here, so that showing help does not load Django's models


def set_up() -> None:
    """Make Django ready. Called by each command that needs it, and by no other."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torget.project.settings")
    django.setup()


def in_own_process(module: str, *arguments: str) -> int:
    """Run a module to its end, so that its memory is given back. Return its exit code."""
    command = [sys.executable, "-m", module, *arguments]
    own = os.environ | {PARENT: str(os.getpid())}
    return subprocess.run(command, env=own, check=False).returncode  # noqa: S603 our own module
