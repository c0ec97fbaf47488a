"""What WordPress's answers say, whatever they are about."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from torget.platforms.http import Reply
from torget.platforms.troubles import MayNot, NoInterface, NotAsAgreed, SignInRefused


def checked(reply: Reply) -> Reply:
    """Return an answer that went well.

    Raises:
        SignInRefused, MayNot, NoInterface, NotAsAgreed: what its status means on a WordPress.
    """
    match reply.status:
        case 200:
            return reply
        case 401:
            raise SignInRefused
        case 403:
            raise MayNot
        case 404:
            raise NoInterface
        case _:
            raise NotAsAgreed


def code(reply: Reply) -> str:
    """Return WordPress's own code for what went wrong, or nothing if it was not WordPress."""
    try:
        answer = reply.json()
    except NotAsAgreed:
        return ""
    told = answer.get("code") if isinstance(answer, dict) else None
    return told if isinstance(told, str) else ""


def items(reply: Reply) -> list[object]:
    """Return the list that a collection answers with."""
    answer = reply.json()
    if not isinstance(answer, list):
        raise NotAsAgreed
    return answer


def total(reply: Reply) -> int:
    """Return how many there are in all, whatever part of them was given."""
    told = reply.headers.get("x-wp-total", "")
    if not told.isdecimal():
        raise NotAsAgreed
    return int(told)


def clock(reply: Reply) -> datetime:
    """Return the time by the site's clock, or by ours when it does not tell."""
    try:
        return parsedate_to_datetime(reply.headers.get("date", "")).astimezone(UTC)
    except ValueError:
        return datetime.now(UTC)


def fields(answer: object) -> Mapping[str, object]:
    """Return the fields of one thing.

    Raises:
        NotAsAgreed: it is not one thing.
    """
    if not isinstance(answer, dict):
        raise NotAsAgreed
    return answer


def text(source: Mapping[str, object], name: str) -> str:
    """Return a field that holds text.

    Raises:
        NotAsAgreed: it does not.
    """
    value = source.get(name)
    if not isinstance(value, str):
        raise NotAsAgreed
    return value


def raw(source: Mapping[str, object], name: str) -> str:
    """Return the HTML that a field was given, before anything was made of it."""
    return text(fields(source.get(name)), "raw")


def number(source: Mapping[str, object], name: str) -> int:
    """Return a field that holds a number.

    Raises:
        NotAsAgreed: it does not.
    """
    value = source.get(name)
    if not isinstance(value, int):
        raise NotAsAgreed
    return value


def time(answer: object, *names: str) -> datetime:
    """Return the first of some times that can be read, in UTC.

    Raises:
        NotAsAgreed: none can.
    """
    for name in names:  # old imports lack some, and have a year 0 in its place
        try:
            return datetime.fromisoformat(text(fields(answer), name)).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise NotAsAgreed
