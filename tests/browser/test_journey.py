"""A decision from the visitor's form to the public page and back, with and without JavaScript."""

import re
import urllib.request

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.municipality import Municipality
from tests.web.browser import Look, opened
from torget.organisation.models import RoleName
from torget.practice import demo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.clause("4.10"),
]
POST = "/ny-trafikplan-vid-centralskolan/"


@pytest.mark.clause("4.10.a")
def test_without_javascript_a_comment_is_hidden_and_brought_back(
    chromium: Browser, town: Municipality
) -> None:
    text = "Lena på gatukontoret är en idiot och en lögnare."
    with opened(chromium, Look(390, "light"), javascript=False) as (page, _):
        visitor_writes(page, town, "Kim Utan", text)
        sign_in(page, town)
        page.get_by_role("link", name="Kim Utan").click()
        before = waiting(page)

        page.get_by_role("checkbox", name=re.compile(r"^a ")).check()
        page.get_by_role("button", name="Dölj").click()

        expect(page.get_by_role("status")).to_contain_text("kommentaren från Kim Utan")
        expect(page.get_by_role("status")).to_contain_text("är sparade som T")
        assert waiting(page) == before - 1
        assert text in public(town)
        town.act()
        assert text not in public(town)

        page.get_by_role("button", name="Ångra").click()

        expect(page.locator("#rubrik")).to_contain_text("Kim Utan")
        assert waiting(page) == before
        expect(page.locator("#historik")).to_be_visible()
        town.act()
        assert text in public(town)
        page.reload()
        expect(page.locator(".tg-detalj")).to_contain_text("Ångrat")


@pytest.mark.clause("4.10.a")
def test_with_the_keyboard_alone_a_comment_is_hidden_and_brought_back(
    chromium: Browser, town: Municipality
) -> None:
    text = "Jag ska komma hem till dig, din idiot, och slå dig gul och blå."
    town.write_comment(text, name="Kim Med")
    with opened(chromium, cookies=town.cookies(RoleName.COMMUNICATIONS)) as (page, console):
        page.goto(f"{town.address}/kommentarer/")
        tab_into_the_list(page)
        before = waiting(page)
        go_to(page, "Kim Med")

        if not page.locator(".tg-punkt input").first.is_checked():
            page.keyboard.press("1")
        page.keyboard.press("d")

        told = page.get_by_role("status").filter(has_text="Kim Med")
        expect(told).to_contain_text("är sparade som T")
        expect(page.locator("#rubrik")).not_to_contain_text("Kim Med")
        expect(page.locator("#rubrik")).to_be_focused()
        expect(page.locator("#ko")).to_contain_text(f"{before - 1} att granska")
        town.act()
        assert text not in public(town)

        page.keyboard.press("z")

        expect(page.locator("#rubrik")).to_contain_text("Kim Med")
        expect(page.locator("#ko")).to_contain_text(f"{before} att granska")
        town.act()
        assert text in public(town)
        assert console == []


def visitor_writes(page: Page, town: Municipality, name: str, text: str) -> None:
    """Write a comment in the blog's own form, and let Torget fetch it."""
    page.goto(town.blog.url + POST)
    page.get_by_label("Namn").fill(name)
    page.get_by_label("Kommentar").fill(text)
    page.get_by_role("button", name="Publicera").click()
    town.read()


def sign_in(page: Page, town: Municipality) -> None:
    """Sign in as the communications officer, and go to the comments."""
    who = next(one for one in demo.sign_ins() if one.role == RoleName.COMMUNICATIONS.label)
    page.goto(town.address)
    page.get_by_label("E-post").fill(who.email)
    page.get_by_label("Lösenord").fill(who.password)
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("navigation").get_by_role("link", name="Kommentarer").click()
    expect(page).to_have_url(f"{town.address}/kommentarer/")


def public(town: Municipality) -> str:
    """Return what everyone sees of the post."""
    with urllib.request.urlopen(town.blog.url + POST) as answer:
        return str(answer.read().decode())


def waiting(page: Page) -> int:
    """Return how many comments the page says are waiting."""
    told = re.search(r"(\d+) att granska", page.locator("#ko").text_content() or "")
    assert told
    return int(told[1])


def tab_into_the_list(page: Page) -> None:
    """Press Tab until focus is at the first comment."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(".tg-lista a:focus").count():
            return
    raise AssertionError("the list is not reached by Tab")


def go_to(page: Page, name: str) -> None:
    """Press J until the comment from ``name`` is open."""
    for _ in range(page.locator(".tg-lista a").count()):
        page.keyboard.press("j")
        marked = page.locator(".tg-lista a[aria-current]")
        expect(page.locator("#rubrik")).to_contain_text(marked.locator("b").first.inner_text())
        expect(page.locator("#rubrik")).to_be_focused()
        if name in page.locator("#rubrik").inner_text():
            return
    raise AssertionError(f"{name} is not in the list")
