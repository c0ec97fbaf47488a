"""Text from outside."""

import html
import re

import pytest
from django.template import engines
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from torget.web.text import Mark, marked, visible, visible_plain

LONE = ["\ud800", "\udfff"]
anything = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cf", "Cc"]),
        st.sampled_from("<>&\"' \n\r\u202e\u200b\u200d👨👩\ufe0f"),
    )
)
HIDDEN = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff\u00ad\x00\x1b"
)


@given(text=anything)
def test_a_page_can_always_be_encoded_and_holds_no_markup_of_others(text: str) -> None:
    shown = visible(text)

    shown.encode("utf-8")
    ours = re.compile(r'<span class="tg-dold" title="[^"<>]*">U\+[0-9A-F]+</span>')
    assert not set("<>\"'") & set(ours.sub("", shown))


@given(text=anything)
def test_nothing_that_can_be_seen_is_lost(text: str) -> None:
    seen = [character for character in text if character.isalnum() and character.isascii()]

    shown = html.unescape(strip_tags(visible(text)))

    kept = iter(shown)
    assert all(character in kept for character in seen)


@pytest.mark.parametrize("character", [*HIDDEN, *LONE])
def test_a_hidden_character_is_shown_as_its_code(character: str) -> None:
    shown = visible(f"a{character}b")

    assert character not in shown
    assert f">U+{ord(character):04X}</span>b" in shown
    assert visible_plain(f"a{character}b") == f"a[U+{ord(character):04X}]b"


def test_a_family_stays_a_family_and_a_joiner_elsewhere_is_shown() -> None:
    assert visible("👩\u200d👧") == "👩\u200d👧"
    assert "U+200D" in visible("pay\u200dpal")
    assert "U+200D" in visible("👩\u200d")


def test_line_ends_of_every_kind_become_one() -> None:
    assert visible("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_the_filters_work_in_a_template_with_line_breaks_after() -> None:
    template = engines["django"].from_string("{{ text|visible|linebreaksbr }}")

    assert template.render({"text": "<b>\nx"}) == "&lt;b&gt;<br>x"


def test_a_mark_shows_its_letter_and_says_its_rule() -> None:
    shown = marked("du är en <skurk> du", [Mark(9, 16, "a", "4:10 a, Förtal")])

    assert '<mark class="tg-mark" data-punkt="a">' in shown
    assert '<span class="ds-sr-only">[4:10 a, Förtal: </span>&lt;skurk&gt;' in shown
    assert '<sup aria-hidden="true">a</sup><span class="ds-sr-only">]</span></mark> du' in shown


@given(text=anything.filter(bool), pick=st.data())
def test_marks_change_no_word_however_they_overlap(text: str, pick: st.DataObject) -> None:
    text = re.sub("[\r\u200d]", "", text) or "a"  # what stands beside these decides how they show
    places = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True)
    bounds = pick.draw(st.lists(places))
    marks = [Mark(min(pair), max(pair), "a", "regel") for pair in bounds]

    shown = marked(text, marks)

    bare = re.sub(r'<span class="ds-sr-only">.*?</span>|<sup.*?</sup>|</?mark[^>]*>', "", shown)
    assert bare == visible(text)
    assert shown.count("<sup") == len(marks)


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 1), (0, 9), (-1, 2)])
def test_a_mark_outside_the_text_is_a_fault(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a part"):
        marked("abc", [Mark(start, end, "a", "regel")])
