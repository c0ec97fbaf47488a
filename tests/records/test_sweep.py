"""A sweep takes what is new, looks again at what is known, and one bad channel stops no other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from django.db import DatabaseError

from tests import make
from tests.fakes import FakePlatform
from torget.channels.models import Attempt, Channel, Connection
from torget.errors import PlatformUnavailable
from torget.platforms.contract import (
    Cursor,
    Found,
    Health,
    Page,
    Platform,
    RemoteId,
    Shown,
    Snapshot,
    Unknown,
)
from torget.records import services, work
from torget.records.models import Message, MessageVersion, Visibility
from torget.records.verify import verify
from torget.records.work import sweep

pytestmark = pytest.mark.django_db


def connected(name: str = "Bloggen") -> Channel:
    channel = make.channel(name)
    Connection.objects.get_or_create(channel=channel, defaults={"base_url": channel.url})
    return channel


def turn(platform: Platform) -> int:
    return sweep(9, connect=lambda _: platform)


class Paged(FakePlatform):
    """A platform that answers page by page, and may break, go in a ring or hide its list."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        super().__init__()
        self.pages, self.cursors, self.broken = pages, list[str](), set[str]()

    def sync(self, cursor: Cursor) -> Page:
        self.cursors.append(cursor)
        if cursor in self.broken:
            raise PlatformUnavailable("Trasigt svar.", remedy="Vänta.")
        return self.pages[cursor]

    def reconcile(self, refs: Sequence[RemoteId]) -> Mapping[RemoteId, Found]:
        return {ref: Unknown() for ref in refs}


def page(*refs: str, to: str = "", complete: bool = False) -> Page:
    found = tuple(Snapshot(make.incoming(remote_id=ref)) for ref in refs)
    return Page(found, Cursor(to), complete)


@pytest.mark.clause("4.6")
def test_new_messages_are_captured_and_only_what_is_new_counts() -> None:
    connected()
    blog = FakePlatform(make.incoming(remote_id="1"), make.incoming(remote_id="2"))

    assert turn(blog) == 2
    assert turn(blog) == 0

    assert Message.objects.count() == 2
    assert Connection.objects.get().swept_at is not None


@pytest.mark.clause("4.6")
def test_a_change_after_the_cursor_passed_is_seen_by_looking_again() -> None:
    connected()
    blog = Silent(make.incoming("Du ljuger"))
    turn(blog)

    blog.listed = False
    blog.change("Förlåt")

    assert turn(blog) == 1
    assert MessageVersion.objects.count() == 2


class Silent(FakePlatform):
    """Lists what it has until ``listed`` is off; then it must be asked about each."""

    listed = True

    def sync(self, cursor: Cursor) -> Page:
        found = super().sync(cursor)
        return found if self.listed else replace(found, messages=())


@pytest.mark.clause("4.6", "4.10")
def test_what_is_trashed_on_the_platform_is_gone_kept_and_not_our_act() -> None:
    connected()
    blog = FakePlatform(make.incoming("Bort med mig"))
    turn(blog)

    blog.trash()
    turn(blog)
    turn(blog)

    note = Visibility.objects.get()
    assert (note.state, note.by) == ("gone", "unknown")
    assert Message.objects.get().seen == "gone"
    assert MessageVersion.objects.get().payload.canonical
    assert list(verify()) == []


def test_what_comes_back_is_noted_as_seen_again() -> None:
    connected()
    message = make.incoming()
    blog = FakePlatform(message)
    turn(blog)
    blog.trash()
    turn(blog)

    blog.posts[message.remote_id] = message
    turn(blog)

    assert list(Visibility.objects.values_list("state", flat=True)) == ["gone", "public"]
    assert MessageVersion.objects.count() == 1


def test_hidden_elsewhere_is_noted_too() -> None:
    connected()
    blog = FakePlatform(make.incoming())
    turn(blog)

    blog.hidden.add(RemoteId("1"))
    turn(blog)

    assert Visibility.objects.get().state == "hidden"
    assert Visibility.objects.get().by == "unknown"


def test_an_account_that_has_lost_its_rights_proves_nothing_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected()
    blog = FakePlatform(make.incoming())
    turn(blog)
    blog.trash()
    monkeypatch.setattr(blog, "probe", lambda: Health(ok=False, trouble="rights"))

    turn(blog)

    assert not Visibility.objects.exists()


def test_an_answer_that_does_not_say_changes_nothing() -> None:
    connected()
    blog = Silent(make.incoming())
    turn(blog)
    blog.listed, blog.silent = False, True

    turn(blog)

    assert not Visibility.objects.exists()
    assert not Attempt.objects.exists()


@pytest.mark.clause("4.6")
def test_pages_are_taken_to_the_end_and_a_fault_on_the_way_loses_nothing() -> None:
    channel = connected()
    pages = {"": page("1", "2", to="a"), "a": page("2", "3", to="b"), "b": page("4", complete=True)}
    blog = Paged(pages)
    blog.broken = {"b"}

    assert turn(blog) == 0
    assert Message.objects.count() == 3
    assert Connection.objects.get(channel=channel).cursor == "b"
    assert Attempt.objects.get().code == "platform.unavailable"

    blog.broken = set()
    Attempt.objects.update(next_try=make.MONDAY)
    assert turn(blog) == 1

    assert blog.cursors == ["", "a", "b", "b"]
    assert not Attempt.objects.exists()


def test_a_cursor_that_goes_in_a_ring_ends_the_turn() -> None:
    connected()
    blog = Paged({"": page("1", to="a"), "a": page("2", to="b"), "b": page("3", to="a")})

    assert turn(blog) == 3

    assert blog.cursors == ["", "a", "b"]


def test_a_history_without_end_is_cut_for_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    connected()
    monkeypatch.setattr(work, "PAGES", 3)
    blog = Paged({str(n or ""): page(str(n), to=str(n + 1)) for n in range(9)})

    turn(blog)

    assert blog.cursors == ["", "1", "2"]
    assert Connection.objects.get().cursor == "3"


@pytest.mark.clause("4.6")
def test_cursor_and_page_are_saved_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    connected()
    blog = Paged({"": page("1", to="a", complete=True)})
    saved = services.capture_many

    def breaks(*args: object, **named: object) -> object:
        saved(*args, **named)  # type: ignore[arg-type]
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(services, "capture_many", breaks)

    assert turn(blog) == 0

    assert not Message.objects.exists()
    assert Connection.objects.get().cursor == ""


@pytest.mark.clause("4.6")
def test_a_bad_channel_rests_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    bad, good = connected("Bloggen"), connected("Andra bloggen")
    platforms = {bad: FakePlatform(away=True), good: FakePlatform(make.incoming("Hemligt"))}

    assert sweep(9, connect=platforms.__getitem__) == 1
    assert sweep(9, connect=platforms.__getitem__) == 0

    waits = Attempt.objects.get()
    assert (waits.channel, waits.code, waits.count) == (bad, "platform.unavailable", 1)
    assert "Hemligt" not in caplog.text


def test_paused_closed_and_hand_kept_channels_are_left_alone() -> None:
    Channel.objects.filter(pk=connected("Ett").pk).update(status="paused")
    Channel.objects.filter(pk=connected("Två").pk).update(status="closed")
    Channel.objects.filter(pk=connected("Tre").pk).update(capture_basis="manual")
    make.channel("Fyra")

    assert turn(FakePlatform(make.incoming())) == 0

    assert not Message.objects.exists()


def test_those_swept_longest_ago_come_first_when_not_all_can() -> None:
    connected("Ett")
    connected("Två")
    asked: list[str] = []

    def connect(channel: Channel) -> Platform:
        asked.append(channel.name)
        return FakePlatform()

    for _ in range(3):
        sweep(1, connect=connect)

    assert asked == ["Ett", "Två", "Ett"]


def test_messages_that_come_hidden_are_records_too() -> None:
    connected()
    blog = FakePlatform(make.incoming())
    blog.hidden.add(RemoteId("1"))

    turn(blog)

    assert Message.objects.get().seen == "hidden"
    assert blog.fetch(RemoteId("1")).shown == Shown.HIDDEN  # type: ignore[union-attr]
