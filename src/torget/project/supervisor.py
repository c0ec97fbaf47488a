"""Keeps a few processes running, and lets none of them outlive it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from torget.project.processes import PARENT, Signals

_LONGEST_PAUSE = 30.0
_LIVED_WELL = 60.0  # one that lived this long, and then ended, is started anew at once
_GRACE = 8.0

type Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep running. ``command`` is a program that calls ``processes.follow``."""

    name: str
    command: Sequence[str]


def supervise(children: Iterable[Child], *, tell: Tell) -> None:
    """Keep ``children`` running until a signal asks to end, then end them all.

    Each is the leader of a process group of its own: Ctrl-C reaches only the supervisor, which
    ends them in order, and what a child has started itself ends with it.
    """
    kept = [_Kept(child, tell) for child in children]
    with Signals() as signals:
        try:
            while not signals.asked_to_end:
                now = time.monotonic()
                signals.sleep(min(one.look_after(now) for one in kept))
        finally:
            for one in kept:
                one.signal(signal.SIGTERM)
            deadline = time.monotonic() + _GRACE
            for one in kept:
                one.end_by(deadline)


class _Kept:
    """One child: its process, and when to start the next should it end."""

    def __init__(self, child: Child, tell: Tell) -> None:
        self._child = child
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._started = self._start_at = time.monotonic()
        self._deaths = 0

    def look_after(self, now: float) -> float:
        """Start the process, anew if it has ended. Return after how long to look again."""
        if self._process is not None and self._process.poll() is not None:
            self._bury(self._process, now)
        if self._process is None and now >= self._start_at:
            self._start(now)
        return _LIVED_WELL if self._process else self._start_at - now

    def _start(self, now: float) -> None:
        self._started = now
        self._process = subprocess.Popen(  # noqa: S603 our own command
            self._child.command,
            env=os.environ | {PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _bury(self, process: subprocess.Popen[bytes], now: float) -> None:
        self.signal(signal.SIGKILL)  # what it had started itself, and left behind
        self._process = None
        self._deaths = 0 if now - self._started > _LIVED_WELL else self._deaths + 1
        pause = min(2.0 ** (self._deaths - 1), _LONGEST_PAUSE) if self._deaths else 0.0
        self._start_at = now + pause
        self._tell(f"{self._child.name}: slutade ({process.returncode}), startas om {pause:.0f} s.")

    def signal(self, number: signal.Signals) -> None:
        """Signal the process and what it has started."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

    def end_by(self, deadline: float) -> None:
        """Wait for the process to end, and at the deadline make it."""
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(max(0.0, deadline - time.monotonic()))
            self.signal(signal.SIGKILL)
            self._process.wait()
