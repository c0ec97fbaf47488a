"""A channel comes into the register, into the directory, and leaves use with its records told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.channels.register import LIST, signed_in, text
from torget.channels.models import Channel, GuidedStep
from torget.channels.selectors import directory
from torget.channels.services import Facts, close_channel, register_channel
from torget.errors import ChannelRefused
from torget.journal.models import Entry
from torget.organisation.models import RoleName, User

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.4")]
NEW, CLOSE = f"{LIST}ny/", f"{LIST}bloggen/stang/"


def officer() -> User:
    return make.user("Anna", RoleName.COMMUNICATIONS)


def facts(**told: Any) -> Facts:
    plain: dict[str, Any] = {
        "name": "Björkbo på Facebook",
        "platform": "facebook",
        "url": "https://facebook.example/bjorkbo",
        "unit": make.unit(),
        "purpose": "Nyheter.",
        "owner": make.user("Per", RoleName.MANAGER),
    }
    return Facts(**plain | told)


def registered(by: User | None = None, **told: Any) -> Channel:
    return register_channel(facts(**told), by=by or officer(), now=timezone.now())


def form(**told: Any) -> dict[str, Any]:
    plain = {
        "name": "Björkbo på Facebook",
        "url": "facebook.example/bjorkbo",
        "unit": make.unit().pk,
        "purpose": "Nyheter.",
        "owner": make.user("Per", RoleName.MANAGER).pk,
        "capture_basis": "manual",
    }
    return plain | told


def closed(channel: Channel, **told: Any) -> None:
    plain: dict[str, Any] = {"closed_on": timezone.localdate(), "records_kept_at": "I Torget"}
    close_channel(channel, **plain | told, by=officer(), now=timezone.now())


def test_a_registered_channel_is_in_the_public_directory_and_the_journal() -> None:
    channel = registered()

    assert [each.name for group in directory().groups for each in group.channels] == [channel.name]
    line = Entry.objects.get(event="channels.registered")
    assert (line.about, line.actor) == (channel.key, officer().actor)


@pytest.mark.clause("2.4")
@pytest.mark.parametrize("purpose", ["", "  \n "])
def test_no_channel_without_a_purpose(purpose: str) -> None:
    with pytest.raises(ChannelRefused, match="syfte"):
        registered(purpose=purpose)

    assert not Channel.objects.exists()


def test_one_address_is_one_channel_as_long_as_it_is_in_use() -> None:
    first = registered()

    with pytest.raises(ChannelRefused, match="redan"):
        registered(name="En gång till")

    closed(first)
    assert registered().slug == "bjorkbo-pa-facebook-2"


@pytest.mark.parametrize("name", ["Ny", "", "!!", "ny"])
def test_a_channels_word_in_the_address_is_never_one_of_the_registers_own(name: str) -> None:
    assert registered(name=name).slug not in {"ny", ""}


def test_a_channel_of_a_boards_unit_belongs_to_the_board() -> None:
    board = make.unit("Kulturnämnden", make.unit())
    library = make.unit("Biblioteket", board, board=False)

    assert registered(unit=library).authority == board


def test_nobody_registers_or_closes_where_they_have_no_role() -> None:
    other = make.unit("Skolan", make.unit())
    stranger = make.user("Siv", RoleName.COMMUNICATIONS, at=other)
    channel = registered()

    with pytest.raises(ChannelRefused, match="utanför"):
        registered(stranger, url="https://x.example/2")
    with pytest.raises(ChannelRefused, match="utanför"):
        close_channel(
            channel,
            closed_on=timezone.localdate(),
            records_kept_at="I Torget",
            by=stranger,
            now=timezone.now(),
        )


def test_a_closed_channel_stays_in_the_directory_with_where_its_records_are() -> None:
    channel = registered()

    closed(channel, records_kept_at="I Torget, hos registratorn")

    (found,) = directory().closed
    assert found.records_kept_at == "I Torget, hos registratorn"
    assert found.is_closed(timezone.localdate())
    assert not found.comments_open
    assert Entry.objects.get(event="channels.closed").actor == officer().actor


@pytest.mark.parametrize(
    "told",
    [
        {"records_kept_at": " "},
        {"closed_on": date(2020, 1, 1)},
        {"closed_on": date(2999, 1, 1)},
    ],
)
def test_a_channel_is_not_closed_on_any_day_or_without_its_records(told: dict[str, Any]) -> None:
    channel = registered()

    with pytest.raises(ChannelRefused):
        closed(channel, **told)

    channel.refresh_from_db()
    assert channel.status == Channel.Status.ACTIVE


def test_a_channel_with_something_left_to_do_is_not_closed() -> None:
    channel = registered()
    GuidedStep.objects.create(
        channel=channel, operation=channel.key, verb="hide", asked_at=timezone.now()
    )

    with pytest.raises(ChannelRefused, match="kvar att göra"):
        closed(channel)


def test_a_channel_is_closed_once() -> None:
    channel = registered()
    closed(channel)

    with pytest.raises(ChannelRefused, match="redan stängd"):
        closed(channel)


@pytest.mark.parametrize("role", [RoleName.COMMUNICATIONS, RoleName.MANAGER, RoleName.IT])
def test_who_may_edit_channels_registers_one_through_the_page(
    client: Client, role: RoleName
) -> None:
    signed_in(client, role)
    assert "Registrera en kanal" in text(client, LIST)

    page = client.post(NEW, form(), follow=True).content.decode()

    channel = Channel.objects.get()
    assert (channel.platform, channel.url) == ("facebook", "https://facebook.example/bjorkbo")
    assert channel.capture_basis == Channel.CaptureBasis.MANUAL
    assert "Kanalen står i registret" in page
    assert "För hand: kommentarerna klistras in i Torget." in page


@pytest.mark.parametrize(
    "role", [RoleName.AUTHOR, RoleName.REGISTRAR, RoleName.ARCHIVIST, RoleName.WEB_OWNER]
)
def test_others_have_no_such_page(client: Client, role: RoleName) -> None:
    make.channel()
    signed_in(client, role)

    assert client.get(NEW).status_code == client.get(CLOSE).status_code == 404
    assert client.post(NEW, form()).status_code == client.post(CLOSE, {}).status_code == 404
    assert "Registrera en kanal" not in text(client, LIST)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"url": "https://bjorkbo.example/"}, "Adressen säger inte vilken plattform"),
        ({"url": "inte en adress"}, "Klistra in hela adressen"),
        ({"purpose": ""}, "Skriv vad kanalen är till för"),
        ({"owner": ""}, "Välj vem som ansvarar"),
        ({"unit": 99}, "Välj en enhet i listan"),
    ],
)
def test_what_lacks_in_the_form_is_said(client: Client, told: dict[str, Any], said: str) -> None:
    signed_in(client, RoleName.COMMUNICATIONS)

    answer = client.post(NEW, form(**told))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Channel.objects.exists()


def test_owner_and_stand_in_are_two_people(client: Client) -> None:
    signed_in(client, RoleName.COMMUNICATIONS)
    per = make.user("Per", RoleName.MANAGER).pk

    page = client.post(NEW, form(owner=per, stand_in=per)).content.decode()

    assert "Välj någon annan än den som ansvarar." in page


def test_a_channel_is_closed_through_the_page_with_the_day_in_words(client: Client) -> None:
    make.channel()
    signed_in(client, RoleName.COMMUNICATIONS)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "Spara sidan först" in text(client, CLOSE)

    wrong = client.post(CLOSE, {"closed_on": "i morgon", "records_kept_at": ""})
    told = {"closed_on": "igår", "records_kept_at": "I Torget"}
    page = client.post(CLOSE, told, follow=True).content.decode()

    assert wrong.status_code == 422
    assert "Kanalen är stängd." in page
    assert Channel.objects.get().closed_on == yesterday
    assert "Stäng kanalen" not in page
