"""How a draft is written: plain words, an impartial sender, and something for those who cannot see.

Source: språklagen (2009:600) 11 §, RF 1:9, the law on accessible services (DOS, 2018:1937) 10 §.
"""

import re
from collections.abc import Iterator

from torget.publishing.found import Finding, Level, Words
from torget.screening import screen

HARD = 50  # LIX: official texts begin there
LONG = 30  # words in a sentence
FEW = 12  # words: of fewer an index tells nothing
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[^.!?\n]+")
_SHOUT = re.compile(r"\b[A-ZÅÄÖ]{2,}(?:[ ,]+[A-ZÅÄÖ]{2,}){2,}\b")
_TAG = re.compile(r"#([a-zåäö]{13,})\b")
_PARTIES = (
    r"(?:socialdemokrat\w*|moderat\w*|sverigedemokrat\w*|centerparti\w*|vänsterparti\w*|"
    r"kristdemokrat\w*|liberalerna\w*|miljöparti\w*|feministiskt initiativ|"
    r"(?-i:\b(?:S|M|SD|C|V|KD|L|MP|FI)-(?:grupp\w*|politik\w*|kvinnor\w*|förening\w*|lista\w*)))"
)
# In a party's voice, or for one answer in an election or a referendum.
_CAMPAIGN = re.compile(
    rf"\b(?:vi|oss|vår\w*)\b[^.!?\n]{{0,20}}\b(?:i|hos|på|från)?\s*{_PARTIES}"
    rf"|{_PARTIES}[^.!?\n]{{0,25}}\b(?:är stolt\w*|lovar|går till val|behöver din röst)"
    r"|\brösta\s+(?:på|ja|nej|fram|bort|för|emot|rätt)\b|\bdin röst på\b",
    re.IGNORECASE,
)
_NAMES_PARTY = re.compile(_PARTIES, re.IGNORECASE)
# "Ditt biståndsärende": that someone has a case is itself secret (OSL 26:1).
_CLIENT = re.compile(
    r"\b(?:din|ditt|dina|er|ert|era)\s+(?:\w+\s+){0,2}?"
    r"(?:\w*bistånds\w*|\w*försörjningsstöd\w*|\w*socialbidrag\w*|\w*hemtjänst\w*|"
    r"\w*färdtjänst\w*|\w*orosanmäl\w*|\w*vård(?:plan|ärende)\w*|\w*elevhälso\w*|"
    r"\w*LSS\w*|\w*skuldsaner\w*|\w*budgetrådgivning\w*|(?:\w*ärende|\w*ansökan|\w*insats\w*))\b",
    re.IGNORECASE,
)


def about(words: Words) -> Iterator[Finding]:
    """Yield what there is to say of how a draft is written, and of its picture."""
    yield from _campaign(words)
    yield from _client(words)
    yield from _picture(words)
    yield from _plain(words)
    yield from _tone(words)


def lix(text: str) -> int:
    """Return the readability index: words a sentence, and how many in a hundred are long."""
    words = _WORD.findall(text)
    sentences = [s for s in _SENTENCE.findall(text) if _WORD.search(s)]
    if not words or not sentences:
        return 0
    hard = sum(len(word) > 6 for word in words)
    return round(len(words) / len(sentences) + 100 * hard / len(words))


def _campaign(words: Words) -> Iterator[Finding]:
    if match := _CAMPAIGN.search(words.text) or _CAMPAIGN.search(words.title):
        inside = match.string == words.text
        yield Finding(
            level=Level.STOP,
            code="wording.party",
            clause="2.4",
            title="Partipolitiskt innehåll",
            explanation="Kommunens konto är sakligt och opartiskt (RF 1:9). Ta bort det, eller låt "
            "en annan person godkänna inlägget med motivering.",
            start=match.start() if inside else 0,
            end=match.end() if inside else 0,
            about=match[0],
        )
    elif match := _NAMES_PARTY.search(words.text):
        yield Finding(
            level=Level.ASK,
            code="wording.names_party",
            clause="2.4",
            title="Ett parti nämns",
            explanation="Kontrollera att inlägget är sakligt och opartiskt (RF 1:9).",
            start=match.start(),
            end=match.end(),
            about=match[0],
        )


def _client(words: Words) -> Iterator[Finding]:
    match = _CLIENT.search(words.text) if words.answers else None
    if match:
        yield Finding(
            level=Level.STOP,
            code="wording.client",
            clause="4.9",
            title="Kan röja att någon har ett ärende",
            explanation="Redan det kan vara hemligt (OSL 26:1). Svara neutralt, och hänvisa till "
            "kontaktcenter eller e-tjänsten.",
            start=match.start(),
            end=match.end(),
            about=match[0],
        )


def _picture(words: Words) -> Iterator[Finding]:
    if words.has_picture and not words.alt.strip():
        yield Finding(
            level=Level.ASK,
            code="picture.no_alt",
            clause="4.1",
            title="Bilden saknar alternativtext",
            explanation="Beskriv bilden för den som inte ser den. Är den bara utsmyckning: kryssa "
            "i och skriv det.",
        )


def _plain(words: Words) -> Iterator[Finding]:
    hard = lix(words.text)
    if hard > HARD and len(_WORD.findall(words.text)) >= FEW:
        yield _advice("wording.hard", f"Svårläst: LIX {hard}", "Korta meningar och vanliga ord.")
    for match in _SENTENCE.finditer(words.text):
        if len(_WORD.findall(match[0])) > LONG:
            count = len(_WORD.findall(match[0]))
            start = match.end() - len(match[0].lstrip())
            told = f"{count} ord i en mening"
            yield _advice("wording.long", told, "Dela den i två.", start, match.end())
    if shout := _SHOUT.search(words.text):
        why = "Skärmläsare kan bokstavera dem, och det låter som rop."
        yield _advice("wording.shout", "Versaler i flera ord", why, *shout.span())
    if tag := _TAG.search(words.text):
        why = "Stor bokstav i varje ord, som #KommunensDag, så att den går att läsa upp."
        yield _advice("wording.tag", "Hashtagg utan stora bokstäver", why, *tag.span())


def _tone(words: Words) -> Iterator[Finding]:
    for hit in screen(words.text).findings if words.text else ():
        if hit.letter == "f":
            yield Finding(
                level=Level.ADVISE,
                code="wording.swearing",
                clause="2.2",
                title="Svordom i texten",
                explanation="Personligt men professionellt: skriv om.",
                start=hit.start,
                end=hit.end,
                about=words.text[hit.start : hit.end],
            )


def _advice(code: str, title: str, why: str, start: int = 0, end: int = 0) -> Finding:
    return Finding(
        level=Level.ADVISE,
        code=code,
        clause="4.1",
        title=title,
        explanation=why,
        start=start,
        end=end,
        about=f"{start}:{end}",
    )
