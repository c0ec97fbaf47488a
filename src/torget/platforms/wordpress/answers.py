"""What WordPress's answers say, whatever they are about."""

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
