"""Saving of public records, and the proofs that they are saved."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from torget.channels.models import Channel
from torget.errors import NotPreserved
from torget.journal import services as journal
from torget.journal.models import Entry
from torget.journal.services import ActorId
from torget.platforms.contract import (
    Author,
    IncomingMessage,
    Kind,
    NoCopyOrder,
    OutgoingRecord,
    Receipt,
    RemoteId,
    Shown,
    Snapshot,
)
from torget.policy.clauses import carries_out
from torget.records import canonical, proof, vault
from torget.records.intake import Intake, capture, capture_many
from torget.records.models import Attachment, Message, MessageVersion, Payload
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
    "await_act",
    "capture",
    "capture_many",
    "note_knowledge",
    "note_many",
    "note_others",
    "note_visibility",
    "open_attachment",
    "order_no_copy",
    "preserve",
    "read_attachment",
    "record_outgoing",
]


@carries_out("4.6", "4.10")
def preserve(version: MessageVersion) -> Receipt:
    """Return proof that a version's content and author are saved.

    Everything is read anew from where it is stored: the payload against the journal's
    commitment, each file against its name.

    Raises:
        NotPreserved: something is missing or not as it was saved.
    """
    payload = Payload.objects.filter(pk=version.pk).first()
    entry, message = version.entry, version.message
    fault = "innehållet finns inte" if payload is None else _fault(version, payload, entry)
    if payload is None or fault:
        raise NotPreserved(
            f"Handling {message.torget_nr} är inte sparad i sin helhet: {fault}.",
            remedy="Hämta meddelandet på nytt från kanalen, och kör sedan torget verify.",
        )
    author = canonical.read(bytes(payload.canonical)).author
    return Receipt(entry.id, bytes(entry.commitment), author_complete=author.complete, at=entry.at)


def _fault(version: MessageVersion, payload: Payload, entry: Entry) -> str:
    committed = bytes(entry.commitment)
    parts = proof.unlocked(bytes(payload.canonical), bytes(payload.salt), committed)
    if parts is None:
        return "innehållet stämmer inte med journalen"
    if fault := proof.raw_fault(parts, bytes(payload.raw)):
        return fault
    if not parts["message"] == str(entry.about) == str(version.message.key):
        return "innehållet hör till en annan handling"
    return proof.media_fault(parts["media"], Attachment.objects.filter(version=version))


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


@carries_out("4.6")
@transaction.atomic
def record_outgoing(channel: Channel, text: str, *, actor: ActorId, at: datetime) -> OutgoingRecord:
    """Save a message of ours before it is sent. Until then the public does not see it."""
    message = IncomingMessage(
        remote_id=RemoteId(f"torget:{uuid4()}"),
        kind=Kind.POST,
        author=Author(id=None, name=channel.name),
        text=text,
        written_at=at,
        raw=b"",
        ours=True,
    )
    version = capture(channel, Snapshot(message, Shown.HIDDEN), at=at)
    journal.write(
        "records.sending", about=version.message.key, actor=actor, clauses=("4.6",), at=at
    )
    return OutgoingRecord(version.entry.id, text)


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
