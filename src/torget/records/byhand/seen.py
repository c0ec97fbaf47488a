"""What a person last saw of a message: what a channel by hand answers when it is read."""

from dataclasses import replace

from torget.channels.models import Channel, GuidedStep
from torget.platforms.contract import (
    Found,
    Gone,
    IncomingMessage,
    Kind,
    Media,
    RemoteId,
    Shown,
    Snapshot,
    Unknown,
    Verb,
)
from torget.records import canonical
from torget.records.canonical import Content
from torget.records.models import Message, MessageVersion, Visibility

Seen = Message.Seen

# What a message is on its page when a person has done as asked.
BECOMES = {
    Verb.HIDE: Seen.HIDDEN,
    Verb.UNHIDE: Seen.PUBLIC,
    Verb.DELETE_OTHER: Seen.REMOVED,
    Verb.DELETE_OWN: Seen.REMOVED,
    Verb.PUBLISH: Seen.PUBLIC,
    Verb.REPLY: Seen.PUBLIC,
}


def last_seen(channel: Channel, ref: RemoteId) -> Found:
    """Return a message as a person last saw it, or as a person who did as asked has confirmed it.

    Nothing is asked of anyone. A step counts from when it was confirmed until something newer is
    known of the message.
    """
    step = _last_done(channel, ref)
    version = _version(channel, ref, step)
    if version is None:
        return Unknown("manual.never_seen")
    seen = _state(version.message, step)
    if seen in (Seen.REMOVED, Seen.GONE, Seen.UNSENT):
        return Gone()
    payload = getattr(version, "payload", None)
    if payload is None:
        return Unknown("manual.disposed")
    found = incoming(canonical.read(bytes(payload.canonical)), ref, bytes(payload.raw))
    if version.message.direction == Message.Direction.OUT:
        found = _ours(found, step)
    return Snapshot(found, Shown.HIDDEN if seen == Seen.HIDDEN else Shown.PUBLIC)


def incoming(content: Content, ref: RemoteId, raw: bytes) -> IncomingMessage:
    """Return what a version says as an adapter gives it: files without their bytes."""
    return IncomingMessage(
        remote_id=ref,
        kind=Kind(content.kind),
        author=content.author,
        text=content.text,
        written_at=content.written_at,
        raw=raw,
        permalink=content.permalink,
        parent=RemoteId(content.parent) if content.parent else None,
        thread=content.thread,
        thread_title=content.thread_title,
        thread_url=content.thread_url,
        media=tuple(Media(m.source_url, m.media_type, m.alt) for m in content.media),
    )


def _ours(found: IncomingMessage, step: GuidedStep | None) -> IncomingMessage:
    """Return our own message with the address that a person gave for it."""
    address = step.address if step else ""
    is_post = found.kind == Kind.POST
    return replace(
        found,
        ours=True,
        permalink=address or found.permalink,
        thread=found.thread or (found.remote_id if is_post else ""),
        thread_url=found.thread_url or (address if is_post else ""),
    )


def _last_done(channel: Channel, ref: RemoteId) -> GuidedStep | None:
    done = GuidedStep.objects.filter(
        channel=channel, result=ref, state=GuidedStep.State.DONE
    ).exclude(verb=Verb.BLOCK)
    return done.order_by("answered_at", "pk").last() if ref else None


def _version(channel: Channel, ref: RemoteId, step: GuidedStep | None) -> MessageVersion | None:
    """Return the version that stands on the page, as far as a person has told."""
    versions = MessageVersion.objects.select_related("message", "payload")
    message = Message.objects.filter(channel=channel, remote_id=ref).first()
    told = versions.filter(entry__id=step.record).first() if step and step.record else None
    if message is None:  # ours, and not yet bound to the address that the person gave
        return told
    mine = versions.filter(message=message).order_by("-n")
    if message.sending_id and not (told and told.pk == message.sending_id):
        mine = mine.exclude(pk=message.sending_id)  # nobody has said that it stands there
    return mine.first()


def _state(message: Message, step: GuidedStep | None) -> str:
    known = Visibility.objects.filter(message=message).order_by("-pk").first()
    newer = step and step.answered_at and (known is None or known.at <= step.answered_at)
    if step and newer:
        return BECOMES.get(Verb(step.verb), Seen(message.seen))
    return message.seen
