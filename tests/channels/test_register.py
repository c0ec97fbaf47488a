"""The register: who sees which channel, what is wrong with it, and what can be done about it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.fakes import FakePlatform
from torget.channels.models import Attempt, Channel, Connection, Mandate, Power
from torget.channels.services import connections, save_connection
from torget.organisation.models import RoleName, Unit, User
from torget.platforms.contract import Health, Verb

pytestmark = pytest.mark.django_db

LIST = "/register/kanaler/"
ONE = f"{LIST}bloggen/"


def _signed_in(client: Client, role: RoleName, at: Unit | None = None) -> User:
    person = make.user(role.label, role, at=at)
    client.force_login(person)
    return person


def _connected(**facts: Any) -> Connection:
    save_connection(
        make.channel(), base_url="https://b.example/", username="torget", secret="hemligt lösen"
    )
    Connection.objects.update(**facts)
    return Connection.objects.get()


def _waits(channel: Channel, **facts: Any) -> Attempt:
    told: dict[str, Any] = {
        "channel": channel,
        "step": "records.sweep",
        "item": channel.key,
        "code": "platform.sign_in_refused",
        "message": "Inloggningen godtas inte.",
        "remedy": "Skapa ett nytt lösenord.",
        "count": 3,
        "first_at": timezone.now() - timedelta(hours=2),
        "next_try": timezone.now() + timedelta(hours=1),
    }
    return Attempt.objects.create(**(told | facts))


def _terms(person: User, **facts: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"person": person.pk, "powers": ["may_moderate"], "since": str(today), **facts}


def _text(client: Client, path: str = ONE) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("role", RoleName)
def test_every_role_sees_the_channels_it_reaches_and_no_others(
    client: Client, role: RoleName
) -> None:
    own, other = make.unit("Skola", make.unit()), make.unit("Vård", make.unit())
    make.channel("Skolbloggen", own)
    make.channel("Vårdbloggen", other)
    make.channel("Kommunbloggen")
    _signed_in(client, role, own)

    page = _text(client, LIST)

    assert "Skolbloggen" in page
    assert "Vårdbloggen" not in page and "Kommunbloggen" not in page
    assert client.get(f"{LIST}skolbloggen/").status_code == 200


@pytest.mark.parametrize("path", ["", "hamta/", "kontrollera/", "anslutning/", "uppdrag/"])
@pytest.mark.parametrize("slug", ["vardbloggen", "finns-inte"])
def test_another_units_channel_looks_like_one_that_is_not_there(
    client: Client, path: str, slug: str
) -> None:
    own, other = make.unit("Skola", make.unit()), make.unit("Vård", make.unit())
    make.channel("Vårdbloggen", other)
    _signed_in(client, RoleName.MANAGER, own)

    ask = client.post if path in {"hamta/", "kontrollera/"} else client.get

    assert ask(f"{LIST}{slug}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("hamta/", {"communications", "author", "manager", "it"}),
        ("kontrollera/", {"communications", "manager", "it"}),
        ("anslutning/", {"communications", "manager", "it"}),
        ("uppdrag/", {"manager"}),
    ],
)
@pytest.mark.parametrize("role", RoleName)
def test_what_a_role_may_not_do_is_not_there_and_has_no_button(
    client: Client, role: RoleName, path: str, allowed: set[str]
) -> None:
    make.channel(platform="okänd")
    _connected()
    _signed_in(client, role)

    page = _text(client)
    answer = client.post(f"{ONE}{path}")

    assert (f"{ONE}{path}" in page) == (role in allowed)
    assert (answer.status_code == 404) == (role not in allowed)


@pytest.mark.parametrize("path", ["", "bloggen/", "bloggen/anslutning/", "bloggen/uppdrag/"])
def test_a_stranger_signs_in_first(client: Client, path: str) -> None:
    assert client.get(LIST + path)["Location"] == f"/logga-in/?next={LIST}{path}"


def test_a_person_without_roles_finds_nothing(client: Client) -> None:
    make.channel()
    client.force_login(make.user())

    assert client.get(LIST).status_code == client.get(ONE).status_code == 404


@pytest.mark.clause("4.2")
def test_the_page_says_who_may_do_what_until_when_and_who_said_so(client: Client) -> None:
    now, channel = timezone.now(), make.channel()
    mandate = make.mandate(make.user("Åsa Öberg"), channel)
    Mandate.objects.filter(pk=mandate.pk).update(may_write=True, until=now + timedelta(days=9))
    for name, facts in {
        "Slut": {"until": now - timedelta(days=1)},
        "Avbruten": {"revoked_at": now - timedelta(days=1)},
        "Borta": {},
    }.items():
        old = make.mandate(make.user(name), channel)
        Mandate.objects.filter(pk=old.pk).update(**facts)
    User.objects.filter(name="Borta").update(is_active=False)
    make.mandate(make.user("Annan"), make.channel("Annan kanal"))
    _signed_in(client, RoleName.AUTHOR)

    page = _text(client)

    assert "Åsa Öberg" in page and "Skriva, Granska kommentarer" in page
    assert "Nu, till" in page and "Gavs av Chefen" in page
    for name in ("Slut", "Avbruten", "Borta", "Annan"):
        assert name not in page


def test_a_mandate_that_begins_later_is_shown_as_such(client: Client) -> None:
    mandate = make.mandate(make.user("Maj"), make.channel())
    Mandate.objects.filter(pk=mandate.pk).update(since=timezone.now() + timedelta(days=3))
    _signed_in(client, RoleName.AUTHOR)

    page = _text(client)

    assert "Från" in page and "Maj" in page
    assert "Ingen får granska kommentarer här nu" in page


@pytest.mark.clause("4.2")
@pytest.mark.parametrize(
    ("facts", "mandated", "fault"),
    [
        ({}, False, True),
        ({}, True, False),
        ({"comments_open": False}, False, False),
        ({"status": "paused"}, False, True),
        ({"status": "closed"}, False, False),
    ],
    ids=["nobody", "somebody", "no comments", "paused", "closed"],
)
def test_a_channel_that_nobody_may_moderate_now_shows_a_fault(
    client: Client, facts: dict[str, Any], mandated: bool, fault: bool
) -> None:
    channel = make.channel()
    Channel.objects.update(capture_basis="manual", **facts)
    if mandated:
        make.mandate(make.user("Maj"), channel)
    _signed_in(client, RoleName.MANAGER)

    one, many = _text(client), _text(client, LIST)

    assert ("Ingen får granska kommentarer här nu" in one) == fault
    assert ("1 behöver ses över" in many) == fault


def test_what_waits_says_why_what_to_do_and_when(client: Client) -> None:
    _waits(make.channel())
    _signed_in(client, RoleName.IT)

    page, many = _text(client), _text(client, LIST)

    assert "Hämta kommentarer:" in page
    assert "Inloggningen godtas inte." in page and "Skapa ett nytt lösenord." in page
    assert "3 försök" in page and "platform.sign_in_refused" in page
    assert "1 väntar på nytt försök" in many


def test_a_channel_without_connection_says_that_nothing_is_fetched(client: Client) -> None:
    make.channel()
    _signed_in(client, RoleName.IT)

    assert "Ingen anslutning är ifylld" in _text(client)
    assert "Anslutningen fungerar inte" in _text(client, LIST)


def test_facts_of_a_closed_channel_say_where_the_records_are(client: Client) -> None:
    make.channel()
    Channel.objects.update(
        status="closed", closed_on=date(2025, 10, 20), records_kept_at="Kommunarkivet F7:3"
    )
    _signed_in(client, RoleName.MANAGER)

    page = _text(client)

    assert "20 oktober 2025" in page and "Kommunarkivet F7:3" in page
    assert "Ge ett uppdrag" not in page and "Ändra anslutningen" not in page


def test_what_the_platform_can_do_is_shown_with_source_and_date(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.channel()
    monkeypatch.setattr(
        "torget.channels.services.connect", lambda _channel: FakePlatform(cannot=[Verb.BLOCK])
    )
    _signed_in(client, RoleName.AUTHOR)

    page = _text(client)

    assert "Dölja en kommentar" in page and "Provkanal." in page
    assert "Kontrollerat 1 januari 2026" in page
    assert ">Nej<" in page and ">Ja<" in page


def test_fetch_now_makes_what_waits_due_and_says_so(client: Client) -> None:
    channel = make.channel()
    _connected()
    waits = _waits(channel)
    _signed_in(client, RoleName.COMMUNICATIONS)

    answer = client.post(f"{ONE}hamta/", follow=True)

    waits.refresh_from_db()
    assert waits.next_try <= timezone.now()
    assert "Kanalen hämtas så snart det går" in answer.content.decode()


@pytest.mark.parametrize("path", ["hamta/", "kontrollera/", f"uppdrag/{UUID(int=1)}/avsluta/"])
def test_what_changes_something_takes_a_post(client: Client, path: str) -> None:
    make.channel()
    _signed_in(client, RoleName.MANAGER)

    assert client.get(ONE + path).status_code == 405


def test_a_check_that_goes_well_is_shown_with_its_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.channel()
    _connected()
    _answers(monkeypatch, Health(ok=True))
    _signed_in(client, RoleName.IT)

    page = client.post(f"{ONE}kontrollera/", follow=True).content.decode()

    assert "Anslutningen fungerar." in page
    assert "Kontrollerad" in page


def test_a_check_that_fails_stays_on_the_page_with_its_remedy(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.channel()
    _connected()
    _answers(monkeypatch, Health(False, "x", "Inloggningen godtas inte.", "Skapa ett nytt."))
    _signed_in(client, RoleName.IT)

    client.post(f"{ONE}kontrollera/", follow=True)

    page = _text(client)
    assert "Anslutningen fungerade inte" in page
    assert "Inloggningen godtas inte. Skapa ett nytt." in page
    assert "Anslutningen fungerar inte" in _text(client, LIST)


def test_a_connection_is_saved_and_tried_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.channel()
    _answers(monkeypatch, Health(False, "x", "Adressen finns inte.", "Kontrollera stavningen."))
    _signed_in(client, RoleName.IT)
    told = {"base_url": "blogg.example", "username": "torget", "secret": "hemligt lösen"}

    answer = client.post(f"{ONE}anslutning/", told, follow=True)

    saved = Connection.objects.get()
    assert (saved.base_url, saved.username) == ("https://blogg.example", "torget")
    assert "Adressen finns inte. Kontrollera stavningen." in answer.content.decode()


def test_the_secret_never_comes_back_to_a_page(client: Client) -> None:
    _connected()
    _signed_in(client, RoleName.IT)
    wrong = {"base_url": "inte en adress", "username": "x", "secret": "hemligt lösen"}

    pages = _text(client) + _text(client, f"{ONE}anslutning/")
    refused = client.post(f"{ONE}anslutning/", wrong)

    assert refused.status_code == 422
    assert "hemligt" not in pages + refused.content.decode()
    assert "Ett lösenord är sparat." in pages
    assert "Skriv hela adressen." in refused.content.decode()


@pytest.mark.clause("4.2")
@pytest.mark.clause("4.3")
def test_a_manager_gives_a_mandate_from_today_through_its_last_day(client: Client) -> None:
    make.channel()
    maj = make.user("Maj", RoleName.AUTHOR)
    _signed_in(client, RoleName.MANAGER)
    told = _terms(maj, powers=["may_write", "may_moderate"], until="2099-06-30")

    answer = client.post(f"{ONE}uppdrag/", told, follow=True)

    mandate = Mandate.objects.get()
    assert "Uppdraget är givet" in answer.content.decode()
    assert (mandate.person, mandate.powers) == (maj, [Power.WRITE, Power.MODERATE])
    assert mandate.until is not None
    assert mandate.until.isoformat() == "2099-06-30T22:00:00+00:00"  # midnight after, in Stockholm
    assert mandate.since <= timezone.now()


@pytest.mark.clause("4.2")
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person": ""}, "Välj en person."),
        ({"powers": []}, "Välj minst en befogenhet."),
        ({"since": ""}, "Skriv en dag."),
        ({"since": "11/24/2026"}, "Skriv dagen som 2026-01-31."),
        ({"until": "2001-01-01"}, "Uppdraget skulle ta slut innan det börjar."),
    ],
)
def test_a_mandate_that_lacks_something_is_not_given(
    client: Client, wrong: dict[str, Any], told: str
) -> None:
    make.channel()
    maj = make.user("Maj", RoleName.AUTHOR)
    _signed_in(client, RoleName.MANAGER)

    answer = client.post(f"{ONE}uppdrag/", _terms(maj) | wrong)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Mandate.objects.exists()


@pytest.mark.clause("4.2")
def test_the_form_offers_those_who_reach_the_channel_and_never_oneself(client: Client) -> None:
    own, other = make.unit("Skola", make.unit()), make.unit("Vård", make.unit())
    make.channel("Bloggen", own)
    make.user("Ovanifrån", RoleName.AUTHOR)
    make.user("Härifrån", RoleName.AUTHOR, at=own)
    bystander = make.user("Bredvid", RoleName.AUTHOR, at=other)
    manager = _signed_in(client, RoleName.MANAGER, own)

    page = _text(client, f"{ONE}uppdrag/")
    answers = [
        client.post(f"{ONE}uppdrag/", _terms(person)).status_code for person in (bystander, manager)
    ]

    offered = page.split("<select")[1].split("</select>")[0]
    assert "Ovanifrån" in offered and "Härifrån" in offered
    assert "Bredvid" not in offered and manager.name not in offered
    assert answers == [422, 422]
    assert not Mandate.objects.exists()


@pytest.mark.clause("4.2")
def test_a_manager_ends_a_mandate_at_once(client: Client) -> None:
    mandate = make.mandate(make.user("Maj"), make.channel())
    _signed_in(client, RoleName.MANAGER)

    answer = client.post(f"{ONE}uppdrag/{mandate.key}/avsluta/", follow=True)

    mandate.refresh_from_db()
    assert mandate.revoked_at is not None and mandate.revoked_at <= timezone.now()
    assert "Uppdraget är avslutat" in answer.content.decode()


@pytest.mark.clause("4.2")
def test_a_mandate_of_other_channels_cannot_be_ended_from_ones_own(client: Client) -> None:
    own = make.unit("Skola", make.unit())
    mine, other = make.channel("Bloggen", own), make.channel("Annan")
    foreign = make.mandate(make.user("Maj"), other)
    shared = make.mandate(make.user("Kim"), mine, other)
    _signed_in(client, RoleName.MANAGER, own)

    answers = [
        client.post(f"{ONE}uppdrag/{mandate.key}/avsluta/", follow=True)
        for mandate in (foreign, shared)
    ]

    assert answers[0].status_code == 404
    assert "som du inte är chef för" in answers[1].content.decode()
    assert not Mandate.objects.exclude(revoked_at=None).exists()


@pytest.mark.parametrize("path", [LIST, ONE, f"{ONE}uppdrag/", f"{ONE}anslutning/"])
def test_pages_with_fifty_rows_ask_at_most_eight_questions(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    channel = make.channel()
    _connected()
    for n in range(50):
        other = make.channel(f"Kanal {n}", make.unit(f"Enhet {n}", make.unit()))
        make.mandate(make.user(f"Person{n}", RoleName.AUTHOR), channel, other)
        _waits(channel, item=other.key)
    _signed_in(client, RoleName.MANAGER)

    with django_assert_max_num_queries(8):
        answer = client.get(path)

    assert answer.status_code == 200


def _answers(monkeypatch: pytest.MonkeyPatch, health: Health) -> None:
    """Let the platform answer a probe so."""

    class Answering(FakePlatform):
        def probe(self) -> Health:
            return health

    def check(channel: Channel, *, now: Any) -> Health:
        return connections.check(channel, now=now, connect=lambda _channel: Answering())

    monkeypatch.setattr("torget.channels.services.check", check)
