"""What makes a version saved: asked before every act, and by ``torget verify`` of every row."""

import hashlib
from typing import Any

from torget.journal.services import commitment
from torget.records import canonical, vault
from torget.records.models import Attachment, MessageVersion, Payload


def fault_in(version: MessageVersion, payload: Payload | None) -> str:
    """Return what is wrong with how a version is saved, in Swedish; nothing when all is well."""
    if payload is None:
        return "innehållet finns inte"
    data = bytes(payload.canonical)
    if commitment(data, bytes(payload.salt)) != bytes(version.entry.commitment):
        return "innehållet stämmer inte med journalen"
    parts = canonical.decode(data)
    if parts["message"] != str(version.message.key) or version.entry.about != version.message.key:
        return "innehållet hör till en annan handling"
    if parts["raw"] != hashlib.sha256(bytes(payload.raw)).hexdigest():
        return "plattformens svar stämmer inte med journalen"
    attachments = {str(item.key): item for item in Attachment.objects.filter(version=version)}
    faults = (file_fault(item, attachments.get(item["key"])) for item in parts["media"])
    return next(filter(None, faults), "")


def file_fault(item: dict[str, Any], attachment: Attachment | None) -> str:
    """Return what is wrong with one picture or file of a version, in Swedish."""
    name = f"bilaga {item['n']}"
    if attachment is None:
        return f"{name} finns inte"
    facts = ("n", "media_type", "size", "address", "reason")
    if any(getattr(attachment, fact) != item[fact] for fact in facts):
        return f"{name} stämmer inte med journalen"
    if not item["address"]:
        return "" if not attachment.secret else f"{name} har en nyckel men ingen fil"
    try:
        found = vault.read(attachment.address, bytes(attachment.secret))
    except vault.Damaged:
        return f"filen till {name} saknas eller är ändrad"
    if hashlib.sha256(found).hexdigest() != item["digest"]:
        return f"filen till {name} är en annan än den som sparades"
    return ""
