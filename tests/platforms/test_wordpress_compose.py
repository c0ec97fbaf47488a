"""Plain text becomes what WordPress holds, and comes back letter by letter."""

import time
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.platforms.stages import RealStage
from tests.wordpress.server import WordPress
from torget.platforms.testkit_orders import done, publish, visible
from torget.platforms.wordpress import compose
from torget.platforms.wordpress.compose import Placed
from torget.platforms.wordpress.text import plain

MARK = UUID(int=7)
# What a clerk may type, and what a clerk may paste.
TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
TRICKY = st.lists(
    st.sampled_from([
        "å", "Ö", "🎉", "👩\u200d👧", "\n", "\n\n", "\n\n\n", " ", "  ", "\xa0", '"', "'", "`", "&",
        "&amp;", "<", ">", "<b>", "<!--", "-->", "<!-- wp:x -->", "--", "-", "...", ":)", "8O",
        "[a]", "x", "3x4", "Wordpress", "http://x.example/?a=1&b=2", "https://x.example.", "(c)",
        "1/2", "#",
    ])
).map("".join)  # fmt: skip
PICTURE = Placed("7", "https://x.example/a.png?b=1&c=2", 'En "katt" <3 & [hund]')


@given(TYPED | TRICKY)
def test_a_post_comes_back_as_it_was_written(text: str) -> None:
    source = compose.post(text, [PICTURE], MARK)

    assert compose.read(source) == compose.normal(text)
    assert compose.pictures(source) == [PICTURE]
    assert compose.mark_of(source) == MARK.hex


@given(TYPED | TRICKY)
def test_an_answer_comes_back_as_it_was_written(text: str) -> None:
    assert plain(compose.comment(text)) == compose.normal(text)


@pytest.mark.wordpress
def test_a_real_wordpress_turns_nothing_of_it(wordpress: WordPress) -> None:
    stage = RealStage(wordpress)
    platform = stage.connect()
    numbers = iter(range(100, 200))

    @settings(max_examples=15, deadline=None, database=None, derandomize=True)
    @given(TRICKY.filter(str.strip))
    def comes_back(text: str) -> None:
        ref = done(platform.perform(publish(text, title="Rubrik", number=next(numbers))))

        assert getattr(platform.fetch(ref), "message").text == compose.normal(text)  # noqa: B009
        seen = visible(stage.public_page(ref))
        assert [line for line in compose.normal(text).split("\n") if line not in seen] == []

    comes_back()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Se https://x.example.", '<a href="https://x.example">https&#58;//x.example</a>.'),
        ("(https://x.example/a)", '<a href="https://x.example/a">https&#58;//x.example/a</a>&#41;'),
        ("https://x.example/a_(b)", '<a href="https://x.example/a_&#40;b&#41;">'),
    ],
)
def test_an_address_can_be_followed_and_ends_where_it_ends(text: str, html: str) -> None:
    assert html in compose.comment(text)


def test_text_cannot_pass_for_a_number_of_ours() -> None:
    forged = f'<!-- wp:paragraph {{"metadata":{{"torget":"{"f" * 32}"}}}} -->'

    assert compose.mark_of(compose.post(forged, [], MARK)) == MARK.hex
    assert compose.mark_of(forged) == "f" * 32


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Skrivet för hand\n\ni två stycken", "Skrivet för hand\n\ni två stycken"),
        ("<p>ett</p>\n<p>två</p>", "ett\n\ntvå"),
        ('<img src="/a.png" alt="katt">Text', "Text"),
        ("<!-- wp:heading -->\n<h2>Rubrik</h2>\n<!-- /wp:heading -->\n\n<!-- wp:paragraph -->\n"
         "<p>Text</p>\n<!-- /wp:paragraph -->", "Rubrik\n\nText"),
        ("<!-- wp:image -->\n<figure><img src='/a.png'/><figcaption>Bild</figcaption></figure>\n"
         "<!-- /wp:image -->", "Bild"),
    ],
)  # fmt: skip
def test_what_was_written_in_wordpress_itself_is_read_too(source: str, text: str) -> None:
    assert compose.read(source) == text


@pytest.mark.parametrize(
    "piece", ["<p>", "<!-- wp:", "<!--", "<img ", "<img src='", "https://", "x<p>y</p>", "(" * 9]
)
def test_a_long_text_takes_one_look_and_not_many(piece: str) -> None:
    def cost(length: int) -> float:
        source = piece * (length // len(piece))
        began = time.process_time()
        compose.read(source)
        compose.pictures(source)
        compose.mark_of(source)
        compose.comment(source)
        return time.process_time() - began

    short, long = cost(100_000), cost(800_000)

    assert long < 30 * max(short, 0.01), "eight times the text cost as the square of it"
