"""Swedish working days and hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torget.policy import clock

STOCKHOLM = ZoneInfo("Europe/Stockholm")
days = st.dates(date(2005, 1, 1), date(2099, 12, 31))
moments = st.builds(datetime.combine, days, st.times(), st.sampled_from([UTC, STOCKHOLM]))
spans = st.timedeltas(timedelta(0), timedelta(hours=200))


def at(text: str) -> datetime:
    """A time as a clock in Sweden shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2024-03-29", "långfredagen"),
        ("2024-05-09", "Kristi himmelsfärdsdag"),
        ("2024-06-21", "midsommarafton"),
        ("2024-11-02", "alla helgons dag"),
        ("2025-04-21", "annandag påsk"),
        ("2025-06-06", "nationaldagen"),
        ("2025-06-20", "midsommarafton"),
        ("2025-06-21", "midsommardagen"),
        ("2025-11-01", "alla helgons dag"),
        ("2026-01-06", "trettondedag jul"),
        ("2026-04-03", "långfredagen"),
        ("2026-05-14", "Kristi himmelsfärdsdag"),
        ("2026-05-24", "pingstdagen"),
        ("2026-06-19", "midsommarafton"),
        ("2026-10-31", "alla helgons dag"),
        ("2026-12-24", "julafton"),
        ("2026-12-31", "nyårsafton"),
        ("2027-06-25", "midsommarafton"),
        ("2027-11-06", "alla helgons dag"),
    ],
)
def test_a_holiday_has_its_name_and_is_free(text: str, name: str) -> None:
    day = date.fromisoformat(text)

    assert clock.holiday(day) == name
    assert not clock.is_working_day(day)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05",  # the eve of Epiphany
        "2026-04-02",  # Maundy Thursday
        "2026-04-30",  # Walpurgis night
        "2026-05-15",  # the Friday after Ascension Day
        "2026-05-25",  # Whit Monday, working since 2005
        "2026-10-30",  # the eve of All Saints
        "2026-12-23",
    ],
)
def test_a_day_that_only_some_offices_shorten_is_a_working_day(text: str) -> None:
    assert clock.is_working_day(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("year", "count"), [(2023, 251), (2024, 251), (2025, 249), (2026, 251), (2027, 253)]
)
def test_a_year_has_as_many_working_days_as_counted_by_hand(year: int, count: int) -> None:
    first = date(year, 1, 1).toordinal()
    every_day = map(date.fromordinal, range(first, date(year + 1, 1, 1).toordinal()))

    assert sum(map(clock.is_working_day, every_day)) == count


@pytest.mark.parametrize(
    "text",
    # Early, late, and the years where the simpler rules for Easter go wrong.
    [
        "1818-03-22",
        "1954-04-18",
        "1981-04-19",
        "2008-03-23",
        "2011-04-24",
        "2019-04-21",
        "2026-04-05",
        "2038-04-25",
        "2049-04-18",
        "2076-04-19",
        "2100-03-28",
    ],
)
def test_easter_falls_where_the_church_has_it(text: str) -> None:
    sunday = date.fromisoformat(text)

    assert clock.easter_sunday(sunday.year) == sunday


@given(st.integers(1900, 2300))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    sunday = clock.easter_sunday(year)

    assert sunday.isoweekday() == 7
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


@given(days, st.integers(1, 40))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    later = clock.add_working_days(day, count)

    between = map(date.fromordinal, range(day.toordinal() + 1, later.toordinal() + 1))
    assert sum(map(clock.is_working_day, between)) == count
    assert clock.is_working_day(later)


@given(days)
def test_the_next_working_day_is_near_and_nothing_free_is_given(day: date) -> None:
    assert day < clock.next_working_day(day) <= day + timedelta(days=6)
    assert (clock.add_working_days(day, 0) == day) == clock.is_working_day(day)


def test_the_day_before_a_long_holiday_is_followed_by_the_day_after_it() -> None:
    assert clock.next_working_day(date(2026, 4, 2)) == date(2026, 4, 7)
    assert clock.next_working_day(date(2026, 12, 23)) == date(2026, 12, 28)
    assert clock.next_working_day(date(2025, 12, 30)) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-24 10:00", 2, "2026-11-24 12:00"),
        ("2026-11-24 16:00", 1, "2026-11-24 17:00"),
        ("2026-11-24 16:00", 2, "2026-11-25 09:00"),
        ("2026-11-24 03:00", 0, "2026-11-24 08:00"),
        ("2026-11-24 17:00", 0, "2026-11-24 17:00"),
        ("2026-11-27 16:30", 1, "2026-11-30 08:30"),
        ("2026-04-02 16:00", 9, "2026-04-07 16:00"),
        ("2026-03-27 16:00", 2, "2026-03-30 09:00"),  # summer time begins between
        ("2026-10-23 16:00", 2, "2026-10-26 09:00"),  # and ends
        ("2026-12-23 17:30", 0.5, "2026-12-28 08:30"),
    ],
)
def test_working_hours_are_counted_while_the_office_is_open(
    start: str, hours: float, end: str
) -> None:
    found = clock.add_working_hours(at(start), hours)

    assert found == at(end)
    assert found.tzinfo is UTC


@given(moments, spans)
def test_what_was_added_is_what_was_worked(start: datetime, span: timedelta) -> None:
    end = clock.add_working_hours(start, span)

    assert clock.working_time(start, end) == span
    assert end >= start
    assert clock.is_working_day(end.astimezone(STOCKHOLM).date())


@given(moments, spans, spans)
def test_adding_twice_is_adding_once(start: datetime, one: timedelta, two: timedelta) -> None:
    stepwise = clock.add_working_hours(clock.add_working_hours(start, one), two)

    assert stepwise == clock.add_working_hours(start, one + two)


@given(moments, moments)
def test_working_time_is_never_longer_than_time(one: datetime, two: datetime) -> None:
    start, end = sorted((one.astimezone(UTC), two.astimezone(UTC)))
    end = min(end, start + timedelta(days=60))

    assert timedelta(0) <= clock.working_time(start, end) <= end - start
    assert clock.working_time(end, start) == timedelta(0)


@given(moments)
def test_the_office_is_open_exactly_when_working_time_passes(moment: datetime) -> None:
    a_tick = timedelta.resolution

    passes = clock.working_time(moment, moment.astimezone(UTC) + a_tick) == a_tick

    assert clock.is_open(moment) == passes


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("2026-11-24 07:59", False),
        ("2026-11-24 08:00", True),
        ("2026-11-24 16:59", True),
        ("2026-11-24 17:00", False),
        ("2026-11-28 10:00", False),
        ("2026-06-19 10:00", False),
    ],
)
def test_the_office_opens_and_closes_by_swedish_time(text: str, open_: bool) -> None:
    assert clock.is_open(at(text)) is open_


def test_the_working_day_ends_by_swedish_time_summer_and_winter() -> None:
    assert clock.end_of_working_day(date(2026, 7, 1)) == datetime(2026, 7, 1, 15, tzinfo=UTC)
    assert clock.end_of_working_day(date(2026, 12, 1)) == datetime(2026, 12, 1, 16, tzinfo=UTC)


def test_time_without_zone_and_time_backwards_are_refused() -> None:
    naive, now = datetime(2026, 11, 24), at("2026-11-24 10:00")  # noqa: DTZ001

    for call in (
        lambda: clock.add_working_hours(naive, 1),
        lambda: clock.add_working_hours(now, -1),
        lambda: clock.working_time(now, naive),
        lambda: clock.working_time(naive, now),
        lambda: clock.is_open(naive),
        lambda: clock.add_working_days(now.date(), -1),
    ):
        with pytest.raises(ValueError):
            call()
