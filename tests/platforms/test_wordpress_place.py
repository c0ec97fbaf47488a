"""A reading that is cut anywhere goes on where it was, and passes nothing over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from torget.platforms.contract import Cursor
from torget.platforms.wordpress.place import OVERLAP, Place, Places, stamp

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_cursor_holds_its_place() -> None:
    place = Place("2026-03-02T09:00:00Z", "2026-03-01T09:00:00Z", 100)
    places = Places(place, Place("2026-03-02T10:00:00Z", ended=True))

    assert Places.read(places.write()) == places


def test_when_both_readings_have_ended_both_begin_again() -> None:
    places = Places(Place("2026-03-02T09:00:00Z", ended=True), Place(ended=True))

    assert places.complete
    assert Places.read(places.write()) == Places(Place("2026-03-02T09:00:00Z"), Place())


@pytest.mark.parametrize("cursor", ["", "nonsens", "[1]", '{"other": 1}', "null", "7"])
def test_a_cursor_that_cannot_be_read_starts_over(cursor: str) -> None:
    assert Places.read(Cursor(cursor)) == Places()


def test_the_first_reading_asks_for_everything() -> None:
    assert Place().start == ""


def test_a_finished_reading_begins_again_one_overlap_back() -> None:
    place = Place().on(MONDAY, now=MONDAY, size=100, complete=True)

    assert place.start == stamp(MONDAY - OVERLAP)


def test_a_long_reading_goes_on_by_time() -> None:
    place = Place().on(MONDAY, now=MONDAY, size=100, complete=False)

    assert place.offset == 0
    assert stamp(MONDAY - timedelta(hours=2)) < place.start < stamp(MONDAY - timedelta(hours=1))


def test_a_busy_hour_is_read_by_number() -> None:
    place = Place().on(MONDAY, now=MONDAY, size=100, complete=False)
    later = place.on(MONDAY + timedelta(minutes=0), now=MONDAY, size=100, complete=False)

    assert (later.start, later.offset) == (place.start, 100)


def test_a_comment_from_the_future_does_not_blind_us() -> None:
    place = Place().on(MONDAY + timedelta(days=900), now=MONDAY, size=100, complete=True)

    assert place.newest == stamp(MONDAY)


def test_nothing_new_keeps_the_place() -> None:
    place = Place(stamp(MONDAY))

    assert place.on(None, now=MONDAY, size=100, complete=True) == replace(place, ended=True)


def test_an_older_comment_does_not_move_the_place_back() -> None:
    place = Place(stamp(MONDAY)).on(
        MONDAY - timedelta(hours=3), now=MONDAY, size=100, complete=True
    )

    assert place.newest == stamp(MONDAY)
