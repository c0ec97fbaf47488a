"""Clause 4.10 f: swear words and obscene words, the writer's own."""

import re
from collections.abc import Iterator

from torget.policy.clauses import carries_out
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.sentences import Reading, Sentence, Token

SWEAR = Rule("f", "swear.word", "Svordom eller obscent ord", 0.95, "mild")

# "stor fan av", religious talk and titles: the word is no oath there.
_ADMIRER = re.compile(r"\s+(?:av|of)\b")
_FAITH = re.compile(
    r"\b(?:himmel|himlen|präst\w*|pastor\w*|predik\w*|bibeln|kyrkan|paradis\w*|religio\w*|gud|guds)\b"
)
_OF_FAITH = {"helvete", "helvetet", "helvetets", "satan", "satans", "djävulen"}
_TITLE = re.compile(r"\bfan ger ett anbud\b|\bfucking åmål\b|\bfan[- ](?:club|zone|fiction|art)\b")


@carries_out("4.10.f")
def swearing(reading: Reading) -> Iterator[Finding]:
    """Yield one finding for each swear word that is the writer's own."""
    for sentence in reading.sentences:
        for index, token in enumerate(sentence.tokens):
            if "swear" not in token.tags or reading.quoted(token.start):
                continue
            if not _harmless(reading, sentence, token, index):
                yield SWEAR.at(reading, token.start, token.end, term=token.word)


def _harmless(reading: Reading, sentence: Sentence, token: Token, index: int) -> bool:
    if token.word == "fan" and _ADMIRER.match(reading.view.text[token.end : token.end + 6]):
        return True
    if token.word in _OF_FAITH and _FAITH.search(sentence.text):
        return True
    if _TITLE.search(sentence.text):
        return True
    # A name of two capitalised words (the boat "Svarta Satan"), unless everything shouts.
    if token.capital and index and not reading.as_given(token.start, token.end)[1:].isupper():
        before = sentence.tokens[index - 1]
        named = (
            before.capital
            and index > 1
            and reading.as_given(before.start, before.end)[1:].islower()
        )
        return named and not before.tags & {"swear", "name"}
    return False
