"""Whatever is changed in an export is caught, and named, by the file that goes with it."""

import base64
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from tests import make
from tests.journal import tsa
from tests.journal.tsa import Authority
from tests.verifier.exported import (
    FILE,
    Exported,
    copied,
    exported,
    forged,
    message,
    reopen,
    verifier,
)
from torget.journal import checkpoints, timestamps
from torget.journal import services as journal
from torget.journal.models import Checkpoint
from torget.records.services import order_no_copy
from torget.retention.services import destroy_unlawful_possession
from torget.verifier.notes import named
from torget.verifier.tree import leaf_hash

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]

type Tamper = Callable[[Exported], object]


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    return verifier()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return tsa.made(tmp_path_factory.mktemp("tsa") / "a")


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authority: Authority) -> Exported:
    """An export whose first checkpoint is stamped, made where the key is its own."""
    monkeypatch.setattr(settings.TORGET, "data", tmp_path)
    monkeypatch.setattr(settings.TORGET, "tsa_roots", authority.roots)
    found = message()
    timestamps.stamp(Checkpoint.objects.get(), send=authority.sign)
    return exported(found)


def told(checker: ModuleType, tampered: Exported, **options: Any) -> list[str]:
    report = checker.examine(tampered.whole(), **options)
    return [f"{fault.object}: {fault.explanation}" for fault in report.faults]


def canonical(**changed: Any) -> Tamper:
    """Change the last version's content, as one who does not own the journal can."""
    return lambda tampered: reopen(tampered.record["versions"][-1], **changed)


def line(old: str, new: str, *, leaf: bool = False) -> Tamper:
    """Change the line that says that the second version was saved, with its leaf or without."""

    def change(tampered: Exported) -> None:
        row = line_of(tampered, tampered.record["versions"][-1]["seq"])
        assert old in row["line"]
        row["line"] = row["line"].replace(old, new, 1)
        if leaf:
            row["leaf"] = leaf_hash(row["line"].encode()).hex()

    return change


def line_of(tampered: Exported, seq: int) -> dict[str, Any]:
    rows: list[dict[str, Any]] = tampered.record["lines"]
    return next(row for row in rows if json.loads(row["line"])["seq"] == seq)


def note(old: str, new: str) -> Tamper:
    """Change the newest checkpoint."""

    def change(tampered: Exported) -> None:
        text = tampered.files[tampered.note].decode()
        changed = text.replace(old or text.splitlines()[2], new, 1)
        assert changed != text
        tampered.files[tampered.note] = changed.encode()

    return change


def flipped(name: str, at: int = -1) -> Tamper:
    """Change a byte of a file."""

    def change(tampered: Exported) -> None:
        data = bytearray(tampered.files[name])
        data[at] ^= 1
        tampered.files[name] = bytes(data)

    return change


def swapped(tampered: Exported) -> None:
    one, two = tampered.record["versions"]
    for part in ("salt", "canonical", "raw"):
        one[part], two[part] = two[part], one[part]


def numbers_swapped(tampered: Exported) -> None:
    one, two = tampered.record["versions"]
    one["n"], two["n"] = two["n"], one["n"]


def note_as_version(tampered: Exported) -> None:
    """Let what the journal says of visibility pass for a version."""
    tampered.record["versions"][0] |= tampered.record["notes"][0]


def added(tampered: Exported) -> None:
    tampered.record["versions"].append(dict(tampered.record["versions"][0], n=3))


def without_last_version(tampered: Exported) -> None:
    """Take out the last version, and every line about it."""
    gone = tampered.record["versions"].pop()
    tampered.record["lines"].remove(line_of(tampered, gone["seq"]))


def without_hiding(tampered: Exported) -> None:
    gone = tampered.record["notes"].pop()
    tampered.record["lines"].remove(line_of(tampered, gone["seq"]))


def without_manifest(tampered: Exported) -> None:
    tampered.record["lines"].remove(line_of(tampered, tampered.record["manifest"]["seq"]))


def salt(tampered: Exported) -> None:
    tampered.record["versions"][0]["salt"] = "00" * 32


def raw(tampered: Exported) -> None:
    tampered.record["versions"][0]["raw"] = base64.b64encode(b'{"id": 2}').decode()


def proof(tampered: Exported) -> None:
    tampered.record["lines"][0]["proof"][0] = "00" * 32


def disposed(tampered: Exported) -> None:
    for part in ("salt", "raw", "files"):
        del tampered.record["versions"][0][part]
    tampered.record["versions"][0]["canonical"] = None


def file_gone(tampered: Exported) -> None:
    del tampered.files[FILE]


def file_hidden(tampered: Exported) -> None:
    del tampered.files[FILE]
    tampered.record["versions"][0]["files"] = {}


def other_key(tampered: Exported) -> None:
    fresh = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    name = tampered.files["public_key.txt"].decode().split("+")[0]
    tampered.files["public_key.txt"] = f"{named(name, fresh).line}\n".encode()


def growth(tampered: Exported) -> None:
    (size,) = tampered.record["consistency"]
    tampered.record["consistency"][size][0] = "00" * 32


def stamp_of_another(tampered: Exported) -> None:
    """Let a stamp that is sound speak for another checkpoint."""
    token = next(name for name in tampered.files if name.endswith(".tsr"))
    tampered.files[f"checkpoints/{tampered.size}.tsr"] = tampered.files[token]


KINDS: dict[str, tuple[Tamper, str]] = {
    "text": (canonical(text="Du är en kamel"), "Version 2: innehållet är ändrat"),
    "author": (
        canonical(author={"id": "u1", "name": "Annan", "handle": None, "url": None}),
        "Version 2: innehållet är ändrat",
    ),
    "time": (canonical(written_at="2026-03-01T09:00:00.000000Z"), "Version 2: innehållet är"),
    "version number": (canonical(n=1), "Version 2: innehållet är ändrat"),
    "number outside": (lambda t: t.record["versions"][1].update(n=7), "Version 2: saknas"),
    "salt": (salt, "Version 1: innehållet är ändrat"),
    "raw": (raw, "Version 1: plattformens svar är ändrat"),
    "line's event": (line("records.captured", "records.opened"), "är ändrad efter"),
    "line's actor": (line('"actor":"0', '"actor":"1'), "är ändrad efter"),
    "line's clauses": (line('["4.6"]', '["4.7"]'), "är ändrad efter"),
    "line's time": (line("2026-03-02T10", "2026-03-02T08"), "är ändrad efter"),
    "line and leaf": (
        line("2026-03-02T10", "2026-03-02T08", leaf=True),
        "finns inte i den undertecknade journalen",
    ),
    "leaf": (lambda t: t.record["lines"][0].update(leaf="00" * 32), "är ändrad efter"),
    "proof": (proof, "finns inte i den undertecknade journalen"),
    "line twice": (lambda t: t.record["lines"].append(t.record["lines"][0]), "står två gånger"),
    "removed version": (lambda t: t.record["versions"].pop(0), "Version 1: saknas"),
    "removed version and line": (without_last_version, "Version 2: saknas"),
    "removed hiding": (without_hiding, "saknas i exporten"),
    "removed note": (lambda t: t.record["notes"].clear(), "anteckningen som den gäller saknas"),
    "removed manifest": (without_manifest, "Innehållsförteckningen: journalrad"),
    "changed manifest": (
        lambda t: reopen(t.record["manifest"], versions=[1]),
        "Innehållsförteckningen: innehållet är ändrat",
    ),
    "added version": (added, "Version 3: hör inte till exporten"),
    "doubled version": (
        lambda t: t.record["versions"].append(t.record["versions"][0]),
        "Version 1: finns två gånger",
    ),
    "swapped payloads": (swapped, "Version 1: innehållet är ändrat"),
    "swapped numbers": (numbers_swapped, "Version 1: är en annan version än den sägs vara"),
    "note as version": (note_as_version, "handlar om något annat"),
    "pretended disposal": (disposed, "ingen gallring förklarar det"),
    "visibility": (
        lambda t: reopen(t.record["notes"][0], by="unknown"),
        "Anteckningen till journalrad",
    ),
    "checkpoint's root": (note("", "A" * 43 + "="), "signaturen stämmer inte"),
    "checkpoint's size": (note("\n7\n", "\n8\n"), "gäller ett annat antal rader"),
    "checkpoint's time": (note("2026-03-02T09", "2026-03-01T09"), "signaturen stämmer inte"),
    "checkpoint's origin": (note("kommunen/", "annan/"), "inte undertecknad med en känd"),
    "checkpoint's signature": (note("— kommunen", "— annan"), "inte undertecknad med en känd"),
    "checkpoint gone": (lambda t: t.files.pop(t.note), "går inte att läsa"),
    "key": (other_key, "inte undertecknad med en känd nyckel"),
    "growth": (growth, "journalen har skrivits om"),
    "stamp": (flipped("checkpoints/3.tsr"), "Tidsstämpeln checkpoints/3.tsr"),
    "stamp of another": (stamp_of_another, "tidsstämpeln gäller något annat"),
    "stamped checkpoint": (flipped("checkpoints/3.txt", 5), "Filen checkpoints/3.txt: är ändrad"),
    "attachment's byte": (flipped(FILE), f"Filen {FILE}: är ändrad"),
    "attachment gone": (file_gone, f"Filen {FILE}: saknas"),
    "attachment hidden": (file_hidden, f"Filen {FILE}: saknas"),
    "attachment added": (
        lambda t: t.files.update({"bilagor/x.png": b""}),
        "Filen bilagor/x.png: hör inte till exporten",
    ),
    "verifier": (flipped("torget_verify.py"), "Filen torget_verify.py: är ändrad"),
    "instructions": (flipped("LÄSMIG.txt"), "Filen LÄSMIG.txt: är ändrad"),
    "format": (lambda t: t.record.update(format="annat"), "av ett slag"),
    "garbage": (lambda t: t.record.update(lines=[7, None, {}], versions="x"), "går inte att läsa"),
    "no record": (lambda t: t.record.clear(), "Exporten: går inte att läsa"),
}


def test_an_export_proves_what_was_said_by_whom_and_when(
    checker: ModuleType, whole: Exported
) -> None:
    report = checker.examine(whole.whole())

    assert report.faults == []
    proved = dict(report.proved)
    assert proved["Version 1"].endswith("av Kim: Du är en åsna")
    assert proved["Version 2"].endswith("av Kim L: Du är en häst")
    assert proved["Version 1 bilaga 1"] == f"filen {FILE}"
    assert dict(report.remarks)["Version 1 bilaga 2"].startswith("ingår inte")
    assert any("hidden genom kommunen" in told for told in proved.values())
    assert "CN=Klocka: rad 0–2" in proved["Tidsstämpeln checkpoints/3.tsr"]
    assert "undertecknad av kommunen/torget/" in proved[f"Kontrollpunkt {whole.size}"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_changed_is_caught_and_named(
    checker: ModuleType, whole: Exported, kind: str
) -> None:
    tamper, name = KINDS[kind]
    tampered = copied(whole)

    tamper(tampered)

    faults = told(checker, tampered)
    assert any(name in fault for fault in faults), faults


def test_a_journal_hashed_and_signed_anew_agrees_with_itself(
    checker: ModuleType, whole: Exported
) -> None:
    """What the file alone cannot show; that is what a checkpoint kept elsewhere is for."""
    for same_key in (True, False):
        assert told(checker, forged(whole, same_key=same_key)) == []


@pytest.mark.parametrize(
    ("same_key", "name"),
    [(True, "journalen har skrivits om sedan dess"), (False, "är inte undertecknad med en känd")],
)
def test_a_checkpoint_published_earlier_betrays_it(
    checker: ModuleType, whole: Exported, same_key: bool, name: str
) -> None:
    before, now = Checkpoint.objects.order_by("size")
    outside = {"sparad.txt": now.note.encode()}
    false = forged(whole, same_key=same_key)

    assert told(checker, whole, earlier=outside) == []
    assert f"Kontrollpunkten sparad.txt: {name}" in told(checker, false, earlier=outside)[-1]
    older = {"sparad.txt": before.note.encode()}
    assert told(checker, whole, earlier=older) == []


def test_a_rewriting_of_what_the_stamp_saw_is_betrayed_by_the_stamped_checkpoint(
    checker: ModuleType, whole: Exported
) -> None:
    false = forged(whole, version=0, stamps=True)

    assert told(checker, false) == [
        "Kontrollpunkten checkpoints/3.txt: journalen har skrivits om sedan dess"
    ]
    del false.record["consistency"]["3"]
    assert "har aldrig haft den" in told(checker, false)[0]


def test_no_character_of_the_record_can_be_changed_into_another_claim(
    checker: ModuleType, whole: Exported
) -> None:
    meant, text = checker.examine(whole.whole()).proved, whole.files["record.json"]

    for at in random.Random(7).sample(range(len(text)), 250):
        changed = text[:at] + (b"7" if text[at : at + 1] != b"7" else b"8") + text[at + 1 :]
        report = checker.examine(whole.files | {"record.json": changed})
        assert report.faults or report.proved == meant, at


def test_the_owner_cannot_put_another_record_or_another_file_in_its_place(
    checker: ModuleType, whole: Exported
) -> None:
    foreign = forged(whole, message=str(uuid4()))
    flipped(FILE)(whole)

    assert told(checker, foreign) == ["Version 2: hör till en annan handling"]
    assert told(checker, forged(whole)) == ["Version 1 bilaga 1: är ändrad efter att den sparades"]


def test_the_key_kept_elsewhere_betrays_another(checker: ModuleType, whole: Exported) -> None:
    ours = whole.files["public_key.txt"].decode()
    false = forged(whole, same_key=False)

    assert told(checker, whole, keys=ours) == []
    assert f"Kontrollpunkt {whole.size}: är inte undertecknad med en känd nyckel" in told(
        checker, false, keys=ours
    )


def test_a_checkpoint_from_elsewhere_or_later_proves_nothing(
    checker: ModuleType, whole: Exported
) -> None:
    journal.write("a.b", about=uuid4(), actor=journal.SYSTEM, clauses=(), at=make.MONDAY)
    later = checkpoints.make(make.MONDAY)
    assert later is not None

    assert "nyare än exporten" in told(checker, whole, earlier={"x": later.note.encode()})[0]
    assert "går inte att läsa" in told(checker, whole, earlier={"x": b"\xff"})[0]
    stranger = later.note.replace("kommunen/", "annan/").encode()
    assert "inte undertecknad" in told(checker, whole, earlier={"x": stranger})[0]


def test_stamps_rest_on_certificates_kept_elsewhere_when_given(
    checker: ModuleType, whole: Exported, authority: Authority, tmp_path: Path
) -> None:
    other = tsa.made(tmp_path / "other")

    assert told(checker, whole, roots=authority.roots.read_bytes()) == []
    faults = told(checker, whole, roots=other.roots.read_bytes())
    assert faults == ["Tidsstämpeln checkpoints/3.tsr: tidsstämpelns utfärdare är inte känd"]


def test_what_was_disposed_of_is_said_to_be_and_is_no_fault(
    checker: ModuleType, whole: Exported
) -> None:
    found = make.version("Ska bort", remote_id="5").message
    actor = make.user().actor
    order = order_no_copy(found, actor=actor, at=make.MONDAY)
    destroy_unlawful_possession(found, order, actor=actor, at=make.MONDAY)

    report = checker.examine(exported(found).whole())

    assert report.faults == []
    assert "gallrad 2026-03-02" in dict(report.remarks)["Version 1"]
