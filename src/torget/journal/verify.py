"""Does the journal still say what was written? Every line is read, and none is trusted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from torget.journal import line, tree, triggers
from torget.journal.checkpoints import Watch, trusted_authorities
from torget.journal.models import Checkpoint, Entry, TimestampToken, Tree
from torget.journal.triggers import Guard
from torget.verifier.stamps import check_stamp
from torget.verifier.tree import Refused

PAGE = 1000
COLUMNS = ("seq", "id", "event", "about", "actor", "clauses", "commitment", "at")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something is not as it was written: what (``Journalrad 17``), and why, in Swedish."""

    object: str
    explanation: str

    def __str__(self) -> str:
        return f"{self.object}: {self.explanation}"


def verify() -> Iterator[Fault]:
    """Read every line in order, and tell what is missing or changed. Memory does not grow."""
    yield from missing_guards(triggers.GUARDS)
    notes = pages(Checkpoint.objects.all(), ("size", "note"))
    watch = Watch({size: row[1] if row else None for size, row in notes})
    peaks: list[bytes] = []
    size = expected = 0
    for seq, row in pages(Entry.objects.all(), (*COLUMNS, "leaf")):
        if seq > expected:
            last = f"–{seq - 1}" if seq - 1 > expected else ""
            yield Fault(f"Journalrad {expected}{last}", "saknas.")
        expected = seq + 1
        if row is None:
            yield Fault(f"Journalrad {seq}", "går inte att läsa.")
            continue
        leaf = bytes(row[-1])
        if _leaf(row[:-1]) != leaf:
            yield Fault(f"Journalrad {seq}", "är ändrad efter att den skrevs.")
        size = tree.grow(size, peaks, leaf)
        yield from (Fault(*told) for told in watch.at(size, peaks))
    yield from (Fault(*told) for told in watch.left())
    yield from _stamps()
    kept = Tree.objects.first() or Tree()
    if kept.size != expected:
        yield Fault("Journalens slut", f"{kept.size} rader är skrivna, men {expected} finns.")
    elif (kept.size, kept.hashes()) != (size, peaks):
        yield Fault("Journalens rot", "stämmer inte med raderna.")


def _stamps() -> Iterator[Fault]:
    """Tell which time stamps do not hold."""
    rows = TimestampToken.objects.all()
    for size, row in pages(rows, ("pk", "checkpoint__note", "answer")):
        fault = judged(_stamp_fault, *row[1:]) if row else "går inte att läsa"
        if fault:
            yield Fault(f"Tidsstämpeln för kontrollpunkt {size}", f"{fault}.")


def _stamp_fault(note: str, answer: bytes) -> str:
    try:
        check_stamp(bytes(answer), note.encode(), trusted_authorities())
    except Refused as error:
        return str(error)
    return ""


def pages[M: Model](
    rows: QuerySet[M], columns: Sequence[str], *, size: int = PAGE
) -> Iterator[tuple[Any, tuple[Any, ...] | None]]:
    """Yield each row's key and columns in order of the key, the first column; None if unreadable.

    A tampered row may hold what no driver can read. It is named, and the rest is still read.
    """
    key = columns[0]
    ordered = rows.order_by(key)
    after: dict[str, Any] = {}
    while True:
        page = ordered.filter(**after)
        keys, found = _page(page, columns, size)
        if not keys:
            return
        yield from ((each, found.get(each)) for each in keys)
        after = {f"{key}__gt": keys[-1]}


def _page[M: Model](
    page: QuerySet[M], columns: Sequence[str], size: int
) -> tuple[list[Any], dict[Any, tuple[Any, ...]]]:
    """Return the keys of a page in order, and the rows that can be read."""
    if not any("__" in column for column in columns):  # a join would pass over a row in silence
        try:
            found = {row[0]: row for row in page.values_list(*columns)[:size]}
            return list(found), found
        except Exception:  # noqa: BLE001 whatever a driver makes of a tampered row
            found = {}  # read one by one below
    keys = list(page.values_list(columns[0], flat=True)[:size])
    return keys, {row[0]: row for row in readable(page, columns, keys)[0]}


def readable[M: Model](
    rows: QuerySet[M], columns: Sequence[str], keys: Sequence[Any]
) -> tuple[list[tuple[Any, ...]], set[Any]]:
    """Return columns of the rows whose first column is among ``keys``, and the unreadable keys."""
    try:
        found = rows.filter(**{f"{columns[0]}__in": keys}).order_by(*columns[:1])
        return list(found.values_list(*columns)), set()
    except Exception:  # noqa: BLE001 whatever a driver makes of a tampered row
        if len(keys) == 1:
            return [], set(keys)
        half = len(keys) // 2
        first, rest = readable(rows, columns, keys[:half]), readable(rows, columns, keys[half:])
        return first[0] + rest[0], first[1] | rest[1]


def missing_guards(guards: Iterable[Guard]) -> Iterator[Fault]:
    """Tell which of the database's own refusals are gone."""
    for guard in triggers.missing(connection, guards):
        yield Fault(f"Spärren {guard.name}", "saknas i databasen.")


def judged[*A](judge: Callable[[*A], str], *about: *A) -> str:
    """Return what ``judge`` finds wrong; that nothing can be made of the values is a fault too."""
    try:
        return judge(*about)
    except (TypeError, ValueError, AttributeError, KeyError):
        return "uppgifterna går inte att läsa"


def _leaf(row: tuple[Any, ...]) -> bytes:
    """Return the leaf of a line as it reads now; nothing if it cannot be a line at all."""
    try:
        seq, id_, event, about, actor, clauses, commitment, at = row
        return tree.leaf_hash(
            line.encode(seq, id_, event, about, actor, clauses, bytes(commitment), at)
        )
    except (TypeError, ValueError, AttributeError):
        return b""
