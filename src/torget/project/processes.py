"""Processes that end together: none is left behind, however its parent ends."""

import os
import select
import signal
import socket
import threading
import time
from typing import Self

PARENT = "TORGET_SUPERVISED"  # the process id that a child must not outlive
_POLL = 0.5
_GRACE = 10


def follow() -> None:
    """End this process soon after the parent named in ``TORGET_SUPERVISED`` is gone.

    A parent that is killed outright tells nobody, so the child looks. Does nothing when no parent
    is named. The name is taken out of the environment: it is this process's parent, not the next's.
    """
    named = os.environ.pop(PARENT, "")
    if named:
        threading.Thread(target=_watch, args=(int(named),), name="follow", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)


class Signals:
    """Lets a process sleep until it is asked to end, or a child of it has ended.

    Use it in the main thread. A handler only notes what was asked and wakes the sleeper through a
    socket; locks and events may be held by the very code that the signal interrupts.
    """

    def __init__(self) -> None:
        self.asked_to_end = False

    def __enter__(self) -> Self:
        self._out, self._in = socket.socketpair()
        self._out.setblocking(False)
        self._in.setblocking(False)
        self._wakeup = signal.set_wakeup_fd(self._in.fileno(), warn_on_full_buffer=False)
        # Set outright: a shell that starts a job in the background lets it ignore Ctrl-C.
        asks = dict.fromkeys((signal.SIGINT, signal.SIGTERM, signal.SIGHUP), self._ask)
        self._before = {number: signal.signal(number, asks[number]) for number in asks}
        self._before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._out.close()
        self._in.close()

    def _ask(self, *_: object) -> None:
        self.asked_to_end = True

    def sleep(self, seconds: float) -> bool:
        """Sleep until a signal comes, at most ``seconds``. Return whether to end."""
        if not self.asked_to_end and select.select([self._out], [], [], seconds)[0]:
            self._out.recv(4096)
        return self.asked_to_end
