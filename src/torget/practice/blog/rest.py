"""What every part of the practice interface shares: a call, its answer, and how to refuse."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
EDIT = "edit"


@dataclass(frozen=True, slots=True)
class User:
    """Someone who can sign in with an application password."""

    id: int
    name: str
    password: str = field(repr=False)
    moderates: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """One call: its path below /wp-json, and who asked, if anyone."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Mapping[str, object]
    user: User | None = None
    data: bytes = field(default=b"", repr=False)
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer, as JSON."""

    status: int
    body: object
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """An answer that is an error, in WordPress's form."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.answer = Answer(status, {"code": code, "message": code, "data": {"status": status}})


def only(told: dict[str, object], query: Mapping[str, str]) -> dict[str, object]:
    """Keep the fields that were asked for."""
    if "_fields" not in query:
        return told
    asked = {name.partition(".")[0] for name in query["_fields"].split(",")}
    return {name: value for name, value in told.items() if name in asked}


def utc(told: str) -> str:
    """Return a time from a query, in UTC; without a zone it is by the site's own clock."""
    try:
        at = datetime.fromisoformat(told)
    except ValueError as error:
        raise Refused(400, "rest_invalid_param") from error
    aware = at if at.tzinfo else at.replace(tzinfo=STOCKHOLM)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def within(query: Mapping[str, str], name: str, plain: int, least: int, most: int) -> int:
    """Return a number from a query that lies within bounds."""
    told = query.get(name, str(plain))
    if not told.isdecimal() or not least <= int(told) <= most:
        raise Refused(400, "rest_invalid_param")
    return int(told)


def wanted(body: Mapping[str, object], name: str) -> str | None:
    """Return what is to stand in a field that holds HTML, if that is asked for."""
    match body.get(name):
        case {"raw": str(source)} | str(source):
            return source
        case _:
            return None


def told_at(stamp: str, name: str) -> dict[str, object]:
    """Return a time as WordPress tells it: by the site's own clock, and in UTC."""
    here = datetime.fromisoformat(stamp).replace(tzinfo=UTC).astimezone(STOCKHOLM)
    return {name: here.strftime("%Y-%m-%dT%H:%M:%S"), f"{name}_gmt": stamp}


def page[T](
    chosen: Sequence[T], request: Request, told: Callable[[T, Request], Mapping[str, object]]
) -> Answer:
    """Return the part of a list that is asked for, and how long it is."""
    query = request.query
    size = within(query, "per_page", 10, 1, 100)
    offset = within(query, "offset", 0, 0, 10**9)
    offset = offset or size * (within(query, "page", 1, 1, 10**9) - 1)
    items = [told(one, request) for one in chosen[offset : offset + size]]
    pages = str(-(-len(chosen) // size))
    return Answer(200, items, {"X-WP-Total": str(len(chosen)), "X-WP-TotalPages": pages})


def moderates(request: Request) -> bool:
    """Return whether who asks may do what an editor may."""
    return request.user is not None and request.user.moderates


def forbidden(request: Request) -> int:
    """Return with what status who asks is refused."""
    return 401 if request.user is None else 403
