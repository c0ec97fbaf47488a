"""Points in time, in the words of the office: Swedish, and in Europe/Stockholm."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def when(moment: datetime, *, now: datetime | None = None) -> str:
    """Return "idag kl. 09.42", "igår kl. 09.42", "imorgon kl. 09.42" or day, year and time."""
    local, today = moment.astimezone(STOCKHOLM), _today(now)
    days = {today: "idag", today - timedelta(1): "igår", today + timedelta(1): "imorgon"}
    return f"{days.get(local.date()) or day(moment)} kl. {clock(moment)}"


def ago(moment: datetime, *, now: datetime | None = None) -> str:
    """Return "nyss", "för 6 min", "för 2 tim", "för 3 dagar", or the day if a week has gone."""
    passed = (now or timezone.now()) - moment
    minutes, days = int(passed.total_seconds() // 60), passed.days
    if minutes < 0 or days >= 7:
        return day(moment)
    if minutes < 1:
        return "nyss"
    if minutes < 60:
        return f"för {minutes} min"
    if days < 1:
        return f"för {minutes // 60} tim"
    return f"för {days} {'dag' if days == 1 else 'dagar'}"


def day(moment: datetime) -> str:
    """Return "21 november 2026"."""
    local = moment.astimezone(STOCKHOLM)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def clock(moment: datetime) -> str:
    """Return "09.42"."""
    return moment.astimezone(STOCKHOLM).strftime("%H.%M")


def full(moment: datetime) -> str:
    """Return "21 november 2026 kl. 09.42.14": for what must be exact."""
    return f"{day(moment)} kl. {moment.astimezone(STOCKHOLM).strftime('%H.%M.%S')}"


def machine(moment: datetime) -> str:
    """Return the moment as a machine reads it, with the offset of Stockholm."""
    return moment.astimezone(STOCKHOLM).isoformat(timespec="seconds")


def _today(now: datetime | None) -> date:
    return (now or timezone.now()).astimezone(STOCKHOLM).date()
