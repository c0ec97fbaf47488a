"""Pages that tell of an error."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults
from django.views.csrf import csrf_failure

TEMPLATES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_the_last_pages_need_neither_context_database_nor_file_names(template: str) -> None:
    page = render_to_string(template)

    assert '<html lang="sv">' in page
    assert "försök igen" in page
    assert 'href="/static/torget/bare.css"' in page


def test_what_they_link_to_is_there() -> None:
    from django.contrib.staticfiles import finders

    assert finders.find("torget/bare.css")
    assert finders.find("torget/logo.svg")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "Begäran gick inte att förstå"),
        (403, "Du får inte se sidan"),
        (404, "Sidan finns inte"),
        (500, "Något gick fel"),
    ],
)
def test_every_error_says_in_swedish_what_happened_and_what_to_do(
    status: int, words: str, gallery: None
) -> None:
    request = RequestFactory().get("/")

    answers = {
        400: lambda: defaults.bad_request(request, SuspiciousOperation()),
        403: lambda: defaults.permission_denied(request, PermissionDenied()),
        404: lambda: defaults.page_not_found(request, Exception()),
        500: lambda: defaults.server_error(request),
    }

    answer: HttpResponse = answers[status]()  # type: ignore[no-untyped-call]

    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert "Till startsidan" in page


def test_a_form_that_is_too_old_is_explained(gallery: None) -> None:
    page = csrf_failure(RequestFactory().post("/")).content.decode()

    assert "Formuläret kunde inte tas emot" in page
    assert "Ingenting har sparats" in page


def test_an_error_raised_on_purpose_is_told_with_its_remedy(client: Client, gallery: None) -> None:
    answer = client.get("/sagt/")

    assert answer.status_code == 409
    assert "Kanalen svarar inte." in answer.content.decode()
    assert "Kontrollera adressen och försök igen." in answer.content.decode()


def test_a_bug_is_answered_with_the_last_page(client: Client, gallery: None) -> None:
    client.raise_request_exception = False

    answer = client.get("/trasig/")

    assert answer.status_code == 500
    assert "Något gick fel" in answer.content.decode()


def test_the_address_of_a_form_says_that_there_is_nothing_to_see(client: Client) -> None:
    answer = client.get("/logga-ut/")

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "Här finns inget att visa" in answer.text
