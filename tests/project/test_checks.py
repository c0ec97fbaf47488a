"""Torget refuses to start on a database that may lose what it has acknowledged."""

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.db.backends.sqlite3 import base

from torget import sqlite

pytestmark = pytest.mark.django_db  # Django's own checks ask the database what it can


def faults() -> set[str]:
    return {str(fault.id) for fault in run_checks()}


def use(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library = base.Database  # type: ignore[attr-defined]
    monkeypatch.setattr(library, "sqlite_version", version)
    monkeypatch.setattr(library, "sqlite_version_info", tuple(map(int, version.split("."))))


def test_this_installation_is_sound() -> None:
    with connection.cursor() as cursor:
        version = cursor.execute("SELECT sqlite_version()").fetchone()[0]

    assert sqlite.is_sound(tuple(map(int, version.split("."))))
    assert "torget.E001" not in faults()


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2"])
def test_wal_is_refused_on_an_sqlite_that_can_lose_pages(
    version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(version, monkeypatch)

    assert "torget.E001" in faults()


def test_wal_is_allowed_from_the_version_that_was_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    use("3.51.3", monkeypatch)

    assert "torget.E001" not in faults()


def test_an_old_sqlite_may_be_used_without_wal(monkeypatch: pytest.MonkeyPatch) -> None:
    use("3.40.1", monkeypatch)
    options = {"init_command": "PRAGMA journal_mode=TRUNCATE"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)

    assert "torget.E001" not in faults()
