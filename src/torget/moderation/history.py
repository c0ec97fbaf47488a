"""How far decisions have come, in words: what happened, and what a person can do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from torget.channels.models import Attempt
from torget.moderation.models import CARRY_OUT, Decision, Flag
from torget.platforms.troubles import explain
from torget.records.models import Message, Visibility
from torget.web.when import clock, when

Measure, State = Decision.Measure, Decision.State
DONE: dict[str, str] = {
    Measure.HIDE: "sidan visar den inte längre",
    Measure.REMOVE: "sidan har den inte längre",
    Measure.KEEP: "sidan visar den igen",
}
SIGNS = {
    Measure.KEEP: "check",
    Measure.HIDE: "eye-off",
    Measure.REMOVE: "trash-2",
    Measure.PASS_ON: "forward",
}
REFUSED = {
    "gone": "Kommentaren finns inte på sidan. Den går inte att visa igen; handlingen är kvar.",
    "not_found": "Kommentaren finns inte på sidan. Den går inte att visa igen; handlingen är kvar.",
    "not_supported": "Plattformen kan inte göra det. Välj en annan åtgärd.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A decision, its sign and colour, and how far it has come."""

    decision: Decision
    title: str
    sign: str
    colour: str
    state: str
    remedy: str = ""


def tell(decisions: Iterable[Decision], message: Message) -> list[Told]:
    """Return the decisions about one message in words, in the order they were given."""
    decisions = list(decisions)
    carried_out = {
        row.decision: row.at for row in Visibility.objects.filter(message=message).order_by("pk")
    }
    keys = [decision.key for decision in decisions]
    waits = {row.item: row for row in Attempt.objects.filter(step=CARRY_OUT, item__in=keys)}
    newest = decisions[0].pk if decisions else None
    return [
        _told(d, carried_out.get(d.key), waits.get(d.key), stands=d.pk == newest) for d in decisions
    ]


def _told(decision: Decision, at: datetime | None, waits: Attempt | None, *, stands: bool) -> Told:
    measure = Measure(decision.measure)
    title = "Ångrat" if decision.flag == Flag.UNDONE else measure.label
    if measure == Measure.PASS_ON:
        title = f"Lämnad vidare till {decision.passed_to}"
    colour, state, remedy = _state(decision, at)
    if waits is not None:
        colour, state = "warning", f"{state}. {waits.message}"
        remedy = f"{waits.remedy} Nytt försök {when(waits.next_try)}."
    if not stands and decision.state == State.WAITING:
        colour, state, remedy = "neutral", "Ersatt innan det utfördes", ""
    return Told(decision, title, SIGNS[measure], colour, state, remedy)


def _state(decision: Decision, at: datetime | None) -> tuple[str, str, str]:
    match State(decision.state):
        case State.RETURNED:
            return "warning", *_returned(decision)
        case State.SENT:
            return "info", "Skickad. Torget ser efter att det syns på sidan", ""
        case State.WAITING if decision.measure == Measure.REMOVE and decision.not_before and at:
            until = f"Dold {clock(at)}. Tas bort {clock(decision.not_before)}"
            return "info", until, "Till dess går det att ångra."
        case State.WAITING:
            return "info", "Väntar på att utföras", ""
        case State.CONFIRMED:
            return _confirmed(decision, at)


def _confirmed(decision: Decision, at: datetime | None) -> tuple[str, str, str]:
    if decision.flag == Flag.ALREADY_GONE:
        return "neutral", "Den fanns inte kvar på sidan. Det var inte vi som tog bort den", ""
    done = DONE.get(decision.measure) if at else None
    if at is None or done is None:
        passed_on = decision.measure == Measure.PASS_ON
        return "success", "Någon annan tar över" if passed_on else "Den står kvar på sidan", ""
    if decision.flag == Flag.CHANGED_BUT_HIDDEN:
        remedy = "Den hade ändrats. Läs den nya lydelsen, och besluta igen om den ska visas."
        return "warning", f"Utförd {clock(at)}, {done}", remedy
    return "success", f"Utförd {clock(at)}, {done}", ""


def _returned(decision: Decision) -> tuple[str, str]:
    if decision.flag == Flag.CHANGED:
        return (
            "Åter till dig: kommentaren ändrades innan beslutet utfördes",
            "Läs den nya lydelsen och besluta igen. Ingenting har gjorts på sidan.",
        )
    if decision.flag == Flag.UNDONE:
        return "Åter till dig", "Besluta igen, eller låt den stå."
    message, remedy = explain(decision.flag)
    if decision.flag in REFUSED:
        message, remedy = "Plattformen sa nej.", REFUSED[decision.flag]
    return f"Åter till dig: {message} (felkod {decision.flag})", remedy
