"""Decisions about incoming messages (clause 4.10)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from torget.organisation.models import Unit
from torget.records.models import Message, MessageVersion

CARRY_OUT = "moderation.carry_out"  # the step under which attempts at decisions are kept


class Ground(models.TextChoices):
    """What a comment may not contain. The value is the clause in the guideline."""

    DEFAMATION = "4.10.a", "Förtal, personliga angrepp eller förolämpningar"
    HARASSMENT = "4.10.b", "Hets mot folkgrupp, sexistiska yttranden eller andra trakasserier"
    VIOLENCE_OR_PORN = "4.10.c", "Olovliga våldsskildringar eller pornografi"
    INCITEMENT = "4.10.d", "Uppmaningar till brott"
    COPYRIGHT = "4.10.e", "Olovligt bruk av upphovsrättsligt skyddat material"
    SWEARING = "4.10.f", "Svordomar eller obscena ord"
    ADVERTISING = "4.10.g", "Kommersiella budskap eller reklam"
    SECRECY = "4.10.h", "Sekretessbelagda uppgifter"
    LAW = "4.10.law", "Annat som kan antas strida mot lag (ange lagrum)"

    @property
    def letter(self) -> str:
        """The letter that pages show: a to h, or lag."""
        last = self.value.rpartition(".")[2]
        return "lag" if last == "law" else last

    @property
    def short(self) -> str:
        """The few words that a tile or a label has room for."""
        return {
            Ground.DEFAMATION: "Förtal, personangrepp",
            Ground.HARASSMENT: "Hets, trakasserier",
            Ground.VIOLENCE_OR_PORN: "Våld, pornografi",
            Ground.INCITEMENT: "Uppmaning till brott",
            Ground.COPYRIGHT: "Upphovsrätt",
            Ground.SWEARING: "Svordomar",
            Ground.ADVERTISING: "Reklam",
            Ground.SECRECY: "Sekretess",
            Ground.LAW: "Annan lag",
        }[self]


class Basis(models.TextChoices):
    """What gives the right to act: the guideline alone, or a law besides."""

    GUIDELINE = "guideline", "Enbart riktlinjen"
    BBS = "bbs_5", "5 § BBS-lagen"
    GDPR = "gdpr", "Dataskyddsförordningen"


class Flag(models.TextChoices):
    """What a person should know about a decision. A platform's own code may stand here too."""

    CHANGED = "changed", "Kommentaren ändrades innan beslutet utfördes"
    CHANGED_BUT_HIDDEN = (
        "changed_but_hidden",
        "Ändrad, men dold ändå: det var brådskande",
    )
    ALREADY_GONE = "already_gone", "Fanns inte kvar på sidan, och det var inte vi som tog bort den"
    UNDONE = "undone", "Beslutet är ångrat"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Questions about decisions."""

    def standing(self) -> "DecisionQuerySet":
        """Not replaced by a later decision: at most one a message."""
        return self.filter(superseded_by=None)

    def unfinished(self) -> "DecisionQuerySet":
        """Not yet confirmed on the platform. What was sent is looked up even if it was replaced."""
        waits = models.Q(superseded_by=None, state=Decision.State.WAITING)
        return self.filter(waits | models.Q(state=Decision.State.SENT))

    def settled(self) -> "DecisionQuerySet":
        """Standing, and in no need of a person: not returned, and nothing to look at."""
        standing = self.standing().exclude(state=Decision.State.RETURNED)
        return standing.exclude(flag__in=[Flag.CHANGED_BUT_HIDDEN, Flag.UNDONE])


class Decision(models.Model):
    """What one person decided about one message (clause 4.10). A later one supersedes it.

    The two unique constraints are the optimistic lock: of two decisions made from the same
    sight of a message, the database takes the first and refuses the second.
    """

    class Measure(models.TextChoices):
        """What shall become of the message."""

        KEEP = "keep", "Låt stå"
        HIDE = "hide", "Dölj"
        REMOVE = "remove", "Ta bort"
        PASS_ON = "pass_on", "Lämna vidare"

    class State(models.TextChoices):
        """How far the work has come."""

        WAITING = "waiting", "Väntar på att utföras"
        SENT = "sent", "Skickad, inte bekräftad"
        CONFIRMED = "confirmed", "Bekräftad"
        RETURNED = "returned", "Åter till handläggaren"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    seen = models.ForeignKey(MessageVersion, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    measure = models.CharField(max_length=7, choices=Measure.choices)
    basis = models.CharField(max_length=9, choices=Basis.choices)
    reason = models.TextField(help_text="Our own words, never the message's.")
    passed_to = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()
    receipt_entry = models.UUIDField(help_text="The journal's line that proves it was saved first.")
    receipt_at = models.DateTimeField()
    not_before = models.DateTimeField(
        null=True, blank=True, help_text="Removal waits until then, so that it can be undone."
    )
    state = models.CharField(max_length=9, choices=State.choices)
    verb = models.CharField(max_length=12, blank=True, help_text="What was last sent, or tried.")
    acted_on = models.ForeignKey(
        MessageVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    flag = models.CharField(max_length=40, blank=True, help_text="A code a person should look at.")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["decided_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_first_decision", fields=["message"], condition=models.Q(supersedes=None)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "decided_at"], name="decision_state")]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} ({self.decided_at:%Y-%m-%d})"

    @property
    def told(self) -> str:
        """What becomes of the message, in the present tense."""
        return {
            Decision.Measure.KEEP: "Står kvar",
            Decision.Measure.HIDE: "Döljs",
            Decision.Measure.REMOVE: "Tas bort",
            Decision.Measure.PASS_ON: "Lämnas vidare",
        }[Decision.Measure(self.measure)]

    @property
    def takes_away(self) -> bool:
        """Whether it means that the public shall not see the message."""
        return self.measure in (Decision.Measure.HIDE, Decision.Measure.REMOVE)

    @property
    def may_hide_anyway(self) -> bool:
        """Whether it is carried out, and flagged, though the message has changed since."""
        return self.urgent and self.measure == Decision.Measure.HIDE


class DecisionGround(models.Model):
    """One of the grounds of a decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="grounds")
    clause = models.CharField(max_length=8, choices=Ground.choices)
    citation = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["clause"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="each_ground_once", fields=["decision", "clause"]),
            models.CheckConstraint(
                name="law_is_cited", condition=~models.Q(clause=Ground.LAW, citation="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.citation}".strip()

    @property
    def told(self) -> str:
        """The ground in words: letter and what it is about, and the citation if there is one."""
        ground = Ground(self.clause)
        return f"{ground.letter} {self.citation or ground.label}"


class Reading(models.Model):
    """What screening suggested about a version: codes and figures only, never its words.

    Spans and explanations are worked out anew when a person looks, so they die with the payload.
    """

    class Route(models.TextChoices):
        """How soon a person should look."""

        URGENT = "akut", "Brådskande"
        REVIEW = "granska", "Att granska"
        NOTICE = "notis", "Notis"
        OK = "ok", "Inget hittat"

    version = models.OneToOneField(
        MessageVersion, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    labels = models.JSONField(default=list)
    route = models.CharField(max_length=7, choices=Route.choices)
    rank = models.PositiveSmallIntegerField(help_text="0 first; from the route.")
    support = models.BooleanField(default=False)
    lawful_criticism = models.BooleanField(default=False)
    rules = models.CharField(max_length=40, help_text="The version of the rules that read it.")
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version_id} {self.route}"
