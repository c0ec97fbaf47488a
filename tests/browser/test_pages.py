"""Every page of Torget, in a real browser, as the person sees it who works there."""

import re
import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import cases
from tests.browser.cases import Case
from tests.browser.municipality import Municipality
from tests.browser.swedish import foreign, words
from tests.web.browser import (
    LOOKS,
    Look,
    counted,
    opened,
    sideways,
    small_targets,
    turn,
    violations,
)
from torget.organisation.models import RoleName

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_BYTES, MOST_REQUESTS = 130_000, 14
# That a person has opened a message is noted once, with a line in the journal (clause 4.10).
KNOWING = {"moderation:message", "records:record"}
KNOWLEDGE = {"records_message", "journal_entry", "journal_tree"}


def test_every_address_has_a_case() -> None:
    tried = {case.name for case in (*cases.PAGES, *cases.OTHERS, *cases.SENT_TO)}

    assert set(cases.names()) - tried == set()


@pytest.mark.parametrize("case", cases.PAGES, ids=str)
def test_a_page_is_light_quiet_swedish_and_for_everyone(
    chromium: Browser, town: Municipality, case: Case
) -> None:
    with opened(chromium, cookies=town.cookies(case.role)) as (page, console):
        with counted(page) as spent:
            answer = page.goto(town.address + case.path(town), wait_until="networkidle")
        assert answer and answer.status == case.status
        if case.doing:
            case.doing(page)
            page.wait_for_load_state("networkidle")

        assert faults(page) == {}
        assert console == []
        assert spent.transferred <= MOST_BYTES
        assert spent.requests <= MOST_REQUESTS


@pytest.mark.nightly
@pytest.mark.parametrize("role", RoleName)
def test_every_role_gets_a_faultless_page_or_is_told_that_there_is_none(
    chromium: Browser, town: Municipality, role: RoleName
) -> None:
    with opened(chromium, cookies=town.cookies(role)) as (page, console):
        for case in cases.PAGES:
            answer = page.goto(town.address + case.path(town), wait_until="networkidle")

            assert answer and answer.status in {200, case.status, 404}
            assert (str(case), faults(page)) == (str(case), {})
        assert console == []


def faults(page: Page) -> dict[str, Any]:
    """Return all that is wrong with a page in any look, by what is wrong."""
    found: dict[str, Any] = {str(look): _in_look(page, look) for look in LOOKS}
    turn(page, Look(320, "light"))
    found |= {
        "sideways at 320": sideways(page),
        "small targets": small_targets(page),
        "not Swedish": foreign(words(page)),
        "language": page.locator("html").get_attribute("lang") != "sv",
        "headings": page.locator("h1").count() - 1,
        "title": not page.title(),
        "fields in the browser's own language": page.locator(
            "input[type^=date], input[type=time], input[type=month], input[type=week]"
        ).count(),
    }
    return {what: wrong for what, wrong in found.items() if wrong}


def _in_look(page: Page, look: Look) -> list[str]:
    turn(page, look)
    return violations(page)


@pytest.mark.parametrize("case", [*cases.OTHERS, *cases.SENT_TO], ids=str)
def test_what_is_no_page_answers_as_it_should(town: Municipality, case: Case) -> None:
    answer = ask(town, case)

    assert answer.status == case.status
    assert foreign(re.sub(r"(?s)<[^>]+>|\{.*\}", " ", answer.read().decode()).split("\n")) == []


def test_to_read_a_page_writes_nothing_but_that_a_person_knows_of_it(town: Municipality) -> None:
    for case in (*cases.PAGES, *cases.OTHERS):
        town.cookies(case.role)
        before = town.digests()

        ask(town, case)

        after = town.digests()
        changed = {table for table in after if after[table] != before[table]}
        assert changed <= (KNOWLEDGE if case.name in KNOWING else set()), str(case)


def ask(town: Municipality, case: Case) -> Any:
    """Ask for an address without a browser."""
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in town.cookies(case.role))
    request = urllib.request.Request(town.address + case.path(town), headers={"Cookie": cookies})
    try:
        return urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        return error
