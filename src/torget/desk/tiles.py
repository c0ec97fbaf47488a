"""Counts as words on a page: what waits for a person, what waits for others, what is done."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from torget.policy.parameters import number


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing that waits, with the way to it."""

    sign: str
    color: str
    title: str
    note: str
    address: str


def mine(counted: Mapping[str, int], *, has_queue: bool) -> list[Tile]:
    """Return what waits for the person. The queue is told of also when it is empty."""
    found = [_queue(counted)] if has_queue else []
    if back := counted.get("returned", 0):
        where = reverse("moderation:queue") + "?vy=ater"
        note = "ändrade eller inte utförda: besluta igen"
        found.append(Tile("undo-2", "warning", f"{back} åter till dig", note, where))
    if ending := counted.get("ending", 0):
        words = several(ending, "uppdrag går snart ut", "uppdrag går snart ut")
        note = f"inom {number('mandate_notice_days')} dagar"
        found.append(Tile("id-card", "warning", words, note, reverse("channels:mandates")))
    return found


def others(counted: Mapping[str, int]) -> list[Tile]:
    """Return what waits for someone or something else, where the person knows of it."""
    found = []
    decided = reverse("moderation:queue") + "?vy=beslutade"
    if under_way := counted.get("under_way", 0):
        words = several(under_way, "beslut utförs", "beslut utförs")
        found.append(Tile("clock", "neutral", words, "plattformen har inte bekräftat än", decided))
    if passed_on := counted.get("passed_on", 0):
        words = several(passed_on, "kommentar lämnad vidare", "kommentarer lämnade vidare")
        found.append(Tile("forward", "neutral", words, "de senaste 14 dagarna", decided))
    return found


def done(counted: Mapping[str, int]) -> list[str]:
    """Return what has been done today, a line for each kind."""
    kinds = (
        ("hide", "kommentar beslutad att döljas", "kommentarer beslutade att döljas"),
        ("remove", "kommentar beslutad att tas bort", "kommentarer beslutade att tas bort"),
        ("keep", "kommentar fick stå kvar", "kommentarer fick stå kvar"),
        ("pass_on", "kommentar lämnad vidare", "kommentarer lämnade vidare"),
        ("kept_in", "inkommen handling sparad", "inkomna handlingar sparade"),
        ("kept_out", "utgående handling sparad", "utgående handlingar sparade"),
    )
    return [several(counted[key], one, many) for key, one, many in kinds if counted.get(key)]


def several(count: int, one: str, many: str) -> str:
    """Return a number with what it counts."""
    return f"{count} {one if count == 1 else many}"


def _queue(counted: Mapping[str, int]) -> Tile:
    waiting, urgent = counted["waiting"], counted["urgent"]
    where = reverse("moderation:queue")
    if not waiting:
        return Tile("check", "success", "Inget att granska", "kön är tom", where)
    if urgent:
        words = several(urgent, "brådskande", "brådskande")
        return Tile("circle-alert", "danger", f"{waiting} att granska", words, where)
    return Tile("message-square", "accent", f"{waiting} att granska", "inget brådskande", where)
