"""Times as pages show them in Swedish, as moments: pure, no database."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Stockholm")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"
_DAYS = "måndag tisdag onsdag torsdag fredag lördag söndag"
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS.split(), start=1)}
_WEEKDAY = {name[:3]: number for number, name in enumerate(_DAYS.split())}
_UNITS = {
    "s": timedelta(seconds=1),
    "m": MINUTE,
    "t": HOUR,
    "h": HOUR,
    "d": DAY,
    "v": 7 * DAY,
    "mån": 30 * DAY,
    "å": 365 * DAY,
}
_CLOCK = r"(?:(?:klockan|kl)\.?\s*)?(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?:[.:]\d\d)?"
_AT = rf"(?:,?\s*(?:{_CLOCK}))?"
_AGO = re.compile(
    r"(?:för\s+)?(?:ca\s+)?(?P<n>\d{1,4}|en|ett)\s*"
    r"(?P<unit>s|sek\w*|m|min\w*|t|tim\w*|h|d|dag\w*|dygn|v|veck\w*|mån\w*|å|år)\.?(?:\s+sedan)?"
)
_NEAR = re.compile(rf"(?P<day>i\s?dag|idag|i\s?går|igår|i\s?förrgår){_AT}")
_WEEK = re.compile(rf"(?:i\s+|på\s+)?(?P<day>{'|'.join(_DAYS.split())})(?:s|en)?{_AT}")
_DATE = re.compile(
    rf"(?:den\s+)?(?P<d>\d{{1,2}})(?::[ae])?\s*(?P<month>{'|'.join(_MONTH)})[a-z]*\.?"
    rf"(?:,?\s*(?P<y>\d{{4}}))?{_AT}"
)
_ISO = re.compile(rf"(?P<y>\d{{4}})-(?P<month>\d\d)-(?P<d>\d\d)(?:[t\s,]+(?:{_CLOCK}))?")
_SLASH = re.compile(rf"(?P<d>\d{{1,2}})/(?P<month>\d{{1,2}})(?:[-/\s](?P<y>\d{{4}}|\d\d))?{_AT}")
_TODAY = re.compile(_CLOCK)
_NOW = frozenset({"nu", "just nu", "nyss", "nyligen", "alldeles nyss"})


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was written, and within how much the page told it."""

    at: datetime
    within: timedelta

    def may_be(self, other: "Moment") -> bool:
        """Whether both may tell of the same moment."""
        return abs(self.at - other.at) <= self.within + other.within


def moment(text: str, now: datetime) -> Moment | None:
    """Return the moment that a page's words tell, seen at ``now``; None when they are not a time.

    A day without a year is the last one that has been. What lies ahead is no time of a message,
    but a clock that is a few minutes fast is let be.

    >>> now = datetime(2026, 11, 24, 10, 0, tzinfo=HERE)
    >>> moment("igår kl. 14.05", now).at.isoformat()
    '2026-11-23T14:05:00+01:00'
    >>> moment("3 tim", now).at.isoformat()
    '2026-11-24T07:00:00+01:00'
    >>> moment("Bra skrivet!", now) is None
    True
    """
    words = " ".join(text.casefold().replace("\u00a0", " ").split()).strip(" .·•()")
    words = re.sub(r"^(?:skrevs?|publicerad|redigerad|redigerat)[:\s]+", "", words)
    words = re.sub(r"[\s·•,(]+(?:redigerad|redigerat|ändrad)$", "", words)
    here = now.astimezone(HERE)
    if words in _NOW:
        return Moment(here, MINUTE)
    try:
        found = _told(words, here)
    except (ValueError, OverflowError):  # 31 februari
        return None
    if found and found.within > MINUTE and found.at.date() == here.date() and found.at > here:
        return Moment(here, found.within)  # noon of a day that is not over
    return found if found and found.at <= here + 10 * MINUTE else None


def _told(words: str, here: datetime) -> Moment | None:
    today = here.date()
    if match := _AGO.fullmatch(words):
        unit = _unit(match["unit"])
        n = int(match["n"]) if match["n"].isdigit() else 1
        return Moment(here - n * unit, unit)
    if match := _NEAR.fullmatch(words):
        back = 2 if "förr" in match["day"] else 1 if "går" in match["day"] else 0
        return _on(today - back * DAY, match)
    if match := _WEEK.fullmatch(words):
        back = (today.weekday() - _WEEKDAY[match["day"][:3]]) % 7
        found = _on(today - back * DAY, match)
        ahead = found.at > here and match["hour"] is not None
        return _on(today - (back + 7) * DAY, match) if ahead else found
    if match := _DATE.fullmatch(words) or _ISO.fullmatch(words) or _SLASH.fullmatch(words):
        month = _MONTH.get(match["month"]) or int(match["month"])
        return _dated(match["y"], month, int(match["d"]), match, today)
    if match := _TODAY.fullmatch(words):
        found = _on(today, match)
        return found if found.at <= here + 10 * MINUTE else _on(today - DAY, match)
    return None


def _unit(word: str) -> timedelta:
    if word.startswith("mån"):
        return _UNITS["mån"]
    return _UNITS[word[0]]


def _dated(year: str | None, month: int, day: int, match: re.Match[str], today: date) -> Moment:
    if year:
        return _on(date(int(year) + (2000 if len(year) == 2 else 0), month, day), match)
    found = date(today.year, month, day)
    return _on(found if found <= today else date(today.year - 1, month, day), match)


def _on(day: date, match: re.Match[str]) -> Moment:
    """Return a moment of that day; without a clock, its noon, give or take half a day."""
    if match["hour"] is None:
        return Moment(datetime.combine(day, time(12), HERE), DAY / 2)
    clock = time(int(match["hour"]), int(match["minute"]))
    return Moment(datetime.combine(day, clock, HERE), MINUTE)
