"""What a person brings in by hand, and what shows that a person did as asked."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from torget.channels.models import Channel, GuidedStep
from torget.channels.services import Proof, could_not, done
from torget.errors import ChannelRefused, NotPreserved
from torget.journal import services as journal
from torget.organisation.models import User
from torget.platforms.contract import IncomingMessage, Kind, Media, RemoteId, Shown, Snapshot, Verb
from torget.platforms.manual import tidy
from torget.policy.clauses import carries_out
from torget.records import services as records
from torget.records import vault
from torget.records.byhand import pictures
from torget.records.byhand.matching import Match, Pasted, Status, author, match, own_name, thread_of
from torget.records.byhand.models import HandEntry, StepProof
from torget.records.canonical import Content
from torget.records.models import Attachment, Message, MessageVersion

MANUAL = "manual"  # the evidence of a version that a person brought in


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one pasted message."""

    version: MessageVersion
    status: Status


@carries_out("4.6")
@transaction.atomic
def paste(channel: Channel, pasted: Sequence[Pasted], *, by: User, now: datetime) -> list[Saved]:
    """Save messages that a person saw on a page. What is here already becomes no second record.

    A text that has changed becomes a new version. A picture is kept encrypted like every file from
    others, and counts as opened: the person has seen it.

    Raises:
        ChannelRefused: the channel is closed, or its messages come in by themselves.
        PictureRefused: a file is no picture that can be kept.
    """
    by_itself = channel.capture_basis == Channel.CaptureBasis.API
    if by_itself or channel.status == Channel.Status.CLOSED:
        raise ChannelRefused(
            "I den här kanalen förs inget in för hand.",
            remedy="Välj en annan kanal."
            if not by_itself
            else "Kommentarerna hämtas av sig själva.",
        )
    journal.lock()
    return [_paste(channel, one, by, now) for one in pasted]


def _paste(channel: Channel, pasted: Pasted, by: User, now: datetime) -> Saved:
    found = match(channel, pasted)
    version = records.capture(
        channel, _snapshot(channel, pasted, found, now), at=now, evidence=MANUAL
    )
    message = version.message
    HandEntry.objects.get_or_create(
        message=message,
        defaults={
            "version": version,
            "entered_by": by,
            "at": now,
            "precision": int(pasted.moment.within.total_seconds()) if pasted.moment else None,
        },
    )
    journal.write("records.pasted", about=message.key, actor=by.actor, clauses=("4.6",), at=now)
    if message.direction == Message.Direction.IN:
        records.note_knowledge(message, by=by.actor, at=now)
    for row in Attachment.objects.filter(version=version, state=Attachment.State.QUARANTINED):
        records.open_attachment(row, by=by.actor, at=now)
    return Saved(version, found.status)


def _snapshot(channel: Channel, pasted: Pasted, found: Match, now: datetime) -> Snapshot:
    """Return what the person saw, in the form that capture takes."""
    known = found.message if found.status != Status.OTHER_AUTHOR else None
    kept = found.content if known else None
    ours = pasted.kind != Kind.COMMENT
    name = RemoteId("" if found.status == Status.OTHER_AUTHOR else own_name(pasted))
    ref = RemoteId(known.remote_id) if known else name or RemoteId(f"hand:{uuid4()}")
    post = " ".join(pasted.post.split())
    is_post = pasted.kind == Kind.POST
    who = author(pasted.author or (channel.name if ours else ""))
    message = IncomingMessage(
        remote_id=ref,
        kind=Kind(kept.kind) if kept else pasted.kind,
        author=kept.author if kept and not pasted.author.strip() else who,
        text=pasted.text,
        written_at=known.written_at if known else pasted.moment.at if pasted.moment else now,
        raw=_raw(pasted),
        ours=known.direction == Message.Direction.OUT if known else ours,
        permalink=tidy(pasted.address) or (kept.permalink if kept else ""),
        thread=known.thread if known else ref if is_post else thread_of(pasted),
        thread_title=kept.thread_title if kept else "" if tidy(post) else post,
        thread_url=kept.thread_url if kept else tidy(pasted.address if is_post else post),
        media=(*(_as_kept(kept) if kept else ()), *(_media(data) for data in pasted.pictures)),
    )
    # Whoever runs the page sees what is hidden from others: to paste it is not to say it is shown.
    hidden = known is not None and known.seen == Message.Seen.HIDDEN
    return Snapshot(message, Shown.HIDDEN if hidden else Shown.PUBLIC)


def _raw(pasted: Pasted) -> bytes:
    """Return what the person told, as it was told."""
    moment = pasted.moment
    told = {
        "source": MANUAL,
        "text": pasted.text,
        "author_as_shown": pasted.author,
        "time_as_shown": pasted.time,
        "time_within_seconds": int(moment.within.total_seconds()) if moment else None,
        "address": pasted.address,
        "post": pasted.post,
    }
    return json.dumps(told, sort_keys=True).encode("ascii")


def _as_kept(kept: Content) -> tuple[Media, ...]:
    return tuple(Media(m.source_url, m.media_type, m.alt) for m in kept.media)


def _media(data: bytes) -> Media:
    """Return a picture. Its address tells it from the message's other pictures, no more."""
    return Media(f"hand:{uuid4()}", pictures.media_type(data), data=data)


@carries_out("4.6")
@transaction.atomic
def mark_wrong(message: Message, *, why: str, by: User, now: datetime) -> None:
    """Mark a record as wrongly brought in. It is kept, as everything that has come in is.

    Raises:
        NotPreserved: nobody brought it in by hand.
    """
    journal.lock()
    entry = HandEntry.objects.filter(message=message).first()
    if entry is None:
        raise NotPreserved(
            "Handlingen är inte införd för hand.",
            remedy="Bara det som är infört för hand märks så.",
        )
    if entry.wrong:
        return
    entry.wrong, entry.wrong_at, entry.wrong_by = HandEntry.Wrong(why).value, now, by
    entry.save(update_fields=["wrong", "wrong_at", "wrong_by"])
    journal.write("records.misfiled", about=message.key, actor=by.actor, clauses=("4.6",), at=now)


@carries_out("4.6", "4.10")
@transaction.atomic
def finish(
    step: GuidedStep, *, proof: Proof, picture: bytes | None, by: User, now: datetime
) -> None:
    """Take a person's word that a step is done, and keep the picture that shows it.

    Raises:
        NoMandate, ProofMissing, AlreadyAnswered: see ``channels.services.done``.
        PictureRefused: the file is no picture that can be kept.
    """
    journal.lock()
    kind = pictures.media_type(picture) if picture else ""
    done(step, proof=proof, by=by, now=now)
    if not picture:
        return
    address, secret = vault.keep(picture)
    row = StepProof(
        step=step,
        media_type=kind,
        size=len(picture),
        digest=hashlib.sha256(picture).hexdigest(),
        address=address,
        secret=secret,
    )
    row.entry, row.salt = journal.seal(
        "records.step_proof",
        sealed(row),
        about=step.key,
        actor=by.actor,
        clauses=("4.6",) if step.sends else ("4.10",),
        at=now,
    )
    row.save(force_insert=True)


@carries_out("4.10")
@transaction.atomic
def give_up(step: GuidedStep, *, reason: str, by: User, now: datetime) -> None:
    """Note that a step could not be done. A comment that was gone already is noted as gone."""
    journal.lock()
    could_not(step, reason=reason, by=by, now=now)
    restrains = step.verb in (Verb.HIDE, Verb.UNHIDE, Verb.DELETE_OTHER)
    if reason != GuidedStep.Reason.GONE or not restrains:
        return
    message = Message.objects.filter(channel=step.channel, remote_id=step.target).first()
    if message and message.seen not in (Message.Seen.GONE, Message.Seen.REMOVED):
        records.note_visibility(message, Message.Seen.GONE, act=None, at=now)


def sealed(row: StepProof) -> bytes:
    """Return what the journal commits to of a picture."""
    told = {
        "v": 1,
        "step": str(row.step.key),
        "media_type": row.media_type,
        "size": row.size,
        "digest": row.digest,
        "address": row.address,
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode("ascii")


def picture_of(proof: StepProof) -> bytes:
    """Return the picture.

    Raises:
        NotPreserved: the file is gone or damaged.
    """
    try:
        return vault.read(proof.address, bytes(proof.secret))
    except vault.Damaged as error:
        raise NotPreserved(
            "Bildens fil saknas eller är ändrad.", remedy="Kör torget verify och återställ filen."
        ) from error
