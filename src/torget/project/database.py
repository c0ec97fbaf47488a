"""Where the database is: a file in the data folder, or a PostgreSQL server named by one address."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from torget.errors import TorgetError
from torget.project.folder import InUse

_WAIT = 20  # seconds to wait for someone else's write, on either engine
_GONE = 5  # seconds in which the server notices that a process has gone
_HOW = "Skriv den så här: postgresql://person:lösenord@server/databas"


class BadDatabaseUrl(TorgetError):
    """``TORGET_DATABASE_URL`` does not name a database that can be used."""

    code = "project.bad_database_url"


def database(url: str, data: Path) -> dict[str, Any]:
    """Return Django's settings for the database.

    Args:
        url: ``postgresql://user:password@host:port/name?sslmode=…``, as libpq reads it; parts that
            are left out are libpq's own defaults. Empty: SQLite.
        data: the data folder, where SQLite's file lies.

    Raises:
        BadDatabaseUrl: it is not such an address, or the driver is not installed.
    """
    return _postgresql(url) if url else _sqlite(data / "torget.sqlite3")


def refuse_doubled(lanes: Sequence[str]) -> None:
    """Take the lanes for this process, as long as the calling thread keeps its connection.

    A file is kept to one Torget by its folder. A server can be reached from many machines, and two
    that work in one lane would do everything twice.

    Raises:
        InUse: another process works in one of them.
    """
    from django.db import OperationalError, connection, transaction

    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_GONE}s'")
            for lane in lanes:
                cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"torget lane {lane}"])
    except OperationalError as error:
        raise InUse(
            f"Ett annat Torget arbetar redan i databasen ({', '.join(lanes)}).",
            remedy="Avsluta det först, eller ange en annan databas i TORGET_DATABASE_URL.",
        ) from error


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": _WAIT,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA secure_delete=ON; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts, port = _parts(url)
    if find_spec("psycopg") is None:
        raise BadDatabaseUrl(
            "PostgreSQL är valt, men det som talar med PostgreSQL är inte installerat.",
            remedy="Installera torget[postgresql].",
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        # A connection costs PostgreSQL a process, so it is kept; one that died is noticed.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, "options": f"-c lock_timeout={_WAIT}s"} | options,
    }


def _parts(url: str) -> tuple[SplitResult, int | None]:
    """Take the address apart. No message quotes it: a password may stand in it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadDatabaseUrl("TORGET_DATABASE_URL kan inte läsas.", remedy=_HOW) from error
    if parts.scheme not in ("postgresql", "postgres"):
        raise BadDatabaseUrl("TORGET_DATABASE_URL gäller inte PostgreSQL.", remedy=_HOW)
    if not parts.path.removeprefix("/"):
        raise BadDatabaseUrl("TORGET_DATABASE_URL namnger ingen databas.", remedy=_HOW)
    return parts, port
