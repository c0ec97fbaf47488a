"""Static files: only those that pages use, compressed once."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

# django-htmx carries many more scripts than the one that pages load; Django's own are the admin's.
UNUSED = ("ext", "htmx-2*", "htmax-*", "htmx-4.js", "admin")


# Style sheets that only import others, from their own folder. A page asks for one of them.
BUNDLES = ("torget/work.css", "torget/outside.css")


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files under names that change with their content; before ``collect``, under their own."""

    def stored_name(self, name: str) -> str:
        """Return the name under which a file is served."""
        return str(super().stored_name(name)) if self.hashed_files else name

    def post_process(
        self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: object
    ) -> Iterator[tuple[str, str, Any]]:
        """Put what a bundle imports in its place, then name and compress every file."""
        for name in BUNDLES:
            if name in paths and not dry_run:
                whole = _with_imports(Path(self.path(name)))
                Path(self.path(name)).write_text(whole, encoding="utf-8")
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def _with_imports(sheet: Path) -> str:
    def content(found: re.Match[str]) -> str:
        return (sheet.parent / found[1]).read_text(encoding="utf-8")

    return re.sub(r'@import url\("([^"]+)"\);', content, sheet.read_text(encoding="utf-8"))


def collect() -> bool:
    """Copy, name and compress the static files. Instant if nothing changed. Return whether it did.

    Call it before a server starts. Where it has not run, files are served as they are.
    """
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    key = _key()
    if stamp.exists() and stamp.read_text(encoding="ascii") == key:
        return False
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=list(UNUSED)
    )
    stamp.write_text(key, encoding="ascii")
    return True


def _key() -> str:
    """Return a digest of every file that would be collected: name, size and time of change."""
    told = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(UNUSED), key=lambda pair: pair[0]):
            state = Path(storage.path(name)).stat()
            told.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return told.hexdigest()
