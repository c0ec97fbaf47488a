"""Clause 4.10 h: private figures: identity, card and account numbers, telephones, codes."""

import re
from collections.abc import Iterator, Sequence

from torget.policy.clauses import carries_out
from torget.screening import targets
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.identity import identities, luhn
from torget.screening.patterns import Reviewed
from torget.screening.sentences import Reading

_IDENTITY = {
    "personnummer": Rule(
        "h",
        "number.personnummer",
        "Ser ut som ett personnummer (kontrollsiffran stämmer)",
        0.98,
        "urgent",
    ),
    "samordningsnummer": Rule(
        "h",
        "number.samordningsnummer",
        "Ser ut som ett samordningsnummer (kontrollsiffran stämmer)",
        0.98,
        "urgent",
    ),
    "felskrivet": Rule(
        "h",
        "number.misspelt",
        "Uppges vara ett personnummer (kontrollsiffran stämmer inte)",
        0.9,
        "urgent",
    ),
    "del": Rule("h", "number.part", "Ser ut som en del av ett personnummer", 0.85, "urgent"),
}
CARD = Rule("h", "number.card", "Ser ut som ett kortnummer", 0.95)
IBAN = Rule("h", "number.iban", "Ser ut som ett kontonummer (IBAN)", 0.9)
ACCOUNT = Rule("h", "number.account", "Ser ut som ett bankkonto", 0.8)
PHONE = Rule("h", "number.phone", "Kan antas vara ett privat telefonnummer", 0.8)
MAIL = Rule("h", "number.mail", "Kan antas vara en privat e-postadress", 0.7)
CODE = Rule("h", "number.code", "Ser ut som en kod eller ett lösenord", 0.9)
LAST_FOUR = Rule("h", "number.last_four", "Ser ut som en del av ett personnummer", 0.8, "urgent")

_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){14,15}(?![ -]?\d)")
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?: ?[\da-z]{4}){3,7}(?: ?[\da-z]{1,3})?\b")
_ACCOUNT = Reviewed("numbers", "account")
_ACCOUNT_PUBLIC = re.compile(r"\b(?:bankgiro\w*|bg|plusgiro\w*|pg|autogiro)\b")
_PHONE = re.compile(
    r"(?<![\d\w-])(?:\+|00)?(?:46[ -]?(?:\(0\))?|0)\d{1,3}[ -/]{0,3}\d(?:[ -]?\d){4,7}(?![\d-])"
)
_MOBILE = re.compile(r"^(?:\+?46|0046|0)7[02369]")
_OFFICIAL = Reviewed("numbers", "official")
_OWNER = Reviewed("numbers", "owner")
_MAIL = re.compile(r"\b[\w.+-]{1,40}@([\w-]{1,40}(?:\.[\w-]{1,30}){1,4})")
_ROLE_BOX = Reviewed("numbers", "role_box")
_CODE = Reviewed("numbers", "code")
_CODE_HARMLESS = Reviewed("numbers", "code_harmless")
_LAST_FOUR = Reviewed("numbers", "last_four")
_PAPER = Reviewed("numbers", "paper")


@carries_out("4.9", "4.10.h")
def numbers(
    reading: Reading, *, own_domains: Sequence[str], own_phones: Sequence[str]
) -> Iterator[Finding]:
    """Yield private figures. What the municipality has said is its own is no private matter."""
    taken = bytearray(len(reading.given))
    source = reading.plain
    digits = source.text.lower() if len(source.text.lower()) == len(source.text) else source.text
    for found in identities(digits):
        first, last = source.span(found.start, found.end)
        taken[first:last] = b"1" * (last - first)
        rule = _IDENTITY[found.kind]
        yield Finding("4.10.h", rule.name, first, last, rule.says, rule.score, rule.weight)
    for finding in _others(reading, own_domains, [_figures(phone) for phone in own_phones]):
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"1" * (finding.end - finding.start)
            yield finding


def _others(
    reading: Reading, own_domains: Sequence[str], own_phones: Sequence[str]
) -> Iterator[Finding]:
    text = reading.view.text
    for match in _CARD.finditer(text):
        figures = _figures(match[0])
        if luhn(figures) and figures[0] in "3456" and len(set(figures)) > 2:
            yield CARD.at(reading, *match.span())
    for match in _IBAN.finditer(text):
        if _is_iban(match[0].replace(" ", "")):
            yield IBAN.at(reading, *match.span())
    for match in _ACCOUNT.finditer(text):
        if not _ACCOUNT_PUBLIC.search(match[0]):
            yield ACCOUNT.at(reading, *match.span())
    yield from _phones(reading, own_phones)
    for match in _MAIL.finditer(text):
        domain = match[1].strip(".")
        own = any(domain == d or domain.endswith("." + d) for d in map(str.lower, own_domains))
        if (
            not own
            and not _ROLE_BOX.match(match[0])
            and ("." in match[0].split("@")[0] or re.search(r"\d", match[0].split("@")[0]))
        ):
            yield MAIL.at(reading, *match.span())
    for match in _CODE.finditer(text):
        if not _CODE_HARMLESS.search(text[max(0, match.start() - 20) : match.end() + 10]):
            yield CODE.at(reading, *match.span())
    for match in _LAST_FOUR.finditer(text):
        if not _PAPER.search(text[max(0, match.start() - 40) : match.end() + 15]):
            yield LAST_FOUR.at(reading, *match.span())


def _phones(reading: Reading, own_phones: Sequence[str]) -> Iterator[Finding]:
    for sentence in reading.sentences:
        for match in _PHONE.finditer(sentence.text):
            figures = _figures(match[0])
            if not 8 <= len(figures.replace("46", "0", 1)) <= 12 or figures.startswith(
                tuple(p for p in own_phones if p)
            ):
                continue
            owned = bool(_OWNER.search(sentence.text)) or bool(targets.names(sentence))
            mobile = bool(_MOBILE.match(match[0].replace(" ", "").replace("-", "")))
            official = bool(_OFFICIAL.search(sentence.text)) and not re.search(
                r"\bprivat", sentence.text
            )
            if (
                (mobile or owned)
                and not official
                and not re.search(r"\bswish(?:a)? (?:till )?\W?123|\bfax", sentence.text)
            ):
                start = sentence.start + match.start()
                yield PHONE.at(reading, start, start + len(match[0]))


def _figures(text: str) -> str:
    return "".join(c for c in text if c.isdecimal() and c.isascii())


def _is_iban(code: str) -> bool:
    if not 15 <= len(code) <= 34:
        return False
    moved = code[4:] + code[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1
