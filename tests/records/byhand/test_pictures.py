"""A picture is what its bytes say, whole and not too large."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.byhand.files import jpeg, png
from torget.errors import PictureRefused
from torget.records.byhand.pictures import LARGEST, media_type


def test_png_and_jpeg_are_known_by_their_bytes() -> None:
    assert media_type(png()) == "image/png"
    assert media_type(jpeg()) == "image/jpeg"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(20),
        b"\x89PNG\r\n\x1a\n",
        png()[:-4],
        png() + b"<script>",
        b"\xff\xd8\xff\xe0\x00\x04ab\xff\xd9",  # no size, no scan
        jpeg()[:-2],
    ],
)
def test_what_is_cut_or_something_else_is_refused(data: bytes) -> None:
    with pytest.raises(PictureRefused, match="ingen bild"):
        media_type(data)


def test_a_picture_that_is_too_large_is_refused() -> None:
    with pytest.raises(PictureRefused, match="10 MB"):
        media_type(png() + bytes(LARGEST))


@given(st.binary(max_size=200), st.sampled_from([b"", png()[:40], jpeg()[:20]]))
def test_no_bytes_are_too_strange(data: bytes, start: bytes) -> None:
    with suppress(PictureRefused):
        assert media_type(start + data).startswith("image/")
