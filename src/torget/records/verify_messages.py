"""Do the rows of messages, and who made them seen or unseen, agree with the journal?"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef

from torget.journal.models import Entry
from torget.journal.services import commitment
from torget.journal.verify import Fault, judged, pages
from torget.records import seals
from torget.records.models import Message, MessageVersion, Visibility

PAGE = 500
MESSAGE = ("pk", "key", "seen", "knowledge_at", "no_copy_at", "latest_id", "latest__n")
TIED = ("last_seen_at", "first_seen_at", "parent_id", "parent_ref", "parent__remote_id")
SENDING = ("sending_id", "sending__message_id")
VISIBILITY = ("pk", "state", "by", "act", "grounds", "decision", "at")
SEALED = ("salt", "entry__seq", "entry__event", "entry__commitment", "message_id", "message__key")

type Row = tuple[Any, ...]


def messages() -> Iterator[Fault]:
    """Hold each message against its versions, its visibility and its dated lines."""
    found = pages(Message.objects.all(), MESSAGE + TIED + SENDING, size=PAGE)
    for batch in batched(found, PAGE):
        yield from (Fault(f"Handling T{pk}", "går inte att läsa.") for pk, row in batch if not row)
        rows = [row for _, row in batch if row]
        versions, seen = _versions([row[0] for row in rows]), _seen([row[0] for row in rows])
        dated, under_way = _dated([row[1] for row in rows]), _under_way([row[1] for row in rows])
        for row in rows:
            fault = (
                _latest_fault(row, versions.get(row[0], (0, 0)))
                or _dates_fault(row, dated)
                or judged(_ties_fault, row[len(MESSAGE) : -len(SENDING)])
                or _sending_fault(row, under_way)
            )
            if not fault and row[2] != seen.get(row[0], Message.Seen.PUBLIC):
                fault = "synligheten stämmer inte med historiken"
            if fault:
                yield Fault(f"Handling T{row[0]}", f"{fault}.")


def _latest_fault(row: Row, versions: tuple[int, int]) -> str:
    count, last = versions
    if not count or count != last:
        return "en version saknas"
    return "" if row[6] == last else "raden pekar inte på den senaste versionen"


def _dates_fault(row: Row, dated: dict[tuple[UUID, str], datetime]) -> str:
    if row[3] != dated.get((row[1], "records.opened")):
        return "tiden för kännedom stämmer inte med journalen"
    if row[4] != dated.get((row[1], "records.no_copy")):
        return "beslutet att inte spara stämmer inte med journalen"
    return ""


def _ties_fault(row: Row) -> str:
    last_seen, first_seen, tied, parent_ref, parent = row
    if last_seen < first_seen:
        return "den är senast sedd innan den först sågs"
    if tied is not None and parent != parent_ref:
        return "den är kopplad till en annan handling än den svarar på"
    return ""


def _sending_fault(row: Row, under_way: set[UUID]) -> str:
    version, of = row[-2:]
    if (version is not None) != (row[1] in under_way) or (version and of != row[0]):
        return "det som är på väg ut stämmer inte med journalen"
    return ""


def visibilities() -> Iterator[Fault]:
    """Hold each note on visibility against its line, and each act of ours against a receipt."""
    found = pages(Visibility.objects.all(), VISIBILITY + SEALED, size=PAGE)
    for batch in batched(found, PAGE):
        rows = [row for _, row in batch if row]
        saved = _first_saved([row[11] for row in rows], [row[12] for row in rows])
        for pk, row in batch:
            if row is None:
                yield Fault(f"Synlighetsrad {pk}", "går inte att läsa.")
            elif fault := judged(_visibility_fault, row, saved):
                yield Fault(f"Handling T{row[11]} synlighet {pk}", f"{fault}.")
    mine = Visibility.objects.filter(entry=OuterRef("pk"))
    lost = Entry.objects.filter(~Exists(mine), event__startswith="records.seen_")
    for seq in lost.values_list("seq", flat=True).iterator():
        yield Fault(
            f"Journalrad {seq}", "en ändrad synlighet noterades, men noteringen finns inte."
        )


def _visibility_fault(row: Row, saved: dict[int, int]) -> str:
    _, state, by, act, grounds, decision, at, salt, seq, event, committed, message, key = row
    note = Visibility(
        message=Message(key=key),
        state=state,
        by=by,
        act=act,
        grounds=grounds,
        decision=decision,
        at=at,
    )
    sealed = commitment(seals.visibility(note), bytes(salt)) == bytes(committed)
    if not sealed or event != f"records.seen_{state}":
        return "noteringen är ändrad efter att den skrevs"
    ours = by == Visibility.By.US and state in (Message.Seen.HIDDEN, Message.Seen.REMOVED)
    if ours and not saved.get(message, seq) < seq:
        return "vår åtgärd är äldre än beviset att innehållet var sparat (4.10)"
    return ""


def _versions(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return how many versions each message has, and the number of the last."""
    rows = MessageVersion.objects.filter(message__in=ids).order_by().values("message")
    counted = rows.annotate(Count("pk"), Max("n")).values_list("message", "pk__count", "n__max")
    return {message: (count, last) for message, count, last in counted}


def _seen(ids: Sequence[int]) -> dict[int, str]:
    """Return the last note on each message's visibility."""
    rows = Visibility.objects.filter(message__in=ids).order_by("pk")
    return dict(rows.values_list("message", "state"))


def _dated(keys: Sequence[UUID]) -> dict[tuple[UUID, str], datetime]:
    """Return when each message was first opened, and when no more of it was to be saved."""
    events = ("records.opened", "records.no_copy")
    lines = Entry.objects.filter(about__in=keys, event__in=events).order_by("-seq")
    return {(about, event): at for about, event, at in lines.values_list("about", "event", "at")}


def _under_way(keys: Sequence[UUID]) -> set[UUID]:
    """Return the messages that were about to be sent when the journal last told of them."""
    events = ("records.sending", "records.sent", "records.not_sent")
    lines = Entry.objects.filter(about__in=keys, event__in=events).order_by("seq")
    last = dict(lines.values_list("about", "event"))
    return {about for about, event in last.items() if event == "records.sending"}


def _first_saved(messages: Sequence[int], keys: Sequence[UUID]) -> dict[int, int]:
    """Return the first line that let us act on each message: it was saved, or must not be."""
    versions = MessageVersion.objects.filter(message__in=messages).order_by().values("message")
    saved = dict(versions.annotate(first=Min("entry")).values_list("message", "first"))
    orders = Entry.objects.filter(about__in=keys, event="records.no_copy").order_by("-seq")
    by_key = dict(orders.values_list("about", "seq"))
    for message, key in zip(messages, keys, strict=True):
        if key in by_key:
            saved[message] = min(saved.get(message, by_key[key]), by_key[key])
    return saved
