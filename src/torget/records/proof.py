"""What makes a version saved: asked before every act, and by ``torget verify`` of every row."""

import hashlib
from collections.abc import Iterable
from typing import Any

from torget.journal.services import commitment
from torget.records import canonical, vault
from torget.records.models import Attachment


def unlocked(data: bytes, salt: bytes, committed: bytes) -> dict[str, Any] | None:
    """Return the parts of a payload; None if it is not what the journal commits to."""
    return canonical.decode(data) if commitment(data, salt) == committed else None


def raw_fault(parts: dict[str, Any], raw: bytes) -> str:
    """Return what is wrong with the platform's own answer, in Swedish."""
    if parts["raw"] == hashlib.sha256(raw).hexdigest():
        return ""
    return "plattformens svar stämmer inte med journalen"


def media_fault(media: list[dict[str, Any]], attachments: Iterable[Attachment]) -> str:
    """Return what is wrong with the pictures and files of a version, in Swedish."""
    rows = {str(row.key): row for row in attachments}
    faults = (_file_fault(item, rows.pop(item["key"], None)) for item in media)
    fault = next(filter(None, faults), "")
    return fault or ("det finns en bilaga för mycket" if rows else "")


def _file_fault(item: dict[str, Any], row: Attachment | None) -> str:
    name = f"bilaga {item['n']}"
    if row is None:
        return f"{name} finns inte"
    if row.media_type != canonical.column(item["media_type"], 100) or any(
        getattr(row, fact) != item[fact] for fact in ("n", "size", "address", "reason")
    ):
        return f"{name} stämmer inte med journalen"
    if not item["address"]:
        return f"{name} har en nyckel men ingen fil" if row.secret else ""
    try:
        found = vault.read(row.address, bytes(row.secret))
    except vault.Damaged:
        return f"filen till {name} saknas eller är ändrad, eller så är dess nyckel fel"
    if hashlib.sha256(found).hexdigest() != item["digest"]:
        return f"filen till {name} är en annan än den som sparades"
    return ""
