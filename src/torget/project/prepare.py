"""Brings a data folder up to date: ``python -m torget.project.prepare``, before anything starts."""

import hashlib
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from torget.project.commands import set_up
from torget.project.processes import follow

_STAMP = ".collected"


def main() -> int:
    """Create or migrate the database, and collect the files that pages ask for."""
    follow()
    set_up()
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    return 0


def collect_static() -> bool:
    """Collect and compress the front end's files, unless nothing changed. Return whether it did."""
    root = Path(settings.STATIC_ROOT)
    key = _key()
    if (root / _STAMP).is_file() and (root / _STAMP).read_text(encoding="ascii") == key:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    (root / _STAMP).write_text(key, encoding="ascii")
    return True


def _key() -> str:
    """Return a digest that changes when a file to collect, or how it is stored, changes."""
    parts = [repr(getattr(settings, "STORAGES", ""))]
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            parts.append(f"{name} {about.st_size} {about.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
