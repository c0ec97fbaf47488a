"""The main menu, as data. An entry whose page does not exist, or that one may not see, is left out.

``web`` knows nothing of the modules above it: a page is named by its URL name, and what a person
may do is asked of the function that ``settings.TORGET_PERMISSIONS`` names.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Model, QuerySet, Value
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the menu: its words, its icon, its URL name and the permission it asks for."""

    label: str
    icon: str
    view: str
    permission: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as one person sees it."""

    label: str
    icon: str
    address: str
    current: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the menu, with the pages under it."""

    label: str
    items: tuple[Item, ...]


SECTIONS: dict[str, tuple[Entry, ...]] = {
    "Varje dag": (
        Entry("Idag", "layout-dashboard", "desk:today", "read_channels"),
        Entry("Kommentarer", "message-square", "moderation:queue", "read_queue"),
        Entry("Skriv", "square-pen", "publishing:write", "write_posts"),
        Entry("För hand", "badge-check", "byhand:tasks", "read_queue"),
    ),
    "Register": (
        Entry("Kanaler", "megaphone", "channels:register", "read_channels"),
        Entry("Uppdrag", "id-card", "channels:mandates", "read_channels"),
        Entry("Riktlinjen", "book-open", "desk:guideline", "read_channels"),
    ),
    "Arkiv": (Entry("Handlingar", "archive", "records:list", "read_records"),),
}


def sections(request: HttpRequest) -> list[Section]:
    """Return the menu for the person behind a request, without empty sections."""
    allowed = import_string(settings.TORGET_PERMISSIONS)(request.user)
    found = (
        Section(label, tuple(_items(request, entries, allowed)))
        for label, entries in SECTIONS.items()
    )
    return [section for section in found if section.items]


def address(view: str) -> str:
    """Return the address of a page by its URL name, or nothing if there is no such page."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


def say_waiting(request: HttpRequest, view: str, count: int) -> None:
    """Let a page that has counted what waits there spare the menu from counting again."""
    _counted(request)[view] = count


def _items(
    request: HttpRequest, entries: tuple[Entry, ...], allowed: Container[str]
) -> Iterator[Item]:
    here = _here(request)
    for entry in entries:
        place = address(entry.view)
        if place and entry.permission in allowed:
            waiting = _waiting(request, entry.view)
            yield Item(entry.label, entry.icon, place, entry.view == here, waiting)


def _here(request: HttpRequest) -> str:
    """Return the page of the menu where one is: this very one, else its module's first."""
    match = request.resolver_match
    views = [entry.view for entries in SECTIONS.values() for entry in entries]
    if match is None or not match.namespace or match.view_name in views:
        return match.view_name if match and match.namespace else ""
    return next((view for view in views if view.startswith(f"{match.namespace}:")), "")


def _waiting(request: HttpRequest, view: str) -> int:
    """Return how many things wait on a page, if settings name a function that finds them."""
    counted = _counted(request)
    if view in settings.TORGET_WAITING and view not in counted:
        _count(request, counted)
    return counted.get(view, 0)


def _count(request: HttpRequest, counted: dict[str, int]) -> None:
    """Count what waits on every page that has not told it, all in one query."""
    asked: list[QuerySet[Model, dict[str, Any]]] = []
    for view in settings.TORGET_WAITING.keys() - counted.keys():
        found: QuerySet[Model] | int = import_string(settings.TORGET_WAITING[view])(request.user)
        counted[view] = found if isinstance(found, int) else 0
        if not isinstance(found, int):
            asked.append(found.order_by().values(view=Value(view)).annotate(n=Count("pk")))
    if asked:
        rows = asked[0].union(*asked[1:], all=True).order_by()
        counted |= {row["view"]: row["n"] for row in rows}


def _counted(request: HttpRequest) -> dict[str, int]:
    counted: dict[str, int] = vars(request).setdefault("torget_waiting", {})
    return counted
