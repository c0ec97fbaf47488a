"""The form that narrows the list of records."""

from django import forms

from torget.web.days import EXAMPLE, DayField


class PeriodForm(forms.Form):
    """From which day, and to which. Both count."""

    fran = DayField(label="Från och med", required=False)
    till = DayField(label="Till och med", required=False, help_text=EXAMPLE)
