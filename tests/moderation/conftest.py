"""The browser that the tests of pages use."""

import pytest
from django.test import Client

from tests import make


@pytest.fixture
def maj(client: Client) -> Client:
    """Return the browser of someone with role and mandate."""
    client.force_login(make.moderator())
    return client
