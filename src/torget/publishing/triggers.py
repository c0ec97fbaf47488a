"""What the database itself refuses to do to what was ordered and sent (clauses 4.2, 4.6)."""

from torget.journal.triggers import Guard, same

_DISPATCH = same(
    "id",
    "key",
    "authority_id",
    "post_id",
    "channel_id",
    "verb",
    "title",
    "text",
    "picture_id",
    "checks",
    "reason",
    "seen_id",
    "not_before",
    "ordered_by_id",
    "ordered_at",
)
# Once something has been sent, who approved it and which record holds it is history.
_SENT = same("needs_approval", "approved_by_id", "approved_at", "approval_reason", "message_id")
# What has ended has ended; what has been sent is looked up, and cannot be taken back unseen.
_STEPS = (
    "(OLD.state = NEW.state OR OLD.state IN ('waiting_approval', 'scheduled')"
    " OR (OLD.state = 'sent' AND NEW.state IN ('scheduled', 'confirmed', 'returned')))"
)

GUARDS = (
    Guard(
        "publishing_dispatch",
        "UPDATE",
        f"{_DISPATCH} AND {_STEPS} AND (OLD.state NOT IN ('sent', 'confirmed') OR ({_SENT}))",
    ),
    Guard("publishing_dispatch", "DELETE"),
    Guard("publishing_postmedia", "UPDATE"),
)
