"""Python's own SQLite may be old enough to corrupt a WAL file; this puts a sound one in its place.

SQLite 3.7.0-3.51.2 can lose pages when a checkpoint races a commit (fixed in 3.51.3).
"""

import sys
from functools import partial

import pysqlite3
from pysqlite3 import dbapi2

SOUND = (3, 51, 3)
_LIMITS = {9: 250_000, 2: 2_000}  # compile-time limits of the wheel: variables, columns


class _Connection(dbapi2.Connection):  # type: ignore[misc]
    """Adds the one method of Python's own sqlite3 that Django asks for and pysqlite3 lacks."""

    def getlimit(self, category: int) -> int:
        """Return a compile-time limit of the library."""
        return _LIMITS[category]


def load() -> None:
    """Make every later ``import sqlite3`` in this process get the sound library."""
    if sys.modules.get("sqlite3") is pysqlite3:
        return
    for module in (pysqlite3, dbapi2):
        module.connect = partial(dbapi2.connect, factory=_Connection)
        module.SQLITE_LIMIT_VARIABLE_NUMBER = 9
        module.SQLITE_LIMIT_COLUMN = 2
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2


def is_sound(version: tuple[int, ...]) -> bool:
    """Whether that version of SQLite may keep a WAL file."""
    return version >= SOUND
