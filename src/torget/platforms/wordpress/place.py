"""Where a reading of comments and of own posts has come to, between two calls of ``sync``."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from torget.platforms.contract import Cursor

# WordPress does not say when a comment was edited, nor list it anew. Each turn therefore reads the
# last day again: edits, and what came in out of order, are seen without a special sweep.
OVERLAP = timedelta(days=1)
# WordPress compares in the site's own time, which goes back an hour in autumn.
AUTUMN = timedelta(hours=1, seconds=1)


@dataclass(frozen=True, slots=True)
class Place:
    """``newest``: the latest one seen. ``after``, ``offset``: where a long reading goes on.

    ``ended``: nothing newer waits, while another reading still goes on.
    """

    newest: str = ""
    after: str = ""
    offset: int = 0
    ended: bool = False

    @property
    def start(self) -> str:
        """The time after which to ask, or nothing for all."""
        if self.after or not self.newest:
            return self.after
        return stamp(datetime.fromisoformat(self.newest) - OVERLAP)

    def on(self, last: datetime | None, *, now: datetime, size: int, complete: bool) -> "Place":
        """Return where to go on.

        Args:
            last: when the last one that came was written or changed.
            now: the time by the site's own clock. What comes from the future counts as from now.
            size: how many were asked for.
            complete: whether nothing newer waits.
        """
        newest = max(self.newest, stamp(min(last, now))) if last else self.newest
        if complete:
            return Place(newest, ended=True)
        onward = stamp(last - AUTUMN) if last else ""
        # By time, since numbered pages shift when someone deletes; by number within a busy hour.
        if onward > self.start:
            return Place(newest, onward)
        return Place(newest, self.start, self.offset + size)


@dataclass(frozen=True, slots=True)
class Places:
    """Where both readings have come to."""

    comments: Place = Place()
    posts: Place = Place()

    @property
    def complete(self) -> bool:
        """Whether both have ended."""
        return self.comments.ended and self.posts.ended

    @classmethod
    def read(cls, cursor: Cursor) -> "Places":
        """Return what a cursor holds. One that cannot be read starts from the beginning.

        Starting over does no harm: reading twice is promised to be safe.
        """
        try:
            told = json.loads(cursor)
            return cls(Place(**told["comments"]), Place(**told["posts"]))
        except (ValueError, TypeError, KeyError):
            return cls()

    def write(self) -> Cursor:
        """Return the cursor that holds both. Once both have ended, both begin again."""
        both = (self.comments, self.posts)
        if self.complete:
            both = (replace(self.comments, ended=False), replace(self.posts, ended=False))
        return Cursor(json.dumps({"comments": asdict(both[0]), "posts": asdict(both[1])}))


def stamp(time: datetime) -> str:
    """Return a time as WordPress takes it. Such stamps sort as the times do."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
