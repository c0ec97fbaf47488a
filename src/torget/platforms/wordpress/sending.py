"""Publishing, answering and editing, so that nothing is ever said twice.

WordPress has no number of ours for what it is told to write. A post therefore carries it in the
block of its first paragraph, which WordPress takes out before it shows the page, and an answer in
the field for the writer's browser, which is shown to nobody. Before anything new is written, and
after an answer was lost, we look for that number among what our own user has written.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from torget.errors import PlatformUnavailable
from torget.platforms.contract import (
    Done,
    Found,
    Gone,
    Media,
    Outcome,
    Rejected,
    RemoteId,
    Send,
    Snapshot,
    Unknown,
    UnknownOutcome,
    Verb,
)
from torget.platforms.http import AnswerLost, Reply
from torget.platforms.troubles import NotAsAgreed
from torget.platforms.wordpress import compose, orders, uploads
from torget.platforms.wordpress.acts import path
from torget.platforms.wordpress.answers import checked, code, fields, number, text
from torget.platforms.wordpress.compose import Placed
from torget.platforms.wordpress.listings import NOT_OURS
from torget.platforms.wordpress.site import Listing, Site
from torget.platforms.wordpress.traces import find

# A request whose answer never came may be at work for as long as a web server lets it. Only after
# that is what cannot be found surely not coming.
SETTLED = timedelta(minutes=2)

GONE = {
    "rest_post_invalid_id",
    "rest_comment_invalid_id",
    "rest_comment_invalid_post_id",
    "rest_comment_trash_post",
    "rest_comment_draft_post",
}
REFUSED = {
    "rest_comment_closed": "wordpress.comments_closed",
    "comment_content_column_length": "text.too_long",
    "rest_comment_content_invalid": "text.empty",
}


class Sending:
    """Sends through one site."""

    def __init__(self, site: Site, comments: Listing, posts: Listing) -> None:
        self._site, self._comments, self._posts = site, comments, posts

    def perform(self, send: Send) -> Outcome:
        """Send, unless it stands there already."""
        if why := orders.refusal(send):
            return Rejected(why)
        if not self._site.me.number:
            return Rejected("wordpress.no_own_user")  # then no lost answer could be looked up
        try:
            return self._send(send)
        except AnswerLost as lost:
            return self._look(send) if lost.status else UnknownOutcome()
        except uploads.PictureRefused as refused:
            return Rejected(str(refused.args[0]))

    def resolve(self, send: Send) -> Outcome:
        """Look for what was sent. Sends nothing."""
        if send.verb == Verb.EDIT and send.target:
            seen = self._resolve_edit(send, send.target)
        else:
            seen = self._resolve_new(send)
        if seen is not None:
            return seen
        early = datetime.now(UTC) - send.at < SETTLED
        return UnknownOutcome() if early else Rejected("not_carried_out")

    def own(self, target: RemoteId) -> Found:
        """Return a message as it is now, if it is our own."""
        now = (self._posts if orders.is_post(target) else self._comments).fetch(target)
        return NOT_OURS if isinstance(now, Snapshot) and not now.message.ours else now

    def _send(self, send: Send) -> Outcome:
        if send.verb == Verb.EDIT and send.target:
            return self._edit(send, send.target)
        if there := find(self._site, send)[0]:
            return Done(there)
        return self._reply(send, send.target) if send.target else self._publish(send)

    def _publish(self, send: Send) -> Outcome:
        pictures = [uploads.place(self._site, medium) for medium in send.record.media]
        return self._write(send, *orders.publish(send, pictures), self._posts.ref)

    def _reply(self, send: Send, target: RemoteId) -> Outcome:
        if orders.is_post(target):
            post, parent = target.removeprefix("post-"), "0"
        else:
            asked = self._site.http.get(path(target), context="edit", _fields="post,status")
            if asked.status == 404 and code(asked) in GONE:
                return Rejected("gone")
            comment = fields(checked(asked).json())
            if text(comment, "status") == "trash":
                return Rejected("gone")
            post, parent = str(number(comment, "post")), str(target)
        return self._write(send, *orders.reply(send, post, parent), self._comments.ref)

    def _edit(self, send: Send, target: RemoteId) -> Outcome:
        now = self.own(target)
        match now:
            case Gone():
                return Rejected("gone")
            case Unknown():
                return Rejected("not_ours")
            case Snapshot() if says(send, now):
                return Done(target)
        pictures = [self._keep(medium, now) for medium in send.record.media]
        return self._write(send, *orders.edit(send, pictures), lambda _number: target)

    def _keep(self, medium: Media, now: Snapshot) -> Placed:
        """Return a picture of an edited post: one that is there, or a new one."""
        if medium.data is not None:
            return uploads.place(self._site, medium)
        for placed in compose.pictures(json.loads(now.message.raw)["content"]["raw"]):
            if placed.address == medium.source_url and placed.number:
                return Placed(placed.number, placed.address, medium.alt)
        raise uploads.PictureRefused("wordpress.picture_missing")

    def _write(
        self, send: Send, where: str, told: Mapping[str, str], ref: Callable[[int], RemoteId]
    ) -> Outcome:
        """Send one request, and return what came of it."""
        reply = self._site.http.post(where, **told)
        if reply.status in {200, 201}:
            written = _number(reply)
            return Done(ref(written)) if written else self._look(send)
        why = code(reply)
        if why in GONE:
            return Rejected("gone")
        if why in REFUSED:
            return Rejected(REFUSED[why])
        if why == "comment_duplicate":
            there, _ = find(self._site, send)
            return Done(there) if there else Rejected("wordpress.duplicate")
        if reply.status in {401, 403, 404}:
            checked(reply)
        return Rejected(f"http.{reply.status}")

    def _look(self, send: Send) -> Outcome:
        """Look at once after an answer not to be trusted. What is not there may yet come."""
        try:
            outcome = self.resolve(send)
        except PlatformUnavailable:
            return UnknownOutcome()
        return UnknownOutcome() if outcome == Rejected("not_carried_out") else outcome

    def _resolve_edit(self, send: Send, target: RemoteId) -> Outcome | None:
        now = self.own(target)
        match now:
            case Gone():
                return Rejected("gone")
            case Unknown():
                return Rejected("not_ours") if now == NOT_OURS else UnknownOutcome()
            case Snapshot():
                return Done(target) if says(send, now) else None

    def _resolve_new(self, send: Send) -> Outcome | None:
        if not self._site.me.number:
            return UnknownOutcome()
        there, alike = find(self._site, send)
        if there:
            return Done(there)
        return UnknownOutcome() if alike else None


def says(send: Send, now: Snapshot) -> bool:
    """Return whether one of our own says what an edit wants it to."""
    message, record = now.message, send.record
    if message.text != compose.normal(record.text):
        return False
    if not orders.is_post(message.remote_id):
        return True
    pairs = zip(message.media, record.media, strict=False)
    return (
        message.thread_title == record.title.strip()
        and len(message.media) == len(record.media)
        and all(shown.alt == asked.alt and _is(shown, asked) for shown, asked in pairs)
    )


def _is(shown: Media, asked: Media) -> bool:
    if asked.data is None:
        return shown.source_url == asked.source_url
    name = PurePosixPath(urlsplit(shown.source_url).path).name
    return name.startswith(uploads.name_of(asked))


def _number(reply: Reply) -> int:
    """Return the number of what was written; 0 when the answer does not tell."""
    try:
        answer = reply.json()
    except NotAsAgreed:
        return 0
    match answer:
        case {"id": int(own)}:
            return own
        case _:
            return 0
