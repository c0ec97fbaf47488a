"""Takes the user guide's pictures, in a practice municipality of its own: ``make pictures``."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.municipality import ROOT, Municipality, municipality
from tests.web.browser import Look, Scheme, launched, opened
from torget.organisation.models import RoleName

PICTURES = ROOT / "docs/anvandare/bilder"
WIDE, NARROW, TALL = 1280, 390, 620
COMMUNICATIONS = RoleName.COMMUNICATIONS


class Album:
    """Opens pages as someone, and takes pictures of them."""

    def __init__(self, browser: Browser, town: Municipality, into: Path) -> None:
        self._browser, self._town, self._into = browser, town, into

    @contextmanager
    def page(
        self, path: str, role: RoleName | None, width: int = WIDE, scheme: Scheme = "light"
    ) -> Iterator[Page]:
        """Open a page as someone with the role."""
        cookies = self._town.cookies(role)
        with opened(self._browser, Look(width, scheme), cookies=cookies) as (page, _):
            page.set_viewport_size({"width": width, "height": TALL})
            page.goto(self._town.address + path, wait_until="networkidle")
            yield page

    def take(self, name: str, page: Page, part: str = "") -> None:
        """Take a picture of what is in the window, or of a part of the page."""
        page.wait_for_load_state("networkidle")
        seen = page.locator(part) if part else page
        seen.screenshot(path=self._into / f"{name}.png", animations="disabled")


def comments(album: Album, town: Municipality) -> None:
    """Picture the day's work: the list, one comment, a decision, its history."""
    with album.page("/kommentarer/", COMMUNICATIONS) as page:
        page.locator(".tg-lista a").filter(has_text="Roland E").click()
        page.locator("#rubrik").wait_for()
        album.take("kommentar", page)
        page.get_by_role("checkbox").nth(0).check()
        page.get_by_role("checkbox").nth(1).check()
        album.take("beslut", page, ".tg-beslut")
        page.get_by_role("button", name="Dölj").click()
        page.get_by_role("status").filter(has_text="Roland E").wait_for()
        town.act()
        page.evaluate("scrollTo(0, 0)")
        album.take("angra", page)
    path = f"/kommentarer/{_number(town, 'hide')}/?vy=beslutade"
    with album.page(path, COMMUNICATIONS) as page:
        album.take("historik", page, "section:has(> #historik)")
    with album.page("/kommentarer/", COMMUNICATIONS, NARROW) as page:
        album.take("kommentarer-mobil", page)
        page.locator(".tg-lista a").nth(3).click()
        page.locator("#rubrik").wait_for()
        album.take("kommentar-mobil", page)
    with album.page("/kommentarer/", COMMUNICATIONS, scheme="dark") as page:
        page.locator(".tg-lista a").nth(3).click()
        page.locator("#rubrik").wait_for()
        album.take("kommentar-mork", page)


def registers(album: Album, town: Municipality) -> None:
    """Picture the records, the register and what everyone sees."""
    hidden = _number(town, "hide")
    for name, path, role in (
        ("idag", "/", COMMUNICATIONS),
        ("logga-in", "/logga-in/", None),
        ("handlingar", "/handlingar/", RoleName.REGISTRAR),
        ("handling", f"/handlingar/{hidden}/", RoleName.REGISTRAR),
        ("kanaler", "/register/kanaler/", RoleName.MANAGER),
        ("kanal", "/register/kanaler/bjorkbobloggen/", RoleName.MANAGER),
        ("uppdrag", "/register/kanaler/bjorkbobloggen/uppdrag/", RoleName.MANAGER),
        ("forteckningen", "/kanaler/", None),
    ):
        with album.page(path, role) as page:
            album.take(name, page)


def take_all(into: Path = PICTURES) -> None:
    """Take every picture."""
    into.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        launched() as browser,
        municipality(Path(folder), browser) as town,
    ):
        album = Album(browser, town, into)
        comments(album, town)
        registers(album, town)


def _number(town: Municipality, measure: str) -> int:
    asked = "SELECT message_id FROM moderation_decision WHERE measure = ? ORDER BY id DESC"
    return int(town.ask(asked, measure)[0][0])
