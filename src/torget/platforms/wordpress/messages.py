"""From WordPress's answers to the values of the contract, with no more of a person than needed."""

import html
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from torget.platforms.contract import (
    Author,
    Gone,
    IncomingMessage,
    Kind,
    RemoteId,
    Shown,
    Snapshot,
)
from torget.platforms.troubles import NotAsAgreed
from torget.platforms.wordpress.text import plain, storable

# What is kept of a comment. Not its e-mail address, machine address, browser or portrait (made
# from the e-mail address), and not its status: hiding a comment must not look like an edit.
KEPT = (
    "id", "post", "parent", "author", "author_name", "author_url",
    "date", "date_gmt", "content", "link", "type",
)  # fmt: skip
# What is asked for: the rest never leaves WordPress.
FIELDS = ",".join((*KEPT, "status", "_links.up", "_embedded"))


def found(answer: object, *, me: int) -> Snapshot | Gone:
    """Return one comment, or that it lies in the bin.

    Args:
        answer: the comment in context ``edit``, with its post embedded.
        me: the number of the account's own user.

    Raises:
        NotAsAgreed: it is not a comment.
    """
    if not isinstance(answer, dict):
        raise NotAsAgreed
    comment: Mapping[str, object] = answer
    status = _text(comment, "status")
    if status == "trash":
        return Gone()
    shown = Shown.PUBLIC if status == "approved" else Shown.HIDDEN
    return Snapshot(_message(comment, me), shown)


def written_at(answer: object) -> datetime:
    """Return when a comment was written, in UTC.

    Raises:
        NotAsAgreed: it does not say.
    """
    comment = answer if isinstance(answer, dict) else {}
    for name in ("date_gmt", "date"):  # old imports lack the first, and have a year 0 in its place
        try:
            return datetime.fromisoformat(_text(comment, name)).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise NotAsAgreed


def _message(comment: Mapping[str, object], me: int) -> IncomingMessage:
    parent, post, author = (_number(comment, name) for name in ("parent", "post", "author"))
    link = storable(_text(comment, "link"))
    title, url = _thread(comment)
    return IncomingMessage(
        remote_id=RemoteId(str(_number(comment, "id"))),
        kind=Kind.REPLY if parent else Kind.COMMENT,
        author=_author(comment, author),
        text=plain(_source(comment)),
        written_at=written_at(comment),
        raw=_raw(comment),
        ours=author == me > 0,
        permalink=link,
        parent=RemoteId(str(parent)) if parent else None,
        thread=str(post),
        thread_title=title,
        thread_url=url or link.partition("#")[0],
    )


def _author(comment: Mapping[str, object], number: int) -> Author:
    """Return the author. A visitor has no number on a WordPress, so none is withheld."""
    name = storable(html.unescape(_text(comment, "author_name"))).strip()
    return Author(
        id=str(number) if number else None,
        name=name or None,
        url=storable(_text(comment, "author_url")) or None,
        withheld=frozenset() if name else frozenset({"name"}),
    )


def _source(comment: Mapping[str, object]) -> str:
    content = comment.get("content")
    if not isinstance(content, dict):
        raise NotAsAgreed
    return _text(content, "raw")


def _raw(comment: Mapping[str, object]) -> bytes:
    """Return what is kept, exactly. ASCII, so that even half a character survives."""
    kept = {name: comment[name] for name in KEPT if name in comment}
    kept["content"] = {"raw": _source(comment)}  # "rendered" changes with themes and plugins
    return json.dumps(kept, sort_keys=True).encode("ascii")


def _thread(comment: Mapping[str, object]) -> tuple[str, str]:
    """Return the title and address of the post, as far as WordPress tells."""
    match comment.get("_embedded"):
        case {"up": [{"title": {"rendered": str(title)}, "link": str(link)}, *_]}:
            return plain(title), storable(link)
        case _:
            return "", ""


def _text(source: Mapping[str, object], name: str) -> str:
    value = source.get(name)
    if not isinstance(value, str):
        raise NotAsAgreed
    return value


def _number(source: Mapping[str, object], name: str) -> int:
    value = source.get(name)
    if not isinstance(value, int):
        raise NotAsAgreed
    return value
