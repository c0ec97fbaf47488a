"""What a person thinks shall become of a message, and why. It cannot be made incomplete."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from torget.errors import IncompleteJudgement
from torget.moderation.models import Basis, Decision, Ground
from torget.policy.clauses import grounds

LONGEST_REASON = 2000
_WORD = re.compile(r"\w+")
_QUOTED = 6  # so many words in a row are a quotation, fewer are ordinary language


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A measure and why.

    Args:
        grounds: clause -> citation; empty only for keep and pass on, cited for LAW alone.
        reason: our own words. It outlives the message, so it never quotes it.
        passed_to: who gets it, when it is passed on.
        urgent: hide even if the message changes in between; remove without waiting.

    Raises:
        IncompleteJudgement: says which part is missing, and how to fill it in.
    """

    measure: Decision.Measure
    grounds: Mapping[Ground, str]
    basis: Basis
    reason: str
    passed_to: str = ""
    urgent: bool = False

    def __post_init__(self) -> None:
        takes_away = self.measure in (Decision.Measure.HIDE, Decision.Measure.REMOVE)
        if takes_away and not self.grounds:
            raise IncompleteJudgement(
                "Beslutet saknar skäl.",
                remedy="Kryssa i vad kommentaren strider mot. Finns inget skäl får den stå kvar.",
                part="grounds",
            )
        if not self.grounds.get(Ground.LAW, "-").strip():
            raise IncompleteJudgement(
                "Skälet lag saknar lagrum.",
                remedy="Välj ett lagrum i listan, eller skriv ett.",
                part="citation",
            )
        if self.measure == Decision.Measure.PASS_ON and not self.passed_to.strip():
            raise IncompleteJudgement(
                "Det står inte till vem kommentaren lämnas.",
                remedy="Skriv vilken enhet eller person som tar över.",
                part="passed_to",
            )
        if not self.reason.strip():
            raise IncompleteJudgement(
                "Beslutet saknar motivering.", remedy="Skriv med egna ord varför.", part="reason"
            )
        if len(self.reason) > LONGEST_REASON:
            raise IncompleteJudgement(
                "Motiveringen är för lång.",
                remedy=f"Skriv högst {LONGEST_REASON} tecken.",
                part="reason",
            )

    def must_not_quote(self, text: str) -> None:
        """Check that the reason holds nothing of the message.

        Raises:
            IncompleteJudgement: six words in a row, or the whole of a shorter message, are there.
        """
        ours = self.reason
        for clause in grounds():
            ours = ours.replace(clause.standard_reason, " ")
        ours_in_a_row, theirs = _in_a_row(ours), _in_a_row(text)
        words = ours_in_a_row.split()
        runs = (" ".join(words[i : i + _QUOTED]) for i in range(len(words) - _QUOTED + 1))
        whole = 1 < theirs.count(" ") - 1 < _QUOTED and theirs in ours_in_a_row
        if whole or any(f" {run} " in theirs for run in runs):
            raise IncompleteJudgement(
                "Motiveringen citerar kommentaren.",
                remedy="Skriv med egna ord. Kommentaren är redan sparad, och motiveringen finns "
                "kvar när den gallras.",
                part="reason",
            )


def standard_reason(chosen: Mapping[Ground, str]) -> str:
    """Return the guideline's own words for the grounds, one sentence after the other."""
    return " ".join(
        clause.reason_for(chosen[Ground(clause.id)])
        for clause in grounds()
        if Ground(clause.id) in chosen
    )


def _in_a_row(text: str) -> str:
    """Return the words of a text in small letters, with a space around each."""
    return " " + " ".join(_WORD.findall(text.casefold())) + " "
