"""Someone in distress is offered help by a person, never met with removal."""

import re

from torget.screening.patterns import Reviewed
from torget.screening.sentences import Reading

_DISTRESS = Reviewed("distress", "distress")
_HUMOUR = re.compile(r"\b(?:haha\w*|lol|😂|🤣|skratt\w*)\b|😂|🤣")


def in_distress(reading: Reading) -> bool:
    """Say whether the writer speaks of not wanting to live, or of harming himself."""
    for match in _DISTRESS.finditer(reading.view.text):
        if reading.quoted(match.start()) or _HUMOUR.search(reading.view.text):
            continue
        if match[0].startswith(("orkar", "klarar", "pallar")) and not re.search(
            r"leva|finnas", match[0]
        ):
            # "orkar inte mer" alone is as often about a telephone queue.
            around = reading.view.text[max(0, match.start() - 120) : match.end() + 120]
            if not re.search(
                r"\b(?:ensam\w*|mörk\w*|ångest\w*|hopplös\w*|livet|leva|mår|deprim\w*|gråter)\b",
                around,
            ):
                continue
        return True
    return False
