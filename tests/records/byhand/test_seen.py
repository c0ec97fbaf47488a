"""Our own posts by hand: saved first, put up by a person, bound to the address that was given."""

from uuid import UUID, uuid4

import pytest

from tests.make import MONDAY
from tests.records.byhand.files import png
from tests.records.byhand.hand import WHERE, channel, maj, only_step, pasted, saved, version
from torget.channels.models import GuidedStep
from torget.channels.services import Proof, connect
from torget.errors import ProofMissing
from torget.platforms.contract import (
    Done,
    Gone,
    OutgoingRecord,
    Pending,
    RemoteId,
    Restrain,
    Send,
    Snapshot,
    Unknown,
    Verb,
)
from torget.records import services as records
from torget.records.byhand.services import finish
from torget.records.models import Message
from torget.records.outgoing import Outgoing, bind_outgoing, record_edit, record_outgoing
from torget.records.selectors import content
from torget.records.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]
ACT = records.Act(name="publish", grounds=[], decision=UUID(int=77))
TEXT = "Isbanan öppnar på lördag.\n\nVälkomna!"


def post(text: str = TEXT) -> tuple[OutgoingRecord, Message]:
    told = Outgoing(text=text)
    return record_outgoing(channel(), told, act=ACT, actor=maj().actor, at=MONDAY)


def order(record: OutgoingRecord, verb: Verb = Verb.PUBLISH, target: str = "") -> Send:
    assert verb in (Verb.PUBLISH, Verb.REPLY, Verb.EDIT)
    ref = RemoteId(target) if target else None
    return Send(id=uuid4(), verb=verb, record=record, at=MONDAY, target=ref)


def done(address: str = WHERE, picture: bytes | None = None) -> None:
    step = GuidedStep.objects.get(state=GuidedStep.State.OPEN)
    proof = Proof(address=address, picture=bool(picture))
    finish(step, proof=proof, picture=picture, by=maj(), now=MONDAY)


def published() -> Message:
    record, message = post()
    platform, send = connect(channel()), order(record)
    platform.perform(send)
    done()
    outcome = platform.resolve(send)
    assert isinstance(outcome, Done)
    found = platform.fetch(outcome.remote_id)
    assert isinstance(found, Snapshot)
    bind_outgoing(message, found, act=ACT, at=MONDAY)
    message.refresh_from_db()
    return message


def test_a_post_waits_with_exactly_its_recorded_text_until_a_person_gives_its_address() -> None:
    record, _ = post()
    platform, send = connect(channel()), order(record)

    assert platform.perform(send) == platform.perform(send) == Pending("asked")

    step = only_step()
    assert (step.record, step.verb) == (record.entry, "publish")
    done(f"{WHERE}&fbclid=Iw")
    assert platform.resolve(send) == Done(RemoteId(WHERE))


def test_what_stands_there_is_bound_to_the_record_that_was_saved_first() -> None:
    message = published()

    assert (message.remote_id, message.seen) == (WHERE, Message.Seen.PUBLIC)
    assert Message.objects.count() == 1
    latest = message.latest
    assert latest
    assert content(latest).text == TEXT
    assert list(verify()) == []


def test_a_post_that_is_pasted_before_it_is_bound_is_the_same_record_afterwards() -> None:
    message = published()

    (again,) = saved(pasted(TEXT, shown="", address=WHERE))

    assert again.version.message == message


def test_the_address_or_a_picture_is_the_proof_and_nothing_less() -> None:
    record, _ = post()
    connect(channel()).perform(order(record))

    for proof in (Proof(), Proof(seen_done=True), Proof(address="ingen adress")):
        with pytest.raises(ProofMissing):
            finish(only_step(), proof=proof, picture=None, by=maj(), now=MONDAY)
    done("", picture=png())

    assert only_step().result == f"hand:{only_step().key}"


def test_an_edit_is_not_on_the_page_before_a_person_says_so() -> None:
    message = published()
    platform, ref = connect(channel()), RemoteId(message.remote_id)
    record = record_edit(message, Outgoing(text="Inställt."), actor=maj().actor, at=MONDAY)
    send = order(record, Verb.EDIT, message.remote_id)
    platform.perform(send)

    before = platform.fetch(ref)
    done()
    after = platform.fetch(ref)

    assert platform.resolve(send) == Done(ref)
    assert [said(each) for each in (before, after)] == [TEXT, "Inställt."]


def said(found: object) -> str:
    assert isinstance(found, Snapshot)
    assert found.message.ours
    return found.message.text


def test_our_own_post_that_a_person_took_down_is_gone() -> None:
    message = published()
    assert message.latest
    ref = RemoteId(message.remote_id)
    order_down = Restrain(
        id=uuid4(), verb=Verb.DELETE_OWN, target=ref, proof=records.preserve(message.latest)
    )
    platform = connect(channel())
    platform.perform(order_down)

    step = GuidedStep.objects.get(state=GuidedStep.State.OPEN)
    finish(step, proof=Proof(seen_done=True), picture=None, by=maj(), now=MONDAY)

    assert platform.fetch(ref) == Gone()


def test_what_is_saved_and_not_sent_does_not_stand_anywhere() -> None:
    _, message = post()

    found = connect(channel()).fetch(RemoteId(message.remote_id))

    assert isinstance(found, Unknown | Gone)


def test_what_nobody_has_seen_is_not_known() -> None:
    version()

    assert connect(channel()).fetch(RemoteId("https://annat.example/1")) == Unknown(
        "manual.never_seen"
    )


def test_what_is_disposed_of_is_not_shown() -> None:
    from tests import make

    seen = version()
    make.destroyed(seen.message)

    found = connect(channel()).fetch(RemoteId(seen.message.remote_id))

    assert found == Unknown("manual.disposed")
