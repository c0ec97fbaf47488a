"""What the database itself refuses to do to a record (clause 4.6)."""

from torget.journal.triggers import Guard, same

_DISPOSED = "EXISTS (SELECT 1 FROM records_disposed d WHERE d.version_id = OLD.version_id)"
_MESSAGE = same(
    "id",
    "key",
    "authority_id",
    "channel_id",
    "direction",
    "kind",
    "parent_ref",
    "written_at",
    "first_seen_at",
)
# What we send has a name of our own until the page has given it one.
_NAMED = f"(OLD.remote_id LIKE 'torget:%' OR ({same('remote_id', 'thread')}))"
_ATTACHMENT = same("key", "version_id", "n", "media_type", "size", "address", "reason")

GUARDS = (
    Guard("records_message", "DELETE"),
    Guard(
        "records_message",
        "UPDATE",
        f"{_MESSAGE} AND {_NAMED}"
        " AND (OLD.knowledge_at IS NULL OR NEW.knowledge_at IS NOT DISTINCT FROM OLD.knowledge_at)",
    ),
    Guard("records_messageversion", "UPDATE"),
    Guard("records_messageversion", "DELETE"),
    Guard("records_payload", "UPDATE"),
    Guard("records_payload", "DELETE", _DISPOSED),
    Guard(
        "records_attachment",
        "UPDATE",
        f"{_ATTACHMENT} AND (NEW.secret = OLD.secret OR (length(NEW.secret) = 0 AND {_DISPOSED}))",
    ),
    Guard("records_attachment", "DELETE"),
    Guard("records_visibility", "UPDATE"),
    Guard("records_visibility", "DELETE"),
    Guard("records_disposed", "UPDATE"),
    Guard("records_disposed", "DELETE"),
)
