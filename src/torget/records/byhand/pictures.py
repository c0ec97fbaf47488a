"""Pictures that a person hands in: looked into before they are kept. Pure, no database."""

from torget.errors import PictureRefused

LARGEST = 10_000_000  # bytes
ACCEPTED = "image/png,image/jpeg"
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the JPEG markers that give a size


def media_type(data: bytes) -> str:
    """Return what kind of picture the bytes are, whatever the file was called.

    Raises:
        PictureRefused: larger than ``LARGEST``, cut off, or neither PNG nor JPEG.
    """
    if len(data) > LARGEST:
        raise too_large()
    if _is_png(data):
        return "image/png"
    if _is_jpeg(data):
        return "image/jpeg"
    raise PictureRefused(
        "Filen är ingen bild som går att spara.", remedy="Välj en skärmbild i PNG eller JPEG."
    )


def _is_png(data: bytes) -> bool:
    """Whether the chunks of a PNG follow on one another, from its size to its end."""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR":
        return False
    at, kind = len(_PNG), b""
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            break
    return kind == b"IEND" and at == len(data) and data[16:24] != bytes(8)


def _is_jpeg(data: bytes) -> bool:
    """Whether the markers of a JPEG lead from its beginning over a size to its picture."""
    if not data.startswith(b"\xff\xd8\xff") or not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        return False
    at, sized = 2, False
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xDA:
            return sized
        sized = sized or marker in _FRAMES
        at += 2 + length
    return False


def too_large() -> PictureRefused:
    """Return what to say of a picture that is too large to be read at all."""
    return PictureRefused("Bilden är större än 10 MB.", remedy="Välj en mindre bild.")
