"""The menu shows what exists and what one may see."""

from django.conf import settings
from django.test import Client, override_settings
from django.utils.module_loading import import_string

from torget.web import menu
from torget.web.icons import ICONS


def test_only_pages_that_exist_are_in_the_menu(client: Client, gallery: None) -> None:
    with override_settings(ROOT_URLCONF="tests.web.urls_without_records"):
        page = client.get("/delar/").content.decode()

    assert "Kommentarer</span>" in page
    assert "Kanaler</span>" in page
    assert "Handlingar</span>" not in page
    assert "Arkiv" not in page


def test_only_pages_that_the_person_may_see_are_in_the_menu(client: Client, gallery: None) -> None:
    with override_settings(TORGET_PERMISSIONS="tests.web.test_menu.reads_channels_only"):
        page = client.get("/delar/").content.decode()

    assert "Kanaler</span>" in page
    assert "Kommentarer</span>" not in page


def test_the_menu_tells_where_one_is_and_what_waits(client: Client, gallery: None) -> None:
    page = client.get("/kommentarer/4820/").content.decode()

    entry = page[page.index('<a href="/kommentarer/"') : page.index("Kanaler</span>")]
    assert 'aria-current="page"' in entry
    assert '7<span class="ds-sr-only">väntar</span>' in entry
    assert page.count('aria-current="page"') == 1


def test_every_entry_of_the_menu_has_an_icon_in_the_sprite() -> None:
    entries = [entry for section in menu.SECTIONS.values() for entry in section]

    assert {entry.icon for entry in entries} <= ICONS


def test_the_menu_asks_a_function_that_exists() -> None:
    assert callable(import_string(settings.TORGET_PERMISSIONS))
    assert all(callable(import_string(name)) for name in settings.TORGET_WAITING.values())


def reads_channels_only(_user: object) -> frozenset[str]:
    """A person who may see the channels and nothing else."""
    return frozenset({"read_channels"})
