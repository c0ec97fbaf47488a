"""Writing in the journal."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, NewType
from uuid import UUID, uuid4

from django.db import transaction

from torget.journal import line as lines_of
from torget.journal import tree
from torget.journal.models import Entry, Tree

ActorId = NewType("ActorId", UUID)
SYSTEM = ActorId(UUID(int=0))


class Line(NamedTuple):
    """What is to be written. ``event`` is a code, ``actor`` an opaque number."""

    event: str
    about: UUID
    actor: ActorId
    clauses: tuple[str, ...]
    at: datetime
    commitment: bytes = b""


def write(
    event: str, *, about: UUID, actor: ActorId, clauses: tuple[str, ...], at: datetime
) -> Entry:
    """Add a line to the journal.

    Args:
        event: a code such as ``moderation.decided``; never a sentence.
        about: the object's key.
        actor: an opaque number; who it is is known to ``organisation`` alone.
        clauses: ids of the guideline's clauses.
        at: with time zone.

    Raises:
        ValueError: ``event`` or a clause is not a code.
    """
    return append([Line(event, about, actor, clauses, at)])[0]


def seal(  # noqa: PLR0913 a line, and what it commits to
    event: str,
    canonical: bytes,
    *,
    about: UUID,
    actor: ActorId,
    clauses: tuple[str, ...],
    at: datetime,
) -> tuple[Entry, bytes]:
    """Add a line that commits to ``canonical``. Return it and the salt, to be kept apart."""
    commit, salt = committed(canonical)
    return append([Line(event, about, actor, clauses, at, commit)])[0], salt


def committed(canonical: bytes) -> tuple[bytes, bytes]:
    """Return a commitment to ``canonical`` under a fresh salt, and the salt."""
    salt = secrets.token_bytes(32)
    return commitment(canonical, salt), salt


def commitment(canonical: bytes, salt: bytes) -> bytes:
    """Return what the journal keeps of ``canonical``: nothing without the salt."""
    return hashlib.sha256(b"torget/commit/v1" + salt + hashlib.sha256(canonical).digest()).digest()


@transaction.atomic
def append(lines: Sequence[Line]) -> list[Entry]:
    """Add many lines at the price of one: the tree's row is taken and written once.

    Raises:
        ValueError: an event or a clause is not a code.
    """
    if not lines:
        return []
    row = lock()
    size, peaks = row.size, row.hashes()
    entries = []
    for line in lines:
        entry = _entry(size, line)
        size = tree.grow(size, peaks, bytes(entry.leaf))
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    row.size, row.peaks = size, b"".join(peaks)
    row.save(update_fields=["size", "peaks"])
    return entries


def lock() -> Tree:
    """Take the tree's row until the transaction ends: one writer at a time.

    On SQLite the transaction itself is the lock (it begins IMMEDIATE). On PostgreSQL everyone
    takes this lock before any row of a record: then no two wait for one another, and what was
    read with the lock held is still so when it is written.
    """
    return Tree.objects.select_for_update().get_or_create(pk=1)[0]


def _entry(seq: int, line: Line) -> Entry:
    if not lines_of.EVENT.fullmatch(line.event):
        raise ValueError("an event is a code")
    if not all(lines_of.CLAUSE.fullmatch(clause) for clause in line.clauses):
        raise ValueError("a clause is a code")
    entry = Entry(
        seq=seq,
        id=uuid4(),
        event=line.event,
        about=line.about,
        actor=line.actor,
        clauses=list(line.clauses),
        commitment=line.commitment,
        at=line.at,
    )
    entry.leaf = tree.leaf_hash(entry.line())
    return entry
