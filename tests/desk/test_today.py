"""Idag: each person sees what concerns them, and nothing else; the page asks little."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.publishing import write
from torget.channels.models import Attempt, Channel, Connection, GuidedStep
from torget.desk import greeting
from torget.desk.today import today
from torget.moderation.models import Decision
from torget.moderation.selectors import Sight
from torget.moderation.services import decide
from torget.moderation.work import read_new
from torget.organisation.models import RoleName

pytestmark = pytest.mark.django_db

NOW = make.MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _on_monday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def opened(client: Client, *roles: RoleName, name: str = "Maj Ek") -> str:
    client.force_login(make.user(name, *roles))
    answer = client.get("/")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


def decided(text: str, measure: str, remote_id: str) -> Decision:
    version = make.version(text, remote_id=remote_id)
    return decide(
        sight=Sight(version=version, standing=None),
        judgement=make.judgement(measure),
        by=make.moderator(),
        now=NOW,
    )


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "Hej"), (6, "God morgon"), (10, "God förmiddag"), (15, "God eftermiddag")],
)
def test_the_greeting_follows_the_clock_in_stockholm(hour: int, words: str) -> None:
    moment = datetime(2026, 7, 1, hour - 2, 30, tzinfo=UTC)

    assert greeting.greeting(moment) == words


def test_the_day_is_named_with_its_week_as_offices_do() -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert greeting.day(NOW) == "måndag 2 mars · vecka 10"
    assert greeting.day(new_year) == "fredag 1 januari · vecka 53"


def test_a_moderator_sees_what_waits_and_what_is_urgent_with_the_way_there(client: Client) -> None:
    make.version("Jag ska slå ihjäl dig", remote_id="1")
    make.version("Tack för snön", remote_id="2")
    read_new(9)

    shown = opened(client, RoleName.COMMUNICATIONS)

    assert "God förmiddag, Maj Måndag" in shown or "God förmiddag, Maj måndag" in shown
    assert "2 att granska 1 brådskande" in shown
    assert 'href="/kommentarer/"' in client.get("/").text


def test_an_empty_queue_is_said_to_be_empty(client: Client) -> None:
    make.channel()

    shown = opened(client, RoleName.COMMUNICATIONS)

    assert "Inget att granska" in shown
    assert "Inget ligger hos någon annan." in shown
    assert "Inget än." in shown


@pytest.mark.clause("4.10")
def test_what_is_decided_is_done_and_what_is_on_its_way_waits_for_others(client: Client) -> None:
    decided("Ditt svin", "hide", "1")
    decided("Tack", "keep", "2")
    decided("Gatan är trasig", "pass_on", "3")

    shown = opened(client, RoleName.COMMUNICATIONS)

    assert "1 kommentar beslutad att döljas" in shown
    assert "1 kommentar fick stå kvar" in shown
    assert "1 beslut utförs" in shown
    assert "1 kommentar lämnad vidare" in shown
    assert "3 inkomna handlingar sparade" in shown


@pytest.mark.clause("4.10")
def test_what_came_back_is_told_as_waiting(client: Client) -> None:
    decision = decided("Ditt svin", "hide", "1")
    Decision.objects.filter(pk=decision.pk).update(state=Decision.State.RETURNED)

    shown = opened(client, RoleName.COMMUNICATIONS)

    assert "1 åter till dig" in shown
    assert "kommentar beslutad att döljas" not in shown


def test_what_belongs_to_another_unit_is_not_counted(client: Client) -> None:
    school = make.unit("Skolan", make.unit())
    make.version("Om skolan", at=make.channel("Skolbloggen", at=school), remote_id="1")
    make.version("Om vägen", at=make.channel(), remote_id="2")
    person = make.user("Siv", RoleName.COMMUNICATIONS, at=school)
    client.force_login(person)

    day = today(person, NOW)

    assert day.counts["waiting"] == 1
    assert [found.channel.name for found in day.conditions] == ["Skolbloggen"]
    assert day.chart is not None
    assert day.chart.total == 1


def test_one_who_may_read_no_comments_is_told_of_none(client: Client) -> None:
    make.version("Hej")

    shown = opened(client, RoleName.IT)

    assert "granska" not in shown.replace("Ingen har uppdrag att granska kommentarer här", "")
    assert "Inkommet per dag" not in shown
    assert "Bloggen" in shown


def test_a_registrar_sees_the_figures_and_no_queue(client: Client) -> None:
    make.version("Hej")

    shown = opened(client, RoleName.REGISTRAR)

    assert "Inkommet per dag" in shown
    assert "Beslut enligt 4:10, i år" in shown
    assert "Inget att granska" not in shown


@pytest.mark.clause("4.2")
def test_a_mandate_that_ends_within_the_notice_is_told_to_its_holder_and_the_manager(
    client: Client,
) -> None:
    holder = make.user("Maj Ek", RoleName.AUTHOR)
    make.mandate(holder, until=NOW + timedelta(days=29))
    make.mandate(make.user("Bo"), until=NOW + timedelta(days=31))

    assert "1 uppdrag går snart ut" in opened(client)
    assert "1 uppdrag går snart ut" in opened(client, RoleName.MANAGER, name="Chefen")
    assert "går snart ut" not in opened(client, RoleName.COMMUNICATIONS, name="Kim")


def test_what_is_wrong_with_a_channel_is_told_with_its_remedy(client: Client) -> None:
    channel = make.channel()
    Connection.objects.create(
        channel=channel, base_url=channel.url, answers=True, swept_at=NOW - timedelta(minutes=5)
    )
    Attempt.objects.create(
        channel=channel,
        step="records.sweep",
        item=channel.key,
        code="platforms.unavailable",
        message="Bloggen svarar inte.",
        remedy="Kontrollera adressen.",
        next_try=NOW,
        first_at=NOW,
    )

    shown = opened(client, RoleName.COMMUNICATIONS)

    assert "Bloggen svarar inte. Kontrollera adressen." in shown
    assert "1 väntar på nytt försök." in shown
    assert "Ingen har uppdrag att granska" in shown
    assert "Senast hämtat idag kl. 10.55" in shown


def test_a_channel_with_nothing_wrong_is_said_to_be_well(client: Client) -> None:
    channel = make.channel()
    Connection.objects.create(channel=channel, base_url=channel.url, answers=True, swept_at=NOW)
    make.mandate(make.user("Bo"), channel)

    assert "Kanalen är som den ska vara" in opened(client, RoleName.COMMUNICATIONS)


@pytest.mark.clause("4.3")
def test_posts_wait_for_whoever_may_approve_them_and_on_others_for_the_author(
    client: Client,
) -> None:
    write.blog_channel()
    Channel.objects.update(needs_approval=True)
    write.approver("Per")
    write.ordered()

    mine, theirs = opened(client, name="Maj"), opened(client, name="Per")

    assert "1 inlägg väntar på godkännande" in mine.partition("Väntar på andra")[2]
    assert "inlägg att godkänna" not in mine
    assert "1 inlägg att godkänna skrivet av någon annan" in theirs
    assert "Väntar på godkännande" in theirs.partition("Nästa inlägg")[2]


def test_steps_by_hand_are_told_of(client: Client) -> None:
    channel = make.channel()
    GuidedStep.objects.create(channel=channel, operation=uuid4(), verb="hide", asked_at=NOW)

    assert "1 att göra för hand" in opened(client, RoleName.COMMUNICATIONS)


def test_the_chart_has_every_day_also_as_a_table(client: Client) -> None:
    make.version("Hej", remote_id="1")
    make.version("Hå", remote_id="2")

    shown = opened(client, RoleName.REGISTRAR)

    assert "17 februari 0 0" in shown
    assert "2 mars 2 0" in shown


def test_one_without_a_role_is_greeted_all_the_same(client: Client) -> None:
    shown = opened(client, name="Ny")

    assert "Inget väntar på dig just nu." in shown
    assert "Inga kanaler i bruk där du har en roll." in shown


def test_a_stranger_is_led_to_the_sign_in_page(client: Client) -> None:
    assert client.get("/")["Location"] == "/logga-in/?next=/"


def test_the_page_asks_the_database_at_most_eight_times_and_writes_nothing(client: Client) -> None:
    for number in range(30):
        make.version(f"Hej {number}", remote_id=str(number))
        make.channel(f"Kanal {number}")
    make.user("Maj Ek", RoleName.MANAGER)
    opened(client, RoleName.COMMUNICATIONS)

    with CaptureQueriesContext(connection) as asked:
        client.get("/")

    assert len(asked) <= 8
    assert all(query["sql"].lstrip("( ").startswith("SELECT") for query in asked)
