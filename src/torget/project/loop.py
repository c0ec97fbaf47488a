"""What ``torget work`` does, and in which order."""

import logging
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import close_old_connections

from torget.errors import TorgetError
from torget.journal import work as journal
from torget.moderation import work as moderation
from torget.publishing import work as publishing
from torget.records import work as records

type Step = Callable[[int], int]

log = logging.getLogger(__name__)


_LONGEST_REST = 60.0  # after faults: the database may be away for a while


@dataclass(frozen=True, slots=True)
class Lane:
    """Steps taken in turn, apart from other lanes, so that something slow delays nothing else."""

    steps: tuple[Step, ...]
    rest: float  # seconds between turns that found nothing to do


LANES: Mapping[str, Lane] = {
    # What people wait for.
    "act": Lane(steps=(moderation.carry_out, publishing.dispatch), rest=1.0),
    "read": Lane(steps=(records.sweep, moderation.read_new), rest=5.0),  # capture and screening
    "heavy": Lane(steps=(journal.checkpoint, journal.stamp), rest=60.0),  # what can wait
}


def turn(lane: Lane, *, limit: int = 50) -> tuple[int, int]:
    """Take each step once. Return how much was done, and how many steps failed.

    A step keeps its own items apart; what still comes out of it is a fault of the step itself,
    or of the database, and must not stop the other steps.
    """
    done = failed = 0
    for step in lane.steps:
        try:
            done += step(limit)
        except Exception as error:  # noqa: BLE001 the boundary: one bad step never stops the rest
            failed += 1
            _tell(step, error)
        finally:
            close_old_connections()
    return done, failed


def keep_working(lane: Lane, ending: threading.Event) -> None:
    """Take turns until ``ending`` is set. After faults, rest longer and longer."""
    faults = 0
    while not ending.is_set():
        done, failed = turn(lane)
        faults = faults + 1 if failed else 0
        if failed or not done:
            ending.wait(min(lane.rest * 2**faults, _LONGEST_REST))


def _tell(step: Step, error: Exception) -> None:
    """Log what failed and where. The error's own text is left out: it may quote a message."""
    code = error.code if isinstance(error, TorgetError) else type(error).__name__
    *_, place = traceback.extract_tb(error.__traceback__)
    log.error("step failed: %s %s at %s:%s", step.__module__, code, place.filename, place.lineno)
