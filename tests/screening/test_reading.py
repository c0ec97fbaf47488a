"""The text as a reader takes it in, with a way back to the text as it was given."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torget.screening import lexicon
from torget.screening.reading import lower, plain, revealed
from torget.screening.sentences import read


def shown(text: str) -> str:
    return revealed(lower(plain(text)), lexicon.is_known, lexicon.masked()).text


@pytest.mark.parametrize(
    ("disguised", "seen"),
    [
        ("jääävla", "jävla"),
        ("h3lv3te", "helvete"),
        ("f@n", "fan"),
        ("f a n", "fan"),
        ("f.a.n", "fan"),
        ("R-Ö-V", "röv"),
        ("j*vla", "jävla"),
        ("k🍆k", "kuk"),
        ("f\u200ba\u00adn", "fan"),
        ("f\u0336a\u0336n", "fan"),
        ("jävla", "jävla"),
        ("ｆａｎ", "fan"),
        ("fаn är det", "fan är det"),
        ("1diot", "idiot"),
    ],
)
def test_a_disguised_word_is_written_out(disguised: str, seen: str) -> None:
    assert shown(disguised) == seen


@pytest.mark.parametrize(
    "innocent",
    [
        "e-post till p-plats 4a",
        "den 3 mars 2024",
        "å ä ö i rad",
        "hej@kommun.example",
        "m² och 5G",
        "Москва",
    ],
)
def test_what_hides_nothing_is_left_as_it_is(innocent: str) -> None:
    assert shown(innocent) == plain(innocent).text.lower()


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=200))
def test_each_character_leads_back_into_the_text(text: str) -> None:
    view = read(text).view

    assert len(view.text) == len(view.starts) == len(view.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(view.starts, view.ends, strict=True))
    assert list(view.starts) == sorted(view.starts)


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=300))
def test_the_sentences_hold_the_whole_text_in_order(text: str) -> None:
    reading = read(text)

    joined = "".join(sentence.text for sentence in reading.sentences)

    assert joined.split() == reading.view.text.split()
