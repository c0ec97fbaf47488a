"""How far what was ordered has come, in words: what happened, and what a person can do about it."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from torget.channels.models import Attempt, Power
from torget.channels.selectors import mandates_valid
from torget.journal.models import Entry
from torget.journal.services import SYSTEM
from torget.organisation.models import User
from torget.platforms.troubles import explain
from torget.publishing.findings import read_draft
from torget.publishing.found import Finding, Level
from torget.publishing.models import DISPATCH, Dispatch, Flag
from torget.publishing.services import frozen_words
from torget.records import words
from torget.records.models import Message
from torget.records.selectors import said
from torget.web.when import when

State, What = Dispatch.State, Dispatch.What

RETURNED: Mapping[str, tuple[str, str]] = {
    Flag.NO_MANDATE: (
        "Författarens uppdrag gällde inte när det skulle skickas. Ingenting har skickats.",
        "Be chefen om ett nytt uppdrag, eller låt någon med uppdrag ta över texten.",
    ),
    Flag.CHANNEL_CLOSED: (
        "Kanalen var inte i bruk när det skulle skickas. Ingenting har skickats.",
        "Välj en annan kanal, eller vänta tills den är i bruk igen.",
    ),
    Flag.PARENT_GONE: (
        "Det som skulle besvaras syns inte längre. Ingenting har skickats.",
        "Svara på ett annat sätt om det behövs.",
    ),
    Flag.CHANGED: (
        "Någon annan har ändrat inlägget på sidan. Ändringen har inte gjorts.",
        "Läs vad som står där nu. Det är sparat. Ändra sedan igen om det behövs.",
    ),
    Flag.ALREADY_GONE: ("Inlägget finns inte kvar på sidan.", "Handlingen finns kvar i Torget."),
    "not_supported": ("Plattformen kan inte göra det.", "Gör det på kanalens sida."),
    "not_found": ("Inlägget finns inte på sidan.", "Handlingen finns kvar i Torget."),
    "gone": ("Det finns inte kvar på sidan.", "Handlingen finns kvar i Torget."),
    "not_ours": ("Det är inte Torgets konto som har skrivit det.", "Gör det på kanalens sida."),
    "text.too_long": ("Texten är för lång för kanalen.", "Korta den och beställ igen."),
    "wordpress.comments_closed": (
        "Inlägget är stängt för kommentarer.",
        "Öppna kommentarerna på sidan, eller svara på ett annat sätt.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One act on one channel, how far it has come, and what this person may do about it."""

    dispatch: Dispatch
    colour: str
    state: str
    remedy: str
    text: str
    permalink: str
    stops: Sequence[Finding]
    may_approve: bool
    may_withdraw: bool
    may_cancel: bool
    may_change: bool

    @property
    def sign(self) -> str:
        """The icon of the act."""
        return {
            What.PUBLISH: "send",
            What.REPLY: "reply",
            What.EDIT: "square-pen",
            What.DELETE: "trash-2",
        }[What(self.dispatch.verb)]


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the journal in words."""

    entry: Entry
    event: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Powers:
    """What a person's mandates let them do now: keys of channels."""

    write: frozenset[int]
    approve: frozenset[int]
    moderate: frozenset[int]


def powers(person: User, now: datetime) -> Powers:
    """Return what a person's mandates let them do now. One query."""
    held = mandates_valid(now).filter(person=person)
    rows = list(held.values_list("channels", *(power.value for power in Power)))
    return Powers(*(frozenset(c for c, *may in rows if c and may[n]) for n in _ORDER))


_ORDER = [list(Power).index(power) for power in (Power.WRITE, Power.APPROVE, Power.MODERATE)]


def tell(dispatches: Sequence[Dispatch], person: User, *, now: datetime) -> list[Told]:
    """Return what was ordered of one post in words, newest first. At most two queries."""
    if not dispatches:
        return []
    may = powers(person, now)
    under_way = [d.key for d in dispatches if d.state in d.UNFINISHED]
    rows = Attempt.objects.filter(step=DISPATCH, item__in=under_way) if under_way else ()
    waits = {row.item: row for row in rows}
    busy = {d.message_id for d in dispatches if d.verb in _CHANGES and d.state in d.UNFINISHED}
    return [_told(d, person, may, waits.get(d.key), busy) for d in dispatches]


def steps(dispatches: Sequence[Dispatch]) -> list[Step]:
    """Return the journal's lines about what was ordered, oldest first. At most two queries."""
    if not dispatches:
        return []
    by_key = {dispatch.key: dispatch for dispatch in dispatches}
    entries = list(Entry.objects.filter(about__in=by_key).order_by("seq"))
    known = [p for d in dispatches for p in (d.ordered_by, d.approved_by) if p]
    names = {person.opaque_id: person.name for person in known}
    others = {entry.actor for entry in entries} - {SYSTEM} - names.keys()
    if others:
        people = User.objects.filter(opaque_id__in=others)
        names |= dict(people.values_list("opaque_id", "name"))
    return [
        Step(
            entry,
            words.event(entry.event),
            names.get(entry.actor, "Torget"),
            f"{by_key[entry.about].get_verb_display()}, {by_key[entry.about].channel.name}",
        )
        for entry in entries
    ]


_CHANGES = (What.EDIT, What.DELETE)
_THERE = (Message.Seen.PUBLIC, Message.Seen.HIDDEN)


def _told(
    dispatch: Dispatch,
    person: User,
    may: Powers,
    waits: Attempt | None,
    busy: Container[int | None],
) -> Told:
    colour, state, remedy = _state(dispatch)
    if waits is not None and dispatch.state in dispatch.UNFINISHED:
        colour, state = "warning", f"{state} {waits.message}"
        remedy = f"{waits.remedy} Nytt försök {when(waits.next_try)}."
    message, channel = dispatch.message, dispatch.channel_id
    stands = dispatch.is_new and dispatch.state == State.CONFIRMED and message is not None
    there = stands and message is not None and message.seen in _THERE
    content = said(message.latest) if message and dispatch.is_new else None
    mine = person.pk == dispatch.ordered_by_id
    waiting = dispatch.state == State.WAITING
    return Told(
        dispatch=dispatch,
        colour=colour,
        state=state,
        remedy=remedy,
        text=dispatch.text,
        permalink=content.permalink if content and content.permalink.startswith("http") else "",
        stops=read_draft(frozen_words(dispatch)).at(Level.STOP) if waiting else (),
        may_approve=waiting
        and channel in may.approve
        and person.pk not in (dispatch.ordered_by_id, dispatch.post.author_id),
        may_withdraw=dispatch.state == State.SCHEDULED
        and dispatch.approved_by_id is not None
        and channel in may.approve,
        may_cancel=dispatch.state in (State.WAITING, State.SCHEDULED)
        and (mine or channel in may.approve or channel in may.write),
        may_change=there
        and dispatch.message_id not in busy
        and (channel in may.write or channel in may.moderate),
    )


def _state(dispatch: Dispatch) -> tuple[str, str, str]:
    later = dispatch.not_before > dispatch.ordered_at
    soon = f"Skickas {when(dispatch.not_before)}." if later else "Skickas så snart det går."
    match State(dispatch.state):
        case State.CONFIRMED:
            return _confirmed(dispatch)
        case State.RETURNED:
            told, remedy = RETURNED.get(dispatch.flag) or explain(dispatch.flag)
            return "warning", f"Åter: {told}", f"{remedy} (felkod {dispatch.flag})"
        case State.WITHDRAWN:
            return "neutral", "Återtaget. Ingenting har skickats.", ""
    under_way = {
        State.WAITING.value: "Väntar på att en annan person godkänner det.",
        State.SCHEDULED.value: soon,
        State.SENT.value: "Skickat. Torget ser efter att det syns på sidan.",
    }
    return "info", under_way[dispatch.state], ""


def _confirmed(dispatch: Dispatch) -> tuple[str, str, str]:
    if dispatch.flag == Flag.NOT_PUBLIC:
        return "warning", "Står på sidan, men allmänheten ser det inte.", "Titta på kanalens sida."
    if dispatch.flag == Flag.ALREADY_GONE:
        return "neutral", "Det fanns inte kvar på sidan. Det var inte vi som tog bort det.", ""
    message = dispatch.message
    if dispatch.verb == What.DELETE:
        return "success", "Borttaget från sidan. Alla versioner är sparade.", ""
    if dispatch.verb == What.EDIT:
        return "success", "Ändrat på sidan. Båda versionerna är sparade.", ""
    if message is not None and message.seen not in _THERE:
        return "neutral", f"{message.get_seen_display()}. Handlingen finns kvar.", ""
    return "success", "Står på sidan och är sparat.", ""
