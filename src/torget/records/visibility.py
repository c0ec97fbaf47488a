"""Who made a message seen or unseen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from torget.journal import services as journal
from torget.policy.clauses import carries_out
from torget.records import seals
from torget.records.models import Message, Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What someone above decided, as ids only: records never asks what it means."""

    name: str
    grounds: Collection[str]
    decision: UUID


class Change(NamedTuple):
    """A message is seen or unseen from now on."""

    message: Message
    state: str
    act: Act | None = None


@carries_out("4.10")
def note_visibility(message: Message, state: str, *, act: Act | None, at: datetime) -> Visibility:
    """Note that a message is seen or unseen from ``at`` on; without an act it was not ours.

    Args:
        state: one of ``Message.Seen``.
    """
    return note_many([Change(message, state, act)], at=at)[0]


@transaction.atomic
def note_many(changes: Sequence[Change], *, at: datetime) -> list[Visibility]:
    """Note many at once."""
    rows, lines = [], []
    for message, state, act in changes:
        row = Visibility(
            message=message,
            state=Message.Seen(state).value,
            by=Visibility.By.US if act else Visibility.By.UNKNOWN,
            act=act.name if act else "",
            grounds=sorted(act.grounds) if act else [],
            decision=act.decision if act else None,
            at=at,
        )
        commitment, row.salt = journal.committed(seals.visibility(row))
        clauses = ("4.10", *row.grounds) if act else ("4.6",)
        event = f"records.seen_{row.state}"
        rows.append(row)
        lines.append(journal.Line(event, message.key, journal.SYSTEM, clauses, at, commitment))
    for row, entry in zip(rows, journal.append(lines), strict=True):
        row.entry = entry
    Visibility.objects.bulk_create(rows)
    for state in {row.state for row in rows}:
        theirs = [row.message_id for row in rows if row.state == state]
        Message.objects.filter(pk__in=theirs).update(seen=state, awaited="")
    for row in rows:
        row.message.seen, row.message.awaited = row.state, ""
    return rows


@transaction.atomic
def note_others(changes: Sequence[Change], *, at: datetime) -> list[Visibility]:
    """Note changes that someone outside Torget made.

    Left out is what an act of ours under way explains, what is known already, and what
    something newer than ``at`` has overtaken. All three are asked anew, with the lock held.

    Args:
        at: when the platform was asked.
    """
    if not changes:
        return []
    journal.lock()
    ids = [change.message.pk for change in changes]
    now = {pk: known for pk, *known in Message.objects.filter(pk__in=ids).values_list(*_LOOKS)}
    newer = set(
        Visibility.objects.filter(message__in=ids, at__gt=at).values_list("message", flat=True)
    )
    fresh = [change for change in changes if change.message.pk not in newer]
    unexplained = [c for c in fresh if not _explained(c.state, *now[c.message.pk])]
    return note_many(unexplained, at=at)


_LOOKS = ("pk", "seen", "awaited")
_AWAY = (Message.Seen.GONE, Message.Seen.REMOVED)


def _explained(state: str, seen: str, awaited: str) -> bool:
    """Whether we knew: what we removed, or are removing, is gone by our act."""
    if state == Message.Seen.GONE:
        return seen in _AWAY or awaited == Message.Seen.REMOVED
    return state in (seen, awaited)


@transaction.atomic
def await_act(message: Message, state: str) -> None:
    """Say what an act of ours, about to be sent, would make of a message.

    Until it is confirmed a sweep may see its effect; it is not to be taken for another's act.
    An empty state says that no act is under way any more.
    """
    journal.lock()
    Message.objects.filter(pk=message.pk).update(awaited=state)
    message.awaited = state
