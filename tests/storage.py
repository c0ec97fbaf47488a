"""Where tests keep files, and how tables that refuse deletion are emptied between them."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from torget.journal import triggers
from torget.journal.triggers import Guard


def guards() -> list[Guard]:
    """Return every guard of the database."""
    from torget.journal.triggers import GUARDS as JOURNAL
    from torget.moderation.triggers import GUARDS as MODERATION
    from torget.publishing.triggers import GUARDS as PUBLISHING
    from torget.records.triggers import GUARDS as RECORDS

    return [*JOURNAL, *RECORDS, *MODERATION, *PUBLISHING]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Put SQLite in a file, in memory where there is room for it, as threads and lanes meet it.

    A database in memory is shared between threads by another lock, which nobody waits for.
    """
    if connection.vendor == "sqlite":
        quick = Path("/dev/shm")
        folder = tempfile.mkdtemp(prefix="torget-", dir=quick) if quick.is_dir() else None
        if folder:
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
        place = Path(folder) if folder else tmp_path_factory.mktemp("database")
        connection.settings_dict["TEST"]["NAME"] = str(place / "test.sqlite3")


@pytest.fixture(autouse=True, scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give attachments a folder of their own, so that no test writes among what is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings.TORGET, "data", tmp_path_factory.mktemp("data"))
        yield


@pytest.fixture(autouse=True, scope="session")
def emptied_past_the_guards() -> Iterator[None]:
    """Let a test with real transactions empty the tables afterwards, and no one else."""
    flush = type(connection.ops).execute_sql_flush

    def execute_sql_flush(self: Any, sql: list[str]) -> None:
        triggers.remove(self.connection, guards())
        flush(self, sql)
        triggers.install(self.connection, guards())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "execute_sql_flush", execute_sql_flush)
        yield
