"""The proof that a version is saved: asked for before every act on it."""

from torget.errors import NotPreserved
from torget.journal.models import Entry
from torget.platforms.contract import Receipt
from torget.policy.clauses import carries_out
from torget.records import canonical, proof
from torget.records.models import Attachment, MessageVersion, Payload


@carries_out("4.6", "4.10")
def preserve(version: MessageVersion) -> Receipt:
    """Return proof that a version's content and author are saved.

    Everything is read anew from where it is stored: the payload against the journal's
    commitment, each file against its name.

    Raises:
        NotPreserved: something is missing or not as it was saved.
    """
    payload = Payload.objects.filter(pk=version.pk).first()
    entry, message = version.entry, version.message
    fault = "innehållet finns inte" if payload is None else _fault(version, payload, entry)
    if payload is None or fault:
        raise NotPreserved(
            f"Handling {message.torget_nr} är inte sparad i sin helhet: {fault}.",
            remedy="Hämta meddelandet på nytt från kanalen, och kör sedan torget verify.",
        )
    author = canonical.read(bytes(payload.canonical)).author
    return Receipt(entry.id, bytes(entry.commitment), author_complete=author.complete, at=entry.at)


def _fault(version: MessageVersion, payload: Payload, entry: Entry) -> str:
    committed = bytes(entry.commitment)
    parts = proof.unlocked(bytes(payload.canonical), bytes(payload.salt), committed)
    if parts is None:
        return "innehållet stämmer inte med journalen"
    if fault := proof.raw_fault(parts, bytes(payload.raw)):
        return fault
    if not parts["message"] == str(entry.about) == str(version.message.key):
        return "innehållet hör till en annan handling"
    return proof.media_fault(parts["media"], Attachment.objects.filter(version=version))
