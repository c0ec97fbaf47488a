"""Pictures that are handed in: what they are, and without what a camera writes into them.

Where and when a picture was taken, and with what, may tell where someone is (clause 4.9). Only the
parts that make the picture are kept; nothing is drawn anew, so it looks the same.
"""

import struct
import zlib
from dataclasses import dataclass

from torget.errors import NotSendable
from torget.policy.clauses import carries_out

LARGEST = 10_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
# Chunks that draw the picture. The rest are texts, times and what cameras and programs write.
_DRAWS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"}
_SCAN, _END = 0xDA, 0xD9
_ALONE = {0x01, *range(0xD0, 0xD8)}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's type and bytes, ready to be shown to anyone."""

    media_type: str
    data: bytes


@carries_out("4.9")
def clean(data: bytes) -> Picture:
    """Return a picture without what it tells besides what it shows.

    Of what a camera writes only how the picture is to be turned is left.

    Raises:
        NotSendable: it is too large, or no JPEG or PNG.
    """
    if len(data) > LARGEST:
        raise NotSendable(
            "Bilden är större än 10 MB.", remedy="Spara den i ett mindre format och välj den igen."
        )
    try:
        if data.startswith(_PNG):
            return Picture("image/png", _png(data))
        if data.startswith(b"\xff\xd8\xff"):
            return Picture("image/jpeg", _jpeg(data))
    except (struct.error, IndexError, ValueError) as error:
        raise _unreadable() from error
    raise _unreadable()


def _png(data: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        chunk = data[at:end]
        if (
            len(chunk) != 12 + length
            or zlib.crc32(chunk[4:-4]) != struct.unpack(">I", chunk[-4:])[0]
        ):
            raise ValueError("a chunk is cut or damaged")
        if name in _DRAWS:
            kept.append(chunk)
        if name == b"IEND":
            return b"".join(kept)
        at = end
    raise ValueError("it does not end")


def _jpeg(data: bytes) -> bytes:
    kept, at = [b"\xff\xd8"], 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker in _ALONE:
            kept.append(data[at : at + 2])
            at += 2
            continue
        if marker == _END:
            kept.append(b"\xff\xd9")
            return b"".join(kept)
        (length,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + length]
        if length < 2 or len(segment) != 2 + length:
            raise ValueError("a segment is cut")
        kept.append(_shown(marker, segment))
        at += 2 + length
        if marker == _SCAN:
            end = _scan_end(data, at)
            kept.append(data[at:end])
            at = end


def _scan_end(data: bytes, at: int) -> int:
    """Return where the coded picture ends: at a marker, not a stuffed byte or a restart."""
    while True:
        at = data.index(b"\xff", at)
        following = data[at + 1]
        if following and not 0xD0 <= following <= 0xD7:
            return at
        at += 2


def _shown(marker: int, segment: bytes) -> bytes:
    """Return what is kept of a segment of a JPEG: what draws the picture, and how it is turned."""
    told = segment[4:]
    if marker == 0xE1:
        turn = _turn(told)
        return _exif(turn) if 2 <= turn <= 8 else b""
    # APP0 is the frame, APP2 the colours, APP14 how they are coded; the other APPn tell tales.
    draws = marker in {0xE0, 0xEE} or not (0xE0 <= marker <= 0xEF or marker == 0xFE)
    return segment if draws or (marker == 0xE2 and told.startswith(b"ICC_PROFILE\0")) else b""


def _turn(told: bytes) -> int:
    """Return how Exif asks for the picture to be turned (tag 0x0112); 0 if it does not."""
    if not told.startswith(b"Exif\0\0"):
        return 0
    tiff = told[6:]
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for n in range(min(count, 200)):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * n)
        if tag == 0x0112:
            return int(value)
    return 0


def _exif(turn: int) -> bytes:
    """Return a segment that tells how to turn the picture, and nothing else."""
    body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _unreadable() -> NotSendable:
    return NotSendable(
        "Filen är ingen bild som går att använda.",
        remedy="Välj en bild i formatet JPEG eller PNG.",
    )
