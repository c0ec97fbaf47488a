r"""Take pictures of pages for the eye: 1440 and 390 pixels wide, light and dark.

    .venv/bin/python scripts/screenshots.py http://127.0.0.1:8000 /kanaler/ /kommentarer/ \
        --email anna@ovning.example --password … --into var/shots

signs in once (leave both out for pages that everyone sees), opens every path in four looks, and
writes ``kommentarer-1440-dark.png`` and so on. ``--width 320`` adds a width; ``--full`` takes the
whole page, not only the window. Says what the console said, and exits with 1 if it said anything.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser

from tests.web.browser import LOOKS, Look, launched, opened


def main() -> int:
    """Read the arguments, take the pictures."""
    parser = argparse.ArgumentParser(description="Take pictures of pages, in four looks each.")
    parser.add_argument("site", help="address of a running server")
    parser.add_argument("paths", nargs="+", help="paths, as /kommentarer/")
    parser.add_argument("--into", type=Path, default=Path("var/shots"), help="folder for pictures")
    parser.add_argument("--email", help="sign in as")
    parser.add_argument("--password", default="")
    parser.add_argument("--width", type=int, action="append", default=[], help="one more width")
    parser.add_argument("--full", action="store_true", help="the whole page")
    wanted = parser.parse_args()
    looks = [*LOOKS, *(Look(width, "light") for width in wanted.width)]
    wanted.into.mkdir(parents=True, exist_ok=True)
    said = 0
    with launched() as browser:
        cookies = (
            sign_in(browser, wanted.site, wanted.email, wanted.password) if wanted.email else []
        )
        for path in wanted.paths:
            for look in looks:
                with opened(browser, look, cookies=cookies) as (page, console):
                    page.goto(wanted.site + path, wait_until="networkidle")
                    name = re.sub(r"\W+", "-", path).strip("-") or "start"
                    file = wanted.into / f"{name}-{look}.png"
                    page.screenshot(path=file, full_page=wanted.full)
                    print(file, *console, sep="\n  ")
                    said += len(console)
    return 1 if said else 0


def sign_in(browser: Browser, site: str, email: str, password: str) -> list[Any]:
    """Sign in through the page, and return the cookies of the session."""
    with opened(browser) as (page, _):
        page.goto(f"{site}/logga-in/")
        page.locator("input[type=email], input[name=username]").first.fill(email)
        page.locator("input[type=password]").fill(password)
        page.locator("main button[type=submit], main form button").first.click()
        page.wait_for_load_state("networkidle")
        return list(page.context.cookies())


if __name__ == "__main__":
    sys.exit(main())
