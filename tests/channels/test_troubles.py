"""What stands in the way of a connection is told in Swedish, with what to do about it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import socket

import pytest
from django.test import Client
from pytest_django import Settings

from tests import make
from tests.channels.register import ONE, signed_in
from torget.channels.models import Connection
from torget.organisation.models import RoleName

pytestmark = pytest.mark.django_db

REFUSED = b'{"code": "rest_not_logged_in", "message": "Nope", "data": {"status": 401}}'


class _Site(BaseHTTPRequestHandler):
    """A site that has one answer to everything."""

    answer = (200, "application/json", b"{}")

    def do_GET(self) -> None:
        status, kind, body = self.answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told: object) -> None:
        """Keep quiet."""


@pytest.fixture
def _nearby(settings: Settings) -> None:
    """Let the installation connect to its own network."""
    settings.TORGET = settings.TORGET.model_copy(update={"allow_private_addresses": True})


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    serving = threading.Thread(target=server.serve_forever, args=(0.01,))
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    serving.join()
    server.server_close()


def _closed_port() -> str:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/"


def _connect(client: Client, address: str) -> str:
    """Type in a connection, and return the channel's page as it looks from then on."""
    make.channel()
    signed_in(client, RoleName.IT)
    told = {"base_url": address, "username": "torget", "secret": "fel lösenord"}
    client.post(f"{ONE}anslutning/", told, follow=True)
    return client.get(ONE).content.decode()


@pytest.mark.usefixtures("_nearby")
@pytest.mark.parametrize(
    ("status", "kind", "body", "told", "remedy"),
    [
        (401, "application/json", REFUSED, "Inloggningen godtas inte", "applikationslösenord"),
        (200, "text/html", b"<h1>Hej</h1>", "svarar med något annat än väntat", "adressen"),
        (200, "application/json", b"{tr", "svarar med något annat än väntat", "adressen"),
        (503, "text/html", b"Down", "svarar med ett eget fel", "försöker igen"),
    ],
    ids=["wrong password", "a page", "broken JSON", "out of order"],
)
def test_a_site_that_answers_wrongly_is_explained(
    client: Client, site: str, status: int, kind: str, body: bytes, told: str, remedy: str
) -> None:
    _Site.answer = (status, kind, body)

    page = _connect(client, site)

    assert "Anslutningen fungerade inte" in page
    assert told in page and remedy in page
    assert "Nope" not in page and "fel lösenord" not in page


@pytest.mark.usefixtures("_nearby")
def test_an_address_where_nobody_answers_is_explained(client: Client) -> None:
    page = _connect(client, _closed_port())

    assert "Webbplatsen svarar inte." in page and "Kontrollera adressen" in page


def test_an_address_on_ones_own_network_is_refused_unless_allowed(
    client: Client, site: str
) -> None:
    _Site.answer = (200, "application/json", b"{}")

    page = _connect(client, site)

    kept = Connection.objects.get()
    assert kept.answers is False and kept.trouble and kept.remedy
    assert kept.trouble in page
