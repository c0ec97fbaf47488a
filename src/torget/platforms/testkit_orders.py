"""Orders to publish, answer, edit and take down, and what a visitor sees of them, for tests."""

import struct
import zlib
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from uuid import UUID

from torget.platforms.contract import (
    Done,
    Media,
    Outcome,
    OutgoingRecord,
    RemoteId,
    Restrain,
    Send,
    Verb,
)
from torget.platforms.testkit import RECEIPT

TITLE = "Badplatsen öppnar på lördag"
TEXT = 'Välkomna – & ta med "allt" <ni> har!\nKl. 9.30 -- 16 🎉\n\nhttps://kommunen.example/bad?a=1&b=2'
LONG_AGO = timedelta(minutes=30)  # no request takes so long

# What one platform or another turns into something else.
TURNED = (
    "Rad ett\nrad två\n\nnytt stycke\n\n\nluft",
    "'x' \"y\" `z` it's -- --- - ... (c) (tm) 3x4 1/2 & &amp; <b>fet</b> <!-- x -->",
    ":) :-( 8O [gallery] [caption]x[/caption] Wordpress <script>alert(1)</script>",
    "- ett\n- två\n> tre\n# fyra\n*fem*",
    "Se https://kommunen.example/a_(b)?c=1&d=2#e, och (http://x.example). Slut\\",
)


def publish(
    text: str = TEXT,
    *,
    title: str = TITLE,
    media: tuple[Media, ...] = (),
    number: int = 11,
    ago: timedelta = timedelta(),
) -> Send:
    """Return an order to publish."""
    record = OutgoingRecord(RECEIPT.entry, text, title, media)
    return Send(id=UUID(int=number), verb=Verb.PUBLISH, record=record, at=datetime.now(UTC) - ago)


def reply(target: RemoteId, text: str, *, number: int = 21, ago: timedelta = timedelta()) -> Send:
    """Return an order to answer."""
    return Send(
        id=UUID(int=number),
        verb=Verb.REPLY,
        record=OutgoingRecord(RECEIPT.entry, text),
        target=target,
        at=datetime.now(UTC) - ago,
    )


def edit(target: RemoteId, text: str, *, title: str = "", ago: timedelta = timedelta()) -> Send:
    """Return an order to change one of our own."""
    return Send(
        id=UUID(int=31),
        verb=Verb.EDIT,
        record=OutgoingRecord(RECEIPT.entry, text, title),
        target=target,
        at=datetime.now(UTC) - ago,
    )


def take_down(ref: RemoteId) -> Restrain:
    """Return an order to take down one of our own, with its proof."""
    return Restrain(id=UUID(int=41), verb=Verb.DELETE_OWN, target=ref, proof=RECEIPT)


def picture(alt: str = 'Bryggan & "badet"', shade: int = 120) -> Media:
    """Return a small picture."""

    def part(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = part(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0))
    body = part(b"IDAT", zlib.compress(bytes([0, shade])))
    data = b"\x89PNG\r\n\x1a\n" + head + body + part(b"IEND", b"")
    return Media("bryggan.png", "image/png", alt, data)


def done(outcome: Outcome) -> RemoteId:
    """Return the name that something got."""
    assert isinstance(outcome, Done)
    return outcome.remote_id


class _Page(HTMLParser):
    """What a visitor reads, and what a visitor who sees no pictures is told of them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.alts: list[str] = []
        self._unseen = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in {"script", "style"}
        if tag == "img":
            self.alts.append(dict(attrs).get("alt") or "")
        if tag == "br":
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.text.append(data)


def visible(page: str) -> str:
    """Return what a visitor reads on a page."""
    return "".join(_Page(page).text)


def alts(page: str) -> list[str]:
    """Return what is told of the pictures of a page."""
    return _Page(page).alts
