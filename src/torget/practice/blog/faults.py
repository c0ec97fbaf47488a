"""What goes wrong between two machines, on order."""

import random
import time
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock


class Fault(StrEnum):
    """One way to go wrong. All but the last three come before the request has any effect."""

    BUSY = "busy"  # 429, wait 7 seconds
    BROKEN = "broken"  # 500
    SILENT = "silent"  # no answer until the caller gives up
    MOVED = "moved"  # 301 to another host
    HTML = "html"  # a page where JSON was promised
    CUT = "cut"  # half an answer
    LOST = "lost"  # no answer, though it took effect
    BROKEN_AFTER = "broken_after"  # 500, though it took effect


AFTER_THE_ACT = frozenset({Fault.CUT, Fault.LOST, Fault.BROKEN_AFTER})


@dataclass(slots=True)
class Act:
    """One write, and when it began, took effect and was answered (seconds since 1970)."""

    method: str
    path: str
    body: str
    began: float
    effect: float | None = None
    answered: float | None = None


class Faults:
    """Faults that wait for their request, and how slow every answer is."""

    def __init__(self) -> None:
        self.delay = (0.0, 0.0)
        self.stopping = Event()
        self.acts: deque[Act] = deque(maxlen=10_000)
        self._waiting: list[tuple[Fault, bool]] = []
        self._lock = Lock()

    def order(self, fault: Fault, *, times: int = 1, writes: bool = False) -> None:
        """Let the next requests go wrong; with ``writes``, only such as change something."""
        with self._lock:
            self._waiting += [(fault, writes)] * times

    def take(self, *, writes: bool) -> Fault | None:
        """Return what is to go wrong with this request, once."""
        with self._lock:
            for waiting in self._waiting:
                if writes or not waiting[1]:
                    self._waiting.remove(waiting)
                    return waiting[0]
        return None

    def slow_down(self, shortest_ms: int, longest_ms: int) -> None:
        """Take between so many milliseconds for each answer of the interface."""
        self.delay = (shortest_ms / 1000, longest_ms / 1000)

    def wait(self) -> None:
        """Wait half of what an answer takes: half comes before the effect, half after."""
        if self.delay[1]:
            time.sleep(random.uniform(*self.delay) / 2)  # noqa: S311 no secret hangs on it
