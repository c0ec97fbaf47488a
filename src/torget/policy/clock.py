"""Swedish working days and hours, for the municipality's own goals. Pure, and data in days.toml."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY = timedelta(days=1)


def holiday(day: date) -> str | None:
    """Return the Swedish name of the holiday or eve that makes ``day`` free, if there is one."""
    return _holidays(day.year).get(day)


def is_working_day(day: date) -> bool:
    """Say whether ``day`` is neither Saturday, Sunday, holiday nor one of the three free eves."""
    return day.isoweekday() < 6 and holiday(day) is None


def next_working_day(day: date) -> date:
    """Return the first working day after ``day``."""
    return add_working_days(day, 1)


def add_working_days(day: date, count: int) -> date:
    """Return the working day that is ``count`` working days after ``day``.

    ``count`` 0 gives ``day`` itself, or the next working day when it is free.

    Raises:
        ValueError: ``count`` is negative.
    """
    if count < 0:
        raise ValueError("working days are counted forwards")
    at = day if count else day - DAY
    for _ in range(count or 1):
        at += DAY
        while not is_working_day(at):
            at += DAY
    return at


def add_working_hours(start: datetime, hours: float | timedelta) -> datetime:
    """Return the moment, in UTC, when so much working time has passed since ``start``.

    No hours from a time when the office is closed is when it next opens.

    Args:
        start: with time zone.
        hours: hours of working time, or a time span; not negative.

    Raises:
        ValueError: ``start`` has no time zone, or ``hours`` is negative.
    """
    start = _utc(start)
    left = hours if isinstance(hours, timedelta) else timedelta(hours=hours)
    if left < timedelta(0):
        raise ValueError("working hours are counted forwards")
    for opens, closes in _office_hours_from(start):
        begins = max(opens, start)
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise AssertionError("the calendar has no end")


def working_time(start: datetime, end: datetime) -> timedelta:
    """Return how much of the time from ``start`` to ``end`` the office was open.

    Raises:
        ValueError: a time has no time zone.
    """
    start, end, total = _utc(start), _utc(end), timedelta(0)
    for opens, closes in _office_hours_from(start):
        begins = max(opens, start)
        if begins >= end:
            break
        total += min(closes, end) - begins
    return total


def is_open(moment: datetime) -> bool:
    """Say whether the office is open; it is not at the very second when it closes.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    moment = _utc(moment)
    opens, _ = next(_office_hours_from(moment + timedelta.resolution))
    return opens <= moment


def end_of_working_day(day: date) -> datetime:
    """Return when the office closes on ``day``, in UTC; free days are not asked about."""
    return _moment(day, _data()["hours"]["closes"])


def easter_sunday(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar: the Sunday after the church's full moon."""
    century = year // 100
    golden = year % 19
    correction = century - century // 4 - (8 * century + 13) // 25
    epact = (correction + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    days = epact - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))


def _office_hours_from(start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield opening and closing, in UTC, from the first closing at or after ``start``."""
    hours = _data()["hours"]
    day = start.astimezone(STOCKHOLM).date()
    while True:
        closes = _moment(day, hours["closes"])
        if is_working_day(day) and closes >= start:
            yield _moment(day, hours["opens"]), closes
        day += DAY


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, STOCKHOLM).astimezone(UTC)


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a time without time zone")
    return moment.astimezone(UTC)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("torget.policy").joinpath("days.toml").read_text("utf-8"))


@cache
def _holidays(year: int) -> Mapping[date, str]:
    data, sunday = _data(), easter_sunday(year)
    found = {date(year, row["month"], row["day"]): row["name"] for row in data["fixed"]}
    found |= {sunday + row["offset"] * DAY: row["name"] for row in data["easter"]}
    for row in data["weekday"]:
        first = date(year, row["month"], row["day"])
        found[first + (row["weekday"] - first.isoweekday()) % 7 * DAY] = row["name"]
    return MappingProxyType(found)
