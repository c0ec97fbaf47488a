"""An export to tamper with, and the hand of one who owns database and key."""

import base64
import copy
import hashlib
import io
import json
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests import make
from torget.journal import checkpoints, keys
from torget.journal.models import Entry
from torget.journal.services import commitment
from torget.journal.tree import Nodes, leaf_hash, root_of
from torget.platforms.contract import Snapshot
from torget.records import services as records
from torget.records.export import export
from torget.records.models import Attachment, Message
from torget.verifier.notes import named
from torget.verifier.single import single_file

FILE = "bilagor/version-1-bilaga-1.png"


@dataclass
class Exported:
    """The files of an export. ``record`` is record.json, to be changed in place."""

    files: dict[str, bytes]
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many lines the newest checkpoint is about."""
        return int(self.record["checkpoint"])

    @property
    def note(self) -> str:
        """The name of the newest checkpoint's file."""
        return f"checkpoints/{self.size}.txt"

    def whole(self) -> dict[str, bytes]:
        """Return the files with record.json as it now is."""
        return self.files | {"record.json": json.dumps(self.record).encode()}

    def packed(self) -> bytes:
        """Return them as a ZIP."""
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            for name, content in self.whole().items():
                archive.writestr(name, content)
        return data.getvalue()


def message() -> Message:
    """Return a record with two versions, one opened and one unopened file, and a hiding."""
    person = make.moderator()
    one, two = make.picture(), make.picture(b"GIF89a en annan", "b.gif")
    first = make.incoming("Du är en åsna", media=(one, two))
    version = records.capture(make.channel(), Snapshot(first), at=make.MONDAY)
    make.version("Något annat", remote_id="77")
    found = version.message
    records.note_knowledge(found, by=person.actor, at=make.MONDAY)
    checkpoints.make(make.MONDAY)
    later = make.incoming("Du är en häst", "Kim L", media=(one, two))
    records.capture(make.channel(), Snapshot(later), at=make.MONDAY + timedelta(hours=1))
    opened = Attachment.objects.get(version=version, n=1)
    records.open_attachment(opened, by=person.actor, at=make.MONDAY)
    act = records.Act(name="hide", grounds=["4.10.a", "4.10.f"], decision=uuid4())
    records.note_visibility(found, "hidden", act=act, at=make.MONDAY + timedelta(hours=2))
    return found


def exported(found: Message | None = None) -> Exported:
    """Return an export of a record."""
    data = export(found or message(), by=make.moderator().actor, at=make.MONDAY)
    return unpacked(data)


def unpacked(data: bytes) -> Exported:
    """Return what a ZIP file holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return Exported(files, json.loads(files["record.json"]))


def copied(whole: Exported) -> Exported:
    """Return a copy to tamper with."""
    return Exported(dict(whole.files), copy.deepcopy(whole.record))


def verifier() -> ModuleType:
    """Return the one-file verifier as a module of its own."""
    module = ModuleType("torget_verify")
    sys.modules[module.__name__] = module  # dataclasses look themselves up there
    exec(compile(single_file(), "torget_verify.py", "exec"), module.__dict__)
    return module


def reopen(opening: dict[str, Any], **changed: Any) -> bytes:
    """Change what a line commits to. Return the new commitment, under the same salt."""
    said = json.loads(base64.b64decode(opening["canonical"]))
    data = json.dumps(said | changed, sort_keys=True, separators=(",", ":")).encode()
    opening["canonical"] = base64.b64encode(data).decode()
    return commitment(data, bytes.fromhex(opening["salt"]))


def forged(
    whole: Exported,
    *,
    same_key: bool = True,
    version: int = -1,
    stamps: bool = False,
    **changed: Any,
) -> Exported:
    """Return the export as its owner could forge it: another text, all of it hashed and signed.

    Every leaf, proof, root and signature agrees with the others, and with ``stamps`` left out
    nothing in the file betrays it. Only what somebody outside has kept can.
    """
    false = copied(whole)
    key, public = keys.signer()
    if not same_key:
        key = Ed25519PrivateKey.generate()
        public = named(public.name, key.public_key().public_bytes_raw())
        false.files["public_key.txt"] = f"{public.line}\n".encode()
    opening, manifest = false.record["versions"][version], false.record["manifest"]
    stamped = [name for name in false.files if name[:12] == "checkpoints/" and name != false.note]
    for name in () if stamps else stamped:
        del false.files[name]
    mine = {name: data for name, data in false.files.items() if name != false.note}
    del mine["record.json"]
    files = {name: hashlib.sha256(data).hexdigest() for name, data in mine.items()}
    commitments = {
        opening["seq"]: reopen(opening, **(changed or {"text": "Du är snäll"})),
        manifest["seq"]: reopen(manifest, files=files),
    }
    lines = [entry.line() for entry in Entry.objects.filter(seq__lt=false.size).order_by("seq")]
    for seq, new in commitments.items():
        lines[seq] = _committing(lines[seq], new)
    leaves = [leaf_hash(line) for line in lines]
    nodes = Nodes(leaves)
    for row in false.record["lines"]:
        seq = json.loads(row["line"])["seq"]
        row |= {
            "line": lines[seq].decode(),
            "leaf": leaves[seq].hex(),
            "proof": [each.hex() for each in nodes.inclusion(seq)],
        }
    false.record["consistency"] = {
        size: [each.hex() for each in nodes.consistency(int(size))]
        for size in false.record["consistency"]
    }
    at = false.files[false.note].decode().splitlines()[3]
    root = base64.b64encode(root_of(leaves)).decode()
    said = f"{public.name}\n{false.size}\n{root}\n{at}\n"
    signature = base64.b64encode(public.id + key.sign(said.encode())).decode()
    false.files[false.note] = f"{said}\n— {public.name} {signature}\n".encode()
    return false


def _committing(line: bytes, new: bytes) -> bytes:
    said = json.loads(line) | {"commitment": new.hex()}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
