"""Fails when a source file is longer than a person reads in one sitting."""

import subprocess
import sys
from pathlib import Path

MOST = 400
KINDS = {".py", ".html", ".css", ".js", ".toml", ".sh", ""}
LOCKED = {"package-lock.json", "LICENSE", "guideline.toml"}


def too_long(root: Path) -> list[str]:
    """Return each tracked source file under ``root`` that is longer than ``MOST`` lines."""
    command = ["git", "-C", str(root), "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    names = [Path(name) for name in listed.split("\0") if name]
    found = []
    for name in names:
        path = root / name
        if name.suffix in KINDS and name.name not in LOCKED and path.is_file():
            lines = len(path.read_bytes().splitlines())
            if lines > MOST:
                found.append(f"{name}: {lines} lines, at most {MOST}")
    return found


if __name__ == "__main__":
    faults = too_long(Path(__file__).resolve().parent.parent)
    print("\n".join(faults) or f"no file over {MOST} lines")
    sys.exit(bool(faults))
