"""The form of a decision."""

from typing import Any

from django import forms

from torget.errors import IncompleteJudgement
from torget.moderation.models import Basis, Decision, Ground
from torget.moderation.services import Judgement, standard_reason
from torget.policy.clauses import clause

Measure = Decision.Measure
WITHOUT_GROUNDS = {
    Measure.KEEP: "Strider inte mot riktlinjen.",
    Measure.PASS_ON: "Någon annan behöver ta ställning.",
}


def ready_citations() -> list[tuple[str, str]]:
    """Return the citations that can be chosen for the ground law, and the empty choice."""
    ready = clause(Ground.LAW).citations
    return [("", "Välj lagrum"), *((one.citation, f"{one.label} ({one.law})") for one in ready)]


class DecisionForm(forms.Form):
    """What shall become of a message, and why. Each button of the page is a measure.

    An empty reason is filled in with the guideline's own words for the grounds: the page says so.
    """

    seen = forms.CharField(widget=forms.HiddenInput)
    measure = forms.TypedChoiceField(
        choices=Measure.choices,
        coerce=Measure,
        error_messages={"required": "Välj ett beslut.", "invalid_choice": "Välj ett beslut."},
    )
    grounds = forms.TypedMultipleChoiceField(choices=Ground.choices, coerce=Ground, required=False)
    ready = forms.ChoiceField(choices=ready_citations, required=False)
    citation = forms.CharField(max_length=120, required=False)
    basis = forms.TypedChoiceField(
        choices=Basis.choices, coerce=Basis, required=False, empty_value=Basis.GUIDELINE
    )
    reason = forms.CharField(required=False)
    passed_to = forms.CharField(max_length=200, required=False)
    urgent = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Make a judgement of the fields, or say at the right field what it lacks."""
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            data["judgement"] = _judgement(data)
        except IncompleteJudgement as error:
            self.add_error(error.part, f"{error.message} {error.remedy}")
        return data


def _judgement(data: dict[str, Any]) -> Judgement:
    measure = data["measure"]
    citation = data["citation"] or data["ready"]
    ticked = {ground: citation if ground == Ground.LAW else "" for ground in data["grounds"]}
    reason = " ".join(data["reason"].split())
    if measure in WITHOUT_GROUNDS:
        if reason in ("", standard_reason(ticked)):  # filled in by the page, for another measure
            reason = WITHOUT_GROUNDS[measure]
        ticked = {}
    return Judgement(
        measure=measure,
        grounds=ticked,
        basis=data["basis"] if ticked else Basis.GUIDELINE,
        reason=reason or standard_reason(ticked),
        passed_to=data["passed_to"],
        urgent=data["urgent"],
    )
