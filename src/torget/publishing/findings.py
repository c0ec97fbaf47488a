"""What the checks say of a draft: what stops it, what must be looked at, and what is advice.

Nothing here decides. What stops a draft is taken away, or let through by a second person with a
reason; only what surely is an identity or card number lets nobody through (clause 4.9).
"""

import re
from collections.abc import Iterator, Mapping

from django.conf import settings

from torget.errors import FindingsLeft
from torget.policy.clauses import carries_out
from torget.publishing import wording
from torget.publishing.found import Finding, Findings, Level, Words
from torget.screening import Finding as Hit
from torget.screening import screen

# Which rules of screening stop a draft; of those, what a check digit makes sure of is final.
_FINAL = frozenset({"number.personnummer", "number.samordningsnummer", "number.card"})
_STOPS = _FINAL | {
    "number.misspelt",
    "number.part",
    "number.last_four",
    "number.code",
    "private.hidden",
    "private.access",
    "private.school",
}
# What is asked about others stops a draft about a pupil, or someone whom nobody may find.
_GRAVER = frozenset({"private.health", "private.care", "private.home", "model.h"})
_PUPIL = re.compile(r"\belev\w*|\b[1-9] ?[A-F]\b|\bförskole?barn\w*", re.IGNORECASE)
_PROTECTED = re.compile(
    r"\bskydda\w* (?:identitet\w*|personuppgift\w*|folkbokför\w*|boende\w*)"
    r"|\bsekretessmarker\w*|\bkvarskriv\w*",
    re.IGNORECASE,
)
_TITLES: Mapping[str, str] = {
    "number.personnummer": "Personnummer i texten",
    "number.samordningsnummer": "Samordningsnummer i texten",
    "number.misspelt": "Personnummer i texten",
    "number.part": "Del av ett personnummer",
    "number.last_four": "Del av ett personnummer",
    "number.card": "Kortnummer i texten",
    "number.code": "Kod eller lösenord i texten",
    "number.phone": "Privat telefonnummer?",
    "number.mail": "Privat e-postadress?",
    "number.iban": "Kontonummer i texten",
    "number.account": "Kontonummer i texten",
    "private.hidden": "Kan röja någon med skyddade uppgifter",
    "private.access": "Röjer hur man kommer in",
    "private.school": "Uppgift om en elev",
    "private.health": "Uppgift om någons hälsa?",
    "private.care": "Uppgift om någons stöd eller omsorg?",
    "private.money": "Uppgift om någons ekonomi?",
    "private.crime": "Uppgift om brott?",
    "private.home": "Uppgift om var någon bor?",
    "private.case": "Uppgift ur ett ärende?",
    "private.bid": "Anbud eller förhandling?",
}


@carries_out("4.1", "4.9")
def read_draft(words: Words) -> Findings:
    """Return what the checks say of a draft, gravest first."""
    order = list(Level)
    whole = "\n\n".join(part for part in (words.title, words.text, words.alt) if part)
    found = [*_secrets(words, whole), *wording.about(words)]
    found.sort(key=lambda f: (order.index(f.level), not f.final, f.start))
    once = {f.id: f for f in reversed(found)}
    return Findings(tuple(f for f in found if once[f.id] is f), wording.lix(words.text))


@carries_out("4.9")
def require_settled(found: Findings, checked: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what the author has looked at and why, to be kept with the order.

    Raises:
        FindingsLeft: something must be taken away, or has not been looked at.
    """
    if found.final:
        raise FindingsLeft(
            f"{found.final[0].title}. Inlägget kan inte publiceras så länge det står kvar.",
            remedy="Ta bort det ur texten. Sekretessbelagda uppgifter får inte publiceras.",
        )
    if found.unlooked({name for name, reason in checked.items() if reason.strip()}):
        raise FindingsLeft(
            "Något i kontrollerna är inte avklarat.",
            remedy="Ändra texten, eller kryssa i att du har kontrollerat det och skriv varför.",
        )
    return [
        {"code": f.code, "clause": f.clause, "level": f.level, "reason": checked[f.id].strip()}
        for f in found.all
        if f.id in checked and f.level != Level.ADVISE
    ]


def _secrets(words: Words, whole: str) -> Iterator[Finding]:
    if not whole:
        return
    ours = settings.TORGET
    read = screen(whole, kind="draft", own_domains=ours.own_domains, own_phones=ours.own_phones)
    before = len(words.title) + 2 if words.title else 0
    graver = bool(_PROTECTED.search(whole) or _PUPIL.search(whole))
    for hit in read.findings:
        yield _secret(hit, whole, before, len(words.text), graver=graver)


def _secret(hit: Hit, whole: str, before: int, length: int, *, graver: bool) -> Finding:
    final = hit.rule in _FINAL
    stops = hit.rule in _STOPS or (graver and hit.rule in _GRAVER)
    inside = before <= hit.start and hit.end <= before + length
    return Finding(
        level=Level.STOP if stops else Level.ASK,
        code=hit.rule,
        clause="4.9",
        title=_TITLES.get(hit.rule, "Kan vara en sekretessbelagd uppgift"),
        explanation=f"{hit.explanation}. {_WAY_ON[(stops, final)]}",
        start=hit.start - before if inside else 0,
        end=hit.end - before if inside else 0,
        final=final,
        about=whole[hit.start : hit.end],
    )


_WAY_ON: Mapping[tuple[bool, bool], str] = {
    (True, True): "Inlägget kan inte skickas förrän det är borttaget.",
    (True, False): "Ta bort det, eller låt en annan person godkänna inlägget med motivering.",
    (False, False): "Kontrollera att uppgiften får publiceras.",
}
