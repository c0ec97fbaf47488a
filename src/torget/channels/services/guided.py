"""What a person is asked to do on a platform by hand, and what that person answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from torget.channels.models import Channel, GuidedStep, Power
from torget.channels.selectors import require_mandate
from torget.errors import AlreadyAnswered, ProofMissing
from torget.journal import services as journal
from torget.organisation.models import User
from torget.platforms.contract import (
    Done,
    Found,
    Operation,
    Outcome,
    Pending,
    Rejected,
    RemoteId,
    Send,
    Verb,
)
from torget.platforms.manual import name_of, tidy
from torget.policy.clauses import carries_out

State = GuidedStep.State

# What makes one order about a message replace another that waits.
_OPPOSED = frozenset({Verb.HIDE, Verb.UNHIDE, Verb.DELETE_OTHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What shows that a step is done: where it stands, a picture, or the person's own word."""

    address: str = ""
    picture: bool = False
    seen_done: bool = False


class GuidedSteps:
    """The guide of one channel: its steps, as the manual adapter asks for them."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def ask(self, operation: Operation) -> None:
        """Put up a step, once for each order. An order that undoes a waiting one takes its place.

        What nobody has begun need not be done; what somebody may have begun is settled by the new
        step, whose person looks at the page.
        """
        with transaction.atomic():
            journal.lock()  # two lanes that ask at once put up one step
            if GuidedStep.objects.filter(operation=operation.id).exists():
                return
            now, target = timezone.now(), operation.target or ""
            if operation.verb in _OPPOSED:
                _withdraw(self._channel, target, now)
            step = GuidedStep.objects.create(
                channel=self._channel,
                operation=operation.id,
                verb=operation.verb.value,
                target=target,
                record=operation.record.entry if isinstance(operation, Send) else None,
                asked_at=now,
            )
            journal.write(
                "channels.step_asked",
                about=step.key,
                actor=journal.SYSTEM,
                clauses=_clauses(step),
                at=now,
            )

    def answer(self, operation: Operation) -> Outcome:
        """Return what a person said of an order."""
        step = GuidedStep.objects.filter(operation=operation.id).first()
        if step is None:
            return Rejected("not_carried_out")
        match State(step.state):
            case State.OPEN:
                return Pending("asked")
            case State.DONE:
                return Done(RemoteId(step.result))
            case State.FAILED:
                return Rejected(f"manual.{step.reason}")
            case State.WITHDRAWN:
                return Rejected("manual.withdrawn")

    def seen(self, ref: RemoteId) -> Found:
        """Return what a person last saw. The records know: settings name who to ask."""
        last_seen: Callable[[Channel, RemoteId], Found] = import_string(settings.TORGET_LAST_SEEN)
        return last_seen(self._channel, ref)


@carries_out("4.6", "4.10")
@transaction.atomic
def done(step: GuidedStep, *, proof: Proof, by: User, now: datetime) -> None:
    """Take a person's word, with its proof, that a step is done.

    A text of ours that stands on a page is shown by its address or a picture. That a comment is
    hidden or gone is shown by a picture, or by the person having looked at the page as everyone
    sees it.

    Raises:
        NoMandate: the person may not act on the channel at that second (4.2).
        ProofMissing: there is nothing to show it.
        AlreadyAnswered: somebody else was first.
    """
    require_mandate(by, step.channel, power(step), now)
    address = tidy(proof.address)
    if proof.address and not address:
        raise ProofMissing(
            "Det där är ingen webbadress.", remedy="Kopiera hela adressen. Den börjar med https."
        )
    if not (address or proof.picture or (proof.seen_done and not step.sends)):
        raise ProofMissing(
            "Det saknas något som visar att det är gjort.",
            remedy="Ange adressen eller bifoga en skärmbild."
            if step.sends
            else "Kryssa i att du har tittat på sidan, eller bifoga en skärmbild.",
        )
    _answer(
        step,
        by,
        now,
        state=State.DONE,
        address=address[:500],
        result=step.target if Verb(step.verb) not in _NEW else _name(step, address),
    )


@carries_out("4.10")
@transaction.atomic
def could_not(step: GuidedStep, *, reason: str, by: User, now: datetime) -> None:
    """Note that a step could not be done, and why. The order goes back to whoever gave it.

    Raises:
        NoMandate: the person may not act on the channel at that second (4.2).
        AlreadyAnswered: somebody else was first.
    """
    require_mandate(by, step.channel, power(step), now)
    _answer(step, by, now, state=State.FAILED, reason=GuidedStep.Reason(reason).value)


def power(step: GuidedStep) -> Power:
    """Return which power of a mandate a step takes."""
    ours = step.sends or step.verb == Verb.DELETE_OWN
    return Power.WRITE if ours else Power.MODERATE


_NEW = frozenset({Verb.PUBLISH, Verb.REPLY})


def _name(step: GuidedStep, address: str) -> RemoteId:
    """Return the name of what was published: its address, or one of our own if it has none."""
    return name_of(address) or RemoteId(f"hand:{step.key}")


def _answer(step: GuidedStep, by: User, now: datetime, **facts: str) -> None:
    waits = GuidedStep.objects.filter(pk=step.pk, state=State.OPEN)
    if not waits.update(answered_by=by, answered_at=now, **facts):
        raise AlreadyAnswered(
            "Steget är redan besvarat, eller behövs inte längre.",
            remedy="Läs på sidan vad som gäller nu.",
        )
    step.refresh_from_db()
    event = "channels.step_done" if step.state == State.DONE else "channels.step_failed"
    journal.write(event, about=step.key, actor=by.actor, clauses=_clauses(step), at=now)


def _withdraw(channel: Channel, target: str, now: datetime) -> None:
    waiting = GuidedStep.objects.filter(
        channel=channel, target=target, state=State.OPEN, verb__in=_OPPOSED
    )
    for step in waiting:
        GuidedStep.objects.filter(pk=step.pk).update(state=State.WITHDRAWN)
        journal.write(
            "channels.step_withdrawn",
            about=step.key,
            actor=journal.SYSTEM,
            clauses=_clauses(step),
            at=now,
        )


def _clauses(step: GuidedStep) -> tuple[str, ...]:
    return ("4.6",) if power(step) == Power.WRITE else ("4.10",)
