"""The index of the stems, in each engine's own words: the only such SQL of the search.

SQLite: an FTS5 table over ``records_payload.stem``, kept in step by triggers. It folds no å to a,
and with ``secure-delete`` takes away what is deleted instead of marking it. PostgreSQL: a GIN index
on the same column.
"""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.expressions import RawSQL

from torget.records.stems import Term

_OF_MESSAGES = (
    "SELECT v.message_id FROM records_messageversion v"
    " JOIN records_payload p ON p.version_id = v.id"
)
_VECTOR = "to_tsvector('simple', stem)"
_SQLITE = (
    "CREATE VIRTUAL TABLE records_search USING fts5(stem, content='records_payload',"
    " content_rowid='version_id', tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO records_search(records_search, rank) VALUES ('secure-delete', 1)",
    "CREATE TRIGGER records_search_takes_in AFTER INSERT ON records_payload BEGIN"
    " INSERT INTO records_search(rowid, stem) VALUES (NEW.version_id, NEW.stem); END",
    "CREATE TRIGGER records_search_lets_go AFTER DELETE ON records_payload BEGIN"
    " INSERT INTO records_search(records_search, rowid, stem)"
    " VALUES ('delete', OLD.version_id, OLD.stem); END",
)
_SQLITE_BACK = (
    "DROP TRIGGER IF EXISTS records_search_takes_in",
    "DROP TRIGGER IF EXISTS records_search_lets_go",
    "DROP TABLE IF EXISTS records_search",
)
# FTS5 keeps the first word of each page of its index until pages are written anew; it does that
# only when there is more than one part of the index, hence the row that comes and goes.
_SQLITE_FORGET = (
    "INSERT INTO records_search(rowid, stem) VALUES (-1, '0')",
    "INSERT INTO records_search(records_search) VALUES ('optimize')",
    "INSERT INTO records_search(records_search, rowid, stem) VALUES ('delete', -1, '0')",
)
_POSTGRESQL = (f"CREATE INDEX records_search ON records_payload USING gin ({_VECTOR})",)
_POSTGRESQL_BACK = ("DROP INDEX IF EXISTS records_search",)


def matches(terms: Sequence[Term]) -> RawSQL:
    """Return the ids of the messages of which some version holds every term."""
    if connection.vendor == "postgresql":
        where = f"{_VECTOR} @@ to_tsquery('simple', %s)"
        return RawSQL(f"{_OF_MESSAGES} WHERE {where}", [_tsquery(terms)])  # noqa: S611
    where = "p.version_id IN (SELECT rowid FROM records_search WHERE records_search MATCH %s)"
    return RawSQL(f"{_OF_MESSAGES} WHERE {where}", [_fts(terms)])  # noqa: S611


def forget() -> None:
    """See to it that no word is left of the payloads that are deleted.

    PostgreSQL writes its pages anew when it vacuums, which cannot be asked for here.
    """
    if connection.vendor == "sqlite":
        _run(connection, _SQLITE_FORGET)


def agrees() -> bool:
    """Whether the index holds what the column says, no more and no less."""
    if connection.vendor != "sqlite":
        return True  # the engine keeps an index of its own in step
    try:
        _run(
            connection,
            ["INSERT INTO records_search(records_search, rank) VALUES ('integrity-check', 1)"],
        )
    except DatabaseError:
        return False
    return True


def install(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index: a step of a migration."""
    postgresql = editor.connection.vendor == "postgresql"
    _run(editor.connection, _POSTGRESQL if postgresql else _SQLITE)


def remove(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away: the step backwards."""
    postgresql = editor.connection.vendor == "postgresql"
    _run(editor.connection, _POSTGRESQL_BACK if postgresql else _SQLITE_BACK)


def _fts(terms: Sequence[Term]) -> str:
    """Return terms as FTS5 reads them. They hold letters and figures alone: nothing to escape."""
    return " ".join(f'"{" ".join(term.words)}"{"*" if term.prefix else ""}' for term in terms)


def _tsquery(terms: Sequence[Term]) -> str:
    """Return terms as PostgreSQL reads them."""
    return " & ".join(
        f"({' <-> '.join(f"'{word}'" for word in term.words)}{':*' if term.prefix else ''})"
        if len(term.words) > 1
        else f"'{term.words[0]}'{':*' if term.prefix else ''}"
        for term in terms
    )


def _run(to: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with to.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
