"""From WordPress's answers to the values of the contract, with no more of a person than needed."""

import html
import json
from collections.abc import Mapping

from torget.platforms.contract import (
    Author,
    Gone,
    IncomingMessage,
    Kind,
    RemoteId,
    Shown,
    Snapshot,
)
from torget.platforms.wordpress.answers import fields, number, raw, text, time
from torget.platforms.wordpress.text import plain, storable

# What is kept of a comment. Not its e-mail address, machine address, browser or portrait (made
# from the e-mail address), and not its status: hiding a comment must not look like an edit.
KEPT = (
    "id", "post", "parent", "author", "author_name", "author_url",
    "date", "date_gmt", "content", "link", "type",
)  # fmt: skip
# What is asked for: the rest never leaves WordPress.
FIELDS = ",".join((*KEPT, "status", "_links.up", "_embedded"))
WRITTEN = ("date_gmt", "date")


def found(answer: object, *, me: int) -> Snapshot | Gone:
    """Return one comment, or that it lies in the bin.

    Args:
        answer: the comment in context ``edit``, with its post embedded.
        me: the number of the account's own user.

    Raises:
        NotAsAgreed: it is not a comment.
    """
    comment = fields(answer)
    status = text(comment, "status")
    if status == "trash":
        return Gone()
    shown = Shown.PUBLIC if status == "approved" else Shown.HIDDEN
    return Snapshot(_message(comment, me), shown)


def _message(comment: Mapping[str, object], me: int) -> IncomingMessage:
    answered, post, author = (number(comment, name) for name in ("parent", "post", "author"))
    ours = author == me > 0
    parent = str(answered) if answered else f"post-{post}" if ours else ""
    link = storable(text(comment, "link"))
    title, url = _thread(comment)
    return IncomingMessage(
        remote_id=RemoteId(str(number(comment, "id"))),
        kind=Kind.REPLY if parent else Kind.COMMENT,
        author=_author(comment, author),
        text=plain(raw(comment, "content")),
        written_at=time(comment, *WRITTEN),
        raw=_raw(comment),
        ours=ours,
        permalink=link,
        parent=RemoteId(parent) if parent else None,
        thread=str(post),
        thread_title=title,
        thread_url=url or link.partition("#")[0],
    )


def _author(comment: Mapping[str, object], number: int) -> Author:
    """Return the author. A visitor has no number on a WordPress, so none is withheld."""
    name = storable(html.unescape(text(comment, "author_name"))).strip()
    return Author(
        id=str(number) if number else None,
        name=name or None,
        url=storable(text(comment, "author_url")) or None,
        withheld=frozenset() if name else frozenset({"name"}),
    )


def _raw(comment: Mapping[str, object]) -> bytes:
    """Return what is kept, exactly. ASCII, so that even half a character survives."""
    kept = {name: comment[name] for name in KEPT if name in comment}
    kept["content"] = {"raw": raw(comment, "content")}  # "rendered" changes with themes and plugins
    return json.dumps(kept, sort_keys=True).encode("ascii")


def _thread(comment: Mapping[str, object]) -> tuple[str, str]:
    """Return the title and address of the post, as far as WordPress tells."""
    match comment.get("_embedded"):
        case {"up": [{"title": {"rendered": str(title)}, "link": str(link)}, *_]}:
            return plain(title), storable(link)
        case _:
            return "", ""
