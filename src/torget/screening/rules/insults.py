"""Clause 4.10 a: insults, personal attacks and unproven accusations, aimed at someone."""

import re
from collections.abc import Iterator

from torget.policy.clauses import carries_out
from torget.screening import targets
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.patterns import Reviewed
from torget.screening.sentences import Reading, Sentence, Token

WORD = Rule("a", "insult.word", "Kan antas vara en förolämpning mot en person", 0.85)
SAID = Rule("a", "insult.said", "Ser ut som ett nedsättande omdöme om en person", 0.75)
WHICH = Rule("a", "insult.which", "Ser ut som en förolämpning", 0.65)

_PREDICATE = Reviewed("insults", "predicate")
_WHICH = re.compile(r"\b(?:vilken|vilket|vilka|din|ditt|dina|jävla|era)\s+(?:\w+\s+){0,2}$")
_YOUR = re.compile(r"\b(?:din|ditt|dina|your)\s+(?:\w+\s+){0,2}$")
_WHAT_A = re.compile(r"\bvilken\s+(?:\w+\s+)?$")
_SUCH = re.compile(r"\b(?:din|ditt|dina|den|så|vilken|en|your)\s+(?:\w+\s+)?$")
_HUMAN = Reviewed("insults", "human")
_WORK = Reviewed("insults", "work")


@carries_out("4.10.a")
def insults(reading: Reading) -> Iterator[Finding]:
    """Yield insults aimed at a person or a small circle. Criticism of a decision is none."""
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
    aimed = someone or targets.circle(sentence)
    if "strong" in token.tags:
        return _strong(sentence, before, aimed=aimed)
    said = bool(_PREDICATE.search(before))
    if "weak" in token.tags:
        if _YOUR.search(before):
            return WORD
        to_person = (said and aimed and not _WORK.search(before)) or (
            someone and _WHAT_A.search(before)
        )
        return SAID if to_person else None
    human = _SUCH.search(before) and _HUMAN.match(sentence.text[token.end - sentence.start :])
    return SAID if human or (said and _of_person(sentence, token)) else None


def _strong(sentence: Sentence, before: str, *, aimed: bool) -> Rule | None:
    if aimed:
        return WORD
    # One or two words and nothing else: said to whoever wrote before.
    alone = len(sentence.tokens) <= 2 and not sentence.asks
    return WHICH if alone or _WHICH.search(before) else None


def _of_person(sentence: Sentence, token: Token) -> bool:
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
