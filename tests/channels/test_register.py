"""The register: who sees which channel, what is wrong with it, and what can be done about it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.channels.register import LIST, ONE, connected, signed_in, text, waits
from tests.fakes import FakePlatform
from torget.channels.models import Channel, Mandate
from torget.organisation.models import RoleName, User
from torget.platforms.contract import Verb

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", RoleName)
def test_every_role_sees_the_channels_it_reaches_and_no_others(
    client: Client, role: RoleName
) -> None:
    own, other = make.unit("Skola", make.unit()), make.unit("Vård", make.unit())
    make.channel("Skolbloggen", own)
    make.channel("Vårdbloggen", other)
    make.channel("Kommunbloggen")
    signed_in(client, role, own)

    page = text(client, LIST)

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
    signed_in(client, RoleName.MANAGER, own)

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
    connected()
    signed_in(client, role)

    page = text(client)
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
    signed_in(client, RoleName.AUTHOR)

    page = text(client)

    assert "Åsa Öberg" in page and "Skriva, Granska kommentarer" in page
    assert "Nu, till" in page and "Gavs av Chefen" in page
    for name in ("Slut", "Avbruten", "Borta", "Annan"):
        assert name not in page


def test_a_mandate_that_begins_later_is_shown_as_such(client: Client) -> None:
    mandate = make.mandate(make.user("Maj"), make.channel())
    Mandate.objects.filter(pk=mandate.pk).update(since=timezone.now() + timedelta(days=3))
    signed_in(client, RoleName.AUTHOR)

    page = text(client)

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
    signed_in(client, RoleName.MANAGER)

    one, many = text(client), text(client, LIST)

    assert ("Ingen får granska kommentarer här nu" in one) == fault
    assert ("1 behöver ses över" in many) == fault


def test_what_waits_says_why_what_to_do_and_when(client: Client) -> None:
    waits(make.channel())
    signed_in(client, RoleName.IT)

    page, many = text(client), text(client, LIST)

    assert "Hämta kommentarer:" in page
    assert "Inloggningen godtas inte." in page and "Skapa ett nytt lösenord." in page
    assert "3 försök" in page and "platform.sign_in_refused" in page
    assert "1 väntar på nytt försök" in many


def test_a_channel_without_connection_says_that_nothing_is_fetched(client: Client) -> None:
    make.channel()
    signed_in(client, RoleName.IT)

    assert "Ingen anslutning är ifylld" in text(client)
    assert "Anslutningen fungerar inte" in text(client, LIST)


def test_facts_of_a_closed_channel_say_where_the_records_are(client: Client) -> None:
    make.channel()
    Channel.objects.update(
        status="closed", closed_on=date(2025, 10, 20), records_kept_at="Kommunarkivet F7:3"
    )
    signed_in(client, RoleName.MANAGER)

    page = text(client)

    assert "20 oktober 2025" in page and "Kommunarkivet F7:3" in page
    assert "Ge ett uppdrag" not in page and "Ändra anslutningen" not in page


def test_what_the_platform_can_do_is_shown_with_source_and_date(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.channel()
    monkeypatch.setattr(
        "torget.channels.services.connect", lambda _channel: FakePlatform(cannot=[Verb.BLOCK])
    )
    signed_in(client, RoleName.AUTHOR)

    page = text(client)

    assert "Dölja en kommentar" in page and "Provkanal." in page
    assert "Uppgift från 1 januari 2026" in page
    assert ">Nej<" in page and ">Ja<" in page


@pytest.mark.parametrize("path", [LIST, ONE, f"{ONE}uppdrag/", f"{ONE}anslutning/"])
def test_pages_with_fifty_rows_ask_at_most_eight_questions(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    channel = make.channel()
    connected()
    for n in range(50):
        other = make.channel(f"Kanal {n}", make.unit(f"Enhet {n}", make.unit()))
        make.mandate(make.user(f"Person{n}", RoleName.AUTHOR), channel, other)
        waits(channel, item=other.key)
    signed_in(client, RoleName.MANAGER)

    with django_assert_max_num_queries(8):
        answer = client.get(path)

    assert answer.status_code == 200
