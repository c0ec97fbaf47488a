"""Questions about decisions: what was seen, what stands, what is to be carried out."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from torget.channels.selectors import resting
from torget.moderation.models import Decision, DecisionQuerySet, Reading
from torget.organisation.models import User
from torget.records.models import Message, MessageVersion
from torget.screening import Screening, screen

READ = 20_000  # code points of a comment that are read and shown; the record holds them all
Measure, State = Decision.Measure, Decision.State


@dataclass(frozen=True, slots=True)
class Sight:
    """What the moderator had before them: the version, and the decision that stood."""

    version: MessageVersion
    standing: Decision | None

    @property
    def token(self) -> str:
        """The sight as a form carries it."""
        return f"{self.version.pk}:{self.standing.pk if self.standing else ''}"


def due(step: str, now: datetime, limit: int) -> DecisionQuerySet:
    """Return what to carry out: urgent first, then oldest, without what rests or may be undone."""
    hidden_for_now = Q(
        measure=Measure.REMOVE,
        state=State.WAITING,
        not_before__gt=now,
        message__seen=Message.Seen.HIDDEN,
    )
    waiting = Decision.objects.unfinished().exclude(hidden_for_now)
    waiting = waiting.exclude(key__in=resting(step, now))
    related = waiting.select_related("message__channel", "seen", "acted_on")
    return related.order_by("-urgent", "decided_at", "pk")[:limit]


def unread(step: str, now: datetime, limit: int) -> QuerySet[Message]:
    """Return messages from others whose latest version screening has not read, oldest first."""
    read = Reading.objects.filter(version=OuterRef("latest"))
    waiting = Message.objects.filter(
        ~Exists(read), direction=Message.Direction.IN, latest__payload__isnull=False
    ).exclude(key__in=resting(step, now))
    return waiting.select_related("channel", "latest__payload").order_by("pk")[:limit]


def suggestions(text: str) -> Screening:
    """Return what screening suggests about a text, worked out anew: only codes are stored."""
    ours = settings.TORGET
    return screen(text[:READ], own_domains=ours.own_domains, own_phones=ours.own_phones)


def sight(message: Message, token: str | None = None) -> Sight:
    """Return what there is to see now, or what a form's token says was seen then.

    Raises:
        Http404: the token is not about this message.
    """
    decisions = Decision.objects.filter(message=message)
    if token is None:
        latest = message.latest or message.versions.latest("n")
        latest.message = message
        return Sight(latest, decisions.standing().first())
    version, colon, standing = token.partition(":")
    if not colon or not version.isdecimal() or not (standing.isdecimal() or not standing):
        raise Http404
    seen = get_object_or_404(message.versions.select_related("payload"), pk=int(version))
    seen.message = message
    return Sight(seen, get_object_or_404(decisions, pk=int(standing)) if standing else None)


def history(message: Message) -> DecisionQuerySet:
    """Return every decision about a message, the latest first."""
    related = Decision.objects.filter(message=message).select_related("decided_by", "seen")
    return related.prefetch_related("grounds").order_by("-decided_at", "-pk")


def made_by(person: User, pk: int) -> Decision | None:
    """Return a decision that this person made and that still stands."""
    mine = Decision.objects.standing().filter(pk=pk, decided_by=person)
    return mine.select_related("message__channel", "message__latest__payload").first()


def thread(message: Message, *, around: int = 5) -> list[Message]:
    """Return the messages of the same thread nearest before and after, oldest first."""
    if not message.thread:
        return []
    same = Message.objects.filter(channel=message.channel_id, thread=message.thread)
    same = same.select_related("latest__payload")
    before = same.filter(written_at__lte=message.written_at).exclude(pk=message.pk)
    after = same.filter(written_at__gt=message.written_at)
    earlier = list(before.order_by("-written_at", "-pk")[:around])
    return [*reversed(earlier), *after.order_by("written_at", "pk")[:around]]
