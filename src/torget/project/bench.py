"""``torget bench``: what starting, resting and the list of comments cost, beside a floor.

Figures are told, never judged: they hang on the machine. Ratios are taken within one run.
"""

import html
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torget.errors import TorgetError
from torget.project.processes import PARENT

if TYPE_CHECKING:  # Django is set up first when something is measured
    from django.test import Client

_COMMAND = (sys.executable, "-m", "torget.project.cli")
_ROWS = 50
_TIMES = 20
_PATIENCE = 60


class NoAnswer(TorgetError):
    """The server that was to be measured did not answer."""

    code = "project.no_answer"


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU time and memory of a process and those it started. None where the system cannot tell."""

    cpu: float | None
    megabytes: float | None


@dataclass(frozen=True, slots=True)
class Page:
    """What one page costs to make, in seconds of CPU, and what the same rows cost at the least."""

    rows: int
    cpu: float
    queries: int
    floor: float


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page of a list costs, and what its template alone costs from values that are ready."""

    rows: int
    cpu: float
    ready: float
    queries: int
    kilobytes: float

    @property
    def ratio(self) -> float:
        """How many times the template's own cost the page costs."""
        return self.cpu / self.ready


def start(port: int) -> Cost:
    """Start the web server on a prepared data folder, and return what it took to the first answer.

    The memory is the worker's own, after it has answered and rests.
    """
    with _started("serve", "--port", str(port)) as server:
        _answer(port, "/halsa/")
        cpu = [_cpu(pid) for pid in _tree(server.pid)]
        _answer(port, "/kanaler/")
        memory = [_memory(pid) for pid in _tree(server.pid)]
    known = [seconds for seconds in cpu if seconds is not None]
    return Cost(sum(known) if known else None, max(filter(None, memory), default=None))


def page() -> Page:
    """Make the list of comments as its most usual reader sees it, with ``_ROWS`` that wait."""
    _fill()
    client = _reader()
    body = client.get("/kommentarer/").content.decode()
    return Page(
        rows=len(set(re.findall(r'href="(/kommentarer/\d+/)', body))),
        cpu=_median(lambda: client.get("/kommentarer/")),
        queries=_queries(lambda: client.get("/kommentarer/")),
        floor=_median(_floor),
    )


def listed(address: str) -> Listed:
    """Open a page of the records' list, and render its template again from the same values.

    To be asked after ``page``, which fills the list.
    """
    client = _reader()
    rendered: list[Callable[[], object]] = []
    with _template_kept(rendered):
        body = client.get(address).content
    return Listed(
        rows=len(set(re.findall(rb'href="(/handlingar/\d+/)', body))),
        cpu=_median(lambda: client.get(address)),
        ready=_median(rendered[0]),
        queries=_queries(lambda: client.get(address)),
        kilobytes=len(body) / 1000,
    )


@contextmanager
def _template_kept(kept: list[Callable[[], object]]) -> Iterator[None]:
    """Keep how each page is rendered, with its values, to be done again."""
    from django.template.backends.django import Template

    plain = Template.render

    def render(self: Template, context: Any = None, request: Any = None) -> str:  # noqa: ANN401
        kept.append(lambda: plain(self, context, request))
        return plain(self, context, request)

    Template.render = render  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Template.render = plain  # type: ignore[method-assign]


def _reader() -> "Client":
    """Return the browser of someone who reads comments and records."""
    from django.test import Client

    from torget.organisation.models import RoleName, User

    client = Client(SERVER_NAME="localhost")
    reader = User.objects.filter(roles__role=RoleName.COMMUNICATIONS).first()
    client.force_login(reader)  # type: ignore[arg-type]
    return client


def _queries(work: Callable[[], object]) -> int:
    """Return how many questions the database is asked."""
    from django.db import connection

    asked: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        work()
    return len(asked)


def _fill() -> None:
    """Let so many comments wait that the list is full."""
    from torget.channels.models import Channel
    from torget.moderation.work import read_new
    from torget.platforms.contract import Author, IncomingMessage, Kind, RemoteId, Snapshot
    from torget.records.services import capture

    channel = Channel.objects.filter(connection__isnull=False).first()
    now = datetime.now(UTC)
    for number in range(_ROWS):
        comment = IncomingMessage(
            remote_id=RemoteId(f"bench:{number}"),
            kind=Kind.COMMENT,
            author=Author(id=f"b{number}", name=f"Besökare {number}"),
            text=f"Varför är vägen vid skolan avstängd igen? Fråga nummer {number}. " * 3,
            written_at=now - timedelta(minutes=number),
            raw=b"{}",
            thread="bench",
            thread_title="Mätningen",
        )
        capture(channel, Snapshot(comment), at=now)  # type: ignore[arg-type]
    read_new(_ROWS * 2)


def _floor() -> str:
    """Read the same rows and write them with nothing between: no objects, no templates."""
    from django.db import connection

    with connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT m.id, m.first_seen_at, p.canonical FROM records_message m"
            " JOIN records_messageversion v ON v.message_id = m.id"
            " JOIN records_payload p ON p.version_id = v.id ORDER BY m.id DESC LIMIT %s",
            [_ROWS],
        ).fetchall()
    return "".join(
        f'<li><a href="/kommentarer/{pk}/">{html.escape(bytes(canonical).decode())}</a> {seen}</li>'
        for pk, seen, canonical in rows
    )


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(_TIMES):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return statistics.median(taken)


@contextmanager
def _started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    own = os.environ | {PARENT: str(os.getpid())}
    command = [*_COMMAND, *arguments]
    with subprocess.Popen(command, env=own, start_new_session=True) as process:  # noqa: S603
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _answer(port: int, path: str) -> None:
    """Wait for an answer."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except ConnectionRefusedError:
            time.sleep(0.02)
        else:
            return
        finally:
            connection.close()
    raise NoAnswer("Webbservern svarade inte.", remedy="Starta den för hand: torget serve.")


def _tree(pid: int) -> list[int]:
    """Return a process and its children. Linux tells of children; elsewhere the list is short."""
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return [pid]
    return [pid, *(grown for child in told.split() for grown in _tree(int(child)))]


def _cpu(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float | None:
    try:
        told = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return None
    return int(told[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
