"""Clause 4.10 h: sensitive matters about someone who can be pointed out."""

import re
from collections.abc import Iterator

from torget.policy.clauses import carries_out
from torget.screening import targets
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.patterns import Reviewed
from torget.screening.sentences import Reading, Sentence

HIDDEN = Rule("h", "private.hidden", "Kan röja någon med skyddade uppgifter", 0.9, "urgent")
HEALTH = Rule("h", "private.health", "Ser ut som en uppgift om någons hälsa", 0.8)
CARE = Rule("h", "private.care", "Ser ut som en uppgift om någons sociala förhållanden", 0.8)
SCHOOL = Rule("h", "private.school", "Ser ut som en uppgift om en elevs skolgång eller stöd", 0.75)
MONEY = Rule("h", "private.money", "Ser ut som en uppgift om någons skulder eller betalningar", 0.8)
CRIME = Rule(
    "h",
    "private.crime",
    "Ser ut som en uppgift om att någon är misstänkt eller dömd för brott",
    0.8,
)
HOME = Rule("h", "private.home", "Ser ut som en privatpersons hemadress eller vistelseort", 0.75)
CASE = Rule("h", "private.case", "Ser ut som en uppgift ur en enskilds ärende", 0.7)
BID = Rule("h", "private.bid", "Kan röja ett anbud eller en förhandling som inte är avslutad", 0.75)
ACCESS = Rule(
    "h",
    "private.access",
    "Ser ut som en uppgift om hur man kommer in i en lokal eller ett system",
    0.8,
)

_HIDING = Reviewed("private", "hiding")
_WHERE = Reviewed("private", "where")
_STREET = Reviewed("private", "street")
_LIVES = Reviewed("private", "lives")
_SEAT = Reviewed("private", "seat")
_WHO = Reviewed("private", "who")
_SENSITIVE = (
    ("health", HEALTH),
    ("care", CARE),
    ("school", SCHOOL),
    ("money", MONEY),
    ("crime", CRIME),
)
_GENERAL = Reviewed("private", "general")
_OFFICE = Reviewed("private", "office")
_BIDDING = Reviewed("private", "bidding")
_AMOUNT = re.compile(
    r"\b\d[\d ,.]*\s?(?:mkr|miljon\w*|kronor|kr|tkr|mnkr)\b|\blägst\b|\bunderkän\w*|\bunder med\b"
)
_DECIDED = Reviewed("private", "decided")
_CASEWORK = Reviewed("private", "casework")
_ENTRY = Reviewed("private", "entry")


@carries_out("4.9", "4.10.h")
def private(reading: Reading) -> Iterator[Finding]:
    """Yield places where something sensitive is said of a person who can be pointed out."""
    earlier: Sentence | None = None
    for sentence in reading.sentences:
        yield from _in_sentence(reading, sentence, earlier)
        earlier = sentence


def _in_sentence(
    reading: Reading, sentence: Sentence, earlier: Sentence | None
) -> Iterator[Finding]:
    text = sentence.text
    named = _pointed(sentence) or (
        earlier is not None and _pointed(earlier) and sentence.has("they")
    )
    aimed = named or sentence.has("they", "you")
    general = bool(_GENERAL.search(text))
    hits = (
        (HIDDEN, aimed and not general and _WHERE.search(text) and _HIDING.search(text)),
        (HOME, (aimed or _WHO.search(text)) and _LIVES.search(text) and _STREET.search(text)),
        (ACCESS, not _LOST.search(text) and _ENTRY.search(text)),
        (BID, _AMOUNT.search(text) and _secret_bid(reading) and _BIDDING.search(text)),
    )
    for rule, match in hits:
        if match:
            yield rule.at(reading, sentence.start + match.start(), sentence.start + match.end())
    if named and not general:
        yield from _sensitive(reading, sentence)


def _secret_bid(reading: Reading) -> bool:
    return bool(_UNDER_WAY.search(reading.view.text) and not _DECIDED.search(reading.view.text))


def _sensitive(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    for kind, rule in _SENSITIVE:
        token = next((t for t in sentence.having(kind) if not reading.quoted(t.start)), None)
        if token and (kind != "school" or _SEAT.search(sentence.text) or targets.names(sentence)):
            yield rule.at(reading, token.start, token.end, term=token.word)
            return
    case = _CASEWORK.search(sentence.text)
    if case and targets.names(sentence) and not _OFFICE.search(sentence.text):
        yield CASE.at(reading, sentence.start + case.start(), sentence.start + case.end())


_LOST = re.compile(r"\b(?:kvitteras|legitimation|tappat|borttappad|hittad)\b")
_UNDER_WAY = Reviewed("private", "under_way")
_OF_SOMEONE = re.compile(r"\b(?:han|hon|den där|har|är)\b")
_OWN_KIN = re.compile(r"\b(?:min|mitt|mina|vår|våra|mins)\b")


def _pointed(sentence: Sentence) -> bool:
    """Say whether a person can be pointed out: by name, class, or as the family at an address."""
    text = sentence.text
    if targets.names(sentence) or _SEAT.search(text) or _WHO.search(text):
        return True
    if sentence.has("they", "kin") and _STREET.search(text):
        return True
    return bool(
        not _OWN_KIN.search(text)
        and _OF_SOMEONE.search(text)
        and any(token.word.endswith(("n", "na", "t")) for token in sentence.having("role"))
    )
