"""Where tests keep files, and how tables that refuse deletion are emptied between them."""

from collections.abc import Iterator
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
    from torget.records.triggers import GUARDS as RECORDS

    return [*JOURNAL, *RECORDS, *MODERATION]


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
