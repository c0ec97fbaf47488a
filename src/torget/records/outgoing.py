"""What leaves the municipality is a record before it is sent (clause 4.6).

A message of ours begins under a name of our own. When it stands on its page it is bound to the
name that the page gives it. Until then a sweep that meets it there leaves it for the next turn, so
that one message never becomes two records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from torget.channels.models import Channel
from torget.errors import NotConfirmed
from torget.journal import services as journal
from torget.journal.services import ActorId
from torget.platforms.contract import (
    Author,
    IncomingMessage,
    Kind,
    Media,
    OutgoingRecord,
    RemoteId,
    Shown,
    Snapshot,
)
from torget.policy.clauses import carries_out
from torget.records import canonical, vault
from torget.records.canonical import column
from torget.records.intake import capture, ref_of
from torget.records.models import Attachment, Message, MessageVersion
from torget.records.saved import preserve
from torget.records.visibility import Act, await_act, note_visibility

SENDING = "sending"  # the evidence of a version: we wrote it, and have not seen it on the page
OWN_NAME = "torget:"
Seen = Message.Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What is to be sent: a post, or an answer to ``parent``. A title belongs to posts alone."""

    text: str
    title: str = ""
    media: tuple[Media, ...] = ()
    parent: Message | None = None

    @property
    def kind(self) -> Kind:
        """What it is on its platform."""
        return Kind.POST if self.parent is None else Kind.REPLY


@carries_out("4.6")
@transaction.atomic
def record_outgoing(
    channel: Channel, outgoing: Outgoing, *, act: Act, actor: ActorId, at: datetime
) -> tuple[OutgoingRecord, Message]:
    """Save a new message of ours before it is sent. Until it is bound nobody has seen it.

    Args:
        act: who ordered it, as ids.
        actor: the person who did.
    """
    journal.lock()
    key, parent = uuid4(), outgoing.parent
    message = Message.objects.create(
        key=key,
        authority_id=channel.authority_id,
        channel=channel,
        remote_id=f"{OWN_NAME}{key}",
        direction=Message.Direction.OUT,
        kind=outgoing.kind.value,
        parent=parent,
        parent_ref=parent.remote_id if parent else "",
        thread=parent.thread if parent else "",
        written_at=at,
        first_seen_at=at,
        last_seen_at=at,
    )
    found = IncomingMessage(
        remote_id=RemoteId(message.remote_id),
        kind=outgoing.kind,
        author=Author(id=None, name=channel.name),
        text=outgoing.text,
        written_at=at,
        raw=b"",
        ours=True,
        parent=RemoteId(parent.remote_id) if parent else None,
        thread=message.thread,
        thread_title=outgoing.title,
        media=outgoing.media,
    )
    version = capture(channel, Snapshot(found), at=at, evidence=SENDING)
    message = version.message
    note_visibility(message, Seen.UNSENT, act=act, at=at)
    _send(version, actor, at)
    await_act(message, Seen.PUBLIC)
    return outgoing_record(version), message


@carries_out("4.6")
@transaction.atomic
def record_edit(
    message: Message, outgoing: Outgoing, *, actor: ActorId, at: datetime
) -> OutgoingRecord:
    """Save what a message of ours is to say from now on, as its next version, before it is sent.

    Pictures stay as they are.
    """
    journal.lock()
    before = canonical.read(bytes(_latest(message).payload.canonical))
    found = IncomingMessage(
        remote_id=RemoteId(message.remote_id),
        kind=Kind(before.kind),
        author=before.author,
        text=outgoing.text,
        written_at=before.written_at,
        raw=b"",
        ours=True,
        permalink=before.permalink,
        parent=RemoteId(before.parent) if before.parent else None,
        thread=before.thread,
        thread_title=outgoing.title or before.thread_title,
        thread_url=before.thread_url,
        media=tuple(Media(m.source_url, m.media_type, m.alt) for m in before.media),
    )
    shown = Shown.HIDDEN if message.seen == Seen.HIDDEN else Shown.PUBLIC
    version = capture(message.channel, Snapshot(found, shown), at=at, evidence=SENDING)
    _send(version, actor, at)
    return outgoing_record(version)


def outgoing_record(version: MessageVersion) -> OutgoingRecord:
    """Return what is to be sent, read from where it is saved: exactly that is sent.

    Raises:
        NotPreserved: the version is not saved in its entirety.
    """
    preserve(version)
    said = canonical.read(bytes(version.payload.canonical))
    files = {row.key: row for row in Attachment.objects.filter(version=version)}
    media = tuple(
        Media(m.source_url, m.media_type, m.alt, _bytes(files[m.key])) for m in said.media
    )
    title = said.thread_title if said.kind == Kind.POST else ""
    return OutgoingRecord(version.entry.id, said.text, title, media)


@carries_out("4.6")
@transaction.atomic
def bind_outgoing(message: Message, found: Snapshot, *, act: Act, at: datetime) -> MessageVersion:
    """Tie a message of ours to what now stands on the page, and keep what stands there.

    Raises:
        NotConfirmed: the page's name for it belongs to another record.
    """
    journal.lock()
    message.refresh_from_db()
    _name(message, ref_of(found), column(found.message.thread))
    version = capture(message.channel, found, at=at)
    state = Seen.PUBLIC if found.shown is Shown.PUBLIC else Seen.HIDDEN
    known = Message.objects.get(pk=message.pk)
    if known.seen != state:
        note_visibility(known, state, act=act, at=at)
    _end(message, "records.sent", at)
    message.refresh_from_db()
    return version


@carries_out("4.6")
@transaction.atomic
def bind_gone(message: Message, remote_id: RemoteId, *, at: datetime) -> None:
    """Tie a message of ours to the name that its page gave it, where it stands no more."""
    journal.lock()
    message.refresh_from_db()
    _name(message, column(remote_id), message.thread)
    _end(message, "records.sent", at)
    note_visibility(message, Seen.GONE, act=None, at=at)


@transaction.atomic
def end_sending(message: Message, *, at: datetime) -> None:
    """Note that nothing of a message is on its way any more: it was not sent."""
    journal.lock()
    if Message.objects.filter(pk=message.pk, sending__isnull=False).exists():
        _end(message, "records.not_sent", at)
    elif message.awaited:
        await_act(message, "")


def set_aside(channel: Channel, found: Sequence[Snapshot]) -> list[Snapshot]:
    """Return what may be taken in now: all but what we may be sending and have not bound yet.

    Ask in the transaction that saves the rest: what is unknown here and is not under way there
    can only have been written past Torget.
    """
    own = {ref_of(s) for s in found if s.message.ours}
    under_way = Message.objects.filter(
        channel=channel, sending__isnull=False, remote_id__startswith=OWN_NAME
    )
    kinds = set(under_way.values_list("kind", flat=True)) if own else set()
    if not kinds:
        return list(found)
    here = Message.objects.filter(channel=channel, remote_id__in=own)
    unknown = own - set(here.values_list("remote_id", flat=True))
    return [s for s in found if ref_of(s) not in unknown or s.message.kind not in kinds]


def _name(message: Message, name: str, thread: str) -> None:
    if message.remote_id == name:
        return
    taken = Message.objects.filter(channel=message.channel, remote_id=name).exists()
    if taken or not message.remote_id.startswith(OWN_NAME):
        raise NotConfirmed(
            "Sidan visar ett annat meddelande än det som sparades.",
            remedy="Titta på kanalens sida och jämför med handlingen.",
        )
    Message.objects.filter(pk=message.pk).update(remote_id=name, thread=thread)


def _latest(message: Message) -> MessageVersion:
    return MessageVersion.objects.filter(message=message).latest("n")


def _end(message: Message, event: str, at: datetime) -> None:
    Message.objects.filter(pk=message.pk).update(sending=None, awaited="")
    journal.write(event, about=message.key, actor=journal.SYSTEM, clauses=("4.6",), at=at)


def _bytes(row: Attachment) -> bytes | None:
    return vault.read(row.address, bytes(row.secret)) if row.address else None


def _send(version: MessageVersion, actor: ActorId, at: datetime) -> None:
    message = version.message
    Message.objects.filter(pk=message.pk).update(sending=version)
    message.sending = version
    journal.write("records.sending", about=message.key, actor=actor, clauses=("4.6",), at=at)
