"""A week on the practice blog, and what comes while someone practises."""

import html
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from torget.practice.blog.server import Coming
from torget.practice.blog.store import Store
from torget.practice.content import traffic

_SEEDED = "seeded"


def seed(state: Path, *, now: datetime) -> None:
    """Write the week's posts and comments into the blog's state, once."""
    store = Store(state)
    try:
        if store.noted(_SEEDED):
            return
        posts: dict[str, int] = {}
        for row in traffic()["post"]:
            at = now - timedelta(hours=row["hours_ago"])
            posts[row["key"]] = store.add_post(row["title"], row["text"], at=at)
        for row in sorted(traffic()["comment"], key=lambda row: -row["hours_ago"]):
            store.add_comment(
                posts[row["post"]],
                html.escape(row["author"], quote=False),
                html.escape(row["text"], quote=False),
                at=now - timedelta(hours=row["hours_ago"]),
            )
        store.note(_SEEDED, now.isoformat())
    finally:
        store.close()


def coming() -> Sequence[Coming]:
    """Return the comments that come by themselves, each so long after the blog first started."""
    order = {row["key"]: number for number, row in enumerate(traffic()["post"], start=1)}
    return [
        Coming(order[row["post"]], row["author"], row["text"], float(row["after"]))
        for row in traffic()["later"]
    ]
