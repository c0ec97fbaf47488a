"""The gallery, served to a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from tests.web.browser import served
from torget.web import assets

SKIPPED = ("session", "auth.middleware")
GALLERY = {
    "ROOT_URLCONF": "tests.web.gallery",
    "MIDDLEWARE": [
        *(name for name in settings.MIDDLEWARE if not any(part in name for part in SKIPPED)),
        "tests.web.gallery.SomeoneSignedIn",
    ],
    "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
    "TEMPLATES": [settings.TEMPLATES[0] | {"DIRS": [Path(__file__).with_name("templates")]}],
    "TORGET_PERMISSIONS": "tests.web.gallery.permissions",
    "TORGET_WAITING": {"moderation:queue": "tests.web.gallery.waiting"},
    "TORGET": settings.TORGET.model_copy(
        update={"municipality": "Björkbo kommun", "colour": "#0b5d52", "demo": True}
    ),
}


@pytest.fixture
def gallery() -> Iterator[None]:
    """Settings under which every part can be looked at, without a database."""
    with override_settings(**GALLERY):
        yield


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gallery's address, with static files named and compressed as in use."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(**GALLERY, STATIC_ROOT=root):
        assets.collect()
        with served() as address:
            yield address
