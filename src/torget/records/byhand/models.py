"""What a person brought in, and what shows that a person did as asked (clauses 4.6, 4.10)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from torget.channels.models import GuidedStep
from torget.journal.models import Entry
from torget.records.models import Message, MessageVersion


class HandEntry(models.Model):
    """That a person brought a message in, the first time, and when. What it said is in its payload.

    Each time is a line in the journal.
    """

    class Wrong(models.TextChoices):
        """Why it should not have been brought in. The record stays."""

        CHANNEL = "channel", "Den hör till en annan kanal"
        TWICE = "twice", "Den fanns redan"
        CONTENT = "content", "Texten, namnet eller tiden blev fel"
        TRIAL = "trial", "Det var ett försök, inget riktigt meddelande"

    message = models.OneToOneField(
        Message, primary_key=True, on_delete=models.PROTECT, related_name="hand_entry"
    )
    version = models.ForeignKey(MessageVersion, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    precision = models.PositiveIntegerField(
        null=True, help_text="Within how many seconds the page told the time; null: not at all."
    )
    wrong = models.CharField(max_length=7, blank=True, choices=Wrong.choices)
    wrong_at = models.DateTimeField(null=True, blank=True)
    wrong_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.message_id)


class StepProof(models.Model):
    """The picture that shows that a guided step is done. Encrypted like every file in the vault.

    The journal commits to the row and, through it, to the picture.
    """

    step = models.OneToOneField(
        GuidedStep, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    secret = models.BinaryField()
    salt = models.BinaryField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.step_id)
