"""Counts as words on a page: what waits for a person, what waits for others, what is done."""

from collections.abc import Iterable, Mapping
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


# What is counted, the sign and colour of its tile, its words for one and for many, a note, and
# the page with what to add to its address.
MINE = (
    ("returned", "undo-2", "warning", "åter till dig", "åter till dig",
     "ändrade eller inte utförda: besluta igen", "moderation:queue", "?vy=ater"),
    ("by_hand", "badge-check", "accent", "att göra för hand", "att göra för hand",
     "steg på plattformen som väntar på svar", "byhand:tasks", ""),
    ("to_approve", "square-pen", "accent", "inlägg att godkänna", "inlägg att godkänna",
     "skrivet av någon annan", "publishing:list", "?vy=vantar"),
    ("post_returned", "undo-2", "warning", "inlägg åter till dig", "inlägg åter till dig",
     "gick inte att publicera", "publishing:list", "?vy=ater"),
)  # fmt: skip
OTHERS = (
    ("awaits_approval", "square-pen", "neutral", "inlägg väntar på godkännande",
     "inlägg väntar på godkännande", "någon annan godkänner", "publishing:list", "?vy=vantar"),
    ("under_way", "clock", "neutral", "beslut utförs", "beslut utförs",
     "plattformen har inte bekräftat än", "moderation:queue", "?vy=beslutade"),
    ("passed_on", "forward", "neutral", "kommentar lämnad vidare", "kommentarer lämnade vidare",
     "de senaste 14 dagarna", "moderation:queue", "?vy=beslutade"),
)  # fmt: skip


def mine(counted: Mapping[str, int], *, has_queue: bool) -> list[Tile]:
    """Return what waits for the person. The queue is told of also when it is empty."""
    found = [_queue(counted)] if has_queue else []
    found += _tiles(counted, MINE)
    if ending := counted.get("ending", 0):
        note = f"inom {number('mandate_notice_days')} dagar"
        where = reverse("channels:mandates")
        found.append(Tile("id-card", "warning", f"{ending} uppdrag går snart ut", note, where))
    return found


def others(counted: Mapping[str, int]) -> list[Tile]:
    """Return what waits for someone or something else, where the person knows of it."""
    return _tiles(counted, OTHERS)


def done(counted: Mapping[str, int]) -> list[str]:
    """Return what has been done today, a line for each kind."""
    kinds = (
        ("hide", "kommentar beslutad att döljas", "kommentarer beslutade att döljas"),
        ("remove", "kommentar beslutad att tas bort", "kommentarer beslutade att tas bort"),
        ("keep", "kommentar fick stå kvar", "kommentarer fick stå kvar"),
        ("pass_on", "kommentar lämnad vidare", "kommentarer lämnade vidare"),
        ("published", "inlägg eller svar publicerat", "inlägg och svar publicerade"),
        ("kept_in", "inkommen handling sparad", "inkomna handlingar sparade"),
        ("kept_out", "utgående handling sparad", "utgående handlingar sparade"),
    )
    return [several(counted[key], one, many) for key, one, many in kinds if counted.get(key)]


def several(count: int, one: str, many: str) -> str:
    """Return a number with what it counts."""
    return f"{count} {one if count == 1 else many}"


def _tiles(counted: Mapping[str, int], kinds: Iterable[tuple[str, ...]]) -> list[Tile]:
    """Return a tile for each kind that there is something of."""
    return [
        Tile(sign, color, several(counted[key], one, many), note, reverse(view) + query)
        for key, sign, color, one, many, note, view, query in kinds
        if counted.get(key)
    ]


def _queue(counted: Mapping[str, int]) -> Tile:
    waiting, urgent = counted["waiting"], counted["urgent"]
    where = reverse("moderation:queue")
    if not waiting:
        return Tile("check", "success", "Inget att granska", "kön är tom", where)
    if urgent:
        words = several(urgent, "brådskande", "brådskande")
        return Tile("circle-alert", "danger", f"{waiting} att granska", words, where)
    return Tile("message-square", "accent", f"{waiting} att granska", "inget brådskande", where)
