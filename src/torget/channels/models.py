"""The register of the municipality's channels, and who may act on them."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from torget.channels import words
from torget.organisation.models import Unit
from torget.platforms.contract import Verb


class Channel(models.Model):
    """One of the municipality's accounts on one platform (clauses 1, 2.3, 2.4, 4.4)."""

    class Status(models.TextChoices):
        """Where the channel is in its life."""

        ACTIVE = "active", "Aktiv"
        PAUSED = "paused", "Pausad"
        CLOSED = "closed", "Stängd"

    class CaptureBasis(models.TextChoices):
        """How its messages reach Torget."""

        API = "api", "Hämtas automatiskt"
        MANUAL = "manual", "Förs in för hand"
        OWN_TOOL = "own_tool", "Följs i plattformens eget verktyg"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    platform = models.SlugField()
    url = models.URLField(max_length=500)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(blank=True)
    target_group = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    comments_open = models.BooleanField(default=True)
    needs_approval = models.BooleanField(
        default=False, help_text="Another person approves each post here, whatever the office asks."
    )
    answer_hours = models.CharField(max_length=100, blank=True)
    rules_text = models.TextField(blank=True)
    capture_basis = models.CharField(
        max_length=8, choices=CaptureBasis.choices, default=CaptureBasis.API
    )
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.ACTIVE)
    since = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    records_kept_at = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="channel_is_on_the_web",
                condition=models.Q(url__startswith="https://")
                | models.Q(url__startswith="http://"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def platform_name(self) -> str:
        """The platform's name, as people write it."""
        return words.platform(self.platform)

    @property
    def address(self) -> list[str]:
        """The address as people read it, in parts between which a line may break."""
        return self.url.partition("://")[2].rstrip("/").split("/")

    def is_closed(self, on: date) -> bool:
        """Say whether the channel is closed on that day. The day it closed counts."""
        closed = self.status == Channel.Status.CLOSED
        return closed and (self.closed_on is None or self.closed_on <= on)


class Connection(models.Model):
    """The sign-in of a channel, and how far its sweep has come. The secret is encrypted."""

    channel = models.OneToOneField(Channel, on_delete=models.PROTECT, related_name="connection")
    base_url = models.URLField(max_length=500)
    username = models.CharField(max_length=200, blank=True)
    secret = models.BinaryField(default=b"", help_text="AES-GCM under the installation's key.")
    cursor = models.TextField(blank=True)
    swept_at = models.DateTimeField(null=True, blank=True)
    wanted_at = models.DateTimeField(
        null=True, blank=True, help_text="When a person asked for a sweep that has not come yet."
    )
    checked_at = models.DateTimeField(null=True, blank=True, help_text="The last probe, as below.")
    answers = models.BooleanField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    remedy = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.channel_id)


class Power(models.TextChoices):
    """What a mandate may let a person do. The value is the mandate's field."""

    WRITE = "may_write", "Skriva"
    APPROVE = "may_approve", "Godkänna"
    MODERATE = "may_moderate", "Granska kommentarer"


class Mandate(models.Model):
    """A manager's assignment: this person may do this on these channels, from then to then (4.2).

    Times carry a time zone; ``until`` is exclusive. A mandate is never given by its receiver.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates"
    )
    channels = models.ManyToManyField(Channel, related_name="mandates")
    may_write = models.BooleanField(default=False)
    may_approve = models.BooleanField(default=False)
    may_moderate = models.BooleanField(default=False)
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="mandate_is_given_by_another", condition=~models.Q(person=models.F("giver"))
            ),
            models.CheckConstraint(
                name="mandate_has_a_power",
                condition=models.Q(may_write=True)
                | models.Q(may_approve=True)
                | models.Q(may_moderate=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def powers(self) -> list[Power]:
        """What the mandate lets the person do."""
        return [power for power in Power if getattr(self, power.value)]


class Attempt(models.Model):
    """What a step could not do yet, and when it tries again. Shown on the channel's page."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="attempts")
    step = models.CharField(max_length=80)
    item = models.UUIDField()
    count = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=80)
    message = models.CharField(max_length=300, blank=True)
    remedy = models.CharField(max_length=300, blank=True)
    next_try = models.DateTimeField()
    first_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "item"], name="one_attempt_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.code}"

    @property
    def work(self) -> str:
        """What could not be done, in words."""
        return words.step(self.step)


class GuidedStep(models.Model):
    """What a person is asked to do on a platform by hand, and what that person said of it.

    Holds nothing that anyone has written: the text to paste is read from its record (``record``
    is the journal's line of it), the comment to hide is found by its name on the channel.
    """

    class State(models.TextChoices):
        """How far it has come."""

        OPEN = "open", "Att göra"
        DONE = "done", "Gjort"
        FAILED = "failed", "Gick inte"
        WITHDRAWN = "withdrawn", "Behövs inte längre"

    class Reason(models.TextChoices):
        """Why it could not be done."""

        NO_ACCESS = "no_access", "Jag kommer inte in på kontot"
        GONE = "gone", "Den finns inte kvar på sidan"
        NOT_OFFERED = "not_offered", "Plattformen har ingen sådan knapp"
        REFUSED = "refused", "Plattformen sa nej"
        OTHER = "other", "Något annat"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    operation = models.UUIDField(unique=True, help_text="The order that it carries out.")
    verb = models.CharField(max_length=12)
    target = models.CharField(max_length=200, blank=True)
    record = models.UUIDField(null=True, blank=True, help_text="The journal's line of our text.")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=11, blank=True, choices=Reason.choices)
    address = models.CharField(max_length=500, blank=True)
    result = models.CharField(max_length=200, blank=True, help_text="The message's name from then.")

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["channel", "target"], name="step_target"),
            models.Index(fields=["channel"], name="step_open", condition=models.Q(state="open")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="step_is_answered_by_someone",
                condition=~models.Q(state__in=["done", "failed"])
                | models.Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.state}"

    @property
    def words(self) -> str:
        """What is to be done, in words."""
        return words.TASKS[Verb(self.verb)]

    @property
    def sends(self) -> bool:
        """Whether it makes a text of ours stand on the page."""
        return self.record is not None
