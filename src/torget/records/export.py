"""One record as a file that proves itself, to be checked without Torget.

What is exported is listed in a manifest that the journal commits to before the checkpoint that
the proofs lead to is signed: nothing can be taken out of the file, or put in, without it showing.
The format stands in docs/developer/proof.md.
"""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from torget.errors import NotPreserved
from torget.journal import checkpoints, keys
from torget.journal import services as journal
from torget.journal.models import Checkpoint, Entry, TimestampToken
from torget.journal.services import ActorId
from torget.journal.tree import Nodes
from torget.policy.clauses import carries_out
from torget.records import seals, services
from torget.records.models import Attachment, Disposed, Message, MessageVersion, Visibility
from torget.verifier.examine import FORMAT, KEYS, RECORD, ROOTS, examine
from torget.verifier.single import NAME, single_file

README = """\
HANDLING {nr}

Den här filen innehåller en allmän handling ur kommunens sociala medier, med alla sparade versioner
och det som behövs för att pröva att den är oförändrad.

Pröva den så här (Python 3.12 och paketet cryptography behövs, men inte kommunens system):

    python torget_verify.py EXPORT.zip

Programmet skriver ut vad varje version säger, vem som skrev den, när den sparades och vad som
är bevisat. Lita hellre på ett exemplar av programmet som du har hämtat på annat håll än på det
som ligger här. Har du sparat en kontrollpunkt från kommunens webbplats (/bevis/), lägg till

    --checkpoint kontrollpunkt.txt

så visar programmet också att journalen inte har skrivits om sedan dess.

record.json      versionerna, raderna i journalen och bevisen
checkpoints/     journalens undertecknade kontrollpunkter, med tidsstämplar om de finns
bilagor/         bilder och filer som en person har öppnat; andra ingår inte
public_key.txt   nyckeln som kontrollpunkterna prövas mot: jämför den med kommunens publicerade

Vad som inte är bevisat: vem som egentligen höll i kontot, att plattformen visade det rätta, och
att kommunen inte har sparat något mer om handlingen efter exporten.
"""
_ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
}
type _Json = dict[str, Any]


@dataclass(slots=True)
class _Draft:
    """What is gathered before it is sealed: files by name, and the parts of record.json."""

    files: dict[str, bytes]
    versions: list[_Json] = field(default_factory=list)
    notes: list[_Json] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@carries_out("4.6")
def export(message: Message, *, by: ActorId, at: datetime) -> bytes:
    """Return a record as a ZIP file, and note in the journal that it was exported, by whom.

    Raises:
        NotPreserved: it is not as it was saved, so it cannot be proved.
    """
    for version in MessageVersion.objects.filter(message=message, disposed=None):
        services.preserve(version)
    with transaction.atomic():
        journal.lock()
        keys.signer()  # the public key is made with the first signature
        draft = _gather(message)
        manifest = _manifest(message, draft)
        entry, salt = journal.seal(
            "records.exported", manifest, about=message.key, actor=by, clauses=("4.6",), at=at
        )
        newest = checkpoints.make(at)
    if newest is None:  # the line just written is not in any checkpoint before
        raise RuntimeError("the journal did not grow")
    draft.entries.append(entry)
    record = _record(draft, newest) | {"manifest": _opening(entry.seq, salt, manifest)}
    files = draft.files | {
        RECORD: json.dumps(record, sort_keys=True, indent=1).encode(),
        f"checkpoints/{newest.size}.txt": newest.note.encode(),
    }
    if faults := examine(files).faults:
        raise NotPreserved(
            f"Handling {message.torget_nr} går inte att bevisa: {faults[0].object}"
            f" {faults[0].explanation}.",
            remedy="Kör torget verify, och lämna inte ut den som bevis förrän felet är utrett.",
        )
    return _packed(files)


def _gather(message: Message) -> _Draft:
    draft = _Draft(
        {
            "LÄSMIG.txt": README.format(nr=message.torget_nr).encode(),
            NAME: single_file().encode(),
            KEYS: "".join(f"{key.line}\n" for key in keys.public_keys()).encode(),
        }
    )
    if roots := checkpoints.trusted_authorities():
        draft.files[ROOTS] = roots
    about = {message.key}
    for version in MessageVersion.objects.filter(message=message).select_related("payload"):
        attachments = list(Attachment.objects.filter(version=version))
        about |= {row.key for row in attachments}
        draft.versions.append(_version(version, attachments, draft.files))
    for note in Visibility.objects.filter(message=message).select_related("message"):
        about |= {note.decision} if note.decision else set()
        draft.notes.append(_opening(note.entry_id, bytes(note.salt), seals.visibility(note)))
    gone = Disposed.objects.filter(version__message=message).order_by("version__n")
    for row in gone.select_related("version__message"):
        draft.notes.append(_opening(row.entry_id, bytes(row.salt), seals.disposal(row)))
    draft.entries = list(Entry.objects.filter(about__in=about).order_by("seq"))
    draft.files |= _stamped(draft.entries)
    return draft


def _version(version: MessageVersion, rows: Sequence[Attachment], files: dict[str, bytes]) -> _Json:
    """Return a version as it stands in record.json, and add its opened files."""
    told: _Json = {"n": version.n, "seq": version.entry_id, "canonical": None}
    payload = getattr(version, "payload", None)
    if payload is None:
        return told
    names = {}
    for row in rows:
        if row.state == Attachment.State.OPENED and row.secret:
            ending = _ENDINGS.get(row.media_type, ".bin")
            names[str(row.n)] = f"bilagor/version-{version.n}-bilaga-{row.n}{ending}"
            files[names[str(row.n)]] = services.read_attachment(row)
    opening = _opening(version.entry_id, bytes(payload.salt), bytes(payload.canonical))
    raw = base64.b64encode(bytes(payload.raw)).decode()
    return told | opening | {"raw": raw, "files": names}


def _stamped(entries: Sequence[Entry]) -> dict[str, bytes]:
    """Return, for each line, the first checkpoint that holds it and was stamped by an authority."""
    stamped = TimestampToken.objects.select_related("checkpoint").order_by("pk")
    firsts = (stamped.filter(pk__gt=entry.seq).first() for entry in entries)
    files = {}
    for token in filter(None, firsts):
        files[f"checkpoints/{token.pk}.txt"] = token.checkpoint.note.encode()
        files[f"checkpoints/{token.pk}.tsr"] = bytes(token.answer)
    return files


def _manifest(message: Message, draft: _Draft) -> bytes:
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in draft.files.items()}
    told = {
        "message": str(message.key),
        "torget_nr": message.torget_nr,
        "lines": [entry.seq for entry in draft.entries],
        "versions": [version["n"] for version in draft.versions],
        "files": digests,
    }
    return seals.as_bytes(told)


def _record(draft: _Draft, newest: Checkpoint) -> _Json:
    """Return record.json, save the manifest: what is said, and how it leads to the checkpoint."""
    leaves = Entry.objects.filter(seq__lt=newest.size).order_by("seq")
    nodes = Nodes(bytes(leaf) for leaf in leaves.values_list("leaf", flat=True).iterator())
    earlier = Checkpoint.objects.filter(size__lt=newest.size).order_by("size")
    return {
        "format": FORMAT,
        "checkpoint": newest.size,
        "versions": draft.versions,
        "notes": draft.notes,
        "lines": [
            {
                "line": entry.line().decode(),
                "leaf": bytes(entry.leaf).hex(),
                "proof": _hex(nodes.inclusion(entry.seq)),
            }
            for entry in draft.entries
        ],
        "consistency": {
            str(size): _hex(nodes.consistency(size))
            for size in earlier.values_list("size", flat=True)
        },
    }


def _opening(seq: int, salt: bytes, data: bytes) -> _Json:
    """Return what a line commits to, and the salt that shows it."""
    return {"seq": seq, "salt": salt.hex(), "canonical": base64.b64encode(data).decode()}


def _hex(hashes: Sequence[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a ZIP: in order of name, without the time of day it was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return packed.getvalue()
