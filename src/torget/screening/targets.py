"""Who a sentence is aimed at: a person, a small circle, the writer, or only a decision."""

import re

from torget.screening.sentences import Reading, Sentence, Token

_POINTED = re.compile(
    r"\bden (?:där|dära|här|dänna|jävla|lilla|gamla|förbannade|satans)\b|\bden \w+ som\b|@\w|\bkarlj?\w*\b|\bsnubbe\w*\b|\bni i \w+|\bdet där \w+et\b"
)
# Words with a capital that begin no name even inside a sentence.
_PLACES = re.compile(
    r"(?:gatan|vägen|skolan|kommun|torget|byn|bäcken|sjön|stad|köping|holm|berg|bro|fors|näs|vik|träsk|garden|gården|kyrkan|kajen|sverige|norge|"
    r"norrland|skåne|facebook|instagram|youtube|google|swish|bankid|dagen|jul|påsk|konsum|ica|coop|willys)$"
)


def person(reading: Reading, sentence: Sentence) -> bool:
    """Say whether the sentence points at a person: *du*, a name, a role, *hon*, *den där*."""
    return (
        sentence.has("you", "they", "role")
        or bool(names(sentence))
        or bool(_POINTED.search(sentence.text))
    )


def names(sentence: Sentence) -> list[Token]:
    """Return the words of a sentence that seem to be a person's name."""
    found = []
    for index, token in enumerate(sentence.tokens):
        if not token.capital or len(token.word) < 2:
            continue
        if "name" in token.tags:
            found.append(token)
        elif (
            index
            and found
            and found[-1] is sentence.tokens[index - 1]
            and not _PLACES.search(token.word)
        ):
            found.append(token)
    return found


def full_names(sentence: Sentence) -> list[tuple[Token, Token]]:
    """Return pairs of first name and surname that stand side by side."""
    pairs = []
    for first, second in zip(sentence.tokens, sentence.tokens[1:], strict=False):
        if (
            "name" in first.tags
            and first.capital
            and second.capital
            and second.start - first.end == 1
        ):
            if not _PLACES.search(second.word) or second.word.endswith(
                ("berg", "holm", "fors", "vik", "näs", "bro", "by", "dal")
            ):
                pairs.append((first, second))
    return pairs


def circle(sentence: Sentence) -> bool:
    """Say whether the sentence points at a small circle: a board, an office, *ni i nämnden*."""
    return sentence.has("circle", "ye")


_SELF = re.compile(
    r"\b(?:jag|ja|vi|i)\s+(?:är|e|ä|var|va|blev|am|känner mig som|måste vara|är nog|måste va)\b[^.!?,]{0,30}$"
)


def of_self(sentence: Sentence, token: Token) -> bool:
    """Say whether the writer says the word of himself (*jag är en idiot som glömde*)."""
    return bool(_SELF.search(sentence.text[: token.start - sentence.start]))


_NOT = re.compile(
    r"\b(?:inte|int|ingen|inga|aldrig|not|no)(?:\s+(?:\w+\s+)?(?:en|ett|nån|någon|a))?\s+(?:\w+\s+)?$"
)


def denied(sentence: Sentence, token: Token) -> bool:
    """Say whether the word is denied (*ni är inga idioter*)."""
    return bool(_NOT.search(sentence.text[: token.start - sentence.start]))
