"""A real WordPress on loopback, so that our own fake cannot fool us.

It is started once a process and dies with it, however the process ends: a watchdog holds the
other end of a pipe, and when that closes it kills what was started and takes the folder away.
"""

import functools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.wordpress import site

SOURCE = Path("/usr/share/wordpress")
PACKAGES = "wordpress php-cli php-mysql mariadb-server"
NEEDED = ("php", "mariadbd", "mariadb", "mariadb-install-db")
DATABASE = (
    "--no-defaults",
    "--innodb-buffer-pool-size=32M",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--innodb-log-file-size=8M",
)
WATCHDOG = (
    'while read -r g; do all="$all $g"; done; for g in $all; do kill -9 "-$g"; done; rm -rf "$1"'
)


@dataclass(frozen=True)
class WordPress:
    """A running WordPress, and what a visitor or its own staff can do there."""

    url: str
    socket: Path
    password: str = field(repr=False)
    reader_password: str = field(repr=False)
    editor_password: str = field(repr=False)
    username: str = "torget"
    reader: str = "lasare"
    editor: str = "redaktor"

    def rest(self, method: str, path: str, **body: object) -> httpx.Response:
        """Do something as the site's own editor, past Torget."""
        return httpx.request(
            method,
            f"{self.url}/wp-json/wp/v2{path}",
            json=body or None,
            auth=(self.editor, self.editor_password),
            timeout=30,
        )

    def new_post(self, title: str = "Badplatsen öppnar", text: str = "Välkomna.") -> int:
        """Publish a post and return its id."""
        reply = self.rest("POST", "/posts", title=title, content=text, status="publish")
        return int(reply.raise_for_status().json()["id"])

    def visitor_writes(
        self, post: int, text: str, *, name: str = "Kim Berg", email: str = "kim@example.test"
    ) -> int:
        """Write a comment through the form that every visitor has. Return its id."""
        reply = httpx.post(
            f"{self.url}/wp-comments-post.php",
            data={"comment_post_ID": str(post), "author": name, "email": email, "comment": text},
            timeout=30,
        )
        assert reply.status_code == 302, reply.text[:500]
        return int(reply.headers["location"].rpartition("#comment-")[2])

    def edits(self, what: int | str, text: str) -> None:
        """Change a comment, or the post of a name such as post-7, in WordPress itself."""
        self.rest("POST", _where(what), content=text).raise_for_status()

    def marks(self, comment: int, status: str) -> None:
        """Approve, hold or mark as spam in WordPress itself."""
        self.rest("POST", f"/comments/{comment}", status=status).raise_for_status()

    def bins(self, what: int | str) -> None:
        """Put a comment, or the post of a name such as post-7, in the bin of WordPress itself."""
        self.rest("DELETE", _where(what)).raise_for_status()

    def page(self, post: int) -> str:
        """Return the public page of a post, as someone sees it who is not signed in."""
        return httpx.get(f"{self.url}/?p={post}", follow_redirects=True, timeout=30).text

    def empty(self) -> None:
        """Take away every post, picture and comment, so that a test starts from nothing."""
        _sql(self.socket, "delete from wp_comments; delete from wp_commentmeta", "wp")
        _sql(self.socket, "delete from wp_posts; delete from wp_postmeta", "wp")


def missing() -> str:
    """Return one line that says what is not installed, or nothing."""
    lacks = [name for name in NEEDED if shutil.which(name) is None]
    if not SOURCE.is_dir():
        lacks.append("wordpress")
    return f"needs {', '.join(lacks)}: apt-get install {PACKAGES}" if lacks else ""


@functools.cache
def running() -> WordPress:
    """Return this process's WordPress; the first call starts it."""
    folder = Path(tempfile.mkdtemp(prefix="torget-wordpress-"))
    watch = _watchdog(folder)
    sock, url = folder / "db.sock", f"http://127.0.0.1:{_free_port()}"
    database = _start_database(folder, sock)
    os.write(watch, b"%d\n" % database.pid)
    web = _start_web(folder, sock, url)
    os.write(watch, b"%d\n" % web.pid)
    _until(lambda: _answers(sock), database)
    _sql(sock, "create database wp")
    installed = subprocess.run(
        ["php", "setup.php"], cwd=folder / "site", check=True, capture_output=True, text=True
    )
    passwords = installed.stdout.split()[-3:]
    _until(lambda: _answers(int(url.rpartition(":")[2])), web)
    return WordPress(url, sock, *passwords)


def _where(what: int | str) -> str:
    kind, _, number = str(what).rpartition("-")
    return f"/{kind or 'comment'}s/{number}"


def _start_database(folder: Path, sock: Path) -> "subprocess.Popen[bytes]":
    user = ["--user=root"] if os.geteuid() == 0 else []
    # A database that starts clears the temporary tables of its folder, also those of another's.
    apart = os.environ | {"TMPDIR": str(folder)}
    subprocess.run(
        [
            "mariadb-install-db",
            *DATABASE,
            *user,
            f"--datadir={folder / 'db'}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
        check=True,
        capture_output=True,
        env=apart,
    )
    return subprocess.Popen(
        [
            "mariadbd",
            *DATABASE,
            *user,
            f"--datadir={folder / 'db'}",
            f"--socket={sock}",
            f"--pid-file={folder / 'db.pid'}",
            "--skip-networking",
        ],
        env=apart,
        stdin=subprocess.DEVNULL,
        stdout=(folder / "db.log").open("wb"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _start_web(folder: Path, sock: Path, url: str) -> "subprocess.Popen[bytes]":
    root = folder / "site"
    # Debian spreads its files over several folders and links them together.
    subprocess.run(["cp", "-rL", str(SOURCE), str(root)], check=True)
    (root / "wp-config.php").unlink(missing_ok=True)
    (root / "wp-config.php").write_text(site.CONFIG.format(socket=sock, url=url))
    (root / "setup.php").write_text(site.SETUP)
    (root / "router.php").write_text(site.ROUTER)
    theme = root / "wp-content" / "themes" / "plain"
    theme.mkdir(parents=True, exist_ok=True)
    for name, content in site.THEME.items():
        (theme / name).write_text(content)
    rules = root / "wp-content" / "mu-plugins"
    rules.mkdir(exist_ok=True)
    (rules / "tests.php").write_text(site.RULES)
    return subprocess.Popen(
        ["php", "-S", url.removeprefix("http://"), "-t", str(root), "router.php"],
        cwd=root,
        env=os.environ | {"PHP_CLI_SERVER_WORKERS": "3"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _watchdog(folder: Path) -> int:
    """Start it, and return where to write the process groups that it is to end."""
    read, write = os.pipe()  # closed when we end; nobody else gets the end we write to
    subprocess.Popen(
        ["/bin/sh", "-c", WATCHDOG, "watchdog", str(folder)],
        stdin=read,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(read)
    return write


def _sql(sock: Path, statement: str, *database: str) -> None:
    subprocess.run(
        ["mariadb", "--no-defaults", "-uroot", "-S", str(sock), "-e", statement, *database],
        check=True,
        capture_output=True,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(where: Path | int) -> bool:
    kind, address = (
        (socket.AF_UNIX, str(where))
        if isinstance(where, Path)
        else (socket.AF_INET, ("127.0.0.1", where))
    )
    with socket.socket(kind) as probe:
        return probe.connect_ex(address) == 0


def _until(ready: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{process.args!r} did not start")
        time.sleep(0.02)
