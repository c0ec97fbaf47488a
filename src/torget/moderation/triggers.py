"""What the database itself refuses to do to a decision: the history of clause 4.10 stays whole."""

from torget.journal.triggers import Guard, same

_DECISION = same(
    "id",
    "key",
    "authority_id",
    "message_id",
    "seen_id",
    "supersedes_id",
    "measure",
    "basis",
    "reason",
    "passed_to",
    "urgent",
    "decided_by_id",
    "decided_at",
    "receipt_entry",
    "receipt_at",
    "not_before",
)

GUARDS = (
    Guard("moderation_decision", "UPDATE", _DECISION),
    Guard("moderation_decision", "DELETE"),
    Guard("moderation_decisionground", "UPDATE"),
    Guard("moderation_decisionground", "DELETE"),
)
