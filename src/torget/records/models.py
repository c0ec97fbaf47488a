"""Messages as public records (clause 4.6)."""

import uuid
from typing import ClassVar

from django.db import models

from torget.channels.models import Channel
from torget.journal.models import Entry
from torget.organisation.models import Unit


class Message(models.Model):
    """A message that came in to or left the municipality. Never deleted.

    The primary key grows with the time of capture, so newest first needs no sort.
    """

    class Direction(models.TextChoices):
        """Which way it went."""

        IN = "in", "Inkommen"
        OUT = "out", "Utgående"

    class Seen(models.TextChoices):
        """What the public sees of it, as far as we know."""

        PUBLIC = "public", "Synlig"
        HIDDEN = "hidden", "Dold"
        REMOVED = "removed", "Borttagen"
        GONE = "gone", "Försvunnen"
        UNSENT = "unsent", "Inte publicerad"

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    remote_id = models.CharField(max_length=200)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    kind = models.CharField(max_length=10)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    parent_ref = models.CharField(
        max_length=200, blank=True, help_text="The parent's remote id; it may be captured later."
    )
    thread = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(help_text="As the platform says.")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    knowledge_at = models.DateTimeField(
        null=True, blank=True, help_text="When a person first opened it (kännedom, BBS-lagen)."
    )
    seen = models.CharField(max_length=7, choices=Seen.choices, default=Seen.PUBLIC)
    awaited = models.CharField(
        max_length=7,
        blank=True,
        choices=Seen.choices,
        help_text="What an act of ours under way would make of it: not to be taken for another's.",
    )
    no_copy_at = models.DateTimeField(
        null=True, blank=True, help_text="From then on nothing of it is saved (BrB 16:10 a)."
    )
    latest = models.ForeignKey(
        "MessageVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    sending = models.ForeignKey(
        "MessageVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="A version of ours on its way out, not yet seen on the page.",
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "remote_id"], name="one_message_a_remote_id")
        ]
        indexes: ClassVar = [
            models.Index(fields=["channel", "thread"], name="message_thread"),
            models.Index(fields=["channel", "last_seen_at"], name="message_last_seen"),
            models.Index(fields=["first_seen_at"], name="message_first_seen"),
            models.Index(fields=["written_at"], name="message_written"),
            models.Index(
                fields=["channel", "parent_ref"],
                name="message_orphan",
                condition=models.Q(parent=None) & ~models.Q(parent_ref=""),
            ),
        ]

    def __str__(self) -> str:
        return self.torget_nr

    @property
    def torget_nr(self) -> str:
        """The number people use. It never looks like a diary number."""
        return f"T{self.pk}"


class MessageVersion(models.Model):
    """A message as it was at one moment. Never changed. What it said is in its payload."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField(help_text="1 is the first.")
    observed_at = models.DateTimeField()
    evidence = models.CharField(max_length=10, default="api")
    entry = models.OneToOneField(
        Entry,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The journal's line that commits to it.",
    )

    class Meta:
        ordering: ClassVar = ["n"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "n"], name="versions_are_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.message_id}:{self.n}"


class Payload(models.Model):
    """What a version said and who wrote it: the only table that disposal empties.

    ``canonical`` is JSON (sorted keys, ASCII escapes) of text, author as seen then, thread, media
    and the version's own data; the journal commits to it and, through it, to ``raw``.
    """

    version = models.OneToOneField(
        MessageVersion, primary_key=True, on_delete=models.PROTECT, related_name="payload"
    )
    salt = models.BinaryField()
    canonical = models.BinaryField()
    raw = models.BinaryField()
    stem = models.TextField(help_text="The words of the text by their stems: for search.")

    def __str__(self) -> str:
        return str(self.version_id)


class Attachment(models.Model):
    """A picture or file from a message. From others: quarantined until a person has opened it.

    The bytes lie encrypted under ``secret`` (a key per item) in a file named after the SHA-256 of
    the encrypted bytes. Versions that show the same bytes share file and key.
    """

    class State(models.TextChoices):
        """How near it may come to a person."""

        QUARANTINED = "quarantined", "I karantän"
        OPENED = "opened", "Öppnad"
        NOT_FETCHED = "not_fetched", "Inte hämtad"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        MessageVersion, on_delete=models.PROTECT, related_name="attachments"
    )
    n = models.PositiveIntegerField()
    state = models.CharField(max_length=11, choices=State.choices)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(default=0)
    secret = models.BinaryField(default=b"")
    address = models.CharField(max_length=64, blank=True, db_index=True)
    reason = models.CharField(max_length=20, blank=True, help_text="A code: why not fetched.")

    class Meta:
        ordering: ClassVar = ["n"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "n"], name="attachments_are_numbered_once")
        ]

    def __str__(self) -> str:
        return str(self.key)


class Disposed(models.Model):
    """A payload that may go, and the protocol that says so. A trigger asks for it.

    The journal commits to the row, so that nobody explains a lost payload by adding one.
    """

    version = models.OneToOneField(
        MessageVersion, primary_key=True, on_delete=models.PROTECT, related_name="disposed"
    )
    protocol = models.UUIDField(help_text="The key of what ordered it.")
    at = models.DateTimeField()
    salt = models.BinaryField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.version_id)


class Visibility(models.Model):
    """Who made a message seen or unseen, by which act, on which grounds, and when.

    The journal commits to the whole row.
    """

    class By(models.TextChoices):
        """Whose act it was."""

        US = "us", "Kommunen"
        UNKNOWN = "unknown", "Utanför Torget"

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="visibilities")
    state = models.CharField(max_length=7, choices=Message.Seen.choices)
    by = models.CharField(max_length=8, choices=By.choices)
    act = models.CharField(max_length=16, blank=True)
    grounds = models.JSONField(default=list)
    decision = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    salt = models.BinaryField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.state} {self.by}"
