"""Founds the practice municipality: its units, people, channels and mandates."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from torget.channels.models import Channel, Power
from torget.channels.services import Terms, give_mandate
from torget.organisation.models import Role, Unit, User
from torget.organisation.selectors import authority_of
from torget.practice.content import Table, municipality

_LONG_AGO = timedelta(days=900)


def found(blog_url: str, *, now: datetime) -> None:
    """Found the municipality in an empty database. Its one live channel is at ``blog_url``."""
    told = municipality()
    units = _units(told)
    people = _people(told, units, now)
    channels = {row["name"]: _channel(row, units, people, blog_url, now) for row in told["channel"]}
    for row in told["mandate"]:
        began = now - timedelta(days=row["days_ago"])
        terms = Terms(
            powers=frozenset(Power[power.upper()] for power in row["powers"]),
            since=began,
            until=now + timedelta(days=row["days_ahead"]),
        )
        give_mandate(
            person=people[row["person"]],
            channels=[channels[name] for name in row["channels"]],
            terms=terms,
            by=people[row["giver"]],
            now=began,
        )


def _units(told: Table) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for row in told["unit"]:
        units[row["name"]] = Unit.objects.create(
            name=row["name"],
            parent=units.get(row.get("parent", "")),
            is_authority=row.get("authority", False),
        )
    return units


def _people(told: Table, units: dict[str, Unit], now: datetime) -> dict[str, User]:
    password = make_password(told["password"])  # one for all: each hash takes half a second
    people = {
        row["email"]: User.objects.create(
            email=row["email"], name=row["name"], title=row["title"], password=password
        )
        for row in told["person"]
    }
    for row in told["person"]:
        for role in row["roles"]:
            Role.objects.create(
                user=people[row["email"]],
                unit=units[role["unit"]],
                role=role["role"],
                since=(now - _LONG_AGO).date(),
            )
    return people


def _channel(
    row: Table, units: dict[str, Unit], people: dict[str, User], blog_url: str, now: datetime
) -> Channel:
    unit = units[row["unit"]]
    closed = row.get("closed_days_ago")
    return Channel.objects.create(
        name=row["name"],
        slug=slugify(row["name"]),
        platform=row["platform"],
        url=blog_url if row.get("practice_blog") else row["url"],
        unit=unit,
        authority=authority_of(unit),
        purpose=row["purpose"],
        target_group=row.get("target_group", ""),
        owner=people[row["owner"]],
        stand_in=people.get(row.get("stand_in", "")),
        comments_open=row.get("comments_open", True),
        needs_approval=row.get("needs_approval", False),
        answer_hours=row.get("answer_hours", ""),
        rules_text=row.get("rules_text", ""),
        capture_basis=row.get("capture_basis", Channel.CaptureBasis.API),
        status=row.get("status", Channel.Status.ACTIVE),
        since=(now - _LONG_AGO).date(),
        closed_on=(now - timedelta(days=closed)).date() if closed else None,
        records_kept_at=row.get("records_kept_at", ""),
    )
