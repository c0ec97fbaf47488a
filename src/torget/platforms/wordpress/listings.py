"""The two lists that are read: everyone's comments, and the posts of our own user."""

import json
import mimetypes
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from torget.platforms.contract import (
    Author,
    Found,
    Gone,
    IncomingMessage,
    Kind,
    Media,
    RemoteId,
    Shown,
    Snapshot,
    Unknown,
)
from torget.platforms.troubles import MayNot
from torget.platforms.wordpress import compose
from torget.platforms.wordpress.answers import fields, number, raw, text, time
from torget.platforms.wordpress.messages import FIELDS, WRITTEN, found
from torget.platforms.wordpress.place import Place
from torget.platforms.wordpress.site import Listing
from torget.platforms.wordpress.text import plain, storable

POST = ("id", "author", "date", "date_gmt", "title", "content", "link", "slug", "type")
NOT_OURS = Unknown("wordpress.not_ours")


class Comments(Listing):
    """Comments in every state. Dead sign-in cannot pass for an empty list here.

    Context ``edit`` is refused to whoever may not moderate, where a plain list would only leave
    out what is hidden.
    """

    name: ClassVar[str] = "comments"
    since: ClassVar[str] = "after"
    no_such: ClassVar[str] = "rest_comment_invalid_id"

    @property
    def how(self) -> Mapping[str, str]:
        """How one comment is asked for: with the post it stands under."""
        return {"context": "edit", "_embed": "up", "_fields": FIELDS}

    @property
    def listed(self) -> Mapping[str, str]:
        """How the list is asked for."""
        return {**self.how, "status": "any", "orderby": "date_gmt", "order": "asc"}

    def read(self, answer: object) -> Snapshot | Gone:
        """Return what one comment says."""
        return found(answer, me=self._site.me.number)

    def when(self, answer: object) -> datetime:
        """Return when a comment was written: WordPress does not tell when it was changed."""
        return time(answer, *WRITTEN)

    def ref(self, number: int) -> RemoteId:
        """Return a comment's number as it is."""
        return RemoteId(str(number))


class Posts(Listing):
    """The posts that our own user has published.

    A draft is nobody's business until it is published, so the list leaves it out. One that was
    published and taken back is seen when it is asked for by name.
    """

    name: ClassVar[str] = "posts"
    since: ClassVar[str] = "modified_after"
    no_such: ClassVar[str] = "rest_post_invalid_id"

    @property
    def how(self) -> Mapping[str, str]:
        """How one post is asked for."""
        asked = (*POST, "modified", "modified_gmt", "status", "password")
        return {"context": "edit", "_fields": ",".join(asked)}

    @property
    def listed(self) -> Mapping[str, str]:
        """How the list is asked for: by the last change, so that old posts' edits are seen."""
        me = str(self._site.me.number)
        return {**self.how, "author": me, "orderby": "modified", "order": "asc"}

    def read(self, answer: object) -> Found:
        """Return what one post says, if it is our own."""
        post, me = fields(answer), self._site.me
        if number(post, "author") != me.number or not me.number:
            return NOT_OURS
        status = text(post, "status")
        if status == "trash":
            return Gone()
        open_to_all = status == "publish" and not text(post, "password")
        return Snapshot(_message(post, me.name), Shown.PUBLIC if open_to_all else Shown.HIDDEN)

    def when(self, answer: object) -> datetime:
        """Return when a post was last changed."""
        return time(answer, "modified_gmt", "modified")

    def ref(self, number: int) -> RemoteId:
        """Return a post's number, told apart from a comment's."""
        return RemoteId(f"post-{number}")

    def fetch(self, ref: RemoteId) -> Found:
        """Return one post, if it is our own."""
        try:
            return super().fetch(ref)
        except MayNot:  # others' posts may be closed to us
            return NOT_OURS

    def newer(self, place: Place) -> tuple[Sequence[Snapshot], Place]:
        """Return the next ones. A site that does not say who we are has none of ours."""
        if not self._site.me.number:
            return [], Place(place.newest, ended=True)
        return super().newer(place)


def _message(post: Mapping[str, object], name: str) -> IncomingMessage:
    own, source = number(post, "id"), raw(post, "content")
    title, link = plain(raw(post, "title")), storable(text(post, "link"))
    kept: dict[str, object] = {key: post[key] for key in POST if key in post}
    kept |= {"title": {"raw": raw(post, "title")}, "content": {"raw": source}}
    return IncomingMessage(
        remote_id=RemoteId(f"post-{own}"),
        kind=Kind.POST,
        author=Author(id=str(number(post, "author")), name=name or None),
        text=compose.read(source),
        written_at=time(post, *WRITTEN),
        raw=json.dumps(kept, sort_keys=True).encode("ascii"),
        ours=True,
        permalink=link,
        thread=str(own),
        thread_title=title,
        thread_url=link,
        media=tuple(
            Media(storable(one.address), _kind(one.address), storable(one.alt))
            for one in compose.pictures(source)
        ),
    )


def _kind(address: str) -> str:
    return mimetypes.guess_type(address)[0] or "application/octet-stream"
