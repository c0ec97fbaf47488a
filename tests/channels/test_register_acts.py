"""What can be done from the register: fetch, check, connect, give and end a mandate."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.channels.register import LIST, ONE, connected, signed_in, text, waits
from tests.fakes import FakePlatform
from torget.channels.models import Channel, Connection, Mandate, Power
from torget.channels.services import connections
from torget.organisation.models import RoleName, User
from torget.platforms.contract import Health

pytestmark = pytest.mark.django_db


def _terms(person: User, **facts: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"person": person.pk, "powers": ["may_moderate"], "since": str(today), **facts}


def test_fetch_now_makes_what_waits_due_and_says_so(client: Client) -> None:
    channel = make.channel()
    connected()
    row = waits(channel)
    signed_in(client, RoleName.COMMUNICATIONS)

    answer = client.post(f"{ONE}hamta/", follow=True)

    row.refresh_from_db()
    assert row.next_try <= timezone.now()
    assert "Kanalen hämtas så snart det går" in answer.content.decode()


@pytest.mark.parametrize("path", ["hamta/", "kontrollera/", f"uppdrag/{UUID(int=1)}/avsluta/"])
def test_what_changes_something_takes_a_post(client: Client, path: str) -> None:
    make.channel()
    signed_in(client, RoleName.MANAGER)

    assert client.get(ONE + path).status_code == 405


def test_a_check_that_goes_well_is_shown_with_its_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.channel()
    connected()
    _answers(monkeypatch, Health(ok=True))
    signed_in(client, RoleName.IT)

    page = client.post(f"{ONE}kontrollera/", follow=True).content.decode()

    assert "Anslutningen fungerar." in page
    assert "Kontrollerad" in page


def test_a_check_that_fails_stays_on_the_page_with_its_remedy(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.channel()
    connected()
    _answers(monkeypatch, Health(False, "x", "Inloggningen godtas inte.", "Skapa ett nytt."))
    signed_in(client, RoleName.IT)

    client.post(f"{ONE}kontrollera/", follow=True)

    page = text(client)
    assert "Anslutningen fungerade inte" in page
    assert "Inloggningen godtas inte. Skapa ett nytt." in page
    assert "Anslutningen fungerar inte" in text(client, LIST)


def test_a_connection_is_saved_and_tried_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.channel()
    _answers(monkeypatch, Health(False, "x", "Adressen finns inte.", "Kontrollera stavningen."))
    signed_in(client, RoleName.IT)
    told = {"base_url": "blogg.example", "username": "torget", "secret": "hemligt lösen"}

    answer = client.post(f"{ONE}anslutning/", told, follow=True)

    saved = Connection.objects.get()
    assert (saved.base_url, saved.username) == ("https://blogg.example", "torget")
    assert "Adressen finns inte. Kontrollera stavningen." in answer.content.decode()


def test_the_secret_never_comes_back_to_a_page(client: Client) -> None:
    connected()
    signed_in(client, RoleName.IT)
    wrong = {"base_url": "inte en adress", "username": "x", "secret": "hemligt lösen"}

    pages = text(client) + text(client, f"{ONE}anslutning/")
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
    signed_in(client, RoleName.MANAGER)
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
    signed_in(client, RoleName.MANAGER)

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
    manager = signed_in(client, RoleName.MANAGER, own)

    page = text(client, f"{ONE}uppdrag/")
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
    signed_in(client, RoleName.MANAGER)

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
    signed_in(client, RoleName.MANAGER, own)

    answers = [
        client.post(f"{ONE}uppdrag/{mandate.key}/avsluta/", follow=True)
        for mandate in (foreign, shared)
    ]

    assert answers[0].status_code == 404
    assert "som du inte är chef för" in answers[1].content.decode()
    assert not Mandate.objects.exclude(revoked_at=None).exists()


def _answers(monkeypatch: pytest.MonkeyPatch, health: Health) -> None:
    """Let the platform answer a probe so."""

    class Answering(FakePlatform):
        def probe(self) -> Health:
            return health

    def check(channel: Channel, *, now: Any) -> Health:
        return connections.check(channel, now=now, connect=lambda _channel: Answering())

    monkeypatch.setattr("torget.channels.services.check", check)
