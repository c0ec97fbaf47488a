"""Clause 4.10 b: the writer's own threat, *jag ska* or *jag kommer och* and then the deed."""

from collections.abc import Iterator

from torget.policy.clauses import carries_out
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.patterns import Reviewed, names
from torget.screening.rules.violence import Deed, deeds, reported, words
from torget.screening.sentences import Reading, Sentence

PERSON = Rule(
    "b", "threat.person", "Kan antas vara ett hot om våld (jämför BrB 4:5)", 0.9, "urgent"
)
THING = Rule(
    "b", "threat.damage", "Kan antas vara ett hot om brand eller förstörelse", 0.85, "urgent"
)
HINTED = Rule("b", "threat.hinted", "Kan antas vara ett förtäckt hot mot en person", 0.75, "urgent")

# "Vi ses" and "passa dig" are innocent alone; two of different kinds are not.
_HINTS = {name: Reviewed("hints", name) for name in names("hints")}
_KINDLY = Reviewed("threats", "kindly")
# How many words may stand between "jag ska" and the deed: "komma hem till dig i natt och".
_REACH = 16
_AND = {"och", "o", "å", "samt", "för"}


@carries_out("4.10.b")
def threats(reading: Reading) -> Iterator[Finding]:
    """Yield deeds that the writer says he means to do to somebody, or to a public building."""
    for sentence in reading.sentences:
        for deed in deeds(reading, sentence):
            start = _meant(sentence, deed)
            if start is not None:
                rule = PERSON if deed.aim == "person" else THING
                yield rule.at(reading, sentence.tokens[start].start, sentence.tokens[deed.last].end)
                break
    yield from _hinted(reading)


def _hinted(reading: Reading) -> Iterator[Finding]:
    for place, sentence in enumerate(reading.sentences):
        # What the second hint adds may stand in the next sentence.
        start, end = sentence.start, reading.sentences[place : place + 2][-1].end
        text = reading.view.text[start:end]
        found = [match for hint in _HINTS.values() if (match := hint.search(text))]
        begin = min((match.start() for match in found), default=0)
        if len(found) < 2 or reading.quoted(start + begin):
            continue
        if not _KINDLY.search(text) and not reported(text):
            yield HINTED.at(reading, start + begin, start + max(m.end() for m in found))
            return


def _meant(sentence: Sentence, deed: Deed) -> int | None:
    """Return where the writer's intention begins, if the deed is his own and to come."""
    tokens = sentence.tokens
    after = tokens[deed.verb + 1].word if deed.verb + 1 < len(tokens) else ""
    # "annars bränner jag ner kommunhuset"
    if "present" in deed.forms and after in words("actors", "first"):
        return deed.verb
    if any(token.word in words("actors", "not") for token in tokens[deed.verb : deed.last + 2]):
        return None
    return _intention(sentence, deed)


def _intention(sentence: Sentence, deed: Deed) -> int | None:
    """Go back from the verb to what it hangs on, until it is somebody else's or denied."""
    tokens = sentence.tokens
    joined = any(token.word in _AND for token in tokens[max(0, deed.verb - 2) : deed.verb])
    hangs, to_come = joined and "infinitive" in deed.forms, "present" in deed.forms
    for place in range(deed.verb - 1, max(-1, deed.verb - _REACH), -1):
        word = tokens[place].word
        if word in words("actors", "will") and "infinitive" in deed.forms:
            return _first_person(sentence, place, deed)
        if word in words("actors", "first") and to_come:
            return place if joined or deed.verb - place <= 3 else None
        if place == 0 and joined and to_come and word in words("actors", "set_out"):
            return 0
        # "vänta tills du går hem och slå dig": an infinitive after "och" still hangs on "ska".
        denied = word in words("actors", "not")
        if denied or (word in words("actors", "other") and not hangs):
            return None
    return None


def _first_person(sentence: Sentence, will: int, deed: Deed) -> int | None:
    tokens = sentence.tokens
    for place in (will - 1, will + 1, will - 2, will + 2, will - 3):
        if 0 <= place < len(tokens) and tokens[place].word in words("actors", "first"):
            # "ska vi" asks or proposes; a question is no threat.
            return None if sentence.asks and place > will else min(place, will)
        if 0 <= place < will and tokens[place].word in words("actors", "other"):
            return None
    after = tokens[will + 1] if will + 1 < deed.verb else None
    left_out = not after or not after.tags & {"you", "ye", "they", "role", "circle", "decision"}
    plain = after is None or (not after.capital and after.word not in words("actors", "other"))
    return will if will == 0 and left_out and plain and not sentence.asks else None
