"""Who a sentence is aimed at: a person, a small circle, the writer, or only a decision."""

from torget.screening.patterns import Reviewed
from torget.screening.sentences import Reading, Sentence, Token

_POINTED = Reviewed("targets", "pointed")
# Words with a capital that begin no name even inside a sentence.
_PLACES = Reviewed("targets", "places")


def person(reading: Reading, sentence: Sentence) -> bool:
    """Say whether the sentence points at a person: *du*, a name, a role, *hon*, *den där*."""
    return (
        sentence.has("you", "they", "role")
        or bool(names(sentence))
        or bool(_POINTED.search(sentence.text))
    )


def names(sentence: Sentence) -> list[Token]:
    """Return the words of a sentence that seem to be a person's name."""
    found: list[Token] = []
    for index, token in enumerate(sentence.tokens):
        if not token.capital or len(token.word) < 2:
            continue
        follows = bool(index and found) and found[-1] is sentence.tokens[index - 1]
        if "name" in token.tags or (follows and not _PLACES.search(token.word)):
            found.append(token)
    return found


def circle(sentence: Sentence) -> bool:
    """Say whether the sentence points at a small circle: a board, an office, *ni i nämnden*."""
    return sentence.has("circle", "ye")


_SELF = Reviewed("targets", "self")


def of_self(sentence: Sentence, token: Token) -> bool:
    """Say whether the writer says the word of himself (*jag är en idiot som glömde*)."""
    return bool(_SELF.search(sentence.text[: token.start - sentence.start]))


_NOT = Reviewed("targets", "not")


def denied(sentence: Sentence, token: Token) -> bool:
    """Say whether the word is denied (*ni är inga idioter*)."""
    return bool(_NOT.search(sentence.text[: token.start - sentence.start]))
