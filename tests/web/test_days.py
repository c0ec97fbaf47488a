"""Days and times as people write them."""

from datetime import date, time

import pytest

from torget.web.days import ClockField, DayField, read_clock, read_day

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("20260131", date(2026, 1, 31)),
        ("31 januari 2026", date(2026, 1, 31)),
        ("31 jan. 2026", date(2026, 1, 31)),
        ("Den 31:e januari 2026", date(2026, 1, 31)),
        ("31/1 2026", date(2026, 1, 31)),
        ("31.1.2026", date(2026, 1, 31)),
        (" 1  mars ", date(2026, 3, 1)),
        ("3 mars", date(2025, 3, 3)),
        ("idag", TODAY),
        ("i går", date(2026, 3, 1)),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "31", "2026-02-30", "32 mars 2026", "5 mumsar", "3 ma", "0001-01-01", "9999-12-31"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "clock"),
    [("14.30", time(14, 30)), ("14:30", time(14, 30)), ("kl. 9", time(9)), ("09.05", time(9, 5))],
)
def test_a_time_of_day_is_read_as_people_write_it(text: str, clock: time) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize("text", ["", "25.00", "12.60", "halv tre", "12.3"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_clock(text)


def test_the_fields_say_in_swedish_what_to_write() -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="Som 2026-01-31 eller 31 januari 2026"):
        DayField().clean("strax")
    with pytest.raises(ValidationError, match=r"Skriv tiden som 14\.30"):
        ClockField().clean("strax")
    assert DayField(required=False).clean("") is None
    assert ClockField(required=False).clean("") is None
