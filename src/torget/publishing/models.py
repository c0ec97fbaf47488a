"""What the municipality says: drafts, and what is sent of them (clauses 4.2, 4.3, 4.6, 4.9)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from torget.channels.models import Channel
from torget.organisation.models import Unit
from torget.platforms.contract import Verb
from torget.records.models import Message, MessageVersion

DISPATCH = "publishing.dispatch"  # the step under which attempts at sending are kept


class PostMedia(models.Model):
    """A picture that was handed in, without what cameras write into it. Never changed.

    The bytes lie encrypted in a file of their own, as those of records do.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=40)
    alt = models.CharField(max_length=500, blank=True)
    size = models.PositiveBigIntegerField()
    address = models.CharField(max_length=64)
    secret = models.BinaryField()

    def __str__(self) -> str:
        return str(self.key)


class Post(models.Model):
    """A draft. Not a public record until something of it is sent (TF 2:12); it may be weeded."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    picture = models.ForeignKey(
        PostMedia, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    channels = models.ManyToManyField(Channel, related_name="+", blank=True)
    answers = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked = models.JSONField(default=dict, help_text="What the author has looked at, and why.")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return f"Inlägg {self.pk}"


class Flag(models.TextChoices):
    """Why something came back, or what to look at. A platform's own code may stand here too."""

    NO_MANDATE = "no_mandate", "Författarens uppdrag gäller inte längre"
    CHANNEL_CLOSED = "channel_closed", "Kanalen är inte i bruk"
    PARENT_GONE = "parent_gone", "Det som besvaras syns inte längre"
    CHANGED = "changed", "Inlägget har ändrats på sidan av någon annan"
    ALREADY_GONE = "already_gone", "Inlägget fanns inte kvar på sidan"
    NOT_PUBLIC = "not_public", "Står på sidan, men allmänheten ser det inte"


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    """Questions about dispatches."""

    def unfinished(self) -> "DispatchQuerySet":
        """Neither confirmed nor given up."""
        return self.filter(state__in=Dispatch.UNFINISHED)

    def published(self) -> "DispatchQuerySet":
        """First sendings that stand, or stood, on their page."""
        return self.filter(verb__in=Dispatch.NEW, state=Dispatch.State.CONFIRMED)


class Dispatch(models.Model):
    """One act on one channel, with what is sent frozen as it was ordered.

    The first unique constraint keeps a post from being sent twice to a channel, whoever presses
    what; the second keeps two changes of the same message apart.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting_approval", "Väntar på godkännande"
        SCHEDULED = "scheduled", "Schemalagd"
        SENT = "sent", "Skickad, inte bekräftad"
        CONFIRMED = "confirmed", "Publicerad"
        RETURNED = "returned", "Åter"
        WITHDRAWN = "withdrawn", "Återtagen"

    class What(models.TextChoices):
        """What is done. The value is the platform's verb."""

        PUBLISH = Verb.PUBLISH.value, "Publicera"
        REPLY = Verb.REPLY.value, "Svara"
        EDIT = Verb.EDIT.value, "Ändra"
        DELETE = Verb.DELETE_OWN.value, "Ta ner"

    UNFINISHED: ClassVar = (State.WAITING, State.SCHEDULED, State.SENT)
    NEW: ClassVar = (What.PUBLISH, What.REPLY)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="dispatches")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10, choices=What.choices)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    picture = models.ForeignKey(
        PostMedia, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checks = models.JSONField(
        default=list, help_text="What the author looked at before ordering: code, clause, reason."
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is taken down.")
    needs_approval = models.BooleanField(default=False)
    not_before = models.DateTimeField()
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ordered_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approval_reason = models.CharField(
        max_length=300, blank=True, help_text="Why what the checks stop may be published."
    )
    state = models.CharField(max_length=16, choices=State.choices)
    sent_at = models.DateTimeField(
        null=True, blank=True, help_text="When the last attempt to send it began."
    )
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen = models.ForeignKey(
        MessageVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What the message said when its change was ordered.",
    )
    remote_id = models.CharField(
        max_length=200, blank=True, help_text="What the platform says that it became."
    )
    flag = models.CharField(max_length=40, blank=True, help_text="A code a person should look at.")

    objects = DispatchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_post_once_a_channel",
                fields=["post", "channel"],
                condition=models.Q(
                    verb__in=["publish", "reply"],
                    state__in=["waiting_approval", "scheduled", "sent", "confirmed"],
                ),
            ),
            models.UniqueConstraint(
                name="one_change_at_a_time",
                fields=["message"],
                condition=models.Q(
                    verb__in=["edit", "delete_own"],
                    state__in=["waiting_approval", "scheduled", "sent"],
                ),
            ),
            models.CheckConstraint(
                name="nobody_approves_their_own",
                condition=~models.Q(approved_by=models.F("ordered_by")),
            ),
            models.CheckConstraint(
                name="sent_with_its_approval",
                condition=models.Q(needs_approval=False)
                | models.Q(approved_by__isnull=False)
                | models.Q(state__in=["waiting_approval", "returned", "withdrawn"]),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "not_before"], name="dispatch_due")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} ({self.ordered_at:%Y-%m-%d})"

    @property
    def is_new(self) -> bool:
        """Whether it puts something on the page that was not there."""
        return self.verb in self.NEW
