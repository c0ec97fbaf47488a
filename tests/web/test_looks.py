"""Every part, in a real browser."""

import pytest
from playwright.sync_api import Browser

from tests.web.browser import (
    LOOKS,
    Look,
    cost,
    opened,
    sideways,
    small_targets,
    violations,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = [
    "/delar/",
    "/fel-i-formular/",
    "/kommentarer/",
    "/kommentarer/4821/",
    "/publikt/",
    "/dorr/",
    "/saknas/",
    "/sagt/",
    "/trasig/",
]


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong_with_any_part(
    chromium: Browser, site: str, path: str, look: Look
) -> None:
    with opened(chromium, look, for_axe=True) as (page, _):
        page.goto(site + path)

        found = violations(page)

    assert found == []


@pytest.mark.parametrize("path", PAGES)
def test_no_part_scrolls_sideways_on_the_narrowest_screen(
    chromium: Browser, site: str, path: str
) -> None:
    with opened(chromium, Look(320, "light")) as (page, _):
        page.goto(site + path)

        assert sideways(page) == 0
        assert small_targets(page) == []


@pytest.mark.parametrize(
    "path",
    [path for path in PAGES if path not in {"/saknas/", "/sagt/", "/trasig/", "/fel-i-formular/"}],
)
def test_a_page_says_nothing_in_the_console_and_stays_within_its_budget(
    chromium: Browser, site: str, path: str
) -> None:
    with opened(chromium) as (page, console):
        page.goto(site + path, wait_until="networkidle")

        assert console == []

    spent = cost(chromium, site + path)
    assert spent.transferred <= 130_000
    assert spent.requests <= 14
