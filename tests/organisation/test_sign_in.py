"""The way in: one message for all that is wrong, a pause for whoever guesses, a new session."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from tests import make
from torget.organisation import throttle
from torget.organisation.models import RoleName, SignInFailure, User

PASSWORD = "en lång och bra fras"
PAGE = "/logga-in/"
WRONG = "E-post eller lösenord stämmer inte"


@pytest.fixture(autouse=True)
def _quick_hashing(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _maj(*roles: RoleName) -> User:
    person = make.user("Maj", *roles)
    person.set_password(PASSWORD)
    person.save()
    return person


def _try(
    client: Client,
    email: str = "maj@bjorkbo.example",
    password: str = PASSWORD,
    going_to: str = "/",
) -> Any:
    return client.post(PAGE, {"email": email, "password": password, "next": going_to})


@pytest.mark.django_db
def test_the_right_password_lets_in_and_the_session_is_a_new_one(client: Client) -> None:
    _maj()
    client.get(PAGE)
    session = client.session
    session["before"] = "1"
    session.save()
    before = session.session_key

    answer = _try(client, " Maj@Bjorkbo.Example ")

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    assert client.session.session_key != before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "password", "active"),
    [
        ("maj@bjorkbo.example", "fel", True),
        ("ingen@bjorkbo.example", PASSWORD, True),
        ("maj@bjorkbo.example", PASSWORD, False),
        ("maj@bjorkbo.example", "x" * 4000, True),
    ],
    ids=["wrong password", "nobody", "has left", "very long"],
)
def test_whatever_is_wrong_the_page_says_the_same(
    client: Client, email: str, password: str, active: bool
) -> None:
    _maj()
    User.objects.update(is_active=active)

    answer = _try(client, email, password)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert WRONG in page and "Kontrollera båda" in page
    assert password not in page
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "password", "told"),
    [
        ("", PASSWORD, "Skriv din e-postadress."),
        ("maj", PASSWORD, "Skriv hela e-postadressen"),
        ("maj@bjorkbo.example", "", "Skriv ditt lösenord."),
    ],
)
def test_what_is_missing_is_asked_for_in_swedish(
    client: Client, email: str, password: str, told: str
) -> None:
    answer = _try(client, email, password)

    assert told in answer.content.decode()
    assert not SignInFailure.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/handlingar/?sida=2", "/handlingar/?sida=2"),
        ("https://ond.example/", "/"),
        ("//ond.example/", "/"),
        ("/\\ond.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_one_is_led_back_within_torget_and_nowhere_else(
    client: Client, asked: str, led_to: str
) -> None:
    _maj()

    shown = client.get(PAGE, {"next": asked}).content.decode()
    answer = _try(client, going_to=asked)

    assert f'name="next" value="{led_to}"' in shown
    assert answer["Location"] == led_to


@pytest.mark.django_db
def test_whoever_guesses_pauses_also_with_the_right_password(client: Client) -> None:
    _maj()
    with time_machine.travel(make.MONDAY, tick=False) as clock:
        for _ in range(throttle.FREE_TRIES):
            _try(client, password="fel")

        paused = _try(client)
        clock.shift(throttle.PAUSE)
        later = _try(client)

    assert paused.status_code == 422
    assert "Vänta till kl. 10.15" in paused.content.decode()
    assert later.status_code == 302
    assert not SignInFailure.objects.exists()


@pytest.mark.django_db
def test_one_who_guesses_does_not_shut_out_the_same_person_elsewhere(client: Client) -> None:
    _maj()
    for _ in range(throttle.FREE_TRIES):
        client.post(
            PAGE,
            {"email": "maj@bjorkbo.example", "password": "fel"},
            REMOTE_ADDR="198.51.100.7",
        )

    assert _try(client).status_code == 302


@pytest.mark.django_db
def test_someone_unknown_pauses_like_someone_known(client: Client) -> None:
    for _ in range(throttle.FREE_TRIES):
        _try(client, "ingen@bjorkbo.example", "fel")

    assert "För många försök" in _try(client, "ingen@bjorkbo.example", "fel").content.decode()


@pytest.mark.django_db
def test_failures_keep_neither_e_mail_nor_machine_address_and_are_forgotten() -> None:
    now = make.MONDAY
    throttle.failed("maj@bjorkbo.example", "198.51.100.7", now=now)
    kept = SignInFailure.objects.get().key

    throttle.failed("kim@bjorkbo.example", "198.51.100.7", now=now + throttle.PAUSE)

    assert "maj@" not in kept and "198.51" not in kept and len(kept) == 64
    assert SignInFailure.objects.get().key != kept


@pytest.mark.django_db
def test_the_pause_counts_from_the_last_failure() -> None:
    now, who = make.MONDAY, ("maj@bjorkbo.example", "198.51.100.7")
    for minute in range(throttle.FREE_TRIES):
        assert throttle.paused_until(*who, now=now) is None
        now = make.MONDAY + timedelta(minutes=minute)
        throttle.failed(*who, now=now)

    assert throttle.paused_until(*who, now=now) == now + throttle.PAUSE
    assert throttle.paused_until(*who, now=now + throttle.PAUSE) is None


@pytest.mark.django_db
def test_signing_out_takes_a_post_and_ends_the_session(client: Client) -> None:
    client.force_login(_maj())

    looked = client.get("/logga-ut/")
    answer = client.post("/logga-ut/")

    assert looked.status_code == 405
    assert answer["Location"] == PAGE
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_someone_signed_in_is_led_on_from_the_sign_in_page(client: Client) -> None:
    client.force_login(_maj())

    assert client.get(PAGE, {"next": "/konto/"})["Location"] == "/konto/"


@pytest.mark.django_db
def test_the_sign_in_page_is_never_kept_by_a_browser(client: Client) -> None:
    assert "no-store" in client.get(PAGE)["Cache-Control"]
