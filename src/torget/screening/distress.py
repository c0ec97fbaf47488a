"""Someone in distress is offered help by a person, never met with removal."""

import re

from torget.screening.sentences import Reading

_DISTRESS = re.compile(
    r"\b(?:orkar|vill|klarar|pallar) (?:inte|int|ej|icke) (?:\w+ ){0,2}?(?:leva|finnas|vara med|mer(?: nu)?|längre)\b(?! (?:i kö|med (?:kommunen|er)|på (?:bussen|sand\w*)))"
    r"|\b(?:ta|tar|tog|tänker ta|ta mitt|tar mitt) (?:livet av mig|mitt (?:eget )?liv)\b|\b(?:vill|önskar jag fick|hade velat) dö\b|\bbäst (?:om|att) jag (?:inte fanns|dör|försvann)\b"
    r"|\b(?:skär|skadar) mig(?: själv)?\b|\bsjälvmordstankar\b|\bingen (?:skulle|kommer att|kommer) sakna mig\b|\bhoppa (?:från bron|framför tåget)\b|\b(?:finns )?ingen anledning att (?:leva|fortsätta)\b|\bavsluta (?:allt|mitt liv|det hela)\b|\bi (?:want to die|can'?t go on)\b|\blivet (?:är|känns) (?:inte värt|meningslöst)\b|\bsista gången (?:jag|ni) (?:hör|skriver)\b"
)
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
