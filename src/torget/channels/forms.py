"""Forms of the register: how to sign in to a channel, and a mandate."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from torget.channels.models import Channel, Power
from torget.channels.services import Terms
from torget.organisation.models import User
from torget.web.days import EXAMPLE, ClockField, DayField


class ConnectionForm(forms.Form):
    """Address, user name and secret. The secret that is saved is never shown."""

    base_url = forms.URLField(
        label="Adress",
        max_length=500,
        assume_scheme="https",
        help_text="Webbplatsens adress, till exempel https://blogg.kommunen.example.",
        error_messages={
            "required": "Skriv webbplatsens adress.",
            "invalid": "Skriv hela adressen. Den börjar med https.",
        },
    )
    username = forms.CharField(
        label="Användarnamn",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label="Lösenord",
        max_length=2000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Lämna tomt för att behålla det som är sparat. Byter du adress, skriv det igen.",
    )


def _day() -> forms.DateInput:
    """Return a field for a day. A browser's own picker would show it in the browser's language."""
    return forms.DateInput(
        format="%Y-%m-%d",
        attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "10"},
    )


class MandateForm(forms.Form):
    """Who may do what on a channel, and for how long."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label="Person",
        empty_label="Välj en person",
        help_text="De som har en roll som når kanalen. Ett uppdrag ges aldrig till en själv.",
        error_messages={
            "required": "Välj en person.",
            "invalid_choice": "Välj en person i listan.",
        },
    )
    powers = forms.MultipleChoiceField(
        label="Får",
        choices=Power.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en befogenhet."},
    )
    since = forms.DateField(
        label="Från och med",
        input_formats=["%Y-%m-%d"],
        widget=_day(),
        help_text="Som 2026-01-31. Uppdraget gäller tidigast från nu, när det skrivs in.",
        error_messages={"required": "Skriv en dag.", "invalid": "Skriv dagen som 2026-01-31."},
    )
    until = forms.DateField(
        label="Till och med",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=_day(),
        help_text="Som 2026-12-31. Lämna tomt om uppdraget gäller tills vidare.",
        error_messages={"invalid": "Skriv dagen som 2026-01-31."},
    )

    def __init__(self, data: QueryDict | None, *, people: QuerySet[User], today: date) -> None:
        """Offer ``people``. The mandate begins today unless told otherwise."""
        super().__init__(data, initial={"since": today})
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = people

    def terms(self) -> Terms:
        """Return what is given. Days are the municipality's own; the last one counts whole."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return Terms(
            powers=frozenset(Power(power) for power in self.cleaned_data["powers"]),
            since=_midnight(since),
            until=_midnight(until + timedelta(days=1)) if until else None,
        )


class WhoForm(forms.Form):
    """A second in the past, and perhaps a channel: who could speak for us then?"""

    dag = DayField(label="Dag", help_text=EXAMPLE, error_messages={"required": "Skriv en dag."})
    tid = ClockField(
        label="Klockslag",
        help_text="Som 14.30.",
        error_messages={"required": "Skriv ett klockslag."},
    )
    kanal = forms.ChoiceField(
        label="Kanal",
        required=False,
        error_messages={"invalid_choice": "Välj en kanal i listan."},
    )

    def __init__(self, data: QueryDict | None, *, channels: Sequence[Channel]) -> None:
        """Offer these channels."""
        super().__init__(data)
        choices = [("", "Alla"), *((channel.slug, channel.name) for channel in channels)]
        cast("forms.ChoiceField", self.fields["kanal"]).choices = choices

    def moment(self) -> datetime:
        """Return the second that is asked about, in the municipality's time."""
        return timezone.make_aware(
            datetime.combine(self.cleaned_data["dag"], self.cleaned_data["tid"])
        )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
