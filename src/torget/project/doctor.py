"""``torget doctor``: is this installation sound? Looks, and changes nothing."""

import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.db import NotSupportedError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from torget.journal.models import StampTrouble

_LEAST_FREE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``remedy`` is empty when it is as it should be."""

    about: str
    told: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    """Yield one finding for each thing looked at."""
    for look in _LOOKS:
        try:
            yield from look()
        except Exception as error:  # noqa: BLE001 what cannot be looked at is a finding too
            about = (look.__doc__ or "").rstrip(".")
            yield Finding(about, type(error).__name__, "Se felet ovan i loggen, och rätta det.")


def _python() -> Iterator[Finding]:
    """Python."""
    yield Finding("Python", sys.version.split()[0])


def _checks() -> Iterator[Finding]:
    """Inställningar."""
    if _database_is_to_be_made():
        return  # Django's own checks would make one
    faults = run_checks()
    for fault in faults:
        yield Finding("Inställningar", str(fault.msg), str(fault.hint or "Rätta inställningen."))
    if not faults:
        yield Finding("Inställningar", "inga anmärkningar")


def _database() -> Iterator[Finding]:
    """Databas."""
    if _database_is_to_be_made():
        yield Finding("Databas", "finns inte än", "Starta Torget en gång: torget run.")
        return
    if connection.vendor == "postgresql":
        try:
            connection.ensure_connection()
        except NotSupportedError:
            yield Finding("Databas", "PostgreSQL är för gammal", "Uppgradera till 15 eller senare.")
            return
        except OperationalError:
            yield Finding("Databas", "PostgreSQL svarar inte", "Kontrollera TORGET_DATABASE_URL.")
            return
        yield from _postgresql()
    else:
        yield from _sqlite()
    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    yield Finding(
        "Databasens form",
        f"{left} ändringar återstår" if left else "aktuell",
        "Starta om Torget: torget run." if left else "",
    )


def _sqlite() -> Iterator[Finding]:
    mode, whole, version = map(
        _asked, ("PRAGMA journal_mode", "PRAGMA quick_check(1)", "SELECT sqlite_version()")
    )
    yield Finding(
        "Databas",
        f"SQLite {version}, {mode}",
        "" if mode == "wal" else "Kontrollera init_command i inställningarna.",
    )
    yield Finding(
        "Databasens fil",
        "hel" if whole == "ok" else "skadad",
        "" if whole == "ok" else "Stoppa Torget och läs tillbaka den senaste säkerhetskopian.",
    )


def _postgresql() -> Iterator[Finding]:
    version, encoding, durable = map(
        _asked, ("SHOW server_version", "SHOW server_encoding", "SHOW synchronous_commit")
    )
    yield Finding("Databas", f"PostgreSQL {version.split()[0]}")
    yield Finding(
        "Databasens tecken",
        encoding,
        "" if encoding == "UTF8" else "Skapa databasen på nytt med ENCODING 'UTF8'.",
    )
    yield Finding(
        "Databasens skrivning",
        f"synchronous_commit {durable}",
        "Sätt synchronous_commit till on: annars kan ett strömavbrott ta det som är sparat."
        if durable == "off"
        else "",
    )


def _asked(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


def _database_is_to_be_made() -> bool:
    """Whether the database is a file that is not there yet."""
    return connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists()


def _key() -> Iterator[Finding]:
    """Nyckel."""
    path = settings.TORGET.data / "secret.key"
    if settings.TORGET.secret_key:
        yield Finding("Nyckel", "ur miljön")
    elif path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding("Nyckel", "kan läsas av andra", f"Kör: chmod 600 {path}")
    else:
        yield Finding("Nyckel", "bara för Torget")


def _proof() -> Iterator[Finding]:
    """Bevis."""
    path = settings.TORGET.data / "journal.key"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding("Journalens nyckel", "kan läsas av andra", f"Kör: chmod 600 {path}")
    if not settings.TORGET.tsa_url:
        yield Finding("Tidsstämplar", "ingen tjänst är vald")
    elif not _database_is_to_be_made() and (trouble := StampTrouble.objects.first()):
        yield Finding("Tidsstämplar", trouble.message.rstrip("."), trouble.remedy)
    else:
        yield Finding("Tidsstämplar", "tjänsten svarar, eller har inte frågats än")


def _space() -> Iterator[Finding]:
    """Utrymme."""
    free = shutil.disk_usage(settings.TORGET.data).free
    yield Finding(
        "Utrymme",
        f"{free / 1e9:.0f} GB ledigt",
        "" if free > _LEAST_FREE else "Frigör utrymme eller flytta datamappen.",
    )


def _assets() -> Iterator[Finding]:
    """Gränssnitt."""
    there = files("torget.web").joinpath("static/vendor/.stamp").is_file()
    yield Finding(
        "Gränssnitt",
        "filerna finns" if there else "filer saknas",
        "" if there else "Kör: python frontend/build.py",
    )


def _platforms() -> Iterator[Finding]:
    """Plattformar."""
    for point in sorted(entry_points(group="torget.platforms"), key=lambda point: point.name):
        try:
            point.load()
        except Exception as error:  # noqa: BLE001 a foreign adapter may fail in any way
            told = f"kan inte laddas ({type(error).__name__})"
            yield Finding(f"Plattform {point.name}", told, "Installera om den, eller ta bort den.")
        else:
            yield Finding(f"Plattform {point.name}", "laddad")


_LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _checks,
    _database,
    _key,
    _proof,
    _space,
    _assets,
    _platforms,
)
