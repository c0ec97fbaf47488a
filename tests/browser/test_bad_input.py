"""What citizens write can be anything. It is shown as it is, and does nothing."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.municipality import Municipality
from tests.web.browser import counted, opened
from torget.organisation.models import RoleName

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.clause("4.10"),
]
MILLION = 1_000_000


def find(page: Page, town: Municipality, name: str) -> None:
    """Open the comment from ``name`` by way of the list."""
    page.goto(f"{town.address}/kommentarer/")
    page.locator(".tg-lista a").filter(has_text=name).click()
    expect(page.locator("#rubrik")).to_contain_text(name)


def test_a_script_in_a_comment_is_text(chromium: Browser, town: Municipality) -> None:
    attack = """<script>document.title='x'</script><img src=x onerror="alert(1)">{{ 7*7 }}"""
    town.write_comment(attack, name="Robert'); <b>DROP</b>")

    with opened(chromium, cookies=town.cookies(RoleName.COMMUNICATIONS)) as (page, console):
        find(page, town, "DROP")

        expect(page.locator(".tg-citat")).to_contain_text(attack)
        assert page.locator(".tg-citat img, .tg-citat script, #rubrik b").count() == 0
        assert page.title() != "x"
        assert console == []


def test_what_turns_or_hides_letters_is_made_visible(chromium: Browser, town: Municipality) -> None:
    town.write_comment("Betala till \u202egro.kcah\u202c nu, id\u200biot", name="Osynlig")

    with opened(chromium, cookies=town.cookies(RoleName.COMMUNICATIONS)) as (page, _):
        find(page, town, "Osynlig")

        shown = page.locator(".tg-citat").text_content() or ""
        assert "\u202e" not in shown
        assert "\u200b" not in shown
        assert "gro.kcah" in shown


def test_a_comment_of_ten_million_letters_opens_as_a_small_page(
    chromium: Browser, town: Municipality
) -> None:
    # Under a post of its own: a browser is slow to draw the public page with it.
    town.write_comment("Bra! " * (2 * MILLION), name="Mångordig", post=4)

    with opened(chromium, cookies=town.cookies(RoleName.COMMUNICATIONS)) as (page, console):
        with counted(page) as spent:
            find(page, town, "Mångordig")

        expect(page.locator(".tg-detalj")).to_contain_text("Kommentaren är mycket lång.")
        assert len(page.content()) < MILLION
        assert spent.transferred < MILLION
        page.get_by_role("button", name="Låt stå").click()
        expect(page.get_by_role("status").filter(has_text="Mångordig")).to_be_visible()
        assert console == []


def test_half_a_letter_stops_nothing(chromium: Browser, town: Municipality) -> None:
    town.write_comment("Halv \ud83d smiley", name="Halvtecken")

    with opened(chromium, cookies=town.cookies(RoleName.COMMUNICATIONS)) as (page, _):
        find(page, town, "Halvtecken")

        expect(page.locator(".tg-citat")).to_contain_text("smiley")
