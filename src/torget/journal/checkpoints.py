"""Checkpoints: the journal's size and root, signed, for others to keep.

Whoever holds one can tell later whether the journal only grew: it cannot be cut, and nothing in
it rewritten, without a root that differs.
"""

import base64
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction

from torget.journal import keys, tree
from torget.journal import services as journal
from torget.journal.line import stamp
from torget.journal.models import Checkpoint, Tree
from torget.policy.clauses import carries_out
from torget.verifier.notes import Key, check_note, read_note
from torget.verifier.tree import Refused


@carries_out("4.6")
def make(at: datetime) -> Checkpoint | None:
    """Sign the journal as it is now. Return None when nothing was written since the last time.

    Args:
        at: with time zone.
    """
    if not _grown():  # looked for first: what has nothing to write must not take the write lock
        return None
    with transaction.atomic():
        kept = journal.lock()
        if not _grown():
            return None
        signer = keys.signer()  # under the lock: its first use makes the key
        root = base64.b64encode(kept.root()).decode()
        text = f"{signer.public.name}\n{kept.size}\n{root}\n{stamp(at)}\n"
        signature = signer.public.id + signer.key.sign(text.encode())
        line = f"— {signer.public.name} {base64.b64encode(signature).decode()}\n"
        return Checkpoint.objects.create(size=kept.size, note=f"{text}\n{line}")


def _grown() -> bool:
    kept, newest = Tree.objects.first(), Checkpoint.objects.first()
    return kept is not None and kept.size > (newest.size if newest else 0)


def known_keys() -> list[Key]:
    """Return the keys that a checkpoint may be signed with; none when they cannot be read."""
    try:
        return keys.public_keys()
    except Refused:
        return []


class Watch:
    """Holds checkpoints against the journal while it is read from the first line to the last.

    What is wrong comes as pairs: which checkpoint, and why, in Swedish.
    """

    def __init__(self, notes: dict[int, str | None]) -> None:
        """Take the notes by size; None for one that cannot be read."""
        self._notes = notes
        self._keys = known_keys()

    def at(self, size: int, peaks: list[bytes]) -> Iterator[tuple[str, str]]:
        """Tell what is wrong with the checkpoint that was made at ``size``, if there is one."""
        if size not in self._notes:
            return
        try:
            told = self._notes.pop(size)
            note = read_note(told if isinstance(told, str) else "")
            check_note(note, self._keys)
        except Refused as error:
            yield f"Kontrollpunkt {size}", f"{error}."
            return
        if (note.size, note.root) != (size, tree.root(peaks)):
            yield f"Kontrollpunkt {size}", "journalen har skrivits om sedan den gjordes."

    def left(self) -> Iterator[tuple[str, str]]:
        """Tell of checkpoints beyond the journal's last line."""
        for size in self._notes:
            yield f"Kontrollpunkt {size}", "journalen har kortats sedan den gjordes."


def trusted_authorities() -> bytes:
    """Return the certificates that time stamps must rest on; none when none are set."""
    path = settings.TORGET.tsa_roots
    return path.read_bytes() if path is not None and path.is_file() else b""
