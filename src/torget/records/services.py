"""Saving of public records, and the proofs that they are saved."""

from datetime import datetime

from django.db import transaction

from torget.errors import NotPreserved
from torget.journal import services as journal
from torget.journal.services import ActorId
from torget.platforms.contract import NoCopyOrder
from torget.policy.clauses import carries_out
from torget.records import vault
from torget.records.intake import Intake, capture, capture_many
from torget.records.models import Attachment, Message
from torget.records.outgoing import (
    Outgoing,
    bind_gone,
    bind_outgoing,
    end_sending,
    outgoing_record,
    record_edit,
    record_outgoing,
    set_aside,
)
from torget.records.saved import preserve
from torget.records.visibility import (
    Act,
    Change,
    await_act,
    note_many,
    note_others,
    note_visibility,
)

__all__ = [
    "Act",
    "ActorId",
    "Change",
    "Intake",
    "Outgoing",
    "await_act",
    "bind_gone",
    "bind_outgoing",
    "capture",
    "capture_many",
    "end_sending",
    "note_knowledge",
    "note_many",
    "note_others",
    "note_visibility",
    "open_attachment",
    "order_no_copy",
    "outgoing_record",
    "preserve",
    "read_attachment",
    "record_edit",
    "record_outgoing",
    "set_aside",
]


@carries_out("4.10", "4.10.c")
@transaction.atomic
def order_no_copy(message: Message, *, actor: ActorId, at: datetime) -> NoCopyOrder:
    """Return leave to act on material that is a crime to possess (BrB 16:10 a).

    From now on nothing more of the message is saved. What is saved already is destroyed by
    ``retention.services.destroy_unlawful_possession``, which asks for this order.
    """
    entry = journal.write(
        "records.no_copy", about=message.key, actor=actor, clauses=("4.10", "4.10.c"), at=at
    )
    Message.objects.filter(pk=message.pk, no_copy_at=None).update(no_copy_at=at)
    message.no_copy_at = message.no_copy_at or at
    return NoCopyOrder(entry.id)


@carries_out("4.10")
def note_knowledge(message: Message, *, by: ActorId, at: datetime) -> bool:
    """Note that a person has opened a message: from then on the municipality knows of it.

    Only the first time counts and is written. Return whether this was it.
    """
    if message.knowledge_at is not None:  # a page that only reads takes no write lock
        return False
    with transaction.atomic():
        journal.lock()
        first = Message.objects.filter(pk=message.pk, knowledge_at=None).update(knowledge_at=at)
        if first:
            journal.write("records.opened", about=message.key, actor=by, clauses=("4.10",), at=at)
            message.knowledge_at = at
    return bool(first)


def read_attachment(attachment: Attachment) -> bytes:
    """Return a file's bytes.

    Raises:
        NotPreserved: the file was never fetched, is disposed of, or is damaged.
    """
    if not attachment.address or not attachment.secret:
        raise NotPreserved(
            "Bilagan finns inte i Torget.", remedy="Läs på handlingens sida varför den saknas."
        )
    try:
        return vault.read(attachment.address, bytes(attachment.secret))
    except vault.Damaged as error:
        raise NotPreserved(
            "Bilagans fil saknas eller är ändrad.", remedy="Kör torget verify och återställ filen."
        ) from error


@transaction.atomic
def open_attachment(attachment: Attachment, *, by: ActorId, at: datetime) -> bytes:
    """Return a file's bytes to a person who chose to open it, and note the first time.

    Raises:
        NotPreserved: the file was never fetched, is disposed of, or is damaged.
    """
    data = read_attachment(attachment)
    journal.lock()
    quarantined = Attachment.objects.filter(pk=attachment.pk, state=Attachment.State.QUARANTINED)
    if quarantined.update(state=Attachment.State.OPENED):
        journal.write(
            "records.attachment_opened", about=attachment.key, actor=by, clauses=("4.6",), at=at
        )
        attachment.state = Attachment.State.OPENED
    return data
