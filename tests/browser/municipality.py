"""A practice municipality that answers on this machine, as ``make run`` starts it."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser

from tests.web.browser import opened
from torget.organisation.models import RoleName
from torget.practice import demo
from torget.practice.blog.server import PracticeBlog, visitor_writes
from torget.project.processes import PARENT
from torget.project.serve import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 60
PRACTICE = {
    "TORGET_DEMO": "true",
    "TORGET_MUNICIPALITY": "Björkbo kommun",
    "TORGET_ALLOW_PRIVATE_ADDRESSES": "true",
    "DJANGO_SETTINGS_MODULE": "tests.browser.site",
}


class Municipality:
    """The site, its blog, and its lanes, which only take a turn when they are told to."""

    def __init__(
        self,
        address: str,
        database: Path,
        blog: PracticeBlog,
        lanes: subprocess.Popen[str],
        browser: Browser,
    ) -> None:
        self.address, self.blog = address, blog
        self._database, self._lanes, self._browser = database, lanes, browser
        self._cookies: dict[RoleName, list[Any]] = {}
        self._watch = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        self._digests: tuple[int, dict[str, str]] = (0, {})

    def read(self) -> None:
        """Fetch what is new, and read it."""
        self._turn("read")

    def act(self) -> None:
        """Carry out what is decided."""
        self._turn("act")

    def sign(self) -> None:
        """Sign the journal as it stands."""
        self._turn("heavy")

    def write_comment(self, text: str, *, name: str = "Kim Berg", post: int = 1) -> int:
        """Write as a visitor of the blog does, and fetch it. Return the comment's number there."""
        number = visitor_writes(self.blog.store, post, name, text)
        self.read()
        return number

    def cookies(self, role: RoleName | None) -> list[Any]:
        """Return the session of someone with the role, who signs in once; nobody has none."""
        if role is None:
            return []
        if role not in self._cookies:
            self._cookies[role] = self._sign_in(role)
        return self._cookies[role]

    def ask(self, question: str, *values: object) -> list[Any]:
        """Ask the database as it stands, without Torget."""
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as base:
            return base.execute(question, values).fetchall()

    def digests(self) -> dict[str, str]:
        """Return a digest of every table, taken anew when anyone has written since the last."""
        (version,) = self._watch.execute("PRAGMA data_version").fetchone()
        if version != self._digests[0]:
            named = self.ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            self._digests = version, {name: self._digest(name) for (name,) in named}
        return self._digests[1]

    def _digest(self, table: str) -> str:
        told = hashlib.sha256()
        for row in self.ask(f'SELECT * FROM "{table}" ORDER BY 1'):
            told.update(repr(row).encode("utf-8", "surrogatepass"))
        return told.hexdigest()

    def _sign_in(self, role: RoleName) -> list[Any]:
        who = next(one for one in demo.sign_ins() if one.role == role.label)
        with opened(self._browser) as (page, _):
            page.goto(f"{self.address}/logga-in/")
            page.get_by_label("E-post").fill(who.email)
            page.get_by_label("Lösenord").fill(who.password)
            page.get_by_role("button", name="Logga in").click()
            page.get_by_role("button", name="Logga ut").wait_for(state="attached")
            return list(page.context.cookies())

    def _turn(self, lane: str) -> None:
        assert self._lanes.stdin and self._lanes.stdout
        self._lanes.stdin.write(f"{lane}\n")
        self._lanes.stdin.flush()
        _, failed = self._lanes.stdout.readline().split()
        assert failed == "0"
        assert self.ask("SELECT step, code FROM channels_attempt") == []


@contextmanager
def municipality(folder: Path, browser: Browser) -> Iterator[Municipality]:
    """Found a municipality in an empty folder, and let it answer."""
    environment = os.environ | PRACTICE | {"TORGET_DATA": str(folder), PARENT: str(os.getpid())}
    state, blog_port = folder / "blog.sqlite3", free_port()
    _run(environment, "torget.project.prepare", "--practice", str(state), str(blog_port))
    port = free_port()
    with (
        demo.blog(state, blog_port) as answering,
        _started(environment, "torget.project.cli", "serve", "--port", str(port)),
        _started(environment, "tests.browser.lanes") as lanes,
    ):
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/halsa/")
        yield Municipality(address, folder / "torget.sqlite3", answering, lanes, browser)


def _run(environment: dict[str, str], module: str, *arguments: str) -> None:
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)


@contextmanager
def _started(
    environment: dict[str, str], module: str, *arguments: str
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
