"""The page of mandates, and who could speak for the municipality at a second (4.2, 4.3)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from torget.channels.models import Channel, Mandate
from torget.organisation.models import RoleName

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2")]

NOW = make.MONDAY
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_monday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def shown(client: Client, query: str = "", *roles: RoleName) -> str:
    client.force_login(make.user("Chefen", *(roles or (RoleName.MANAGER,))))
    answer = client.get(f"/uppdrag/{query}")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


def part(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


def changed(mandate: Mandate, **fields: object) -> Mandate:
    Mandate.objects.filter(pk=mandate.pk).update(**fields)
    return mandate


def test_mandates_stand_by_where_they_are_in_their_lives(client: Client) -> None:
    make.mandate(make.user("Ada"), until=NOW + 29 * DAY)
    make.mandate(make.user("Bo"))
    changed(make.mandate(make.user("Cia")), since=NOW + DAY)
    make.mandate(make.user("Dan"), until=NOW)
    changed(make.mandate(make.user("Eva")), revoked_at=NOW)

    page = shown(client)

    assert "Ada" in part(page, "Går ut inom 30 dagar", "Gäller nu")
    assert "Bo" in part(page, "Gäller nu", "Börjar senare")
    assert "Cia" in part(page, "Börjar senare", "Vem fick tala")
    ended = page.partition("Har upphört")[2]
    assert "Dan" in ended
    assert "Gick ut idag kl. 10.00" in ended
    assert "Avslutades idag kl. 10.00" in ended
    assert ended.index("Eva") < ended.index("Dan")


def test_one_sees_ones_own_and_those_of_ones_units_and_no_others(client: Client) -> None:
    school = make.unit("Skolan", make.unit())
    make.mandate(make.user("Ada"), make.channel("Skolbloggen", at=school))
    make.mandate(make.user("Bo"), make.channel("Bloggen"))
    author = make.user("Siv", RoleName.AUTHOR, at=school)
    make.mandate(author, make.channel("Bloggen"))
    client.force_login(author)

    page = client.get("/uppdrag/").text

    assert "Ada" in page
    assert ">Bo<" not in page
    assert "Bloggen" in page
    assert "Ge ett uppdrag" not in page


def test_a_manager_comes_from_here_to_the_form(client: Client) -> None:
    make.channel()

    shown(client)

    assert 'href="/register/kanaler/bloggen/uppdrag/"' in client.get("/uppdrag/").text


def test_with_no_mandate_it_says_what_that_means(client: Client) -> None:
    make.channel()

    assert "Då får ingen skriva för kommunen där." in shown(client)


@pytest.mark.clause("4.3")
def test_who_could_speak_at_a_second_is_answered_to_the_second(client: Client) -> None:
    make.mandate(make.user("Ada"), until=NOW - timedelta(hours=1))

    before = shown(client, "?dag=2026-03-02&tid=08.59")
    after = shown(client, "?dag=2+mars+2026&tid=09.00&kanal=bloggen")

    assert "2 mars 2026 kl. 08.59.00" in before
    assert "Ada: granska kommentarer" in before
    assert "Uppdraget gavs av Chefen" in before
    assert "Ingen hade ett uppdrag då." in after


@pytest.mark.clause("4.3")
def test_a_mandate_never_counts_from_before_it_was_written_down(client: Client) -> None:
    changed(make.mandate(make.user("Ada")), since=NOW - 9 * DAY, recorded_at=NOW - DAY)

    assert "Ingen hade ett uppdrag då." in shown(client, "?dag=2026-02-25&tid=12")


@pytest.mark.clause("4.3")
def test_one_who_has_left_is_still_named_for_the_time_before(client: Client) -> None:
    person = make.user("Ada")
    make.mandate(person)
    person.is_active = False
    person.save()

    page = shown(client, "?dag=2026-03-02&tid=09.30")

    assert "Ada: granska kommentarer" in page
    assert "Personen arbetar inte längre i Torget" in page


@pytest.mark.clause("4.3")
def test_nobody_could_speak_where_the_channel_was_not_in_use(client: Client) -> None:
    channel = make.channel()
    make.mandate(make.user("Ada"), channel)
    Channel.objects.update(status="closed", closed_on=(NOW - DAY).date())

    assert "Ingen sådan kanal var i bruk då." in shown(client, "?dag=idag&tid=9")


def test_what_cannot_be_read_is_asked_for_again(client: Client) -> None:
    page = shown(client, "?dag=strax&tid=")

    assert "Skriv en dag. Som 2026-01-31 eller 31 januari 2026." in page
    assert "Skriv ett klockslag." in page
    assert "Ingen hade ett uppdrag då." not in page


def test_all_that_have_ended_are_reached_page_by_page(client: Client) -> None:
    for number in range(53):
        make.mandate(make.user(f"Person{number:02}"), until=NOW)

    first = shown(client)
    link = re.search(r'href="(\?fore=\d+)#over"', client.get("/uppdrag/").text)
    assert link
    second = shown(client, link[1])

    names = re.findall(r"Person\d\d", first + second)
    assert len(names) == len(set(names)) == 53


def test_the_page_asks_as_little_for_many_mandates_as_for_one(client: Client) -> None:
    for number in range(30):
        make.mandate(make.user(f"Person{number}"), make.channel(f"Kanal {number}"))
    shown(client)

    with CaptureQueriesContext(connection) as asked:
        client.get("/uppdrag/?dag=idag&tid=9")

    assert len(asked) <= 11  # a page that answers a question besides
    assert all(query["sql"].lstrip("( ").startswith("SELECT") for query in asked)
