"""Runs the practice blog, on this machine only."""

import html
import json
import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from torget.practice.blog import control, pages
from torget.practice.blog.api import Api
from torget.practice.blog.comments import PUBLIC
from torget.practice.blog.faults import AFTER_THE_ACT, Act, Fault, Faults
from torget.practice.blog.pictures import FOLDER
from torget.practice.blog.rest import Answer, Request, User
from torget.practice.blog.store import Post, Store

MOST = 64_000_000  # bytes of a request
MOST_TOLD = 200_000  # bytes that are remembered of it


@dataclass(frozen=True, slots=True)
class Coming:
    """A comment that comes by itself, so many seconds after the blog first started."""

    post: int
    author: str
    text: str
    after_seconds: float


class PracticeBlog:
    """A blog that runs in threads of this process, from ``start`` to ``stop``.

    ``store``, ``faults`` and ``faults.acts`` are there for tests in the same process; others use
    the control address (see ``control``).
    """

    def __init__(  # noqa: PLR0913 each has a plain value
        self,
        state: Path | str = ":memory:",
        *,
        port: int = 0,
        username: str = "torget",
        password: str = "ovning",  # noqa: S107 opens nothing but this blog
        name: str = "Övningsbloggen",
        others: Iterable[User] = (),
    ) -> None:
        self.store, self.faults, self.name = Store(state), Faults(), name
        self.username, self.password = username, password
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.blog = self
        self.port = int(self._server.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}"
        users = (User(1, username, password), *others)
        self.api = Api(self.store, self.url, name, users)
        self._threads: list[Thread] = []

    def start(self, coming: Iterable[Coming] = ()) -> Self:
        """Begin to answer, and to let comments come."""
        waiting = tuple(coming)
        for work in (partial(self._server.serve_forever, 0.05), partial(trickle, self, waiting)):
            self._threads.append(Thread(target=work, daemon=True))
            self._threads[-1].start()
        return self

    def stop(self) -> None:
        """Stop answering and let go of the file."""
        self.faults.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        for thread in self._threads:
            thread.join()
        self.store.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def trickle(blog: PracticeBlog, coming: Iterable[Coming]) -> None:
    """Let comments come, each in its time, until the blog stops. A restart repeats none."""
    store, stopping = blog.store, blog.faults.stopping
    began = float(store.noted("began") or time.time())
    store.note("began", str(began))
    for number, one in enumerate(sorted(coming, key=lambda one: one.after_seconds), start=1):
        if number <= int(store.noted("came") or 0):
            continue
        if stopping.wait(max(0, began + one.after_seconds - time.time())):
            return
        visitor_writes(store, one.post, one.author, one.text)
        store.note("came", str(number))


def visitor_writes(store: Store, post: int, name: str, text: str, *, parent: int = 0) -> int:
    """Keep what a visitor wrote in the form, escaped as WordPress does."""
    return store.add_comment(
        post, html.escape(name, quote=False), html.escape(text, quote=False), parent=parent
    )


def serve(  # noqa: PLR0913 each is a choice of its own
    state: Path,
    *,
    port: int,
    username: str,
    password: str,
    name: str,
    coming: Iterable[Coming] = (),
    stopping: Event | None = None,
) -> None:
    """Run the blog until ``stopping`` is set, or until Ctrl-C."""
    blog = PracticeBlog(state, port=port, username=username, password=password, name=name)
    blog.start(coming)
    try:
        (stopping or Event()).wait()
    except KeyboardInterrupt:
        pass
    finally:
        blog.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    blog: PracticeBlog

    def server_bind(self) -> None:
        """Bind, without looking up our own name: that may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 theirs
        """Say nothing of a caller that hung up; tell of everything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version, sys_version = "Ovningsblogg", ""
    timeout = 60

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name is theirs
        """Keep still: what visitors do is no news."""

    def _answer(self) -> None:
        blog, url = self.server.blog, urlsplit(self.path)
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST))
        # A page elsewhere may lead a browser here by a name of its own; such a name is not ours.
        if self.headers.get("Host") not in {f"127.0.0.1:{blog.port}", f"localhost:{blog.port}"}:
            self._page(421, pages.message(blog.name, "Fel adress", "Sidan svarar inte här."))
        elif url.path.startswith("/wp-json"):
            self._rest(url.path.removeprefix("/wp-json"), dict(parse_qsl(url.query)), body)
        elif url.path == control.PATH and self.headers.get(control.HEADER):
            self._json(control.answer(blog.store, blog.faults, body))
        elif self.command == "POST" and url.path == "/wp-comments-post.php":
            self._comment(dict(parse_qsl(body.decode("utf-8", "replace"))))
        elif self.command == "GET":
            self._show(url.path)
        else:
            self._page(
                405, pages.message(blog.name, "Det går inte", "Gå tillbaka och försök igen.")
            )

    def _rest(self, path: str, query: Mapping[str, str], body: bytes) -> None:
        """Answer the interface, slowly and badly if that was ordered."""
        blog, writes = self.server.blog, self.command != "GET"
        faults, fault = blog.faults, blog.faults.take(writes=self.command != "GET")
        told = body[:MOST_TOLD].decode("utf-8", "replace")
        act = Act(self.command, path, told, time.time())
        if writes:
            faults.acts.append(act)
        faults.wait()
        if fault and fault not in AFTER_THE_ACT:
            self._fail(fault)
            return
        user = blog.api.signed_in(self.headers.get("Authorization", ""))
        name = re.search(r'filename="([^"]*)"', self.headers.get("Content-Disposition", ""))
        asked = Request(
            self.command, path, query, _object(body), user, body, name[1] if name else ""
        )
        answer = blog.api.answer(asked)
        act.effect = time.time()
        faults.wait()
        if fault in {Fault.LOST, Fault.BROKEN_AFTER}:
            self._fail(fault)
            return
        self._json(answer, cut=fault == Fault.CUT)
        act.answered = time.time()

    def _fail(self, fault: Fault) -> None:
        match fault:
            case Fault.BUSY:
                self._send(429, b"{}", {"Retry-After": "7", "Content-Type": "application/json"})
            case Fault.BROKEN | Fault.BROKEN_AFTER:
                self._send(500, b"Internal Server Error", {"Content-Type": "text/plain"})
            case Fault.MOVED:
                self._send(301, b"", {"Location": "https://annan.example/"})
            case Fault.HTML:
                self._page(200, "<p>Underhåll pågår</p>")
            case Fault.SILENT:
                self.server.blog.faults.stopping.wait(self.timeout)
        self.close_connection = True

    def _comment(self, form: Mapping[str, str]) -> None:
        blog = self.server.blog
        number, text = form.get("comment_post_ID", ""), form.get("comment", "").strip()
        post = next((post for post in self._posts() if str(post.id) == number), None)
        if self.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"} or post is None:
            self._page(403, pages.message(blog.name, "Det går inte", "Skriv från inläggets sida."))
        elif not text or len(text.encode()) > pages.LONGEST:
            self._page(400, pages.message(blog.name, "Kommentaren saknas", "Skriv något kortare."))
        else:
            parent = form.get("comment_parent", "0")
            name = form.get("author", "").strip()
            written = visitor_writes(
                blog.store, post.id, name, text, parent=int(parent) if parent.isdecimal() else 0
            )
            self._send(302, b"", {"Location": f"{blog.url}/{post.slug}/#comment-{written}"})

    def _show(self, path: str) -> None:
        blog = self.server.blog
        post = next((post for post in self._posts() if path == f"/{post.slug}/"), None)
        if path.startswith(FOLDER):
            self._picture(path.removeprefix(FOLDER))
        elif path == "/stil.css":
            self._send(200, pages.STYLE.encode(), {"Content-Type": "text/css; charset=utf-8"})
        elif path == "/":
            self._page(200, pages.front(blog.name, self._posts()))
        elif post is None:
            self._page(404, pages.message(blog.name, "Sidan finns inte", "Kontrollera adressen."))
        else:
            open_ones = [
                comment
                for comment in blog.store.comments()
                if comment.post == post.id and comment.status == PUBLIC
            ]
            self._page(200, pages.post_page(blog.name, post, open_ones))

    def _posts(self) -> Sequence[Post]:
        """Return the posts that are open to all."""
        return [post for post in self.server.blog.store.posts() if post.status == "publish"]

    def _picture(self, name: str) -> None:
        for picture in self.server.blog.store.pictures():
            if picture.name == name:
                self._send(200, picture.data, {"Content-Type": picture.media_type})
                return
        self._page(404, pages.message(self.server.blog.name, "Bilden finns inte", "Gå tillbaka."))

    def _page(self, status: int, page: str) -> None:
        headers = {"Content-Type": "text/html; charset=utf-8"}
        self._send(status, page.encode("utf-8", "replace"), headers)

    def _json(self, answer: Answer, *, cut: bool = False) -> None:
        headers = {"Content-Type": "application/json; charset=UTF-8", **answer.headers}
        self._send(answer.status, json.dumps(answer.body).encode("ascii"), headers, cut=cut)

    def _send(
        self, status: int, body: bytes, headers: Mapping[str, str], *, cut: bool = False
    ) -> None:
        self.send_response(status)
        security = {
            "Content-Security-Policy": pages.POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "Content-Length": str(len(body)),
        }
        for name, value in (security | dict(headers)).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)


def _object(body: bytes) -> Mapping[str, object]:
    try:
        told = json.loads(body or b"{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
