"""The head of the page: a greeting, and which day it is, in the words of a Swedish office."""

from datetime import datetime

from torget.web.when import MONTHS, STOCKHOLM

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
GREETINGS = ((5, "Hej"), (10, "God morgon"), (12, "God förmiddag"), (18, "God eftermiddag"))


def greeting(now: datetime) -> str:
    """Return the greeting for that time of the day in Stockholm."""
    hour = now.astimezone(STOCKHOLM).hour
    return next((words for until, words in GREETINGS if hour < until), "God kväll")


def first_name(name: str) -> str:
    """Return what to call a person by: the first of the names."""
    return next(iter(name.split()), "")


def day(now: datetime) -> str:
    """Return "tisdag 24 november · vecka 48". Swedish offices plan by week (ISO 8601)."""
    local = now.astimezone(STOCKHOLM)
    weekday, week = WEEKDAYS[local.weekday()], local.isocalendar().week
    return f"{weekday} {local.day} {MONTHS[local.month - 1]} · vecka {week}"
