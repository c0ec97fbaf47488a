"""Clause 4.9: a picture shows what it shows, and tells nothing else."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publishing.test_pages import png
from torget.errors import NotSendable
from torget.publishing.pictures import LARGEST, clean

pytestmark = pytest.mark.clause("4.9")
SECRET = b"64.9135N 19.4231E Camera of Kim"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(order: str, turn: int) -> bytes:
    head = b"II*\0" if order == "<" else b"MM\0*"
    entries = struct.pack(f"{order}HHII", 0x010E, 2, 30, 0)
    entries += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turn, 0)
    tiff = head + struct.pack(f"{order}IH", 8, 2) + entries + b"\0\0\0\0" + SECRET
    return segment(0xE1, b"Exif\0\0" + tiff)


FRAME = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
TABLE = segment(0xDB, bytes(65))
PIXELS = segment(0xDA, bytes(10)) + b"\x12\xff\x00\x34\xff\xd0\x56" + b"\xff\xd9"


def jpeg(*more: bytes) -> bytes:
    return b"\xff\xd8" + FRAME + b"".join(more) + TABLE + PIXELS


def test_a_plain_picture_is_left_as_it_is() -> None:
    assert clean(jpeg()).data == jpeg()
    assert clean(png()).data == png()
    assert (clean(jpeg()).media_type, clean(png()).media_type) == ("image/jpeg", "image/png")


@pytest.mark.parametrize("marker", [0xE1, 0xE3, 0xED, 0xEF, 0xFE])
def test_what_cameras_and_programs_write_is_taken_away(marker: int) -> None:
    assert clean(jpeg(segment(marker, SECRET))).data == jpeg()


@pytest.mark.parametrize("name", [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"])
def test_so_it_is_in_the_other_format(name: bytes) -> None:
    assert clean(png((name, SECRET))).data == png()


def test_what_lies_after_the_picture_is_taken_away() -> None:
    assert clean(jpeg() + SECRET).data == jpeg()
    assert clean(png() + SECRET).data == png()


def test_colours_are_kept() -> None:
    colours = segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(9))
    assert clean(jpeg(colours)).data == jpeg(colours)
    assert clean(jpeg(segment(0xE2, b"MPF\0" + SECRET))).data == jpeg()


@pytest.mark.parametrize("order", ["<", ">"])
def test_how_it_is_turned_is_kept_and_nothing_else_of_what_the_camera_wrote(order: str) -> None:
    data = clean(jpeg(exif(order, 6))).data

    assert SECRET not in data
    assert b"Exif\0\0MM\0*" in data
    assert clean(data).data == data
    assert clean(jpeg(exif(order, 1))).data == jpeg()


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg/>", b"GIF89a", b"\xff\xd8\xff", jpeg()[:-2], png()[:-6], png()[:40] + b"x" * 40],
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotSendable, match="ingen bild"):
        clean(data)


def test_a_picture_that_is_too_large_is_refused() -> None:
    with pytest.raises(NotSendable, match="10 MB"):
        clean(jpeg() + bytes(LARGEST))


@given(
    st.binary(max_size=60),
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1"]),
)
def test_whatever_bytes_come_it_is_a_picture_or_refused(data: bytes, head: bytes) -> None:
    with suppress(NotSendable):
        assert clean(head + data).data
