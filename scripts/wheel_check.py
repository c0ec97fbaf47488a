"""Installs the wheel where nothing else is, with an empty environment, and uses it.

In a folder of its own: build the wheel, install it with the hash-locked requirements in a new
virtual environment, show help, start the practice municipality, fetch two pages and their style
sheet, and let the doctor look. Nothing of the source tree may be on Python's path.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60
WHERE = "import sys, torget; print(*torget.__path__, *sys.path, sep='\\n')"


def main() -> int:
    """Build, install, use. Return 0 when all went well; what did not is raised."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torget-wheel-") as name:
        folder = Path(name).resolve()
        wheel = build(folder)
        told(began, f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
        programs = install(folder, wheel)
        told(began, "installed")
        use(folder, programs)
        told(began, "help, pages, style sheet and doctor: as they should be")
    return 0


def build(folder: Path) -> Path:
    """Return a wheel of this source tree."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    run(command, cwd=ROOT, env=dict(os.environ))
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(folder: Path, wheel: Path) -> Path:
    """Make a virtual environment with the wheel in it. Return the folder of its programs."""
    python = str(folder / "venv/bin/python")
    uv = Path(sys.executable).with_name("uv")
    own = os.environ | {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never"}
    base = Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}")
    if uv.exists():
        run([str(uv), "venv", "--quiet", "--python", str(base), str(folder / "venv")], env=own)
        pip = [str(uv), "pip", "install", "--quiet", "--python", python]
    else:
        run([str(base), "-m", "venv", str(folder / "venv")], env=own)
        pip = [python, "-m", "pip", "install", "--quiet"]
    run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.txt")], env=own)
    run([*pip, "--no-deps", str(wheel)], env=own)
    return folder / "venv/bin"


def use(folder: Path, programs: Path) -> None:
    """Do with the installed program what a person does the first day."""
    data, torget = folder / "practice", str(programs / "torget")
    empty = {"PATH": os.defpath, "HOME": str(folder)}
    paths = run([str(programs / "python"), "-P", "-c", WHERE], cwd=folder, env=empty).split()
    expect(not [path for path in paths if Path(path).is_relative_to(ROOT)], f"on path: {paths}")
    expect("användning: torget" in run([torget, "--help"], cwd=folder, env=empty), "no help")
    run([str(programs / "torget-verify"), "--help"], cwd=folder, env=empty)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / "log"
    with log.open("wb") as out:
        demo = subprocess.Popen(
            [torget, "demo", "--port", str(port)],
            cwd=folder,
            env=empty | {"TORGET_DATA": str(data)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            pages(port, demo)
            looked = run([torget, "doctor"], cwd=folder, env=empty | {"TORGET_DATA": str(data)})
            expect("FEL" not in looked, looked)
        finally:
            demo.send_signal(signal.SIGINT)
            ended = demo.wait(PATIENCE)
    expect(ended == 0, f"the demo ended with {ended}: {log.read_text('utf-8')}")


def pages(port: int, demo: "subprocess.Popen[bytes]") -> None:
    """Fetch two pages, and every style sheet that the second asks for."""
    deadline = time.monotonic() + PATIENCE
    while get(port, "/halsa/")[0] != 200:
        expect(demo.poll() is None and time.monotonic() < deadline, "no answer")
        time.sleep(0.1)
    status, page = get(port, "/kanaler/")
    sheets = re.findall(r'href="([^"]+\.css)"', page)
    expect(status == 200 and bool(sheets), f"/kanaler/ answers {status} with {sheets}")
    for sheet in sheets:
        status, text = get(port, sheet)
        expect(status == 200 and "{" in text, f"{sheet} answers {status}")


def get(port: int, path: str) -> tuple[int, str]:
    """Return status and body; status 0 where nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    except ConnectionError:
        return 0, ""
    finally:
        connection.close()


def run(command: list[str], *, env: dict[str, str], cwd: Path | None = None) -> str:
    """Run a command to its end, and return what it printed."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"{command} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def expect(holds: bool, otherwise: str) -> None:
    """End the check when something is not as it should be."""
    if not holds:
        sys.exit(f"wheel check: {otherwise}")


def told(began: float, what: str) -> None:
    """Print what is done, and after how many seconds."""
    print(f"{time.monotonic() - began:5.1f} s  {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
