"""What a test in a real browser needs: pages, axe, the console, measures."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any, Literal, NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=sv-SE",
]


type Scheme = Literal["light", "dark"]


class Look(NamedTuple):
    """One way to look at a page."""

    width: int
    scheme: Scheme

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LOOKS = [Look(width, scheme) for width, scheme in product((1440, 390), SCHEMES)]


@contextmanager
def launched() -> Iterator[Browser]:
    """Start Debian's chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker. Contexts keep them apart."""
    if not CHROMIUM.exists():
        lacks = "needs Debian's chromium: apt-get install chromium"
        if os.environ.get("TORGET_REQUIRE"):
            pytest.fail(lacks, pytrace=False)
        pytest.skip(lacks)
    with launched() as browser:
        yield browser


class Console(list[str]):
    """Everything that a page says in the console, and every error in its scripts.

    Left out: what the browser itself notes when a page, or what a form sent, is answered with 4xx,
    as a form with errors is.
    """

    def listen(self, page: Page) -> None:
        page.on("console", lambda message: self._hear(message, page.url))
        page.on("pageerror", lambda error: self.append(f"error: {error}"))
        page.on("requestfailed", lambda request: self.append(f"failed: {request.url}"))

    def _hear(self, message: ConsoleMessage, address: str) -> None:
        about_page = message.location.get("url") == address
        about_form = "status of 422" in message.text
        noted = message.text.startswith("Failed to load resource")
        if not (noted and (about_page or about_form)):
            self.append(f"{message.type}: {message.text}")


@contextmanager
def opened(
    browser: Browser,
    look: Look = LOOKS[0],
    *,
    cookies: Sequence[Any] = (),
    javascript: bool = True,
    for_axe: bool = False,
) -> Iterator[tuple[Page, Console]]:
    """Give a fresh page, signed in by ``cookies``, and what it says in the console.

    With ``for_axe`` the security policy is off, so that axe can run: use another page to see
    what the policy stops. Under the policy ``wait_for_function`` fails: wait for locators.
    """
    context: BrowserContext = browser.new_context(
        viewport={"width": look.width, "height": 900},
        color_scheme=look.scheme,
        reduced_motion="reduce",
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        java_script_enabled=javascript,
        bypass_csp=for_axe,
    )
    context.set_default_timeout(15_000)
    context.add_cookies(list(cookies))
    console = Console()
    page = context.new_page()
    console.listen(page)
    try:
        yield page, console
    finally:
        context.close()


def turn(page: Page, look: Look) -> None:
    """Look at an open page in another way, without loading it anew."""
    page.set_viewport_size({"width": look.width, "height": 900})
    page.emulate_media(color_scheme=look.scheme)


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page opened with ``for_axe``."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", AXE_RULES
    )
    return [
        f"{rule['id']}: {node['target']} {(node['any'] or [{}])[0].get('message', '')}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than its window. 0 is right (WCAG 1.4.10)."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(wide))


def small_targets(page: Page) -> list[str]:
    """Return controls under 24 pixels, in neither running text nor a label (WCAG 2.5.8)."""
    script = """() => [...document.querySelectorAll('a, button, input, select, summary')]
        .map(element => [element, element.getBoundingClientRect()])
        .filter(([element, box]) => box.width > 1 && (box.height < 24 || box.width < 24)
            && !element.closest('p, td, th, li li, label, h2, h3, .ds-field, dt, dd, li > div'))
        .map(([element]) => element.outerHTML.slice(0, 90))"""
    return list(page.evaluate(script))


class Cost:
    """What it costs to open a page: bytes on the wire, and requests."""

    def __init__(self) -> None:
        self._sizes: dict[str, int] = {}
        self._inside: set[str] = set()  # data: addresses travel with the style sheet

    @property
    def transferred(self) -> int:
        """Bytes on the wire, with headers."""
        return sum(size for request, size in self._sizes.items() if request not in self._inside)

    @property
    def requests(self) -> int:
        """How many requests it took."""
        return len(self._sizes.keys() - self._inside)

    def sent(self, event: dict[str, Any]) -> None:
        """Note a request."""
        if event["request"]["url"].startswith("data:"):
            self._inside.add(event["requestId"])

    def done(self, event: dict[str, Any]) -> None:
        """Note the end of an answer."""
        self._sizes[event["requestId"]] = int(event["encodedDataLength"])


@contextmanager
def counted(page: Page) -> Iterator[Cost]:
    """Count what is loaded inside. In a page just opened the cache is empty."""
    spent = Cost()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", spent.sent)
    session.on("Network.loadingFinished", spent.done)
    yield spent
    session.detach()


def cost(browser: Browser, address: str) -> Cost:
    """Open a page with an empty cache, and count."""
    with opened(browser) as (page, _), counted(page) as spent:
        page.goto(address, wait_until="networkidle")
    return spent


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the site under today's settings, in a thread. Give its address."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
