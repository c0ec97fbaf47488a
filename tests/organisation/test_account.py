"""One's own account, and the guards that pages stand behind."""

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from tests import make
from torget.organisation.access import requires
from torget.organisation.models import RoleName, User
from torget.organisation.permissions import Action


@requires(Action.EDIT_CHANNELS)
def _page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("innanför")


def _ask(person: User, path: str = "/register/?q=1", **headers: str) -> HttpResponse:
    request = RequestFactory().get(path, headers=headers)
    request.user = person
    answer = _page(request)
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.django_db
def test_a_page_opens_for_a_role_that_allows_it() -> None:
    assert _ask(make.user("Maj", RoleName.IT)).content == "innanför".encode()


@pytest.mark.django_db
@pytest.mark.parametrize("roles", [(), (RoleName.AUTHOR,)])
def test_a_page_does_not_exist_for_others(roles: tuple[RoleName, ...]) -> None:
    person = make.user("Maj", *roles)

    with pytest.raises(Http404):
        _ask(person)


def test_a_stranger_signs_in_first_and_comes_back(rf: RequestFactory, client: Client) -> None:
    answer = client.get("/konto/?a=1&b=2")

    assert answer["Location"] == "/logga-in/?next=/konto/%3Fa%3D1%26b%3D2"


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(client: Client) -> None:
    answer = client.get(
        "/konto/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/konto/"}
    )

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/logga-in/?next=http%3A//testserver/konto/"


def test_a_form_that_was_sent_too_late_is_not_sent_again(client: Client) -> None:
    assert client.post("/konto/")["Location"] == "/logga-in/?next=/"


@pytest.mark.django_db
def test_the_account_shows_roles_that_stand_and_only_those(client: Client) -> None:
    person = make.user("Maj", RoleName.REGISTRAR)
    old = person.roles.create(unit=make.unit(), role=RoleName.IT, since=make.YEAR, until=make.YEAR)
    client.force_login(person)

    page = client.get("/konto/").content.decode()

    assert "Registrator" in page and "Björkbo kommun, från 1 januari 2026" in page
    assert old.get_role_display() not in page.split("</dl>")[0].split("<dl")[1]


@pytest.mark.django_db
def test_without_a_role_the_account_says_what_to_do(client: Client) -> None:
    client.force_login(make.user())

    assert "Be din chef om en roll" in client.get("/konto/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("on", [True, False])
def test_single_keys_are_ones_own_choice(client: Client, on: bool) -> None:
    person = make.user()
    User.objects.update(single_keys=not on)
    client.force_login(person)

    answer = client.post("/konto/", {"single_keys": "on"} if on else {})

    assert answer["Location"] == "/konto/"
    assert User.objects.get().single_keys is on
    assert "Dina val är sparade." in client.get("/konto/").content.decode()


@pytest.mark.django_db
def test_nothing_else_about_oneself_can_be_changed_there(client: Client) -> None:
    person = make.user()
    client.force_login(person)

    client.post("/konto/", {"name": "Chefen", "email": "a@b.se", "is_active": ""})

    kept = User.objects.get()
    assert (kept.name, kept.email, kept.is_active) == ("Maj", "maj@bjorkbo.example", True)


@pytest.mark.django_db
def test_the_account_asks_few_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = make.user("Maj", *RoleName)
    client.force_login(person)

    with django_assert_max_num_queries(8):
        client.get("/konto/")
