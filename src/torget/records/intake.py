"""Capture: what a platform shows becomes records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from torget.channels.models import Channel
from torget.journal import services as journal
from torget.platforms.contract import IncomingMessage, Shown, Snapshot
from torget.policy.clauses import carries_out
from torget.records import canonical, filing
from torget.records.canonical import Content, Head, KeptMedia, column
from torget.records.models import Attachment, Message, MessageVersion, Payload
from torget.records.search import stems_of
from torget.records.visibility import Change, note_others

Seen = Message.Seen


class Intake(NamedTuple):
    """What came of a batch: for each snapshot, in order, its version; and how many are new."""

    versions: list[MessageVersion]
    new: int


@dataclass(slots=True)
class _Known:
    """A message and what is kept of it. ``content`` is None when nothing is, or may be."""

    message: Message
    version: MessageVersion | None = None
    content: Content | None = None
    secrets: dict[str, bytes] = field(default_factory=dict)


class _Planned(NamedTuple):
    version: MessageVersion
    canonical: bytes
    raw: bytes
    stem: str
    media: tuple[KeptMedia, ...]
    secrets: dict[str, bytes]


@carries_out("4.6")
def capture(
    channel: Channel, found: Snapshot, *, at: datetime, evidence: str = ""
) -> MessageVersion:
    """Save what the platform shows. The same content twice gives the same version back.

    Args:
        evidence: how we know; the channel's own way unless told otherwise.
        at: when the platform was asked, with time zone: an answer older than what is known
            never undoes it.
    """
    return capture_many(channel, [found], at=at, evidence=evidence).versions[0]


@carries_out("4.6")
@transaction.atomic
def capture_many(
    channel: Channel, found: Sequence[Snapshot], *, at: datetime, evidence: str = ""
) -> Intake:
    """Save a batch, in a number of queries that does not grow with it.

    Each message becomes one row; a changed text, author or media a new version; a message that
    is seen or unseen otherwise than we knew, a note that it was not our act.
    """
    if not found:
        return Intake([], 0)
    journal.lock()
    known = _known(channel, found)
    _add_messages(channel, found, known, at)
    versions: list[MessageVersion] = []
    planned: list[_Planned] = []
    for snapshot in found:
        mine = known[ref_of(snapshot)]
        version = _same(mine, snapshot.message, at)
        if version is None:
            plan = _plan(mine, snapshot.message, channel, at, evidence or channel.capture_basis)
            planned.append(plan)
            version = plan.version
        versions.append(version)
    _save(planned, at)
    _see_again(known, at)
    _note_shown(found, known, at)
    return Intake(versions, len(planned))


def _known(channel: Channel, found: Sequence[Snapshot]) -> dict[str, _Known]:
    refs = {ref_of(snapshot) for snapshot in found}
    messages = Message.objects.filter(channel=channel, remote_id__in=refs).select_related("latest")
    known = {message.remote_id: _Known(message, message.latest) for message in messages}
    by_version = {mine.version.pk: mine for mine in known.values() if mine.version}
    payloads = Payload.objects.filter(version__in=by_version).values_list("version", "canonical")
    for pk, data in payloads:
        by_version[pk].content = canonical.read(bytes(data))
    with_media = [pk for pk, mine in by_version.items() if mine.content and mine.content.media]
    for item in Attachment.objects.filter(version__in=with_media).exclude(address=""):
        by_version[item.version_id].secrets[item.address] = bytes(item.secret)
    return known


def _add_messages(
    channel: Channel, found: Sequence[Snapshot], known: dict[str, _Known], at: datetime
) -> None:
    fresh: dict[str, Message] = {}
    for ref, incoming in ((ref_of(snapshot), snapshot.message) for snapshot in found):
        if ref not in known and ref not in fresh:
            fresh[ref] = Message(
                authority_id=channel.authority_id,
                channel=channel,
                remote_id=ref,
                direction=Message.Direction.OUT if incoming.ours else Message.Direction.IN,
                kind=incoming.kind.value,
                parent_ref=column(incoming.parent or ""),
                thread=column(incoming.thread),
                written_at=incoming.written_at,
                first_seen_at=at,
                last_seen_at=at,
            )
    if not fresh:
        return
    Message.objects.bulk_create(fresh.values(), batch_size=500)
    known.update((ref, _Known(message)) for ref, message in fresh.items())
    _link(channel, list(fresh.values()))


def _link(channel: Channel, fresh: list[Message]) -> None:
    """Tie replies to what they answer, whichever of the two came first."""
    here = Message.objects.filter(channel=channel)
    parent = Message.objects.filter(channel=channel, remote_id=OuterRef("parent_ref"))
    orphans: list[QuerySet[Message]] = [here.filter(parent=None, parent_ref__in=_refs(fresh))]
    children = [message for message in fresh if message.parent_ref]
    if children:
        orphans.append(here.filter(pk__in=[message.pk for message in children]))
    for rows in orphans:
        rows.exclude(remote_id=F("parent_ref")).update(parent=Subquery(parent.values("pk")[:1]))


def _refs(messages: list[Message]) -> list[str]:
    return [message.remote_id for message in messages]


def _same(mine: _Known, found: IncomingMessage, at: datetime) -> MessageVersion | None:
    """Return the version that already says this, or the last one where no more may be kept."""
    if mine.version is None:
        return None
    mine.version.message = mine.message
    if mine.message.no_copy_at or mine.content is None:
        return mine.version
    if canonical.says_the_same(mine.content, found):
        return mine.version
    if at >= mine.message.last_seen_at and not mine.message.sending_id:
        return None
    # An answer that was overtaken on the way, or a change of ours that is not there yet: what it
    # says may be an earlier version.
    for payload in Payload.objects.filter(version__message=mine.message).select_related("version"):
        if canonical.says_the_same(canonical.read(bytes(payload.canonical)), found):
            payload.version.message = mine.message
            return payload.version
    return None


def _plan(
    mine: _Known, found: IncomingMessage, channel: Channel, at: datetime, evidence: str
) -> _Planned:
    message = mine.message
    version = MessageVersion(
        message=message,
        n=mine.version.n + 1 if mine.version else 1,
        observed_at=at,
        evidence=evidence,
    )
    before = mine.content.media if mine.content else ()
    media, secrets = filing.keep(found.media, before, mine.secrets)
    head = Head(
        message=message.key,
        n=version.n,
        observed_at=at,
        evidence=version.evidence,
        channel=channel.key,
        authority=message.authority_id,
        direction=message.direction,
    )
    data = canonical.encode(head, found, media)
    mine.version, mine.content, mine.secrets = version, canonical.read(data), secrets
    return _Planned(version, data, found.raw, stems_of(mine.content), media, secrets)


def _save(planned: Sequence[_Planned], at: datetime) -> None:
    if not planned:
        return
    lines, salts = [], []
    for plan in planned:
        commitment, salt = journal.committed(plan.canonical)
        about = plan.version.message.key
        lines.append(
            journal.Line("records.captured", about, journal.SYSTEM, ("4.6",), at, commitment)
        )
        salts.append(salt)
    for plan, entry in zip(planned, journal.append(lines), strict=True):
        plan.version.entry = entry
    MessageVersion.objects.bulk_create([plan.version for plan in planned], batch_size=500)
    Payload.objects.bulk_create(
        [
            Payload(
                version=plan.version,
                salt=salt,
                canonical=plan.canonical,
                raw=plan.raw,
                stem=plan.stem,
            )
            for plan, salt in zip(planned, salts, strict=True)
        ],
        batch_size=200,
    )
    Attachment.objects.bulk_create(
        [filing.row(plan.version, item, plan.secrets) for plan in planned for item in plan.media],
        batch_size=200,
    )
    latest = MessageVersion.objects.filter(message=OuterRef("pk")).order_by("-n")
    Message.objects.filter(pk__in={plan.version.message_id for plan in planned}).update(
        latest=Subquery(latest.values("pk")[:1])
    )
    for plan in planned:
        plan.version.message.latest = plan.version


def _see_again(known: dict[str, _Known], at: datetime) -> None:
    seen = [mine.message for mine in known.values() if mine.message.last_seen_at < at]
    if seen:
        Message.objects.filter(pk__in=[m.pk for m in seen], last_seen_at__lt=at).update(
            last_seen_at=at
        )
        for message in seen:
            message.last_seen_at = at


def _note_shown(found: Sequence[Snapshot], known: dict[str, _Known], at: datetime) -> None:
    """Note what is seen or unseen otherwise than we knew."""
    looks = {
        ref_of(each): Seen.PUBLIC if each.shown is Shown.PUBLIC else Seen.HIDDEN for each in found
    }
    messages = {ref: known[ref].message for ref in looks}
    note_others(
        [Change(messages[ref], look) for ref, look in looks.items() if look != messages[ref].seen],
        at=at,
    )


def ref_of(snapshot: Snapshot) -> str:
    """Return a message's remote id as its row holds it."""
    return column(snapshot.message.remote_id)
