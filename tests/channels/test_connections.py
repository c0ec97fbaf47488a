"""How a channel is signed in to: its secret is sealed, and what goes wrong is told in Swedish."""

import logging
from datetime import timedelta
from importlib.metadata import EntryPoint
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests import make
from tests.fakes import FakePlatform
from torget.channels.models import Attempt, Connection
from torget.channels.sealing import seal, unseal
from torget.channels.services import check, connect, connections, fetch_now, save_connection
from torget.errors import PlatformUnavailable, SecretUnreadable
from torget.platforms.contract import Account, Health, Platform

SECRET = "abcd efgh ijkl"
ONE, OTHER = UUID(int=1), UUID(int=2)
seen: list[Account] = []


def make_fake(account: Account) -> Platform:
    """Stand in for an adapter's ``connect``."""
    seen.append(account)
    return FakePlatform()


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an adapter for the platform of the test channel."""
    seen.clear()
    point = EntryPoint("wordpress", f"{__name__}:make_fake", connections.PLATFORMS)
    monkeypatch.setattr(
        connections,
        "entry_points",
        lambda *, group, name: [point] if (group, name) == (point.group, point.name) else [],
    )


@given(st.text(max_size=200))
def test_what_is_sealed_comes_back(secret: str) -> None:
    sealed = seal(secret, about=ONE)

    assert unseal(sealed, about=ONE) == secret
    assert len(secret) < 4 or secret.encode() not in sealed
    assert sealed != seal(secret, about=ONE)


@given(st.integers(0, 44), st.integers(1, 255))
def test_a_sealed_secret_with_one_byte_changed_is_refused(place: int, flip: int) -> None:
    sealed = bytearray(seal("tolv tecken!", about=ONE))
    sealed[place] ^= flip

    with pytest.raises(SecretUnreadable):
        unseal(bytes(sealed), about=ONE)


@pytest.mark.parametrize("cut", [1, 5, 10, 17, 20, 32])
def test_a_sealed_secret_that_is_cut_is_refused(cut: int) -> None:
    with pytest.raises(SecretUnreadable):
        unseal(seal(SECRET, about=ONE)[:cut], about=ONE)


def test_a_secret_cannot_be_moved_to_another_channel() -> None:
    with pytest.raises(SecretUnreadable):
        unseal(seal(SECRET, about=ONE), about=OTHER)


def test_another_installation_cannot_read_it_and_says_what_to_do(settings: Settings) -> None:
    sealed = seal(SECRET, about=ONE)
    settings.SECRET_KEY = "another installation"

    with pytest.raises(SecretUnreadable, match="Skriv in lösenordet på nytt"):
        unseal(sealed, about=ONE)


def test_no_secret_is_an_empty_one() -> None:
    assert unseal(b"", about=ONE) == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("_installed")
def test_connecting_hands_the_account_to_the_adapter_of_the_platform(settings: Settings) -> None:
    channel = make.channel()
    save_connection(channel, base_url="https://blogg.example/", username="torget", secret=SECRET)
    settings.TORGET = settings.TORGET.model_copy(update={"allow_private_addresses": True})

    platform = connect(channel)

    assert isinstance(platform, FakePlatform)
    assert seen == [
        Account(
            base_url="https://blogg.example/",
            username="torget",
            secret=SECRET,
            allow_private=True,
        )
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize(("platform", "saved"), [("okänd", True), ("wordpress", False)])
def test_a_channel_without_adapter_or_connection_says_what_to_do(
    platform: str, saved: bool
) -> None:
    channel = make.channel(platform=platform)
    if saved:
        save_connection(channel, base_url="https://x.example/", username="", secret="")

    with pytest.raises(PlatformUnavailable) as refused:
        connect(channel)

    assert "anslutning" in refused.value.message and refused.value.remedy
    assert not seen


@pytest.mark.django_db
@pytest.mark.usefixtures("_installed")
def test_a_secret_shows_in_no_repr_no_log_and_no_column(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        saved = save_connection(
            make.channel(), base_url="https://x.example/", username="torget", secret=SECRET
        )
        connect(make.channel())

    row = str(Connection.objects.values().get())
    told = f"{saved!r} {saved} {seen[0]!r} {row} {caplog.text}"
    assert SECRET not in told
    assert SECRET.encode() not in bytes(saved.secret)


@pytest.mark.django_db
def test_an_empty_secret_leaves_the_one_that_is_there_unless_the_address_is_new() -> None:
    channel, address = make.channel(), "https://x.example/"
    save_connection(channel, base_url=address, username="torget", secret=SECRET)

    kept = save_connection(channel, base_url=address, username="ny", secret="")
    assert unseal(bytes(kept.secret), about=channel.key) == SECRET
    moved = save_connection(channel, base_url="https://ond.example/", username="ny", secret="")

    assert bytes(moved.secret) == b""
    assert Connection.objects.get().username == "ny"


@pytest.mark.django_db
def test_a_new_address_keeps_the_place_and_forgets_what_the_old_one_answered() -> None:
    channel = make.channel()
    saved = save_connection(channel, base_url="https://x.example/", username="", secret="")
    Connection.objects.update(
        cursor="2026", answers=False, checked_at=make.MONDAY, trouble="Nej.", remedy="Gör om."
    )

    save_connection(channel, base_url="https://y.example/", username="", secret="")

    saved.refresh_from_db()
    assert saved.cursor == "2026"
    assert (saved.answers, saved.checked_at, saved.trouble, saved.remedy) == (None, None, "", "")


@pytest.mark.django_db
def test_a_check_keeps_what_the_platform_said() -> None:
    channel = make.channel()
    save_connection(channel, base_url="https://x.example/", username="", secret="")

    health = check(channel, now=make.MONDAY, connect=lambda _channel: FakePlatform())

    kept = Connection.objects.get()
    assert health == Health(ok=True)
    assert (kept.answers, kept.checked_at, kept.trouble) == (True, make.MONDAY, "")


@pytest.mark.django_db
def test_a_check_that_comes_nowhere_keeps_the_words_and_the_remedy() -> None:
    channel = make.channel(platform="okänd")
    save_connection(channel, base_url="https://x.example/", username="", secret="")

    health = check(channel, now=make.MONDAY)

    kept = Connection.objects.get()
    assert (health.ok, health.trouble) == (False, "platform.unavailable")
    assert (kept.answers, kept.trouble, kept.remedy) == (False, health.message, health.remedy)


@pytest.mark.django_db
def test_a_sweep_that_is_asked_for_waits_for_nothing() -> None:
    channel, other = make.channel(), make.channel("Annan")
    save_connection(channel, base_url="https://x.example/", username="", secret="")
    now = make.MONDAY
    for place in (channel, other):
        Attempt.objects.create(
            channel=place,
            step="records.sweep",
            item=place.key,
            code="x",
            next_try=now + timedelta(hours=3),
            first_at=now,
        )

    fetch_now(channel, now=now)

    assert Connection.objects.get().wanted_at == now
    assert Attempt.objects.get(channel=channel).next_try == now
    assert Attempt.objects.get(channel=other).next_try > now
