"""What a person decides, and how it is undone. Nothing here reaches a platform."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from torget.channels.models import Power
from torget.channels.selectors import require_mandate
from torget.errors import AlreadyDecided, MessageChanged
from torget.journal import services as journal
from torget.moderation.models import Basis, Decision, DecisionGround, Flag, Ground
from torget.moderation.selectors import Sight
from torget.moderation.services.judgement import Judgement
from torget.organisation.models import User
from torget.policy.clauses import carries_out
from torget.policy.parameters import number
from torget.records import selectors as kept
from torget.records import services as records

Measure, State = Decision.Measure, Decision.State


@carries_out("4.10", *Ground.values)
@transaction.atomic
def decide(*, sight: Sight, judgement: Judgement, by: User, now: datetime) -> Decision:
    """Decide about a message. Content and author are saved first; ``torget work`` acts.

    Removal hides at once and deletes after the minutes that the guideline's parameters give, so
    that it can be undone.

    Args:
        sight: what the person decided from: the version, and the decision this one supersedes.
        now: the time of the decision, with time zone.

    Raises:
        NoMandate: the person has no mandate to moderate the channel at that second (4.2).
        NotPreserved: the version is not saved.
        IncompleteJudgement: the reason quotes the message.
        MessageChanged: the message has a newer version than the one the person saw.
        AlreadyDecided: another decision came first; show it, and ask again.

    Source: guideline 4.10 (save, then remove) and 4.6 (public record).
    """
    message = sight.version.message
    require_mandate(by, message.channel, Power.MODERATE, now)
    receipt = records.preserve(sight.version)
    judgement.must_not_quote(kept.content(sight.version).text)
    hides_anyway = judgement.urgent and judgement.measure == Measure.HIDE
    if sight.version.pk != message.latest_id and not hides_anyway:
        raise MessageChanged(
            "Kommentaren har ändrats sedan du öppnade den.",
            remedy="Läs den nya lydelsen och besluta igen.",
        )
    decision = _supersede(
        sight,
        Decision(
            authority=message.authority,
            message=message,
            seen=sight.version,
            measure=judgement.measure,
            basis=judgement.basis,
            reason=judgement.reason.strip(),
            passed_to=judgement.passed_to.strip(),
            urgent=judgement.urgent,
            decided_by=by,
            decided_at=now,
            receipt_entry=receipt.entry,
            receipt_at=receipt.at,
            not_before=_not_before(judgement, now),
        ),
    )
    for ground, citation in judgement.grounds.items():
        DecisionGround.objects.create(
            decision=decision, clause=ground, citation=citation if ground == Ground.LAW else ""
        )
    clauses = ("4.10", *sorted(judgement.grounds))
    journal.write("moderation.decided", about=decision.key, actor=by.actor, clauses=clauses, at=now)
    return decision


@carries_out("4.10")
@transaction.atomic
def undo(*, sight: Sight, by: User, now: datetime) -> Decision:
    """Take back the decision that stands: what is hidden is shown, and a person is asked anew.

    The decision that is undone stays in the history. What has been deleted from the platform
    cannot come back; the platform's answer then tells the person so.

    Raises:
        NoMandate: the person has no mandate to moderate the channel at that second (4.2).
        NotPreserved: the version is not saved.
        AlreadyDecided: there is no such decision to undo any more.
    """
    message, earlier = sight.version.message, sight.standing
    if earlier is None:
        raise _too_late()
    require_mandate(by, message.channel, Power.MODERATE, now)
    receipt = records.preserve(sight.version)
    decision = _supersede(
        sight,
        Decision(
            authority=message.authority,
            message=message,
            seen=sight.version,
            measure=Measure.KEEP,
            basis=Basis.GUIDELINE,
            reason="Ångrat.",
            urgent=earlier.urgent,
            decided_by=by,
            decided_at=now,
            receipt_entry=receipt.entry,
            receipt_at=receipt.at,
            flag=Flag.UNDONE,
        ),
    )
    journal.write(
        "moderation.undone", about=decision.key, actor=by.actor, clauses=("4.10",), at=now
    )
    return decision


def _supersede(sight: Sight, decision: Decision) -> Decision:
    """Store a decision in place of the one that was seen to stand. The database takes one only."""
    if sight.standing:
        # Locked and read anew: the act lane may be on its way with it.
        decision.supersedes = Decision.objects.select_for_update().get(pk=sight.standing.pk)
    message = decision.message
    under_way = Decision.objects.filter(message=message, state=State.SENT).exists()
    gone_by_us = under_way or kept.taken_down_by_us(message)
    must_act = decision.takes_away or (decision.measure == Measure.KEEP and gone_by_us)
    decision.state = State.WAITING if must_act else State.CONFIRMED
    try:
        with transaction.atomic():
            decision.save(force_insert=True)
    except IntegrityError as error:
        raise _too_late() from error
    if message.awaited and not under_way:
        records.await_act(message, "")  # what was to be tried again no longer is
    return decision


def _not_before(judgement: Judgement, now: datetime) -> datetime | None:
    if judgement.measure != Measure.REMOVE:
        return None
    minutes = 0 if judgement.urgent else number("remove_grace_minutes")
    return now + timedelta(minutes=minutes)


def _too_late() -> AlreadyDecided:
    return AlreadyDecided(
        "Någon annan hann besluta.", remedy="Läs beslutet och besluta på nytt vid behov."
    )
