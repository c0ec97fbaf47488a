"""One lane in a process of its own, to be killed. Imported by the fork server, once."""

import threading

import django

django.setup()

from torget.project.loop import LANES, keep_working  # noqa: E402


def work(name: str) -> None:
    """Take turns in a lane, as ``torget work`` does, until the process is killed."""
    keep_working(LANES[name], threading.Event())
