"""``torget verify``: is everything that was saved still as it was saved?"""

import json as json_format
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from torget.journal import verify as journal
from torget.journal.models import Entry, Tree
from torget.journal.verify import Fault
from torget.records import verify as records
from torget.records.byhand import verify as byhand
from torget.records.models import Disposed, Message, MessageVersion


def run(*, json: bool, stdout: TextIO) -> int:
    """Check journal and records. Return 0 when all is as it was saved, else 1.

    Faults are written as they are found, each on a line of its own; with ``json`` as one list of
    objects with ``object`` and ``explanation``.
    """
    faults = chain(journal.verify(), records.verify(), byhand.verify())
    return _as_json(faults, stdout) if json else _as_text(faults, stdout)


def _as_text(faults: Iterator[Fault], stdout: TextIO) -> int:
    count = 0
    for count, fault in enumerate(faults, start=1):  # noqa: B007 the last number is the count
        stdout.write(f"{fault}\n")
    stdout.write(f"Kontrollerat: {_extent()}.\n")
    stdout.write(
        f"Fel: {count}. Rätta inget i databasen: spara en kopia och tala med arkivarien.\n"
        if count
        else "Inget är ändrat och inget saknas.\n"
    )
    return int(count > 0)


def _as_json(faults: Iterator[Fault], stdout: TextIO) -> int:
    count = 0
    stdout.write("[")
    for count, fault in enumerate(faults, start=1):
        row = {"object": fault.object, "explanation": fault.explanation}
        stdout.write(",\n " if count > 1 else "\n ")
        json_format.dump(row, stdout, ensure_ascii=False)
    stdout.write("\n]\n" if count else "]\n")
    return int(count > 0)


def _extent() -> str:
    tree = Tree.objects.first() or Tree()
    return (
        f"{Entry.objects.count()} journalrader, {Message.objects.count()} handlingar,"
        f" {MessageVersion.objects.count()} versioner, varav {Disposed.objects.count()} gallrade;"
        f" journalens rot {tree.root().hex()}"
    )
