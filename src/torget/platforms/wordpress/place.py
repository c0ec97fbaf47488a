"""Where a reading of the comments has come to, between two calls of ``sync``."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from torget.platforms.contract import Cursor

# WordPress does not say when a comment was edited, nor list it anew. Each turn therefore reads the
# last day again: edits, and what came in out of order, are seen without a special sweep.
OVERLAP = timedelta(days=1)
# WordPress compares in the site's own time, which goes back an hour in autumn.
AUTUMN = timedelta(hours=1, seconds=1)


@dataclass(frozen=True, slots=True)
class Place:
    """``newest``: the latest comment seen. ``after``, ``offset``: where a long reading goes on."""

    newest: str = ""
    after: str = ""
    offset: int = 0

    @classmethod
    def read(cls, cursor: Cursor) -> "Place":
        """Return the place that a cursor holds. One that cannot be read starts from the beginning.

        Starting over does no harm: reading twice is promised to be safe.
        """
        try:
            return cls(**json.loads(cursor))
        except (ValueError, TypeError):
            return cls()

    def write(self) -> Cursor:
        """Return the cursor that holds this place."""
        return Cursor(json.dumps(asdict(self)))

    @property
    def start(self) -> str:
        """The time after which to ask, or nothing for all."""
        if self.after or not self.newest:
            return self.after
        return stamp(datetime.fromisoformat(self.newest) - OVERLAP)

    def on(self, last: datetime | None, *, now: datetime, size: int, complete: bool) -> "Place":
        """Return where to go on.

        Args:
            last: when the last comment that came was written.
            now: the time by the site's own clock. A comment from the future counts as from now.
            size: how many were asked for.
            complete: whether nothing newer waits.
        """
        newest = max(self.newest, stamp(min(last, now))) if last else self.newest
        if complete:
            return Place(newest)
        onward = stamp(last - AUTUMN) if last else ""
        # By time, since numbered pages shift when someone deletes; by number within a busy hour.
        if onward > self.start:
            return Place(newest, onward)
        return Place(newest, self.start, self.offset + size)


def stamp(time: datetime) -> str:
    """Return a time as WordPress takes it. Such stamps sort as the times do."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
