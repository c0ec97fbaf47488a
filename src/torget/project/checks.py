"""What Django checks before Torget starts."""

from collections.abc import Mapping, Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db import connection
from django.db.backends.sqlite3 import base

from torget import sqlite


@register()
def wal_needs_a_sound_sqlite(
    app_configs: Sequence[AppConfig] | None, **_: object
) -> list[CheckMessage]:
    """Refuse write-ahead logging on an SQLite that can lose pages (see ``torget.sqlite``)."""
    options: Mapping[str, str] = connection.settings_dict["OPTIONS"]
    library = base.Database  # type: ignore[attr-defined] # what Django itself uses
    wants_wal = "journal_mode=wal" in options.get("init_command", "").lower()
    if not wants_wal or sqlite.is_sound(library.sqlite_version_info):
        return []
    needed = ".".join(map(str, sqlite.SOUND))
    return [
        Error(
            f"SQLite {library.sqlite_version} kan förlora sidor ur en WAL-fil.",
            hint=f"Installera pysqlite3 enligt requirements.txt: SQLite {needed} eller senare.",
            id="torget.E001",
        )
    ]
