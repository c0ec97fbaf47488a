"""``torget demo`` from an empty folder to pages, and nothing left behind when it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from torget.project.serve import free_port

PATIENCE = 90


def test_the_demo_starts_from_nothing_answers_and_leaves_nothing_behind(tmp_path: Path) -> None:
    data, port = tmp_path / "practice", free_port(8317)
    command = [sys.executable, "-m", "torget.project.cli", "demo", "--port", str(port)]
    ours = ("TORGET_", "DJANGO_")  # it must not run with the settings of tests
    environment = {name: v for name, v in os.environ.items() if not name.startswith(ours)}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment | {"TORGET_DATA": str(data)},
    ) as demo:
        try:
            address = f"http://127.0.0.1:{port}"
            pages = [answer(f"{address}/halsa/"), answer(f"{address}/kanaler/")]
            demo.send_signal(signal.SIGINT)
            told, _ = demo.communicate(timeout=PATIENCE)  # the pipe ends with the last process
        finally:
            demo.kill()

    assert [page.status_code for page in pages] == [200, 200]
    assert "Kommunikatör" in told
    assert address in told
    assert "Traceback" not in told
    assert demo.returncode == 0
    with socket.create_server(("127.0.0.1", port)):
        pass  # free again

    erased = subprocess.run(
        [*command[:3], "demo", "--erase"], env=environment | {"TORGET_DATA": str(data)}, check=False
    )

    assert erased.returncode == 0
    assert not data.exists()


def answer(address: str) -> httpx.Response:
    """Return the answer as soon as there is one."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return httpx.get(address, timeout=PATIENCE)
        except httpx.ConnectError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
