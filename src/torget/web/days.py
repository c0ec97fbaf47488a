"""Days and times as people in Swedish offices write them: read, and asked for in a form.

A browser's own picker shows itself in the browser's language, so these are text fields.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from torget.web.when import MONTHS

EXAMPLE = "Som 2026-01-31 eller 31 januari 2026."
_DIGITS = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_TURNED = re.compile(r"(\d{1,2})[./](\d{1,2})[./ ] ?(\d{4})")
_WORDS = re.compile(r"(?:den )?(\d{1,2})(?::?e|:?a)? ([a-zåäö]{3,9})\.?(?: (\d{4}))?")
_CLOCK = re.compile(r"(?:kl\.? ?)?(\d{1,2})(?:[.:](\d\d))?")
_NEAR = {"idag": 0, "i dag": 0, "igår": 1, "i går": 1, "i förrgår": 2}


def read_day(text: str, today: date) -> date:
    """Return the day that a text names; without a year, the latest one that has been.

    Raises:
        ValueError: it names no day.
    """
    day = _day(" ".join(text.casefold().split()), today)
    if not 1900 <= day.year < 2200:
        raise ValueError("no day that an office asks about")
    return day


def read_clock(text: str) -> time:
    """Return the time of day that a text names: 14.30, 14:30, kl. 14.

    Raises:
        ValueError: it names no time.
    """
    found = _CLOCK.fullmatch(text.strip().casefold())
    if found is None:
        raise ValueError("no time of day")
    return time(int(found[1]), int(found[2] or 0))


def midnight(day: date) -> datetime:
    """Return when a day begins, in the municipality's time."""
    return timezone.make_aware(datetime.combine(day, time()))


class DayField(forms.CharField):
    """A day, as text."""

    def __init__(self, **told: Any) -> None:  # noqa: ANN401 what any field may be told
        super().__init__(max_length=40, **told)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 Django's own signature
        """Return the day, or None where none is asked for."""
        text = super().clean(value)
        try:
            return read_day(text, timezone.localdate()) if text else None
        except ValueError:
            raise forms.ValidationError(f"Skriv en dag. {EXAMPLE}", code="invalid") from None


class ClockField(forms.CharField):
    """A time of day, as text."""

    def __init__(self, **told: Any) -> None:  # noqa: ANN401 what any field may be told
        super().__init__(max_length=20, **told)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 Django's own signature
        """Return the time of day, or None where none is asked for."""
        text = super().clean(value)
        try:
            return read_clock(text) if text else None
        except ValueError:
            raise forms.ValidationError("Skriv tiden som 14.30.", code="invalid") from None


def _day(plain: str, today: date) -> date:
    if plain in _NEAR:
        return today - timedelta(days=_NEAR[plain])
    if found := _DIGITS.fullmatch(plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _TURNED.fullmatch(plain):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(plain):
        return _named(int(found[1]), _month(found[2]), found[3], today)
    raise ValueError("no day")


def _named(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, day)
    found = date(today.year, month, day)
    return found if found <= today else date(today.year - 1, month, day)


def _month(word: str) -> int:
    for number, name in enumerate(MONTHS, start=1):
        if len(word) >= 3 and name.startswith(word):
            return number
    raise ValueError("no month")
