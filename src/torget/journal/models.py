"""What was done, by whom, under which clause."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property

from torget.journal import line, tree
from torget.verifier.notes import Note, read_note


class Entry(models.Model):
    """One line in the journal. Lines are added, never changed, never removed.

    It holds no personal data, no free text and no unsalted hash, so it outlives disposal.
    ``seq`` counts from 0 without gaps: the leaf's place in the tree (RFC 6962).
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4)
    event = models.CharField(max_length=80, help_text="A code such as moderation.decided.")
    about = models.UUIDField(db_index=True, help_text="The key of the object.")
    actor = models.UUIDField(help_text="An opaque number; organisation knows whose.")
    clauses = models.JSONField(default=list)
    commitment = models.BinaryField(default=b"", help_text="Salted; empty when nothing is sealed.")
    at = models.DateTimeField()
    leaf = models.BinaryField(help_text="SHA-256 of the line, as a leaf of the tree.")

    class Meta:
        ordering: ClassVar = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"

    def line(self) -> bytes:
        """Return the line as its leaf commits to it."""
        return line.encode(
            self.seq,
            self.id,
            self.event,
            self.about,
            self.actor,
            self.clauses,
            bytes(self.commitment),
            self.at,
        )


class Tree(models.Model):
    """The one row that knows the tree's size and the peaks from which its root is made."""

    size = models.PositiveBigIntegerField(default=0)
    peaks = models.BinaryField(default=b"", help_text="32 bytes a peak, largest first.")

    def __str__(self) -> str:
        return str(self.size)

    def hashes(self) -> list[bytes]:
        """Return the peaks one by one."""
        peaks = bytes(self.peaks)
        return [peaks[at : at + tree.WIDTH] for at in range(0, len(peaks), tree.WIDTH)]

    def root(self) -> bytes:
        """Return the root of the tree."""
        return tree.root(self.hashes())


class Checkpoint(models.Model):
    """The journal's size and root at one moment, signed. Never changed, never removed."""

    size = models.PositiveBigIntegerField(primary_key=True)
    note = models.TextField(help_text="Signed note: origin, size, root, time, signature.")

    class Meta:
        ordering: ClassVar = ["-size"]

    def __str__(self) -> str:
        return str(self.size)

    @cached_property
    def told(self) -> Note:
        """What the note says.

        Raises:
            Refused: it cannot be read.
        """
        return read_note(self.note)

    @property
    def at(self) -> datetime:
        """When it was signed."""
        return datetime.fromisoformat(self.told.at)


class TimestampToken(models.Model):
    """What an authority outside answered when it was shown a checkpoint (RFC 3161)."""

    checkpoint = models.OneToOneField(
        Checkpoint, primary_key=True, on_delete=models.PROTECT, related_name="token"
    )
    answer = models.BinaryField(help_text="The TimeStampResp, as it came.")

    def __str__(self) -> str:
        return str(self.checkpoint_id)


class StampTrouble(models.Model):
    """Why the authority's stamps fail, and when to ask again. No row while all is well."""

    count = models.PositiveIntegerField()
    message = models.CharField(max_length=300)
    remedy = models.CharField(max_length=300)
    first_at = models.DateTimeField()
    next_try = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.count)
