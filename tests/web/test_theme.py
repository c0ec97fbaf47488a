"""The municipality's colours."""

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from torget.web.profile import Profile
from torget.web.theme import NEUTRAL, STEADY, Mode, contrast, luminance, scale, stylesheet

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
modes: st.SearchStrategy[Mode] = st.sampled_from(["light", "dark"])
TEXT_ON = [
    ("text-subtle", "background-default"),
    ("text-subtle", "background-tinted"),
    ("text-subtle", "surface-default"),
    ("text-subtle", "surface-tinted"),
    ("text-default", "surface-active"),
    ("text-default", "surface-hover"),
    ("base-contrast-default", "base-default"),
    ("base-contrast-default", "base-hover"),
    ("base-contrast-default", "base-active"),
]


@pytest.mark.clause("4.1")
@settings(deadline=None)
@given(colour=colours, mode=modes)
def test_text_can_be_read_whatever_colour_a_municipality_has(colour: str, mode: Mode) -> None:
    steps = scale(colour, mode)

    weak = {pair: contrast(steps[pair[0]], steps[pair[1]]) for pair in TEXT_ON}

    assert {pair: value for pair, value in weak.items() if value < STEADY} == {}


@settings(deadline=None)
@given(colour=colours, mode=modes)
def test_borders_of_controls_can_be_told_from_the_page(colour: str, mode: Mode) -> None:
    steps = scale(colour, mode)

    assert contrast(steps["border-default"], steps["background-default"]) >= 3
    assert contrast(steps["border-strong"], steps["surface-tinted"]) >= 3


@given(colour=colours)
def test_the_municipality_s_own_colour_is_used_as_it_is_in_daylight(colour: str) -> None:
    assert scale(colour, "light")["base-default"] == colour


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert luminance("#000000") == 0


def test_a_theme_dresses_light_dark_and_the_browser_s_own_choice() -> None:
    css = stylesheet("#0b5d52")

    assert css.count("--ds-color-accent-base-default:#0b5d52;") == 1
    assert ':root,[data-color-scheme="light"]' in css
    assert '@media (prefers-color-scheme:dark){[data-color-scheme="auto"]' in css
    assert css.count("--ds-color-neutral-text-default:") == 3
    assert NEUTRAL in css


def test_a_new_colour_gets_a_new_address() -> None:
    blue = Profile(municipality="A", accent="#0000ff", logo="l.svg")
    red = Profile(municipality="A", accent="#ff0000", logo="l.svg")

    assert blue.revision != red.revision
    assert blue.revision == Profile(municipality="B", accent="#0000ff", logo="m.svg").revision


@pytest.mark.clause("4.1")
def test_the_theme_is_served_for_good_and_an_old_address_leads_to_it(
    client: Client, gallery: None
) -> None:
    found = client.get("/tema/gammal.css", follow=True)

    assert found.redirect_chain
    assert found["Content-Type"] == "text/css"
    assert "immutable" in found["Cache-Control"]
    assert "--ds-color-accent-base-default:#0b5d52;" in found.content.decode()
