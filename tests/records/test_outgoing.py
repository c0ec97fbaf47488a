"""Clause 4.6: what we send is a record before it is sent, and one record afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tests import make
from torget.errors import NotConfirmed, NotPreserved
from torget.journal.triggers import remove
from torget.platforms.contract import Author, Kind, RemoteId, Snapshot
from torget.records import services as records
from torget.records.models import Message, MessageVersion, Payload, Visibility
from torget.records.selectors import content
from torget.records.triggers import GUARDS
from torget.records.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]
ACT = records.Act(name="publish", grounds=[], decision=uuid4())
LATER = make.MONDAY + timedelta(minutes=1)


def sent(text: str = "Välkomna!", **more: object) -> Message:
    actor = make.user().actor
    outgoing = records.Outgoing(text=text, title="Isbanan", **more)  # type: ignore[arg-type]
    _, message = records.record_outgoing(
        make.channel(), outgoing, act=ACT, actor=actor, at=make.MONDAY
    )
    return message


def standing(text: str = "Välkomna!", ref: str = "post-7", title: str = "Isbanan") -> Snapshot:
    plain = make.incoming(text, remote_id=ref)
    return Snapshot(
        replace(
            plain,
            kind=Kind.POST,
            ours=True,
            author=Author(id="7", name="Björkbo kommun"),
            thread="7",
            thread_title=title,
        )
    )


def edited(message: Message, text: str = "Ny text.") -> None:
    outgoing = records.Outgoing(text=text, title="Isbanan")
    records.record_edit(message, outgoing, actor=make.user().actor, at=LATER)


def faults() -> list[str]:
    return [str(fault) for fault in verify()]


def test_what_is_sent_is_read_from_where_it_is_saved_with_its_picture() -> None:
    message = sent(media=(make.picture(b"bild", "is.png"),))
    assert message.sending

    record = records.outgoing_record(message.sending)

    assert (record.text, record.title, record.media[0].data) == ("Välkomna!", "Isbanan", b"bild")
    assert record.entry == message.sending.entry.id
    with transaction.atomic():
        remove(connection, GUARDS)
        Payload.objects.update(canonical=b"{}")
        with pytest.raises(NotPreserved):
            records.outgoing_record(message.sending)
        transaction.set_rollback(True)


def test_bound_it_has_its_pages_name_and_keeps_what_was_sent_and_what_stands() -> None:
    message = sent()

    version = records.bind_outgoing(message, standing(), act=ACT, at=LATER)

    assert (message.remote_id, message.thread, message.sending) == ("post-7", "7", None)
    assert (version.n, version.evidence, content(version).author.id) == (2, "api", "7")
    assert [note.state for note in Visibility.objects.order_by("pk")] == ["unsent", "public"]
    assert faults() == []


def test_a_page_that_belongs_to_another_record_is_never_taken_over() -> None:
    records.capture(make.channel(), standing(), at=make.MONDAY)
    message = sent()

    with pytest.raises(NotConfirmed):
        records.bind_outgoing(message, standing(), act=ACT, at=LATER)
    records.bind_outgoing(message, standing(ref="post-8"), act=ACT, at=LATER)
    with pytest.raises(NotConfirmed):
        records.bind_outgoing(message, standing(ref="post-9"), act=ACT, at=LATER)


def test_what_may_be_ours_on_its_way_is_set_aside_and_nothing_else_is() -> None:
    message, channel = sent(), make.channel()
    theirs, reply = Snapshot(make.incoming()), standing(ref="5")
    reply = Snapshot(replace(reply.message, kind=Kind.REPLY))
    found = [theirs, standing(), reply]
    other = make.channel("En annan")

    assert records.set_aside(channel, found) == [theirs, reply]
    assert records.set_aside(other, found) == found
    records.bind_outgoing(message, standing(), act=ACT, at=LATER)
    assert records.set_aside(channel, found) == found


def test_what_was_not_sent_after_all_is_no_longer_on_its_way() -> None:
    message = sent()

    records.end_sending(message, at=LATER)

    message.refresh_from_db()
    assert (message.seen, message.sending, message.awaited) == ("unsent", None, "")
    assert records.set_aside(make.channel(), [standing()]) == [standing()]
    assert faults() == []


def test_one_that_is_gone_before_it_was_read_back_has_its_name_and_is_gone() -> None:
    message = sent()

    records.bind_gone(message, RemoteId("post-7"), at=LATER)

    message.refresh_from_db()
    assert (message.remote_id, message.seen) == ("post-7", "gone")
    assert faults() == []


def test_a_change_under_way_lets_the_old_words_be_seen_and_the_new_ones_be_met() -> None:
    message = sent()
    records.bind_outgoing(message, standing(), act=ACT, at=make.MONDAY)
    edited(message)

    old = records.capture(make.channel(), standing(), at=LATER + timedelta(minutes=1))
    new = records.capture(make.channel(), standing("Ny text."), at=LATER + timedelta(minutes=2))

    assert (old.n, new.n, MessageVersion.objects.count()) == (2, 3, 3)
    records.bind_outgoing(message, standing("Ny text."), act=ACT, at=LATER)
    back = records.capture(make.channel(), standing(), at=LATER + timedelta(minutes=3))
    assert back.n == 4  # someone has changed it back, and that is news
    assert faults() == []


def test_a_new_title_is_a_new_version_of_a_post_and_not_of_a_comment() -> None:
    records.capture(make.channel(), standing(), at=make.MONDAY)
    records.capture(make.channel(), Snapshot(make.incoming()), at=make.MONDAY)
    comment = Snapshot(replace(make.incoming(), thread_title="Ny"))

    assert records.capture(make.channel(), standing(title="Ny"), at=LATER).n == 2
    assert records.capture(make.channel(), comment, at=LATER).n == 1


def test_an_answer_hangs_on_what_it_answers() -> None:
    question = make.version("När?").message

    answer = sent("Klockan nio.", parent=question)

    assert (answer.kind, answer.parent, answer.parent_ref) == ("reply", question, "1")
    assert answer.thread == question.thread
    assert faults() == []


@pytest.mark.parametrize("column", ["remote_id", "thread"])
def test_a_name_that_the_page_has_given_is_never_changed(column: str) -> None:
    records.bind_outgoing(sent(), standing(), act=ACT, at=LATER)

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(**{column: "post-9"})


def tampered(change: Callable[[Message], object], message: Message) -> list[str]:
    with transaction.atomic():
        remove(connection, GUARDS)
        change(message)
        told = [fault for fault in faults() if "Spärren" not in fault]
        transaction.set_rollback(True)
    return told


def test_what_is_said_to_be_on_its_way_is_held_against_the_journal() -> None:
    message = sent()
    rows = Message.objects.filter(pk=message.pk)

    assert tampered(lambda _: rows.update(sending=None), message)
    records.bind_outgoing(message, standing(), act=ACT, at=LATER)
    version = MessageVersion.objects.first()
    assert tampered(lambda _: rows.update(sending=version), message)
    assert tampered(lambda _: rows.update(remote_id="post-9"), message)
    assert faults() == []
