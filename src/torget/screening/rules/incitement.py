"""Clause 4.10 d: others are told to burn, break or beat. A call to lawful protest is none."""

import re
from collections.abc import Iterator

from torget.policy.clauses import carries_out
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.patterns import Reviewed
from torget.screening.rules.violence import Deed, deeds, words
from torget.screening.sentences import Reading, Sentence

CALL = Rule(
    "d",
    "incite.call",
    "Kan antas uppmana andra till våld, brand eller förstörelse (jämför BrB 16:5)",
    0.85,
    "urgent",
)
ARMED = Rule("d", "incite.armed", "Kan antas uppmana andra att komma beväpnade", 0.8, "urgent")

_REACH = 9
_REJECTED = Reviewed("incitement", "rejected")
_ARMS = Reviewed("incitement", "arms")
_TROUBLE = Reviewed("incitement", "trouble")
_LAWFUL = Reviewed("incitement", "lawful")
_GATHER = Reviewed("incitement", "gather")
_WE = re.compile(r"\bvi (?:ska|samlas|möts|går|åker|tar)\b")
_PAUSE = re.compile(r"[:;!–]")
_BREAK = re.compile(r"[,:;!–-]\s*$")


@carries_out("4.10.d")
def incitement(reading: Reading) -> Iterator[Finding]:
    """Yield calls on others to do a deed of violence or damage, and to bring what it takes."""
    for sentence in reading.sentences:
        if _REJECTED.search(sentence.text):
            continue
        near = reading.view.text[max(0, sentence.start - 300) : sentence.end + 300]
        for deed in deeds(reading, sentence):
            start = _ordered(sentence, deed) if _is_order(sentence, deed) else None
            start = _urged(sentence, deed) if start is None else start
            start = _joint(sentence, deed, near) if start is None else start
            if start is not None:
                yield CALL.at(reading, sentence.tokens[start].start, sentence.tokens[deed.last].end)
                break
        arms = _ARMS.search(sentence.text)
        trouble = _TROUBLE.search(near) and not _LAWFUL.search(near)
        if arms and trouble and not reading.quoted(sentence.start + arms.start()):
            yield ARMED.at(reading, sentence.start + arms.start(), sentence.start + arms.end())


def _joint(sentence: Sentence, deed: Deed, near: str) -> int | None:
    """Return the verb if "we" do it and others are told to come: "kom igen grabbar"."""
    around = {token.word for token in sentence.tokens[max(0, deed.verb - 2) : deed.verb + 2]}
    together = "vi" in around or _WE.search(sentence.text)
    return deed.verb if together and _GATHER.search(near) else None


def _is_order(sentence: Sentence, deed: Deed) -> bool:
    return "imperative" in deed.forms and not sentence.asks


def _ordered(sentence: Sentence, deed: Deed) -> int | None:
    """Return the verb if it begins a clause: "Krossa rutorna", "gå dit och slå sönder"."""
    tokens = sentence.tokens
    if deed.verb == 0:
        return 0
    before = tokens[deed.verb - 1].word
    if before in words("actors", "not"):
        return None
    text = sentence.text[: tokens[deed.verb].start - sentence.start]
    led = set(_PAUSE.split(text)[-1].replace(",", " ").split()[-_REACH:])
    # "jag ska gå dit och krossa": then it is no order but a threat.
    if led & (words("actors", "will") | words("actors", "first")):
        return None
    if _BREAK.search(text):
        return deed.verb
    opens = before in words("actors", "opens") and not led & words("actors", "other")
    return deed.verb if opens else None


def _urged(sentence: Sentence, deed: Deed) -> int | None:
    """Return where "någon borde", "alla måste" or "låt oss" begins, if the deed hangs on it."""
    tokens = sentence.tokens
    if "infinitive" not in deed.forms:
        return None
    for place in range(deed.verb - 1, max(-1, deed.verb - _REACH), -1):
        word = tokens[place].word
        if word in words("actors", "not"):
            return None
        if word not in words("actors", "ought"):
            continue
        around = range(max(0, place - 2), min(place + 3, deed.verb))
        who = [at for at in around if tokens[at].word in words("actors", "others")]
        # "nån dag ska jag": the writer himself, no call.
        opening = {token.word for token in tokens[max(0, place - 4) : place + 2]}
        if not who or opening & {"om", "hur", "varför", "jag"} or sentence.asks:
            return None
        # "vi ska slå dig" threatens, it calls on nobody; "ni ska" foretells.
        if word in {"ska", "skall", "skulle"} and {tokens[at].word for at in who} & {
            "vi",
            "ni",
            "du",
        }:
            return None
        return min(place, *who)
    return None
