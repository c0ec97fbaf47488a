"""What is a crime to possess is destroyed, and the journal still holds."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import transaction

from tests import make
from torget.errors import NotPreserved
from torget.journal import verify as journal
from torget.platforms.contract import NoCopyOrder, Snapshot
from torget.records import services as records
from torget.records import vault
from torget.records.models import Attachment, Disposed, Message, MessageVersion, Payload
from torget.records.verify import verify
from torget.retention.services import destroy_unlawful_possession

pytestmark = pytest.mark.django_db


def captured(remote_id: str = "1", text: str = "Se här") -> MessageVersion:
    found = replace(make.incoming(text, remote_id=remote_id), media=(make.picture(),))
    return records.capture(make.channel(), Snapshot(found), at=make.MONDAY)


@pytest.mark.clause("4.10.c")
def test_every_version_loses_words_author_picture_and_key_and_keeps_place_and_time(
    django_capture_on_commit_callbacks: object,
) -> None:
    first, second, other = captured(), captured(text="Ändrad"), captured(remote_id="2")
    (address,) = set(
        Attachment.objects.filter(version__message=first.message).values_list("address", flat=True)
    )

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        order = make.destroyed(first.message)

    assert set(Payload.objects.values_list("pk", flat=True)) == {other.pk}
    keys = Attachment.objects.filter(version__in=[first, second]).values_list("secret", flat=True)
    assert [bytes(key) for key in keys] == [b"", b""]
    assert not vault.path(address).exists()
    assert vault.path(Attachment.objects.get(version=other).address).exists()
    message = Message.objects.get(pk=first.message_id)
    assert (message.remote_id, message.written_at) == ("1", make.MONDAY)
    assert set(Disposed.objects.values_list("protocol", flat=True)) == {order.entry}
    assert [*journal.verify(), *verify()] == []


@pytest.mark.clause("4.10.c")
def test_what_is_destroyed_gives_no_receipt_and_is_never_captured_again() -> None:
    version = captured()
    make.destroyed(version.message)

    with pytest.raises(NotPreserved):
        records.preserve(version)

    assert captured(text="Ändrad") == version
    assert not Payload.objects.exists()


@pytest.mark.clause("4.10.c")
def test_an_order_about_another_message_or_none_destroys_nothing() -> None:
    version, other = captured(), captured(remote_id="2")
    actor = make.user().actor
    theirs = records.order_no_copy(other.message, actor=actor, at=make.MONDAY)

    for order in (theirs, NoCopyOrder(uuid4()), NoCopyOrder(version.entry.id)):
        with pytest.raises(NotPreserved, match="finns inte i journalen"):
            destroy_unlawful_possession(version.message, order, actor=actor, at=make.MONDAY)

    assert Payload.objects.count() == 2


def test_destroying_twice_does_no_harm() -> None:
    version = captured()
    order = make.destroyed(version.message)

    again = destroy_unlawful_possession(
        version.message, order, actor=make.user().actor, at=make.MONDAY
    )

    assert again == 0
    assert [*journal.verify(), *verify()] == []


def test_a_disposal_that_is_undone_leaves_files_and_keys() -> None:
    version = captured()

    with transaction.atomic():
        make.destroyed(version.message)
        transaction.set_rollback(True)

    assert records.preserve(version)
