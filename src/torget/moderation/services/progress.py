"""How far a decision has come. Each state is stored before the act that it tells of."""

from datetime import datetime
from uuid import uuid5

from django.db import transaction

from torget.errors import NotConfirmed
from torget.journal import services as journal
from torget.moderation.models import Decision, Flag
from torget.platforms.contract import (
    Found,
    Gone,
    Operation,
    RemoteId,
    Restore,
    Restrain,
    Shown,
    Snapshot,
    Verb,
)
from torget.policy.clauses import carries_out
from torget.records import services as records
from torget.records.models import Message, MessageVersion

Measure, State = Decision.Measure, Decision.State

BECOMES = {
    Verb.HIDE: Message.Seen.HIDDEN,
    Verb.DELETE_OTHER: Message.Seen.REMOVED,
    Verb.UNHIDE: Message.Seen.PUBLIC,
}


@carries_out("4.10")
def operation(decision: Decision) -> Operation:
    """Return what ``begin`` said would be asked of the platform, with its proof.

    Raises:
        NotPreserved: the version acted on is not saved.
    """
    verb, target = Verb(decision.verb), RemoteId(decision.message.remote_id)
    number = uuid5(decision.key, verb)  # a removal hides first: two acts, two numbers
    if verb == Verb.UNHIDE:
        return Restore(id=number, target=target)
    proof = records.preserve(decision.acted_on or decision.seen)
    if verb == Verb.HIDE:
        return Restrain(id=number, verb=Verb.HIDE, target=target, proof=proof)
    return Restrain(id=number, verb=Verb.DELETE_OTHER, target=target, proof=proof)


@transaction.atomic
def begin(decision: Decision, verb: Verb, version: MessageVersion, *, now: datetime) -> bool:
    """Mark as sent before anything is sent. False when another decision has come between."""
    mine = Decision.objects.filter(pk=decision.pk, state=State.WAITING).select_for_update()
    if not mine.exists() or not Decision.objects.standing().filter(pk=decision.pk).exists():
        return False
    decision.verb, decision.acted_on, decision.state = verb, version, State.SENT
    if version != decision.seen:
        decision.flag = Flag.CHANGED_BUT_HIDDEN
    decision.save(update_fields=["verb", "acted_on", "state", "flag"])
    records.await_act(decision.message, BECOMES[verb])
    _journal("moderation.sent", decision, now)
    return True


def wait(decision: Decision) -> None:
    """Mark as not carried out after all, to be tried again. ``verb`` still tells what was tried."""
    Decision.objects.filter(pk=decision.pk, state=State.SENT).update(state=State.WAITING)


@transaction.atomic
def hand_back(decision: Decision, why: str, *, now: datetime) -> None:
    """Give a decision back to a person, with a code that says why."""
    Decision.objects.filter(pk=decision.pk).update(state=State.RETURNED, flag=why[:40])
    records.await_act(decision.message, "")
    _journal("moderation.returned", decision, now)


@carries_out("4.10")
@transaction.atomic
def confirm(decision: Decision, found: Found, *, now: datetime) -> bool:
    """Believe an act when the page, read back, shows it. Return whether the decision is done.

    A removal that has been hidden is not done yet: it waits for its time and is then deleted.

    Raises:
        NotConfirmed: the page does not show that it holds.
    """
    verb = Verb(decision.verb)
    if not shows(verb, found):
        if isinstance(found, Gone):
            already_gone(decision, now=now)
            return True
        raise NotConfirmed(
            "Kanalens sida visar inte åtgärden än.",
            remedy="Torget ser efter igen. Titta gärna själv på kanalens sida.",
        )
    grounds = decision.grounds.values_list("clause", flat=True)
    act = records.Act(name=decision.measure, grounds=list(grounds), decision=decision.key)
    records.note_visibility(decision.message, BECOMES[verb], act=act, at=now)
    hidden_first = decision.measure == Measure.REMOVE and verb == Verb.HIDE
    state = State.WAITING if hidden_first else State.CONFIRMED
    Decision.objects.filter(pk=decision.pk).update(state=state, verb=verb)
    _journal("moderation.performed", decision, now)
    return not hidden_first


def shows(verb: Verb, found: Found) -> bool:
    """Whether what the page shows is what ``verb`` leads to."""
    match verb, found:
        case (
            (Verb.HIDE, Snapshot(shown=Shown.HIDDEN))
            | (Verb.UNHIDE, Snapshot(shown=Shown.PUBLIC))
            | (Verb.DELETE_OTHER, Gone())
        ):
            return True
    return False


@transaction.atomic
def already_gone(decision: Decision, *, now: datetime) -> None:
    """Note that the message was gone before we acted; it was not our act."""
    if decision.message.seen == Message.Seen.REMOVED:
        records.await_act(decision.message, "")
    else:
        records.note_visibility(decision.message, Message.Seen.GONE, act=None, at=now)
    Decision.objects.filter(pk=decision.pk).update(state=State.CONFIRMED, flag=Flag.ALREADY_GONE)
    _journal("moderation.already_gone", decision, now)


def _journal(event: str, decision: Decision, now: datetime) -> None:
    journal.write(event, about=decision.key, actor=journal.SYSTEM, clauses=("4.10",), at=now)
