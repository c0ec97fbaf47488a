"""Clause 4.10 b: agitation and contempt against a group. Opinions on policy are lawful."""

import re
from collections.abc import Iterator

from torget.policy.clauses import carries_out
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.patterns import Reviewed
from torget.screening.sentences import Reading, Sentence

SLUR = Rule("b", "group.slur", "Kan antas vara ett skällsord om en grupp", 0.9)
CONTEMPT = Rule("b", "group.contempt", "Ser ut som förakt mot en grupp människor", 0.8)
SHUT_OUT = Rule(
    "b", "group.shut_out", "Ser ut som uppmaning att stänga ute en grupp människor", 0.75
)

# A made-up or unnamed group: "såna där", "dom där", "den sortens folk".
_UNNAMED = Reviewed("groups", "unnamed")
_SHUT = Reviewed("groups", "shut")
_LAWFUL = Reviewed("groups", "lawful")
_RECLAIMED = Reviewed("groups", "reclaimed")


@carries_out("4.10.b")
def groups(reading: Reading) -> Iterator[Finding]:
    """Yield slurs, contempt for a group and calls to shut a group out."""
    earlier = False
    for sentence in reading.sentences:
        named = sentence.has("group") or bool(_UNNAMED.search(sentence.text))
        if _RECLAIMED.search(sentence.text):
            continue
        for token in sentence.having("slur"):
            if not reading.quoted(token.start):
                yield SLUR.at(reading, token.start, token.end, term=token.word)
        if named or earlier:
            yield from _contempt(reading, sentence)
        # "Samerna klagar. Lata är de." The next sentence still speaks of them.
        earlier = sentence.has("group")


def _contempt(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    if sentence.asks and not re.search(r"\?\?|!", sentence.text):
        return
    lawful = bool(_LAWFUL.search(sentence.text))
    hard = [t for t in sentence.having("contempt") if not reading.quoted(t.start)]
    group = list(sentence.having("group"))
    if hard and not lawful and (group or sentence.has("lot")):
        yield CONTEMPT.at(reading, hard[0].start, hard[0].end, term=hard[0].word)
        return
    match = _SHUT.search(sentence.text)
    if match and not lawful and not reading.quoted(sentence.start + match.start()):
        yield SHUT_OUT.at(reading, sentence.start + match.start(), sentence.start + match.end())
