"""Are the records still what was saved? Each is held against the journal's commitment to it.

Read in pages, so that memory does not grow with the number of records. One fault may show from
two sides (a version that has lost its payload, a payload without a version): both are told.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from torget.journal.line import stamp
from torget.journal.models import Entry
from torget.journal.services import commitment
from torget.journal.verify import Fault, judged, missing_guards, pages, readable
from torget.records import canonical, proof, seals, search_index, triggers
from torget.records.models import Attachment, Disposed, Message, MessageVersion, Payload
from torget.records.search import stems_of
from torget.records.verify_messages import messages, visibilities

__all__ = ["Fault", "verify"]

PAGE = 200
VERSION = ("pk", "message_id", "n", "observed_at", "evidence", "entry_id")
MESSAGE = (
    *("pk", "key", "channel__key", "authority_id", "remote_id", "direction"),
    *("kind", "thread", "parent_ref", "written_at", "first_seen_at"),
)
ENTRY = ("seq", "event", "about", "commitment", "at")
PAYLOAD = ("pk", "canonical", "salt", "raw", "stem")
DISPOSED = ("pk", "entry_id", "at", "protocol", "salt")

type Row = tuple[Any, ...]


def verify() -> Iterator[Fault]:
    """Read every record, and tell what is missing or changed."""
    yield from missing_guards(triggers.GUARDS)
    yield from _versions()
    yield from _left_over()
    yield from messages()
    yield from visibilities()
    if not search_index.agrees():
        yield Fault("Sökregistret", "stämmer inte med handlingarna. Bygg om det.")


def _versions() -> Iterator[Fault]:
    batch: list[Row] = []
    for pk, row in pages(MessageVersion.objects.all(), VERSION, size=PAGE):
        if row is None:
            yield Fault(f"Versionsrad {pk}", "går inte att läsa.")
            continue
        batch.append(row)
        if len(batch) == PAGE:
            yield from _batch(batch)
            batch = []
    yield from _batch(batch)


def _batch(versions: Sequence[Row]) -> Iterator[Fault]:
    """Read what belongs to some versions, a query a table, and hold it together."""
    if not versions:
        return
    ids = [row[0] for row in versions]
    message_of = _by_key(readable(Message.objects.all(), MESSAGE, list({r[1] for r in versions})))
    disposed_of = _by_key(readable(Disposed.objects.all(), DISPOSED, ids))
    lines = [row[5] for row in versions] + [row[1] for row in disposed_of.values()]
    entry_of = _by_key(readable(Entry.objects.all(), ENTRY, lines))
    payload_of = _by_key(readable(Payload.objects.all(), PAYLOAD, ids))
    media_of = _attachments(ids)
    for version in versions:
        pk, message, entry = version[0], message_of.get(version[1]), entry_of.get(version[5])
        if message is None or entry is None:
            what = "handlingen" if message is None else "journalraden"
            yield Fault(_name(version), f"{what} som den hör till går inte att hitta eller läsa.")
            continue
        disposed = disposed_of.get(pk)
        if disposed is not None:
            left = [row for row in media_of[pk] or () if row.secret]
            line = entry_of.get(disposed[1])
            kept = (payload_of.get(pk), left)
            fault = judged(_disposed_fault, (version, message), disposed, line, kept)
        else:
            fault = judged(_fault, version, message, entry, payload_of.get(pk), media_of[pk])
        if fault:
            yield Fault(_name(version), f"{fault}.")


def _fault(
    version: Row, message: Row, entry: Row, payload: Row | None, media: list[Attachment] | None
) -> str:
    """Return what is wrong with a version, in Swedish."""
    if payload is None:
        return (
            "innehållet saknas eller går inte att läsa, och inget beslut om gallring förklarar det"
        )
    _, data, salt, raw, stem = payload
    parts = proof.unlocked(bytes(data), bytes(salt), bytes(entry[3]))
    if parts is None:
        return "innehållet stämmer inte med journalen"
    if entry[1] != "records.captured" or str(entry[2]) != parts["message"]:
        return "journalraden handlar om något annat"
    if changed := _changed(version, message, parts):
        return f"uppgiften {changed} är ändrad efter att den sparades"
    if stem != stems_of(canonical.read(bytes(data))):
        return "orden som sparats för sökning stämmer inte med texten"
    return proof.raw_fault(parts, bytes(raw)) or _media_fault(parts, media)


def _media_fault(parts: dict[str, Any], media: list[Attachment] | None) -> str:
    """Return what is wrong with the pictures and files of a version, and who has opened them."""
    if media is None:
        return "en bilaga går inte att läsa"
    return proof.media_fault(parts["media"], media) or _state_fault(media)


def _changed(version: Row, message: Row, parts: dict[str, Any]) -> str:
    """Return the name of the first column that no longer says what was committed to."""
    said = {
        "n": version[2],
        "observed_at": _stamp(version[3]),
        "evidence": version[4],
        "message": str(message[1]),
        "channel": str(message[2]),
        "authority": message[3],
        "remote_id": message[4],
        "direction": message[5],
    }
    meant = parts | {"remote_id": canonical.column(parts["remote_id"])}
    bound = parts["remote_id"] == f"torget:{message[1]}" != message[4]
    if bound:  # saved under our own name, before its page gave it another
        meant |= {"remote_id": message[4], "thread": message[7]}
    if version[2] == 1:  # what the message's row holds is how it was first seen
        said |= {"kind": message[6], "thread": message[7], "parent": message[8]}
        said |= {"written_at": _stamp(message[9]), "observed_at": _stamp(message[10])}
        meant |= {name: canonical.column(meant[name]) for name in ("thread", "parent")}
        if version[3] != message[10]:
            return "first_seen_at"
    return next((name for name, value in said.items() if meant[name] != value), "")


def _state_fault(media: list[Attachment]) -> str:
    """Return what is wrong with whether a person has opened the files."""
    if not media:
        return ""
    keys = [row.key for row in media]
    lines = Entry.objects.filter(event="records.attachment_opened", about__in=keys)
    opened = set(lines.values_list("about", flat=True))
    for row in media:
        fetched = Attachment.State.OPENED if row.key in opened else Attachment.State.QUARANTINED
        if row.state != (fetched if row.address else Attachment.State.NOT_FETCHED):
            return f"bilaga {row.n} har ett läge som journalen inte känner till"
    return ""


def _disposed_fault(
    named: tuple[Row, Row], disposed: Row, entry: Row | None, left: tuple[object, object]
) -> str:
    """Return what is wrong with a disposal: it needs its line, and nothing may be left."""
    version, message = named
    _, _, at, protocol, salt = disposed
    row = Disposed(
        version=MessageVersion(message=Message(key=message[1]), n=version[2]),
        protocol=protocol,
        at=at,
    )
    sealed = commitment(seals.disposal(row), bytes(salt))
    if entry is None or (entry[1], bytes(entry[3])) != ("records.disposed", sealed):
        return "gallringen stämmer inte med journalen"
    payload, media = left
    if payload is not None or media:
        return "gallringen är inte fullständig: innehåll finns kvar"
    return ""


def _left_over() -> Iterator[Fault]:
    """Tell of lines, payloads and files whose version is gone."""
    mine = MessageVersion.objects.filter(entry=OuterRef("pk"))
    lost = Entry.objects.filter(~Exists(mine), event="records.captured")
    for seq in lost.values_list("seq", flat=True).iterator():
        yield Fault(f"Journalrad {seq}", "en version sparades, men den finns inte.")
    version = MessageVersion.objects.filter(pk=OuterRef("version_id"))
    payloads = Payload.objects.filter(~Exists(version))
    for pk in payloads.values_list("pk", flat=True).iterator():
        yield Fault(f"Innehåll {pk}", "hör inte till någon version.")
    files = Attachment.objects.filter(~Exists(version))
    for pk, n in files.values_list("version_id", "n").iterator():
        yield Fault(f"Bilaga {n} till versionsrad {pk}", "hör inte till någon version.")


def _attachments(versions: list[int]) -> dict[int, list[Attachment] | None]:
    """Return the attachments of versions; None where one cannot be read."""
    try:
        found: dict[int, list[Attachment] | None] = {pk: [] for pk in versions}
        grouped = defaultdict(list)
        for row in Attachment.objects.filter(version__in=versions):
            grouped[row.version_id].append(row)
        return found | grouped
    except Exception:  # noqa: BLE001 whatever a driver makes of a tampered row
        if len(versions) == 1:
            return {versions[0]: None}
        half = len(versions) // 2
        return _attachments(versions[:half]) | _attachments(versions[half:])


def _by_key(found: tuple[list[Row], set[Any]]) -> dict[Any, Row]:
    return {row[0]: row for row in found[0]}


def _name(version: Row) -> str:
    return f"Handling T{version[1]} version {version[2]}"


def _stamp(at: Any) -> str:  # noqa: ANN401 a tampered column may hold anything
    return stamp(at) if at else ""
