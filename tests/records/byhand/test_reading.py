"""What is copied from a page is taken apart: name, text, time, address."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torget.records.byhand.reading import MOST, Read, read
from torget.records.byhand.times import HERE

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    "copied",
    [
        "Kim Berg\nVilken fin lekplats!\n3 tim\nGilla\nSvara",
        "Kim Berg\nVilken fin lekplats!\n3 tim  Gilla  Svara  12 gilla-markeringar",
        "Kim Berg · 3 tim\nVilken fin lekplats!\nGilla · Svara · Dela",
        "Kim Berg, 3 tim\r\nVilken fin lekplats!\r\n",
        "Kim Berg skrev:\nVilken fin lekplats!\n3 tim",
        "\n\n  Kim Berg\n3 tim\nVilken fin lekplats!\nRedigerad\n\n",
    ],
)
def test_one_comment_is_read_however_it_was_copied(copied: str) -> None:
    assert read(copied, NOW) == [Read("Kim Berg", "3 tim", "Vilken fin lekplats!")]


def test_a_blank_line_stands_between_comments_and_an_address_ends_one() -> None:
    copied = (
        "Kim Berg · 3 tim\nHej!\nhttps://facebook.example/p?comment_id=2\n\n"
        "@boek\nNej tack.\nigår 14:05"
    )

    assert read(copied, NOW) == [
        Read("Kim Berg", "3 tim", "Hej!", "https://facebook.example/p?comment_id=2"),
        Read("@boek", "igår 14:05", "Nej tack."),
    ]


def test_a_paragraph_alone_belongs_to_the_comment_above() -> None:
    copied = "Kim Berg · 3 tim\nFörsta stycket.\n\nAndra stycket."

    assert read(copied, NOW) == [Read("Kim Berg", "3 tim", "Första stycket.\n\nAndra stycket.")]


def test_lines_of_dashes_keep_blank_lines_within_a_comment() -> None:
    copied = "Kim Berg\nEtt\n\nTvå\n---\nBo Ek\nTre"

    assert [each.text for each in read(copied, NOW)] == ["Ett\n\nTvå", "Tre"]


def test_a_text_alone_has_no_author() -> None:
    assert read("Bara en text utan namn.", NOW) == [Read(text="Bara en text utan namn.")]


def test_a_number_or_a_time_within_the_text_is_text() -> None:
    copied = "Kim Berg · 3 tim\nVi ses 14:05 på torget.\n12\nGilla det!"

    assert read(copied, NOW)[0].text == "Vi ses 14:05 på torget.\n12\nGilla det!"


@given(st.text(max_size=400))
def test_nothing_that_is_read_is_made_up(copied: str) -> None:
    plain = copied.replace("\r\n", "\n").replace("\r", "\n")

    for each in read(copied, NOW):
        for line in (each.author, each.time, each.address, *each.text.split("\n")):
            assert line in plain


def test_so_many_at_a_time() -> None:
    copied = "\n\n".join(f"Kim {n}\nText {n}" for n in range(MOST + 5))

    assert len(read(copied, NOW)) == MOST


def test_nothing_is_read_out_of_nothing() -> None:
    assert read(" \n\n ", NOW) == []
