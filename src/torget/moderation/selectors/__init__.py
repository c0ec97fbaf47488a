"""Questions about the queue and about decisions."""

from torget.moderation.selectors.decisions import (
    READ,
    Sight,
    due,
    history,
    made_by,
    sight,
    suggestions,
    thread,
    unread,
)
from torget.moderation.selectors.queue import (
    Filter,
    Queue,
    Row,
    message_for,
    neighbours,
    newer,
    queue,
    said,
    standing_for,
    waiting_count,
)

__all__ = [
    "READ",
    "Filter",
    "Queue",
    "Row",
    "Sight",
    "due",
    "history",
    "made_by",
    "message_for",
    "neighbours",
    "newer",
    "queue",
    "said",
    "sight",
    "standing_for",
    "suggestions",
    "thread",
    "unread",
    "waiting_count",
]
