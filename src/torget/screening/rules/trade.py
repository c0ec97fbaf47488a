"""Clause 4.10 g: commercial messages. Single cues are innocent; several together are not."""

import re
from collections.abc import Iterator, Sequence

from torget.policy.clauses import carries_out
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.patterns import Reviewed, names
from torget.screening.sentences import Reading

ADVERT = Rule("g", "trade.advert", "Ser ut som reklam eller ett kommersiellt budskap", 0.8)
DOUBTFUL = Rule("g", "trade.doubtful", "Kan vara reklam", 0.55, "mild")
LINK = Rule("g", "trade.bare_link", "Länk utan sammanhang, kan vara skräppost", 0.5, "mild")

_PATTERNS = {name: Reviewed("cues", name) for name in names("cues")}
# Without one of these nothing is offered to anyone.
_WANTED = frozenset({"order", "offer", "us", "link", "code", "buy"})
_PRIVATE = Reviewed("trade", "private")
_ABOUT = Reviewed("trade", "about")


def not_trade(text: str) -> bool:
    """Say whether a text is a private or non-profit matter, or speaks about trade of others."""
    return bool(_PRIVATE.search(text) or _ABOUT.search(text))


@carries_out("4.10.g")
def trade(reading: Reading, official: Sequence[str]) -> Iterator[Finding]:
    """Yield one finding when a text gathers enough marks of a commercial message."""
    text = reading.view.text[:4000]
    for own in official:
        text = text.replace(own, " " * len(own))
    found = {name: match for name, pattern in _PATTERNS.items() if (match := pattern.search(text))}
    if not found or _ABOUT.search(text):
        return
    points = (
        len(found)
        - 0.5 * ("sign" in found)
        - 0.5 * ("price" in found)
        - 2 * bool(_PRIVATE.search(text))
    )
    first = min(match.start() for match in found.values())
    last = max(match.end() for match in found.values())
    asks = text.rstrip().endswith("?") and "link" not in found
    if reading.quoted(first) or asks or _WANTED.isdisjoint(found):
        return
    if points >= 2.5:
        yield ADVERT.at(reading, first, last)
    elif points >= 2:
        yield DOUBTFUL.at(reading, first, last)
    elif (
        "link" in found
        and len(re.findall(r"[^\W\d_]{2,}", text)) <= 7
        and "." in found["link"][0]
        and not _PRIVATE.search(text)
    ):
        yield LINK.at(reading, found["link"].start(), found["link"].end())
