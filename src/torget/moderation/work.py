"""What ``torget work`` does for moderation: carries out decisions, and reads what is new."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from torget.channels.services import Connect, attempt, connect
from torget.errors import NotConfirmed, NotReadable, PlatformUnavailable
from torget.moderation import services
from torget.moderation.models import CARRY_OUT, Decision, Flag, Reading
from torget.moderation.selectors import due, suggestions, unread
from torget.platforms.contract import (
    Done,
    Found,
    Gone,
    Pending,
    Platform,
    Rejected,
    RemoteId,
    Snapshot,
    Unknown,
    UnknownOutcome,
    Verb,
)
from torget.policy.clauses import carries_out
from torget.records import selectors as kept
from torget.records import services as records
from torget.records.models import Message, MessageVersion

READING = "moderation.read_new"
NOT_YET = frozenset({"not_carried_out", "gone"})  # it was not done: to be tried, or seen to be gone
RANK = {"akut": 0, "granska": 1, "notis": 2, "ok": 3}
Measure, State = Decision.Measure, Decision.State


@carries_out("4.10")
def carry_out(limit: int, *, connect: Connect = connect) -> int:
    """Carry out decisions that wait, at most ``limit``. Return how many acts were confirmed."""
    done = 0
    for decision in due(CARRY_OUT, timezone.now(), limit):
        channel = decision.message.channel
        with attempt(CARRY_OUT, decision.key, channel):
            done += _carry_out(decision, connect(channel))
    return done


@carries_out("4.10")
def read_new(limit: int) -> int:
    """Screen the latest versions that have not been read, at most ``limit``. Return how many.

    Only codes are stored. Nothing but the order of the queue and the suggestions comes of it: a
    person decides. Someone in distress comes first, like a threat.
    """
    done = 0
    for message in unread(READING, timezone.now(), limit):
        version = message.latest
        if version is None:
            continue
        with attempt(READING, message.key, message.channel):
            found = suggestions(kept.content(version).text)
            with transaction.atomic():
                Reading.objects.get_or_create(
                    version=version,
                    defaults={
                        "labels": [label for label in found.labels if label != "ok"],
                        "route": found.route,
                        "rank": 0 if found.support else RANK[found.route],
                        "support": found.support,
                        "lawful_criticism": found.lawful_criticism,
                        "rules": found.version,
                        "read_at": timezone.now(),
                    },
                )
            done += 1
    return done


def _carry_out(decision: Decision, platform: Platform) -> bool:
    """Look, act, and read back. Whatever stops it, the row says how far it came."""
    if decision.state == State.SENT:  # it may have happened: look, never act twice
        return _look_up(decision, platform)
    verb = _next_verb(decision, platform, timezone.now())
    if verb is None:
        return False
    found = platform.fetch(RemoteId(decision.message.remote_id))
    version = _still_fits(decision, found)
    if version is None:
        return False
    if decision.verb == verb and services.shows(verb, found):
        # An earlier try had taken effect after all.
        services.confirm(decision, found, now=timezone.now())
        return True
    if not services.begin(decision, verb, version, now=timezone.now()):
        return False
    try:
        outcome = platform.perform(services.operation(decision))
    except PlatformUnavailable:  # nothing happened
        services.wait(decision)
        raise
    match outcome:
        case Done():
            _read_back(decision, platform)
        case Rejected(code):
            services.hand_back(decision, code, now=timezone.now())
        case UnknownOutcome():
            raise _unknown()
        case Pending():
            pass  # stays sent; the next turn asks resolve again
    return isinstance(outcome, Done)


def _look_up(decision: Decision, platform: Platform) -> bool:
    """Find out how an act went whose answer never came, or that takes its time."""
    match platform.resolve(services.operation(decision)):
        case Done():
            _read_back(decision, platform)
            return True
        case Rejected(code):
            stands = Decision.objects.standing().filter(pk=decision.pk).exists()
            if not stands or code not in NOT_YET:  # a no is an answer: asking again changes nothing
                services.hand_back(decision, code, now=timezone.now())
                return False
            services.wait(decision)
            raise NotConfirmed(
                "Åtgärden hade inte utförts.", remedy="Torget försöker igen om en stund."
            )
        case UnknownOutcome():
            raise _unknown()
        case Pending():
            return False


def _next_verb(decision: Decision, platform: Platform, now: datetime) -> Verb | None:
    """Return what to ask of the platform now, or nothing while a removal may still be undone."""
    if decision.measure == Measure.KEEP:
        return Verb.UNHIDE
    if decision.measure == Measure.HIDE:
        return Verb.HIDE
    if decision.not_before is None or decision.not_before <= now:
        return Verb.DELETE_OTHER
    can_hide = platform.capabilities()[Verb.HIDE].support != "no"
    return Verb.HIDE if can_hide and decision.message.seen == Message.Seen.PUBLIC else None


def _still_fits(decision: Decision, found: Found) -> MessageVersion | None:
    """Keep what the page shows now, and return it if the decision still holds for it."""
    now, message = timezone.now(), decision.message
    match found:
        case Snapshot():
            version = records.capture(message.channel, found, at=now)
        case Gone() if message.seen == Message.Seen.REMOVED and decision.measure == Measure.KEEP:
            return decision.seen  # we took it away ourselves; the platform says if it can come back
        case Gone() if decision.verb == Verb.DELETE_OTHER:
            return decision.seen
        case Gone():
            services.already_gone(decision, now=now)
            return None
        case Unknown():
            raise NotReadable(
                "Kommentaren kunde inte läsas på plattformen.",
                remedy="Kontrollera kanalens anslutning.",
            )
    if version != decision.seen and not decision.may_hide_anyway:
        services.hand_back(decision, Flag.CHANGED, now=now)
        return None
    return version


def _read_back(decision: Decision, platform: Platform) -> None:
    """Ask what the page shows after the act, keep it, and confirm."""
    now = timezone.now()
    found = platform.fetch(RemoteId(decision.message.remote_id))
    if isinstance(found, Snapshot):
        records.capture(decision.message.channel, found, at=now)
    services.confirm(decision, found, now=now)


def _unknown() -> NotConfirmed:
    return NotConfirmed(
        "Plattformens svar uteblev.", remedy="Torget ser efter. Titta gärna på kanalens sida."
    )
