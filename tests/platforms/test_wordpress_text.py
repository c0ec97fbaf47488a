"""HTML becomes plain text, and nothing that a reader would see is lost."""

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torget.platforms.wordpress.text import plain, storable


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Hej &amp; v&auml;lkommen &lt;3", "Hej & välkommen <3"),
        ("Hej <b>du</b> <em>där</em>", "Hej du där"),
        ("ett\r\ntvå\n\ntre", "ett\r\ntvå\n\ntre"),
        ("<p>ett</p><p>två<br />tre</p>", "ett\ntvå\ntre"),
        ("<ul><li>ett</li><li>två</li></ul>", "- ett\n- två"),
        ('<a href="https://x.example/?a=1&#038;b=2">här</a>.', "här (https://x.example/?a=1&b=2)."),
        ("<A HREF='https://x.example'>https://x.example</A>", "https://x.example"),
        ("<a href=https://x.example>här", "här (https://x.example)"),
        ("<a href='/ett'>ett<a href='/två'>två</a>", "ett (/ett)två (/två)"),
        ("<a>utan</a>", "utan"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ('<img src="/a.png" alt="katt">', '<img src="/a.png" alt="katt">'),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("2 < 3 och 4 > 3", "2 < 3 och 4 > 3"),
        ("<3 <3", "<3 <3"),
        ("a\u202eb\u202c\u200bc", "a\u202eb\u202c\u200bc"),
        ("halv \ud800 och \x00", "halv \ufffd och \ufffd"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_a_reader_would_see_is_kept(source: str, text: str) -> None:
    assert plain(source) == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_what_was_typed_comes_back_letter_by_letter(typed: str) -> None:
    kept = html.escape(typed, quote=False)

    assert plain(kept) == typed.strip()


@given(st.text())
def test_any_text_can_be_stored(text: str) -> None:
    assert storable(text).encode().decode() == storable(text)
    assert len(storable(text)) == len(text)


@pytest.mark.parametrize("piece", ["<", "<a", "<a ", "<a href='", "<p>", "&", "&#", "<a href=x>y"])
def test_a_long_text_takes_one_look_and_not_many(piece: str) -> None:
    def cost(length: int) -> float:
        source = piece * (length // len(piece))
        began = time.process_time()
        plain(source)
        return time.process_time() - began

    short, long = cost(200_000), cost(1_600_000)

    assert long < 30 * max(short, 0.01), "eight times the text cost as the square of it"


def test_ten_million_signs_come_through() -> None:
    text = "Åh! " * 2_500_000

    assert plain(text) == text.strip()
