"""Every part, in a real browser."""

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser import (
    LOOKS,
    Look,
    cost,
    opened,
    sideways,
    small_targets,
    turn,
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


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong_with_any_part(chromium: Browser, site: str, path: str) -> None:
    found: dict[str, list[str]] = {}
    with opened(chromium, for_axe=True) as (page, _):
        page.goto(site + path)
        for look in LOOKS:
            turn(page, look)

            found[str(look)] = violations(page)

    assert found == {str(look): [] for look in LOOKS}


@pytest.mark.parametrize("path", PAGES)
def test_no_part_scrolls_sideways_on_the_narrowest_screen(
    chromium: Browser, site: str, path: str
) -> None:
    with opened(chromium, Look(320, "light")) as (page, _):
        page.goto(site + path)

        assert sideways(page) == 0
        assert small_targets(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_nothing_in_the_console_and_stays_within_its_budget(
    chromium: Browser, site: str, path: str
) -> None:
    with opened(chromium) as (page, console):
        page.goto(site + path, wait_until="networkidle")

        assert console == []

    spent = cost(chromium, site + path)
    assert spent.transferred <= 130_000
    assert spent.requests <= 14


def test_keys_go_through_the_list_and_focus_follows_to_the_comment(
    chromium: Browser, site: str
) -> None:
    with opened(chromium) as (page, console):
        page.goto(f"{site}/kommentarer/")
        page.locator(".tg-lista a").first.focus()

        page.keyboard.press("j")

        heading = page.locator("#rubrik")
        expect(heading).to_have_text("Kommentar från Deal-Expressen SE")
        expect(heading).to_be_focused()
        expect(page).to_have_url(f"{site}/kommentarer/4820/")
        expect(page.locator(".tg-lista a[aria-current]")).to_contain_text("Deal-Expressen SE")
        assert console == []


def test_figures_tick_grounds_and_letters_press_buttons(chromium: Browser, site: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(f"{site}/kommentarer/4821/")
        page.locator("#rubrik").focus()

        page.keyboard.press("2")
        page.keyboard.press("9")

        ticked = page.locator(".tg-punkt input:checked")
        assert [box.get_attribute("value") for box in ticked.all()] == ["b", "law"]
        with page.expect_request(lambda request: request.method == "POST") as sent:
            page.keyboard.press("d")
        assert "beslut=hide" in (sent.value.post_data or "")


def test_keys_do_nothing_in_a_field_outside_the_list_or_when_turned_off(
    chromium: Browser, site: str
) -> None:
    with opened(chromium) as (page, _):
        page.goto(f"{site}/kommentarer/4821/")

        page.locator("#motiv").press_sequentially("j1?")
        page.locator(".tg-hem").focus()
        page.keyboard.press("1")
        page.goto(f"{site}/kommentarer/4821/?tangenter=off")
        page.locator("#rubrik").focus()
        page.keyboard.press("1")

        expect(page.locator(".tg-punkt input:checked")).to_have_count(0)
        expect(page.locator("dialog")).to_be_hidden()


def test_after_a_decision_list_and_focus_are_at_the_next_comment(
    chromium: Browser, site: str
) -> None:
    with opened(chromium) as (page, console):
        page.goto(f"{site}/kommentarer/4821/")

        page.get_by_role("button", name="Dölj").click()

        expect(page.locator("#rubrik")).to_have_text("Kommentar från Deal-Expressen SE")
        expect(page.locator("#rubrik")).to_be_focused()
        expect(page.locator(".tg-lista a[aria-current]")).to_contain_text("Deal-Expressen SE")
        assert console == []


def test_news_about_the_list_take_no_focus(chromium: Browser, site: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(f"{site}/kommentarer/4821/")
        page.locator("#motiv").focus()

        page.locator("#nytt button").evaluate("button => button.click()")

        expect(page.locator("#nytt")).to_have_text("3 nya")
        expect(page.locator("#motiv")).to_be_focused()


def test_a_question_mark_opens_the_help(chromium: Browser, site: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(f"{site}/kommentarer/4821/")
        page.locator("#rubrik").focus()

        page.keyboard.press("?")

        expect(page.locator("dialog")).to_be_visible()


def test_the_list_and_a_comment_are_reached_without_javascript(
    chromium: Browser, site: str
) -> None:
    with opened(chromium, Look(390, "light"), javascript=False) as (page, _):
        page.goto(f"{site}/kommentarer/")

        page.locator(".tg-lista a").nth(1).click()

        expect(page.locator("#rubrik")).to_have_text("Kommentar från Deal-Expressen SE")


def test_errors_of_a_form_are_in_focus_and_lead_to_their_fields(
    chromium: Browser, site: str
) -> None:
    with opened(chromium) as (page, _):
        page.goto(f"{site}/fel-i-formular/")

        expect(page.locator(".ds-error-summary")).to_be_focused()
        page.locator(".ds-error-summary a").first.click()

        expect(page.locator("#id_name")).to_be_focused()


def test_a_public_page_leaves_no_cookie_and_runs_no_script(chromium: Browser, site: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(f"{site}/publikt/", wait_until="networkidle")

        assert page.context.cookies() == []
        assert page.locator("script").count() == 0


def test_paper_shows_the_record_and_not_the_frame(chromium: Browser, site: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(f"{site}/kommentarer/4821/")

        page.emulate_media(media="print")

        expect(page.locator(".tg-citat")).to_be_visible()
        across = page.locator(".tg-citat").evaluate("quote => quote.offsetWidth / innerWidth")
        assert across > 0.95
        for hidden in (".tg-topp", ".tg-nav", ".tg-ko", ".tg-beslut", "dialog"):
            expect(page.locator(hidden)).to_be_hidden()
