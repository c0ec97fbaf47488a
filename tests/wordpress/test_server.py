"""The harness says in one line what it lacks, and leaves nothing behind."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.wordpress import server

RUN = (
    "import sys, time; from tests.wordpress import server; site = server.running(); "
    "print(site.url, site.socket.parent, flush=True); time.sleep(60)"
)


def test_what_is_not_installed_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(server, "SOURCE", tmp_path / "nothing")

    told = server.missing()

    assert "\n" not in told
    assert told.startswith("needs php, mariadbd,")
    assert told.endswith("apt-get install wordpress php-cli php-mysql mariadb-server")


@pytest.mark.wordpress
def test_it_ends_with_whoever_started_it(a_wordpress: server.WordPress) -> None:
    """However that process ends: here without a chance to tidy."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    url, folder = process.stdout.readline().split()
    assert url != a_wordpress.url

    process.kill()
    process.wait(10)

    _until_gone(Path(folder))
    assert folder not in _running()


def _until_gone(folder: Path) -> None:
    deadline = time.monotonic() + 30
    while folder.exists():
        assert time.monotonic() < deadline, "its folder is still there"
        time.sleep(0.05)


def _running() -> str:
    """Return the command lines of all processes."""
    commands = []
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            try:
                commands.append(Path(entry.path, "cmdline").read_text())
            except OSError:
                continue
    return "\n".join(commands)
