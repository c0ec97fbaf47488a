"""The bytes that the journal commits to for rows that are not payloads."""

import json
from collections.abc import Mapping

from torget.journal.line import stamp
from torget.records.models import Disposed, Visibility


def visibility(row: Visibility) -> bytes:
    """Return who made what seen or unseen, as bytes."""
    return as_bytes(
        {
            "message": str(row.message.key),
            "state": str(row.state),
            "by": str(row.by),
            "act": row.act,
            "grounds": list(row.grounds),
            "decision": str(row.decision) if row.decision else "",
            "at": stamp(row.at),
        }
    )


def disposal(row: Disposed) -> bytes:
    """Return which version was disposed of, and by whose order, as bytes."""
    return as_bytes(
        {
            "message": str(row.version.message.key),
            "n": row.version.n,
            "protocol": str(row.protocol),
            "at": stamp(row.at),
        }
    )


def as_bytes(parts: Mapping[str, object]) -> bytes:
    """Return the parts as JSON with sorted keys, no spaces and ASCII only."""
    return json.dumps({"v": 1, **parts}, sort_keys=True, separators=(",", ":")).encode("ascii")
