"""Rules that the database itself keeps: what is written once is not written again.

A trigger stops a slip in our own code, and an administrator's at the prompt. It does not stop
whoever owns the database: that is what ``torget verify`` and checkpoints kept elsewhere are for.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

type Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]


@dataclass(frozen=True, slots=True)
class Guard:
    """A table refuses an act on its rows, unless a condition over OLD (and NEW) holds.

    The condition is SQL that both engines read; ``IS NOT DISTINCT FROM`` compares with NULL too.
    """

    table: str
    act: Literal["UPDATE", "DELETE"]
    unless: str = "1 = 0"

    @property
    def name(self) -> str:
        """The trigger's name."""
        return f"{self.table}_refuses_{self.act.lower()}"


GUARDS = (
    Guard("journal_entry", "UPDATE"),
    Guard("journal_entry", "DELETE"),
    Guard("journal_checkpoint", "UPDATE"),
    Guard("journal_checkpoint", "DELETE"),
    Guard("journal_timestamptoken", "UPDATE"),
    Guard("journal_timestamptoken", "DELETE"),
)


def same(*columns: str) -> str:
    """Return the condition that an update leaves these columns as they were."""
    return " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in columns)


def install(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Put the guards up."""
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    _run(connection, [statement for guard in guards for statement in make(guard)])


def remove(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Take the guards down: only a migration, or a test that tampers, has reason to."""
    drop = (
        "DROP FUNCTION IF EXISTS {name}() CASCADE"  # its triggers go with it
        if connection.vendor == "postgresql"
        else "DROP TRIGGER IF EXISTS {name}"
    )
    _run(connection, [drop.format(name=guard.name) for guard in guards])


def missing(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> list[Guard]:
    """Return the guards that are not up."""
    table = (
        "SELECT tgname FROM pg_trigger"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(table)
        there = {name for (name,) in cursor.fetchall()}
    return [guard for guard in guards if guard.name not in there]


def steps(guards: Sequence[Guard]) -> tuple[Step, Step]:
    """Return what a migration runs forwards and backwards."""

    def forwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        install(editor.connection, guards)

    def backwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        remove(editor.connection, guards)

    return forwards, backwards


def _sqlite(guard: Guard) -> list[str]:
    return [
        f"CREATE TRIGGER {guard.name} BEFORE {guard.act} ON {guard.table} "
        f"WHEN NOT ({guard.unless}) BEGIN SELECT RAISE(ABORT, '{guard.name}'); END"
    ]


def _postgresql(guard: Guard) -> list[str]:
    row = "OLD" if guard.act == "DELETE" else "NEW"
    refuse = f"RAISE EXCEPTION '{guard.name}' USING ERRCODE = 'restrict_violation'"
    function = f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
    run = f"EXECUTE FUNCTION {guard.name}()"
    # TRUNCATE empties a table without asking about any row, so it is refused whatever the row.
    emptied = (
        [f"CREATE TRIGGER {guard.name}_all BEFORE TRUNCATE ON {guard.table} {run}"]
        if guard.act == "DELETE"
        else []
    )
    return [
        f"{function} BEGIN IF TG_OP = 'TRUNCATE' THEN {refuse}; END IF;"
        f" IF NOT ({guard.unless}) THEN {refuse}; END IF; RETURN {row}; END $$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.act} ON {guard.table} FOR EACH ROW {run}",
        *emptied,
    ]


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
