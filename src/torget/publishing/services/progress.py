"""How far a sending has come. Each state is stored before the act that it tells of."""

from datetime import datetime

from django.db import transaction

from torget.channels.models import Attempt
from torget.errors import NotConfirmed
from torget.journal import services as journal
from torget.journal.services import ActorId
from torget.platforms.contract import (
    Media,
    Operation,
    OutgoingRecord,
    RemoteId,
    Restrain,
    Send,
    Snapshot,
    Verb,
)
from torget.policy.clauses import carries_out
from torget.publishing.models import DISPATCH, Dispatch, Flag, PostMedia
from torget.publishing.selectors import approval_asked, stands_in_the_way
from torget.records import selectors as kept
from torget.records import services as records
from torget.records import vault
from torget.records.models import Message

State, What = Dispatch.State, Dispatch.What


@carries_out("4.2", "4.3", "4.6")
@transaction.atomic
def begin(dispatch: Dispatch, *, now: datetime) -> bool:
    """Save what is sent, and mark it as sent, before anything is sent. False if it must not be.

    Mandate, approval and channel are asked here once more, with the row held: what has lapsed or
    been taken back since it was ordered goes back to a person.
    """
    journal.lock()
    rows = Dispatch.objects.select_for_update(of=("self",)).select_related("ordered_by", "post")
    mine = rows.filter(pk=dispatch.pk, state=State.SCHEDULED, not_before__lte=now).first()
    if mine is None:
        return False
    if fault := stands_in_the_way(mine, now):
        hand_back(mine, fault, now=now)
        return False
    if mine.verb != What.DELETE and mine.approved_by_id is None and approval_asked(mine.channel):
        mine.needs_approval, mine.state = True, State.WAITING  # asked for since it was ordered
        mine.save(update_fields=["needs_approval", "state"])
        note("publishing.waits", mine, now)
        return False
    _save_first(mine, now)
    mine.state, mine.sent_at = State.SENT, now
    mine.save(update_fields=["state", "sent_at", "message"])
    note("publishing.sent", mine, now)
    dispatch.refresh_from_db()
    return True


@carries_out("4.6")
def operation(dispatch: Dispatch) -> Operation:
    """Return what ``begin`` said would be asked of the platform, with its proof.

    Raises:
        NotPreserved: what is to be sent, or taken down, is not saved in its entirety.
    """
    message = _message(dispatch)
    if dispatch.verb == What.DELETE:
        proof = records.preserve(kept.latest_version(message))
        target = RemoteId(message.remote_id)
        return Restrain(id=dispatch.key, verb=Verb.DELETE_OWN, target=target, proof=proof)
    record, at = _record(message), dispatch.sent_at or dispatch.ordered_at
    if dispatch.verb == What.EDIT:
        target = RemoteId(message.remote_id)
        return Send(id=dispatch.key, verb=Verb.EDIT, record=record, at=at, target=target)
    if message.parent is None:
        return Send(id=dispatch.key, verb=Verb.PUBLISH, record=record, at=at)
    target = RemoteId(message.parent.remote_id)
    return Send(id=dispatch.key, verb=Verb.REPLY, record=record, at=at, target=target)


def wait(dispatch: Dispatch) -> None:
    """Mark as not sent after all, to be tried again: everything is then asked anew."""
    Dispatch.objects.filter(pk=dispatch.pk, state=State.SENT).update(state=State.SCHEDULED)


def became(dispatch: Dispatch, remote_id: str) -> None:
    """Remember what the platform says that it became: from now on that is looked at."""
    Dispatch.objects.filter(pk=dispatch.pk).update(remote_id=remote_id)
    dispatch.remote_id = remote_id


@transaction.atomic
def hand_back(dispatch: Dispatch, why: str, *, now: datetime) -> None:
    """Give it back to a person, with a code that says why. Nothing of it is on its way."""
    journal.lock()
    mine = Dispatch.objects.unfinished().filter(pk=dispatch.pk)
    if mine.update(state=State.RETURNED, flag=why[:40]):  # else a person has taken it back
        dispatch.refresh_from_db(fields=["message"])
        give_up(dispatch, now)
        note("publishing.returned", dispatch, now)


def give_up(dispatch: Dispatch, now: datetime) -> None:
    """Forget what was on its way, and that it was to be tried again."""
    if dispatch.message is not None:
        records.end_sending(dispatch.message, at=now)
    Attempt.objects.filter(step=DISPATCH, item=dispatch.key).delete()


@carries_out("4.6")
@transaction.atomic
def confirm(dispatch: Dispatch, found: Snapshot, *, now: datetime) -> None:
    """Believe that it was sent when its page, read back, shows it; keep what stands there."""
    journal.lock()
    message = _message(dispatch)
    records.bind_outgoing(message, found, act=_act(dispatch), at=now)
    _done(dispatch, "" if message.seen == Message.Seen.PUBLIC else Flag.NOT_PUBLIC, now)


@carries_out("4.10")
@transaction.atomic
def confirm_down(dispatch: Dispatch, *, now: datetime) -> None:
    """Believe that our message is taken down when its page, read back, has it no more."""
    journal.lock()
    message = _message(dispatch)
    ours = dispatch.state == State.SENT
    state = Message.Seen.REMOVED if ours else Message.Seen.GONE
    if message.seen not in (Message.Seen.REMOVED, Message.Seen.GONE):
        records.note_visibility(message, state, act=_act(dispatch) if ours else None, at=now)
    _done(dispatch, "" if ours else Flag.ALREADY_GONE, now)


@transaction.atomic
def gone_at_once(dispatch: Dispatch, *, now: datetime) -> None:
    """Note that it was sent, and that its page has it no more, before it was read back."""
    journal.lock()
    message = _message(dispatch)
    records.bind_gone(message, RemoteId(dispatch.remote_id), at=now)
    _done(dispatch, Flag.ALREADY_GONE, now)


def note(
    event: str,
    dispatch: Dispatch,
    now: datetime,
    *,
    actor: ActorId = journal.SYSTEM,
    clauses: tuple[str, ...] = ("4.2", "4.6"),
) -> None:
    """Write a line about a dispatch."""
    journal.write(event, about=dispatch.key, actor=actor, clauses=clauses, at=now)


def picture_of(picture: PostMedia | None) -> tuple[Media, ...]:
    """Return a picture as it is sent, with its bytes."""
    if picture is None:
        return ()
    data = vault.read(picture.address, bytes(picture.secret))
    return (Media(picture.name, picture.media_type, picture.alt, data),)


def _save_first(dispatch: Dispatch, now: datetime) -> None:
    """See to that what is sent is a record. An earlier try of the same has saved it already."""
    message, actor = dispatch.message, dispatch.ordered_by.actor
    words = records.Outgoing(
        text=dispatch.text,
        title=dispatch.title,
        media=picture_of(dispatch.picture),
        parent=dispatch.post.answers if dispatch.verb == What.REPLY else None,
    )
    if message is None:
        _, dispatch.message = records.record_outgoing(
            dispatch.channel, words, act=_act(dispatch), actor=actor, at=now
        )
    elif dispatch.verb == What.DELETE:
        records.await_act(message, Message.Seen.REMOVED)
    elif message.sending_id is None:
        records.record_edit(message, words, actor=actor, at=now)


def _done(dispatch: Dispatch, flag: str, now: datetime) -> None:
    mine = Dispatch.objects.filter(pk=dispatch.pk)
    mine.update(state=State.CONFIRMED, flag=flag)
    note("publishing.confirmed", dispatch, now)


def _message(dispatch: Dispatch) -> Message:
    """Return the record of what is sent, changed or taken down, as it is now."""
    related = ("channel", "parent", "sending__entry", "sending__message", "latest__message")
    return Message.objects.select_related(*related).get(pk=dispatch.message_id or 0)


def _act(dispatch: Dispatch) -> records.Act:
    return records.Act(name=dispatch.verb, grounds=(), decision=dispatch.key)


def _record(message: Message) -> OutgoingRecord:
    if message.sending is None:
        raise NotConfirmed("Inget är på väg ut.", remedy="Beställ publiceringen igen.")
    return records.outgoing_record(message.sending)
