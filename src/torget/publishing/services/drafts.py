"""Drafts: the author's own working material until something of them is sent (TF 2:12)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from torget.channels.models import Channel
from torget.errors import AlreadyOrdered
from torget.organisation.models import User
from torget.publishing import pictures
from torget.publishing.models import Dispatch, Post, PostMedia
from torget.records import vault
from torget.records.models import Message

LONGEST_TITLE, LONGEST_ALT, LONGEST_REASON = 200, 500, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A picture as it was handed in."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an author has written so far.

    Args:
        picture: a new picture, in place of the one that is there.
        drop_picture: take away the picture that is there.
        checked: what the author has looked at: a finding's id -> why it is all right.
    """

    text: str = ""
    title: str = ""
    alt: str = ""
    channels: Collection[Channel] = ()
    answers: Message | None = None
    picture: Upload | None = None
    drop_picture: bool = False
    checked: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def save_draft(draft: Draft, *, post: Post | None = None, by: User, now: datetime) -> Post:
    """Save a draft. Lines end with a line feed alone, as they will be sent.

    Raises:
        AlreadyOrdered: it is on its way or published; it is changed in another way then.
        NotSendable: the picture cannot be used.
    """
    if post is None:
        post = Post(author=by, created_at=now, answers=draft.answers)
    else:
        must_be_draft(post)
    post.title, post.text = " ".join(draft.title.split())[:LONGEST_TITLE], plain_lines(draft.text)
    post.checked = {name: why[:LONGEST_REASON] for name, why in draft.checked.items()}
    post.updated_at = now
    before = post.picture
    post.picture = _picture(draft, before)
    post.save()
    post.channels.set(draft.channels if post.answers is None else [post.answers.channel])
    if before is not None and before != post.picture:
        _forget(before)
    return post


@transaction.atomic
def weed_draft(post: Post) -> None:
    """Throw away a draft that was never ordered.

    Raises:
        AlreadyOrdered: something of it has been ordered, and is history.
    """
    must_be_draft(post)
    if Dispatch.objects.filter(post=post).exists():
        raise _ordered()
    picture = post.picture
    post.delete()
    if picture is not None:
        _forget(picture)


def must_be_draft(post: Post) -> None:
    """Hold a draft, and see to that nothing of it is on its way or published.

    Raises:
        AlreadyOrdered: something is.
    """
    Post.objects.select_for_update().get(pk=post.pk)
    standing = (*Dispatch.UNFINISHED, Dispatch.State.CONFIRMED)
    if Dispatch.objects.filter(post=post, state__in=standing).exists():
        raise _ordered()


def plain_lines(text: str) -> str:
    """Return a text with its lines ended by a line feed, and no space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def _picture(draft: Draft, before: PostMedia | None) -> PostMedia | None:
    alt = " ".join(draft.alt.split())[:LONGEST_ALT]
    if draft.picture is not None:
        clean = pictures.clean(draft.picture.data)
        file = vault.keep(clean.data)
        return PostMedia.objects.create(
            name=draft.picture.name[-100:],
            media_type=clean.media_type,
            alt=alt,
            size=len(clean.data),
            address=file.address,
            secret=file.secret,
        )
    if before is None or draft.drop_picture:
        return None
    if before.alt == alt:
        return before
    same = PostMedia(
        name=before.name,
        media_type=before.media_type,
        alt=alt,
        size=before.size,
        address=before.address,
        secret=before.secret,
    )
    same.save()
    return same


def _forget(picture: PostMedia) -> None:
    """Throw away a picture that nothing uses any more, and its file with the last one."""
    if Dispatch.objects.filter(picture=picture).exists():
        return
    address = picture.address
    picture.delete()
    if not PostMedia.objects.filter(address=address).exists():
        transaction.on_commit(lambda: vault.forget(address))


def _ordered() -> AlreadyOrdered:
    return AlreadyOrdered(
        "Inlägget är redan beställt.",
        remedy="Öppna det under Inlägg. Där kan du återta, ändra eller ta ner det.",
    )
