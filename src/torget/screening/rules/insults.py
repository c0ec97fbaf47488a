"""Clause 4.10 a: insults, personal attacks and unproven accusations, aimed at someone."""

import re
from collections.abc import Iterator

from torget.policy.clauses import carries_out
from torget.screening import targets
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.sentences import Reading, Sentence, Token

WORD = Rule("a", "insult.word", "Kan antas vara en förolämpning mot en person", 0.85)
SAID = Rule("a", "insult.said", "Ser ut som ett nedsättande omdöme om en person", 0.75)
WHICH = Rule("a", "insult.which", "Ser ut som en förolämpning", 0.65)

_BE = r"(?:är|e|ä|va|var|er|are|is|är ju|verkar|låter|blir|förblir|ser)"
_FILL = r"(?:\s+(?:ju|så|bara|en|ett|ena|riktig|riktigt|riktiga|jävla|helt|ta|mej|mig|fan|och|är|ren|rena|väl|nog|också|inget|annat|än|verkligen|fullständigt|total|totalt|liten|stor|gammal|lilla|enda|största|värsta|såna|sådan|sån|alldeles|genuint|both|both|a|an|the|fucking|fan|ta|ut|som|både|förbannad|förbannat|jäkla|lat|ful|feg|bitter|tvättäkta|rent|av|the|most|världens|kommunens|dum|dålig|sjuk|falsk|av|dom|de|som|sämsta|mest|samma|jävligt|dina|din|ditt|värdelös|uppblåst|slemmig|tjock|giftig|självgod|patetisk|korkad|lika|precis|hel|\w+lig|\w+ande)){0,5}\s+$"
_PREDICATE = re.compile(rf"\b{_BE}{_FILL}|=\s*(?:\w+\s+){{0,3}}$")
_YOUR = re.compile(
    r"\b(?:din|ditt|dina|your|era|ditt lilla|din lilla|vilken|vilket|vilka|jävla|lilla|såna|sån)\s+(?:\w+\s+){0,2}$"
)
_AFTER = re.compile(r"\s+(?:till|som|av)\b")
_WORK = re.compile(
    r"\b(?:beslut\w*|förslag\w*|idé\w*|plan\w*|text\w*|film\w*|väg\w*|avgift\w*|bygg\w*|regl\w*|system\w*|app\w*|hund\w*|katt\w*|spel\w*|väder\w*)\s+(?:är|e|ä|va|var)\b"
)


@carries_out("4.10.a")
def insults(reading: Reading) -> Iterator[Finding]:
    """Yield insults that are aimed at a person or a small circle. Criticism of decisions is none."""
    for sentence in reading.sentences:
        if not sentence.has("strong", "weak", "adjective"):
            continue
        someone = targets.person(reading, sentence)
        for token in sentence.tokens:
            if not token.tags & {"strong", "weak", "adjective"} or reading.quoted(token.start):
                continue
            if targets.of_self(sentence, token) or targets.denied(sentence, token):
                continue
            rule = _judged(sentence, token, someone=someone)
            if rule:
                yield rule.at(reading, token.start, token.end, term=token.word)


def _judged(sentence: Sentence, token: Token, *, someone: bool) -> Rule | None:
    before = sentence.text[: token.start - sentence.start]
    after = sentence.text[token.end - sentence.start :]
    if "strong" in token.tags:
        if someone or targets.circle(sentence):
            return WORD
        if re.search(
            r"\b(?:vilken|vilket|vilka|din|ditt|dina|jävla|era)\s+(?:\w+\s+){0,2}$", before
        ):
            return WHICH
        # One or two words and nothing else: said to whoever wrote before.
        return WHICH if len(sentence.tokens) <= 2 and not sentence.asks else None
    said = _PREDICATE.search(before)
    if "weak" in token.tags:
        if _YOUR.search(before) and re.search(
            r"\b(?:din|ditt|dina|your)\s+(?:\w+\s+){0,2}$", before
        ):
            return WORD
        if said and (someone or targets.circle(sentence)) and not _WORK.search(before):
            return SAID
        if someone and re.search(r"\bvilken\s+(?:\w+\s+)?$", before):
            return SAID
        return None
    if _of_person(sentence, token, before) and said:
        return SAID
    if re.search(r"\b(?:din|ditt|dina|den|så|vilken|en|your)\s+(?:\w+\s+)?$", before) and re.match(
        r"\s+(?:\w+\s+)?(?:människ\w+|kärring\w*|gubb\w*|typ\w*|jävel\w*|person\w*|käft|figur|jävla|individ\w*|politiker\w*|tant\w*|karl\w*|liar|man|woman|idiot)\b",
        after,
    ):
        return SAID
    return None


def _of_person(sentence: Sentence, token: Token, before: str) -> bool:
    """Say whether the adjective's subject is a person: the nearest one before it is no thing."""
    subject = None
    for other in sentence.tokens:
        if other.start >= token.start:
            break
        if other.tags & {"decision"} and not other.tags & {"role"}:
            subject = "thing"
        elif (
            other.tags & {"you", "they", "role"}
            or (other.capital and "name" in other.tags)
            or other.word in {"ni", "alla"}
        ):
            subject = "person" if other.word not in {"alla", "din", "ditt", "dina"} else subject
        elif other.word in {"det", "detta", "den", "jag", "vi", "man", "vägen", "allt"}:
            subject = "thing"
    return subject == "person"
