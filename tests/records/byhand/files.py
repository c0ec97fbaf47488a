"""Small pictures, whole and true."""

import struct
import zlib


def png(colour: int = 200) -> bytes:
    """Return a PNG of one grey point."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    point = zlib.compress(bytes([0, colour]))
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", point), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg() -> bytes:
    """Return the bones of a JPEG: a size, a scan and an end."""
    size = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 1, 1, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00" + b"\x12\x34"
    return b"\xff\xd8" + b"\xff\xe0" + struct.pack(">H", 4) + b"ab" + size + scan + b"\xff\xd9"


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check
