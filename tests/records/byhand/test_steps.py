"""A decision about a comment by hand: a step on the list, confirmed, read back, noted."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make
from tests.records.byhand.files import png
from tests.records.byhand.hand import WHERE, channel, maj, only_step, version
from torget.channels.models import Attempt, Channel, GuidedStep, Mandate
from torget.channels.services import Proof, connect
from torget.channels.services.guided import GuidedSteps
from torget.errors import AlreadyAnswered, NoMandate, PictureRefused, ProofMissing
from torget.journal.models import Entry
from torget.moderation import services as moderation
from torget.moderation.models import Decision
from torget.moderation.selectors import sight
from torget.moderation.work import carry_out
from torget.platforms.contract import Gone, Pending, Rejected, RemoteId, Shown, Snapshot
from torget.platforms.testkit import hide, unhide
from torget.records.byhand.models import StepProof
from torget.records.byhand.services import finish, give_up, picture_of
from torget.records.byhand.verify import verify
from torget.records.models import Message, MessageVersion, Visibility

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.10")]
LATER = timedelta(hours=1)  # past the time in which a removal can be undone
LOOKED = Proof(seen_done=True)
State = GuidedStep.State


def decided(measure: str = "hide", *, urgent: bool = False) -> tuple[Decision, MessageVersion]:
    seen = version("En grov förolämpning.")
    judgement = make.judgement(measure, urgent=urgent)
    decision = moderation.decide(
        sight=sight(seen.message), judgement=judgement, by=maj(), now=timezone.now()
    )
    return decision, seen


def done(step: GuidedStep | None = None, *, picture: bytes | None = None) -> None:
    finish(step or only_step(), proof=LOOKED, picture=picture, by=maj(), now=timezone.now())


def state(decision: Decision) -> tuple[str, str]:
    decision.refresh_from_db()
    return decision.state, decision.flag


def seen_as(seen: MessageVersion) -> str:
    return Message.objects.get(pk=seen.message_id).seen


def test_a_decision_becomes_a_step_and_waits_for_the_person() -> None:
    decision, seen = decided()

    assert carry_out(5) == carry_out(5) == 0

    step = only_step()
    assert (step.verb, step.target, step.state) == ("hide", seen.message.remote_id, State.OPEN)
    assert state(decision) == (Decision.State.SENT, "")
    assert seen_as(seen) == Message.Seen.PUBLIC
    assert not Attempt.objects.exists()  # to wait for a person is no fault


def test_what_the_person_confirms_is_read_back_and_noted_as_ours() -> None:
    decision, seen = decided()
    carry_out(5)

    done()

    assert carry_out(5) == 1
    assert state(decision) == (Decision.State.CONFIRMED, "")
    note = Visibility.objects.get()
    assert (note.state, note.by, note.decision) == ("hidden", "us", decision.key)
    assert MessageVersion.objects.filter(message=seen.message).count() == 1
    assert carry_out(5) == 0


def test_a_removal_is_first_hidden_and_then_removed_when_it_cannot_be_undone_any_more() -> None:
    decision, seen = decided("remove")
    carry_out(5)
    done()
    carry_out(5)
    assert (seen_as(seen), state(decision)[0]) == ("hidden", Decision.State.WAITING)

    with time_machine.travel(LATER):
        carry_out(5)
        done(GuidedStep.objects.get(verb="delete_other"))
        carry_out(5)

    assert (seen_as(seen), state(decision)[0]) == ("removed", Decision.State.CONFIRMED)
    assert connect(seen.message.channel).fetch(RemoteId(seen.message.remote_id)) == Gone()


def test_where_nothing_can_be_hidden_a_removal_asks_once_and_only_in_time() -> None:
    channel(platform="linkedin")
    Channel.objects.update(platform="linkedin")
    decision, seen = decided("remove")

    carry_out(5)
    assert not GuidedStep.objects.exists()
    with time_machine.travel(LATER):
        carry_out(5)
        done()
        carry_out(5)

    assert seen_as(seen) == "removed"
    assert state(decision)[0] == Decision.State.CONFIRMED


def test_what_could_not_be_done_goes_back_to_whoever_decided_at_once() -> None:
    decision, seen = decided()
    carry_out(5)

    give_up(only_step(), reason="no_access", by=maj(), now=timezone.now())
    carry_out(5)

    assert state(decision) == (Decision.State.RETURNED, "manual.no_access")
    assert seen_as(seen) == "public"
    assert not Attempt.objects.exists()


def test_what_was_gone_already_is_noted_as_gone_and_never_as_ours() -> None:
    decision, seen = decided("remove", urgent=True)
    carry_out(5)

    give_up(only_step(), reason="gone", by=maj(), now=timezone.now())
    carry_out(5)

    assert state(decision) == (Decision.State.RETURNED, "manual.gone")
    note = Visibility.objects.get()
    assert (note.state, note.by) == ("gone", "unknown")
    assert seen_as(seen) == "gone"


def test_undoing_takes_the_waiting_step_away_and_asks_that_the_comment_is_shown() -> None:
    first, seen = decided()
    carry_out(5)
    moderation.undo(sight=sight(seen.message), by=maj(), now=timezone.now())

    carry_out(5)
    carry_out(5)

    hidden, shown = GuidedStep.objects.order_by("pk")
    assert (hidden.state, shown.verb, shown.state) == (State.WITHDRAWN, "unhide", State.OPEN)
    assert state(first) == (Decision.State.RETURNED, "manual.withdrawn")
    done(shown)
    carry_out(5)
    assert seen_as(seen) == "public"
    assert not Decision.objects.unfinished().exists()


def test_an_order_that_nobody_was_asked_to_carry_out_has_not_been() -> None:
    _, seen = decided()
    ref = RemoteId(seen.message.remote_id)

    outcome = connect(seen.message.channel).resolve(hide(ref))

    assert outcome == Rejected("not_carried_out")  # the lane tries again, and then it is asked
    assert not GuidedStep.objects.exists()


def test_the_same_order_is_asked_once() -> None:
    guide = GuidedSteps(channel())

    guide.ask(hide(RemoteId("1")))
    guide.ask(hide(RemoteId("1")))

    assert GuidedStep.objects.count() == 1
    assert guide.answer(hide(RemoteId("1"))) == Pending("asked")
    assert Entry.objects.filter(event="channels.step_asked").count() == 1


def test_a_step_about_another_comment_is_left() -> None:
    guide = GuidedSteps(channel())

    guide.ask(hide(RemoteId("1")))
    guide.ask(unhide(RemoteId("2")))

    assert not GuidedStep.objects.filter(state=State.WITHDRAWN).exists()


def test_nobody_confirms_without_a_mandate() -> None:
    decided()
    carry_out(5)
    Mandate.objects.update(revoked_at=timezone.now())

    with pytest.raises(NoMandate):
        done()
    with pytest.raises(NoMandate):
        give_up(only_step(), reason="gone", by=maj(), now=timezone.now())

    assert only_step().state == State.OPEN
    assert not Visibility.objects.exists()


def test_nothing_is_done_on_a_word_that_was_not_given() -> None:
    decided()
    carry_out(5)

    with pytest.raises(ProofMissing, match="tittat på sidan"):
        finish(only_step(), proof=Proof(), picture=None, by=maj(), now=timezone.now())

    assert only_step().state == State.OPEN


def test_one_answer_counts() -> None:
    decided()
    carry_out(5)
    step = only_step()
    done(step)

    with pytest.raises(AlreadyAnswered):
        give_up(step, reason="other", by=maj(), now=timezone.now())

    assert only_step().state == State.DONE


def test_the_picture_is_kept_encrypted_and_the_journal_vouches_for_it() -> None:
    decided()
    carry_out(5)
    picture = png()

    done(picture=picture)

    proof = StepProof.objects.get()
    assert picture_of(proof) == picture
    line = Entry.objects.get(event="records.step_proof")
    assert (line.about, line.actor) == (only_step().key, maj().actor)
    assert list(verify()) == []


@pytest.mark.parametrize("what", ["media_type", "digest", "address"])
def test_a_changed_picture_row_is_found(what: str) -> None:
    decided()
    carry_out(5)
    done(picture=png())

    StepProof.objects.update(**{what: "f" * 20})

    (fault,) = verify()
    assert str(only_step().key) in str(fault)


def test_what_is_no_picture_is_not_taken_and_nothing_is_answered() -> None:
    decided()
    carry_out(5)

    with pytest.raises(PictureRefused):
        done(picture=b"<svg onload=alert(1)>")

    assert only_step().state == State.OPEN
    assert not StepProof.objects.exists()


def test_a_comment_pasted_again_after_it_was_hidden_stays_hidden_to_us() -> None:
    _, seen = decided()
    carry_out(5)
    done()
    carry_out(5)

    again = version("En grov förolämpning.")

    assert again == seen
    found = connect(seen.message.channel).fetch(RemoteId(seen.message.remote_id))
    assert isinstance(found, Snapshot)
    assert found.shown == Shown.HIDDEN


def test_an_edit_that_is_pasted_between_decision_and_act_returns_the_decision() -> None:
    seen = version("En grov förolämpning.", address=WHERE)
    decision = moderation.decide(
        sight=sight(seen.message), judgement=make.judgement(), by=maj(), now=timezone.now()
    )

    version("En mild invändning.", address=WHERE)
    carry_out(5)

    assert state(decision) == (Decision.State.RETURNED, "changed")
    assert not GuidedStep.objects.exists()
