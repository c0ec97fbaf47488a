"""The one way to write a journal line as bytes: what its leaf is the hash of."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

EVENT = re.compile(r"[a-z_]+\.[a-z_]+")
CLAUSE = re.compile(r"[0-9]+(\.[0-9]+)*(\.[a-z]+)?")


def encode(  # noqa: PLR0913, PLR0917 the columns of a line, in the order of the table
    seq: int,
    id_: UUID,
    event: str,
    about: UUID,
    actor: UUID,
    clauses: Iterable[str],
    commitment: bytes,
    at: datetime,
) -> bytes:
    """Return a line's bytes: JSON with sorted keys and no spaces.

    Every value is drawn from letters that JSON does not escape, so that the line can be built
    at speed and read by anyone with an ordinary JSON reader.
    """
    quoted = ",".join(f'"{clause}"' for clause in clauses)
    return (
        f'{{"about":"{about}","actor":"{actor}","at":"{stamp(at)}","clauses":[{quoted}],'
        f'"commitment":"{commitment.hex()}","event":"{event}","id":"{id_}","seq":{seq},"v":1}}'
    ).encode()


def stamp(at: datetime) -> str:
    """Return a time as it stands in a line: UTC, with microseconds.

    Raises:
        ValueError: the time has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time needs a time zone")
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
