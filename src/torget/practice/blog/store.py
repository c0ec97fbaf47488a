"""The blog's state, in a SQLite file, so that it is the same after a restart."""

import html
import json
import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS post (
  id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT UNIQUE, title TEXT, source TEXT, at TEXT,
  modified TEXT, author INTEGER, status TEXT);
CREATE TABLE IF NOT EXISTS picture (
  id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT UNIQUE, name TEXT, media_type TEXT, alt TEXT,
  author INTEGER, at TEXT, data BLOB);
CREATE TABLE IF NOT EXISTS comment (
  id INTEGER PRIMARY KEY AUTOINCREMENT, post INTEGER, parent INTEGER, author INTEGER,
  author_name TEXT, author_url TEXT, source TEXT, at TEXT, status TEXT, agent TEXT);
CREATE TABLE IF NOT EXISTS note (key TEXT PRIMARY KEY, value TEXT);
"""
type Row = tuple[Any, ...]  # as the database gives them

STAMP = "%Y-%m-%dT%H:%M:%S"  # as WordPress: whole seconds, in UTC
EDITOR = 3  # who wrote what was on the blog before Torget came there


@dataclass(frozen=True, slots=True)
class Post:
    """What the municipality wrote. ``title`` and ``source`` are HTML, as WordPress holds them."""

    id: int
    slug: str
    title: str
    source: str
    at: str
    modified: str
    author: int
    status: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was uploaded."""

    id: int
    slug: str
    name: str
    media_type: str
    alt: str
    author: int
    at: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Comment:
    """What someone wrote. ``source`` is HTML, as WordPress holds it; ``author`` 0 is a visitor."""

    id: int
    post: int
    parent: int
    author: int
    author_name: str
    author_url: str
    source: str
    at: str
    status: str
    agent: str


class Store:
    """Posts and comments. One may be used by many threads."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        self._lock = RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def add_post(self, title: str, text: str, *, at: datetime | None = None) -> int:
        """Publish a post of plain text and return its number."""
        return self.write_post(
            html.escape(title, quote=False), html.escape(text, quote=False), author=EDITOR, at=at
        )

    def write_post(
        self,
        title: str,
        source: str,
        *,
        author: int,
        status: str = "publish",
        at: datetime | None = None,
    ) -> int:
        """Keep a post of HTML and return its number."""
        with self._lock:
            slug, written = self._free("post", _slug(html.unescape(title)) or "inlagg"), _stamp(at)
            return self._insert(
                "INSERT INTO post (slug, title, source, at, modified, author, status)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (slug, title, source, written, written, author, status),
            )

    def posts(self) -> Sequence[Post]:
        """Return all posts, in every state, newest first."""
        return [Post(*row) for row in self._all("SELECT * FROM post ORDER BY at DESC, id DESC")]

    def post(self, number: int) -> Post | None:
        """Return one post, if it is there."""
        rows = self._all("SELECT * FROM post WHERE id = ?", number)
        return Post(*rows[0]) if rows else None

    def change_post(
        self,
        number: int,
        *,
        title: str | None = None,
        source: str | None = None,
        status: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """Change what a post says, or who may see it; what is not given stays as it is."""
        with self._lock:
            self._db.execute(
                "UPDATE post SET title = coalesce(?, title), source = coalesce(?, source),"
                " status = coalesce(?, status), modified = ? WHERE id = ?",
                (title, source, status, _stamp(at), number),
            )

    def delete_post(self, number: int) -> None:
        """Delete a post for good, and what was written under it."""
        with self._lock:
            self._db.execute("DELETE FROM post WHERE id = ?", (number,))
            self._db.execute("DELETE FROM comment WHERE post = ?", (number,))

    def add_picture(  # noqa: PLR0913, PLR0917 a picture has this many parts
        self, slug: str, ending: str, media_type: str, alt: str, author: int, data: bytes
    ) -> int:
        """Keep a picture under a free name and return its number."""
        with self._lock:
            free = self._free("picture", slug)
            return self._insert(
                "INSERT INTO picture (slug, name, media_type, alt, author, at, data)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (free, f"{free}.{ending}", media_type, alt, author, _stamp(None), data),
            )

    def pictures(self) -> Sequence[Picture]:
        """Return all pictures, newest first."""
        return [Picture(*row) for row in self._all("SELECT * FROM picture ORDER BY id DESC")]

    def _free(self, table: str, slug: str) -> str:
        taken = {row[0] for row in self._all(f"SELECT slug FROM {table}")}  # noqa: S608 ours
        tries = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
        return next(one for one in tries if one not in taken)

    def add_comment(  # noqa: PLR0913 a comment has this many parts
        self,
        post: int,
        name: str,
        source: str,
        *,
        parent: int = 0,
        author: int = 0,
        url: str = "",
        status: str = "approved",
        agent: str = "",
        at: datetime | None = None,
    ) -> int:
        """Keep a comment and return its number."""
        return self._insert(
            "INSERT INTO comment (post, parent, author, author_name, author_url, source, at,"
            " status, agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                post,
                parent,
                author,
                json.dumps(name),
                url,
                json.dumps(source),
                _stamp(at),
                status,
                agent,
            ),
        )

    def comment(self, number: int) -> Comment | None:
        """Return one comment, if it is there."""
        rows = self._all("SELECT * FROM comment WHERE id = ?", number)
        return _comment(rows[0]) if rows else None

    def comments(self) -> Sequence[Comment]:
        """Return all comments, in the bin or not, oldest first."""
        return [_comment(row) for row in self._all("SELECT * FROM comment ORDER BY at, id")]

    def change(self, number: int, *, source: str | None = None, status: str | None = None) -> None:
        """Change what a comment says, or who may see it."""
        with self._lock:
            if source is not None:
                values = (json.dumps(source), number)
                self._db.execute("UPDATE comment SET source = ? WHERE id = ?", values)
            if status is not None:
                self._db.execute("UPDATE comment SET status = ? WHERE id = ?", (status, number))

    def delete(self, number: int) -> None:
        """Delete a comment for good. As in WordPress, its answers move up a step."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "UPDATE comment SET parent = (SELECT parent FROM comment WHERE id = ?1)"
                " WHERE parent = ?1",
                (number,),
            )
            self._db.execute("DELETE FROM comment WHERE id = ?", (number,))
            self._db.execute("COMMIT")

    def noted(self, key: str) -> str:
        """Return what was noted under a key, or nothing."""
        rows = self._all("SELECT value FROM note WHERE key = ?", key)
        return str(rows[0][0]) if rows else ""

    def note(self, key: str, value: str) -> None:
        """Note something for after a restart."""
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (key, value))

    def _insert(self, statement: str, values: Sequence[object]) -> int:
        with self._lock:
            return int(self._db.execute(statement, values).lastrowid or 0)

    def _all(self, statement: str, *values: object) -> Sequence[Row]:
        with self._lock:
            rows: Sequence[Row] = self._db.execute(statement, values).fetchall()
        return rows


def _comment(row: Row) -> Comment:
    comment = Comment(*row)
    # Kept as JSON, which holds what a comment may hold and a database does not: half characters.
    name, source = json.loads(comment.author_name), json.loads(comment.source)
    return replace(comment, author_name=name, source=source)


def _stamp(at: datetime | None) -> str:
    return (at or datetime.now(UTC)).astimezone(UTC).strftime(STAMP)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
