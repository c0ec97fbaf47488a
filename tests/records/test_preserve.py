"""A receipt is given for what is saved, and for nothing else."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection

from tests import make
from tests.storage import guards
from torget.errors import NotPreserved
from torget.journal import triggers
from torget.journal.models import Entry
from torget.platforms.contract import Author, Snapshot
from torget.records import services as records
from torget.records import vault
from torget.records.models import Attachment, Message, MessageVersion, Payload
from torget.records.selectors import content

pytestmark = pytest.mark.django_db


@pytest.mark.clause("4.10")
def test_a_receipt_names_the_line_that_commits_to_the_version() -> None:
    version = make.version("Ditt svin")

    receipt = records.preserve(version)

    entry = Entry.objects.get(id=receipt.entry)
    assert (entry.event, entry.about) == ("records.captured", version.message.key)
    assert receipt.commitment == bytes(entry.commitment)
    assert receipt.at == make.MONDAY


@pytest.mark.clause("4.10")
def test_the_receipt_says_whether_the_author_is_complete() -> None:
    assert records.preserve(make.version()).author_complete
    assert not records.preserve(make.version(name=None, remote_id="3")).author_complete
    withheld = Author(id=None, name="Kim", withheld=frozenset({"id"}))
    found = Snapshot(replace(make.incoming(remote_id="4"), author=withheld))
    version = records.capture(make.channel(), found, at=make.MONDAY)
    assert not records.preserve(version).author_complete


@pytest.mark.clause("4.10")
@pytest.mark.parametrize("column", ["canonical", "raw", "salt"])
def test_no_receipt_for_a_payload_that_is_not_what_was_saved(column: str) -> None:
    version = make.version("Ditt svin")
    triggers.remove(connection, guards())
    changed = bytes(getattr(version.payload, column)) + b" "
    Payload.objects.update(**{column: changed})

    with pytest.raises(NotPreserved) as told:
        records.preserve(version)

    assert f"T{version.message_id}" in told.value.message
    assert "Ditt svin" not in str(told.value)


@pytest.mark.clause("4.10")
def test_no_receipt_for_a_payload_that_is_gone() -> None:
    version = make.version()
    triggers.remove(connection, guards())
    Payload.objects.all().delete()

    with pytest.raises(NotPreserved, match="innehållet finns inte"):
        records.preserve(version)


@pytest.mark.clause("4.10")
def test_no_receipt_for_another_messages_payload() -> None:
    one, two = make.version(remote_id="1"), make.version(remote_id="2")
    triggers.remove(connection, guards())
    MessageVersion.objects.filter(pk=one.pk).update(message=two.message, n=2)

    with pytest.raises(NotPreserved, match="hör till en annan handling"):
        records.preserve(MessageVersion.objects.get(pk=one.pk))


@pytest.mark.clause("4.10")
@pytest.mark.parametrize("damage", ["lost", "changed", "key", "row", "extra"])
def test_no_receipt_when_a_picture_is_not_saved(damage: str) -> None:
    found = Snapshot(replace(make.incoming(), media=(make.picture(),)))
    version = records.capture(make.channel(), found, at=make.MONDAY)
    assert records.preserve(version)
    row = Attachment.objects.get()
    triggers.remove(connection, guards())

    match damage:
        case "lost":
            vault.forget(row.address)
        case "changed":
            vault.path(row.address).write_bytes(b"x" * 100)
        case "key":
            Attachment.objects.update(secret=b"k" * 32)
        case "row":
            Attachment.objects.all().delete()
        case "extra":
            Attachment.objects.create(version=version, n=2, state="not_fetched", media_type="x")

    with pytest.raises(NotPreserved, match="bilaga"):
        records.preserve(version)


@pytest.mark.clause("4.10.c")
def test_an_order_not_to_copy_is_a_line_and_nothing_more_is_saved_after_it() -> None:
    version = make.version("Bilden")
    actor = make.user().actor

    order = records.order_no_copy(version.message, actor=actor, at=make.MONDAY)

    entry = Entry.objects.get(id=order.entry)
    assert (entry.event, entry.clauses) == ("records.no_copy", ["4.10", "4.10.c"])
    assert (entry.about, entry.actor) == (version.message.key, actor)
    assert make.version("Ändrad bild") == version
    assert MessageVersion.objects.count() == 1
    assert Message.objects.get().no_copy_at == make.MONDAY


@pytest.mark.clause("4.6")
def test_what_we_send_is_a_record_before_it_is_sent_and_not_yet_public() -> None:
    actor, act = make.user().actor, records.Act(name="publish", grounds=[], decision=uuid4())

    proof, message = records.record_outgoing(
        make.channel(), records.Outgoing(text="Välkomna!"), act=act, actor=actor, at=make.MONDAY
    )

    version = MessageVersion.objects.get(entry__id=proof.entry)
    assert (proof.text, content(version).text) == ("Välkomna!", "Välkomna!")
    assert (version.message, message.direction, message.seen) == (message, "out", "unsent")
    assert Entry.objects.get(event="records.sending").actor == actor


@pytest.mark.clause("4.10")
def test_only_the_first_person_to_open_a_message_gives_the_municipality_knowledge() -> None:
    message, first, second = make.version().message, uuid4(), uuid4()

    assert records.note_knowledge(message, by=records.ActorId(first), at=make.MONDAY)
    stale = Message.objects.get()
    stale.knowledge_at = None  # as another page had read it just before
    assert not records.note_knowledge(stale, by=records.ActorId(second), at=make.MONDAY)

    assert Entry.objects.get(event="records.opened").actor == first
    assert Message.objects.get().knowledge_at == make.MONDAY
