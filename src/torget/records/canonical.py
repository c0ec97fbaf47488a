"""A version as bytes: the payload that the journal commits to, and the way back."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from torget.journal.line import stamp
from torget.platforms.contract import Author, IncomingMessage, Kind

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMedia:
    """A picture or file of a version.

    ``digest`` is of the bytes as they came, ``address`` of the encrypted file; both are empty
    when nothing was fetched, and ``reason`` is then a code that says why.
    """

    key: UUID
    n: int
    source_url: str
    media_type: str
    alt: str = ""
    size: int = 0
    digest: str = ""
    address: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a version says, read from its payload.

    ``author`` is the author snapshot of clause 4.10: the author as the platform showed them at
    that moment, with what it withheld. It is a value in the payload and no row of its own, so
    that it is committed to with the words and dies with them at disposal.
    """

    text: str
    author: Author
    kind: str
    permalink: str
    parent: str
    thread: str
    thread_title: str
    thread_url: str
    written_at: datetime
    media: tuple[KeptMedia, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Which version of which message a payload is, so that no row can be put in another's place."""

    message: UUID
    n: int
    observed_at: datetime
    evidence: str
    channel: UUID
    authority: int
    direction: str


def encode(head: Head, message: IncomingMessage, media: Sequence[KeptMedia]) -> bytes:
    """Return the canonical bytes of a version: JSON, keys sorted, no spaces, ASCII only.

    The escapes let lone surrogates, NUL and whatever else a text may hold survive as they were.
    """
    author = message.author
    return _encode(
        {
            "v": 1,
            "message": str(head.message),
            "n": head.n,
            "observed_at": stamp(head.observed_at),
            "evidence": head.evidence,
            "channel": str(head.channel),
            "authority": head.authority,
            "direction": head.direction,
            "remote_id": message.remote_id,
            "kind": str(message.kind),
            "text": message.text,
            "author": {
                "id": author.id,
                "name": author.name,
                "handle": author.handle,
                "url": author.url,
                "withheld": sorted(author.withheld),
            },
            "permalink": message.permalink,
            "parent": message.parent or "",
            "thread": message.thread,
            "thread_title": message.thread_title,
            "thread_url": message.thread_url,
            "written_at": stamp(message.written_at),
            "media": [asdict(item) | {"key": str(item.key)} for item in media],
            "raw": hashlib.sha256(message.raw).hexdigest(),
        }
    ).encode("ascii")


def decode(canonical: bytes) -> dict[str, Any]:
    """Return the payload's parts as JSON holds them."""
    parts: dict[str, Any] = json.loads(canonical)
    return parts


def read(canonical: bytes) -> Content:
    """Return what a payload says."""
    parts = decode(canonical)
    author = parts["author"]
    return Content(
        text=parts["text"],
        author=Author(**author | {"withheld": frozenset(author["withheld"])}),
        kind=parts["kind"],
        permalink=parts["permalink"],
        parent=parts["parent"],
        thread=parts["thread"],
        thread_title=parts["thread_title"],
        thread_url=parts["thread_url"],
        written_at=datetime.fromisoformat(parts["written_at"]),
        media=tuple(KeptMedia(**item | {"key": UUID(item["key"])}) for item in parts["media"]),
    )


def says_the_same(kept: Content, found: IncomingMessage) -> bool:
    """Whether the platform still shows what is kept: text, author and media.

    A thread's new title or a count of likes is no new version of the message, save of the post
    whose title it is. A file that was fetched once and not this time is the same file.
    """
    titled = found.kind == Kind.POST
    return (
        kept.text == joined(found.text)
        and (not titled or kept.thread_title == joined(found.thread_title))
        and kept.author == found.author
        and len(kept.media) == len(found.media)
        and all(
            (old.source_url, old.media_type, old.alt) == (new.source_url, new.media_type, new.alt)
            and (new.data is None or old.digest == hashlib.sha256(new.data).hexdigest())
            for old, new in zip(kept.media, found.media, strict=True)
        )
    )


def joined(text: str) -> str:
    """Return ``text`` with surrogates that stand in pairs joined, as JSON reads them back."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return text


def column(text: str, width: int = 200) -> str:
    """Return ``text`` as an indexed column can hold it on both engines.

    A platform's ids and types are plain and short; what is not (NUL, half a surrogate pair, too
    long) is written with escapes and shortened by its hash, so that it still names one thing.
    """
    plain = text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")
    if len(plain) <= width:
        return plain
    return plain[: width - 65] + "#" + hashlib.sha256(plain.encode()).hexdigest()
