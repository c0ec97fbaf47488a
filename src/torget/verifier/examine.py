"""Is an export as it was signed? Nothing in it is believed but what can be proved."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from torget.verifier.notes import Key, Note, check_note, read_keys, read_note
from torget.verifier.stamps import check_stamp
from torget.verifier.tree import Refused, is_consistent, is_included, leaf_hash

FORMAT = "torget-export/v1"
RECORD, KEYS, ROOTS = "record.json", "public_key.txt", "tsa_roots.pem"
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)

type _Json = dict[str, Any]


class Finding(NamedTuple):
    """What was looked at, and what came of it, in Swedish."""

    object: str
    explanation: str


@dataclass(slots=True)
class Report:
    """What is proved, what is worth knowing, and what does not hold."""

    proved: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)

    @contextmanager
    def about(self, name: str) -> Iterator[None]:
        """Make a fault of whatever goes wrong inside, and go on."""
        try:
            yield
        except Refused as error:
            self.faults.append(Finding(name, str(error)))
        except _UNREADABLE:
            self.faults.append(Finding(name, "går inte att läsa"))

    def prove(self, name: str, told: str) -> None:
        """Note that something is proved."""
        self.proved.append(Finding(name, told))

    def remark(self, name: str, told: str) -> None:
        """Note something that is neither proof nor fault."""
        self.remarks.append(Finding(name, told))

    def refuse(self, name: str, told: str) -> None:
        """Note that something does not hold."""
        self.faults.append(Finding(name, told))


@dataclass(slots=True)
class _Export:
    files: Mapping[str, bytes]
    record: _Json
    report: Report
    keys: list[Key]
    roots: bytes
    lines: dict[int, _Json] = field(default_factory=dict)


def examine(
    files: Mapping[str, bytes],
    *,
    keys: str = "",
    earlier: Mapping[str, bytes] | None = None,
    roots: bytes = b"",
) -> Report:
    """Return what an export proves.

    Args:
        files: what is in it, by name.
        keys: the municipality's public keys, got elsewhere; else those in the export.
        earlier: checkpoints that were published earlier, by the name of their file.
        roots: certificates that time stamps rest on, got elsewhere; else those in the export.
    """
    report = Report()
    with report.about("Exporten"):
        if RECORD not in files:
            raise Refused(f"filen {RECORD} saknas")
        record = json.loads(files[RECORD])
        if record["format"] != FORMAT:
            raise Refused("är av ett slag som det här programmet inte känner till")
        export = _Export(files, record, report, [], roots or files.get(ROOTS, b""))
        with report.about("Nyckeln"):
            export.keys = read_keys(keys or files.get(KEYS, b"").decode())
        if not keys:
            report.remark("Nyckeln", "följer med exporten: jämför den med kommunens publicerade")
        newest = _checkpoint(export)
        if newest is not None:
            _check_lines(export, newest)
            _check_manifest(export)
            _check_earlier(export, newest, earlier or {})
    return report


def _checkpoint(export: _Export) -> Note | None:
    """Check the signature of the checkpoint that all proofs lead to."""
    note, size = None, export.record["checkpoint"]
    with export.report.about(f"Kontrollpunkt {size}"):
        note = read_note(export.files[f"checkpoints/{size}.txt"].decode())
        if note.size != size:
            raise Refused("gäller ett annat antal rader")
        key = check_note(note, export.keys)
        told = f"{note.at}, undertecknad av {note.origin} med nyckel {key.id.hex()}"
        export.report.prove(f"Kontrollpunkt {size}", told)
    return note


def _check_lines(export: _Export, newest: Note) -> None:
    """Check each line of the journal: its leaf, and that the leaf is in the signed tree."""
    for place, row in enumerate(export.record["lines"], start=1):
        name = f"Rad {place} i exporten"
        with export.report.about(name):
            line = json.loads(row["line"])
            seq, name = line["seq"], f"Journalrad {line['seq']}"
            if seq in export.lines:
                raise Refused("står två gånger")
            export.lines[seq] = line
        with export.report.about(name):
            leaf = leaf_hash(row["line"].encode())
            if leaf.hex() != row["leaf"]:
                raise Refused("är ändrad efter att den skrevs")
            proof = _hashes(row["proof"])
            if not is_included(leaf, index=seq, size=newest.size, proof=proof, root=newest.root):
                raise Refused("finns inte i den undertecknade journalen")
            export.report.prove(name, f"{line['event']}, {line['at']}")


def _check_manifest(export: _Export) -> None:
    """Check that all is there that the journal says was exported, and no more."""
    told: _Json = {}
    with export.report.about("Innehållsförteckningen"):
        opening = export.record["manifest"]
        told = _opened(export, opening, "records.exported")
        export.report.prove("Handlingen", f"{told['torget_nr']} ({told['message']})")
        _compare(export, "Journalrad", [*told["lines"], opening["seq"]], export.lines)
        versions = [row["n"] for row in export.record["versions"]]
        _compare(export, "Version", told["versions"], versions)
        newest = f"checkpoints/{export.record['checkpoint']}.txt"
        _compare(export, "Filen", [*told["files"], RECORD, newest], export.files)
        for name, digest in told["files"].items():
            if name in export.files and hashlib.sha256(export.files[name]).hexdigest() != digest:
                export.report.refuse(f"Filen {name}", "är ändrad efter exporten")
    if told:
        disposed = _check_notes(export, told["message"])
        for row in export.record["versions"]:
            _check_version(export, row, told["message"], disposed)


def _compare(
    export: _Export, kind: str, meant: Sequence[str | int], found: Iterable[str | int]
) -> None:
    there = list(found)
    for each in dict.fromkeys([*meant, *there]):
        if each not in there:
            export.report.refuse(f"{kind} {each}", "saknas i exporten")
        elif each not in meant:
            export.report.refuse(f"{kind} {each}", "hör inte till exporten")
        elif there.count(each) > 1:
            export.report.refuse(f"{kind} {each}", "finns två gånger")


def _check_notes(export: _Export, message: str) -> dict[int, str]:
    """Check who made it seen or unseen, and what was disposed of. Return the latter's times."""
    opened, disposed = set(), {}
    for opening in export.record["notes"]:
        with export.report.about(f"Anteckningen till journalrad {opening['seq']}"):
            event = export.lines.get(opening["seq"], {}).get("event", "")
            said = _opened(export, opening, event)
            if said["message"] != message or event not in (
                "records.disposed",
                f"records.seen_{said.get('state')}",
            ):
                raise Refused("hör till något annat")
            opened.add(opening["seq"])
            if event == "records.disposed":
                disposed[said["n"]] = f"gallrad {said['at']} enligt beslut {said['protocol']}"
            else:
                by = "kommunen" if said["by"] == "us" else "någon utanför Torget"
                told = f"{said['state']} genom {by}, punkter: {', '.join(said['grounds']) or '-'}"
                export.report.prove(f"Synlighet {said['at']}", told)
    for seq, line in export.lines.items():
        needs = line["event"].startswith("records.seen_") or line["event"] == "records.disposed"
        if needs and seq not in opened:
            export.report.refuse(f"Journalrad {seq}", "anteckningen som den gäller saknas")
    return disposed


def _check_version(export: _Export, row: _Json, message: str, disposed: dict[int, str]) -> None:
    name = f"Version {row['n']}"
    with export.report.about(name):
        if row.get("canonical") is None:
            if row["n"] not in disposed:
                raise Refused("innehållet saknas, och ingen gallring förklarar det")
            export.report.remark(name, f"är {disposed[row['n']]}")
            return
        said = _opened(export, row, "records.captured")
        if said["n"] != row["n"]:
            raise Refused("är en annan version än den sägs vara")
        if not said["message"] == export.lines[row["seq"]]["about"] == message:
            raise Refused("hör till en annan handling")
        if said["raw"] != hashlib.sha256(base64.b64decode(row["raw"])).hexdigest():
            raise Refused("plattformens svar är ändrat efter att det sparades")
        for item in said["media"]:
            _check_file(export, row, item)
        author = said["author"]["name"] or said["author"]["handle"] or "okänd avsändare"
        told = f"sparad {said['observed_at']}, skriven {said['written_at']} av {author}"
        export.report.prove(name, f"{told}: {said['text']}")


def _check_file(export: _Export, row: _Json, item: _Json) -> None:
    name = f"Version {row['n']} bilaga {item['n']}"
    with export.report.about(name):
        path = row["files"].get(str(item["n"]))
        if path is not None:
            if hashlib.sha256(export.files[path]).hexdigest() != item["digest"]:
                raise Refused("är ändrad efter att den sparades")
            export.report.prove(name, f"filen {path}")
        elif item["address"]:
            export.report.remark(name, "ingår inte: ingen person har öppnat den")
        else:
            export.report.remark(name, "hämtades aldrig från plattformen")


def _check_earlier(export: _Export, newest: Note, outside: Mapping[str, bytes]) -> None:
    """Check that the journal only grew from earlier checkpoints, and what was time-stamped."""
    stamps = {name[:-4]: data for name, data in export.files.items() if name.endswith(".tsr")}
    inside = [row for row in export.files.items() if row[0].startswith("checkpoints/")]
    notes = [row for row in inside if row[0].endswith(".txt")]
    for name, data in [*notes, *outside.items()]:
        label = f"Kontrollpunkten {name}"
        with export.report.about(label):
            note = read_note(data.decode())
            _check_growth(export, note, newest)
            if name in outside:
                export.report.prove(label, f"{note.at}: journalen har bara vuxit sedan dess")
    for name, answer in stamps.items():
        with export.report.about(f"Tidsstämpeln {name}.tsr"):
            stamp = check_stamp(answer, export.files[f"{name}.txt"], export.roots)
            size = read_note(export.files[f"{name}.txt"].decode()).size
            told = f"{stamp.at:%Y-%m-%d %H:%M:%S} UTC av {stamp.authority}"
            export.report.prove(
                f"Tidsstämpeln {name}.tsr", f"{told}: rad 0–{size - 1} i journalen fanns då"
            )


def _check_growth(export: _Export, note: Note, newest: Note) -> None:
    check_note(note, export.keys)
    if note.origin != newest.origin:
        raise Refused("är från en annan installation")
    if note.size > newest.size:
        raise Refused("är nyare än exporten, eller så har journalen kortats sedan dess")
    proofs = export.record["consistency"]
    if note.size < newest.size and str(note.size) not in proofs:
        raise Refused("journalen i exporten har aldrig haft den: den har skrivits om sedan dess")
    proof = _hashes(proofs[str(note.size)]) if note.size < newest.size else []
    if not is_consistent(
        earlier=note.size, earlier_root=note.root, size=newest.size, root=newest.root, proof=proof
    ):
        raise Refused("journalen har skrivits om sedan dess")


def _opened(export: _Export, opening: _Json, event: str) -> _Json:
    """Return what a line commits to, if its event is the right one."""
    line = export.lines.get(opening["seq"])
    if line is None:
        raise Refused(f"journalrad {opening['seq']} saknas i exporten")
    if line["event"] != event:
        raise Refused(f"journalrad {opening['seq']} handlar om något annat")
    canonical, salt = base64.b64decode(opening["canonical"]), bytes.fromhex(opening["salt"])
    inner = hashlib.sha256(canonical).digest()
    sealed = hashlib.sha256(b"torget/commit/v1" + salt + inner).hexdigest()
    if sealed != line["commitment"]:
        raise Refused("innehållet är ändrat efter att det sparades")
    said: _Json = json.loads(canonical)
    return said


def _hashes(told: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(each) for each in told]
