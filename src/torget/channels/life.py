"""Forms with which a channel comes into the register and leaves use."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from torget.channels import words
from torget.channels.models import Channel
from torget.channels.services import Facts
from torget.organisation.models import Unit, User
from torget.organisation.selectors import people_at
from torget.platforms.manual import recognised
from torget.web.days import EXAMPLE, DayField

OTHER = "other"


class NewForm(forms.Form):
    """What is known of a channel. The platform is told by its address, unless it is chosen."""

    url = forms.URLField(
        label="Kanalens adress",
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "autofocus": True}
        ),
        help_text="Klistra in adressen till kanalens sida.",
        error_messages={
            "required": "Klistra in kanalens adress.",
            "invalid": "Klistra in hela adressen. Den börjar med https.",
        },
    )
    name = forms.CharField(
        label="Namn",
        max_length=200,
        help_text="Som det står på plattformen.",
        error_messages={"required": "Skriv kanalens namn."},
    )
    platform = forms.ChoiceField(
        label="Plattform",
        required=False,
        help_text="Lämna den så, så känns den igen på adressen.",
        error_messages={"invalid_choice": "Välj en plattform i listan."},
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Enhet",
        empty_label="Välj en enhet",
        help_text="Den som kanalen hör till.",
        error_messages={"required": "Välj en enhet.", "invalid_choice": "Välj en enhet i listan."},
    )
    purpose = forms.CharField(
        label="Syfte",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Vad kanalen är till för (riktlinjen 2:4). Det står i den publika listan.",
        error_messages={"required": "Skriv vad kanalen är till för."},
    )
    target_group = forms.CharField(label="Målgrupp", max_length=200, required=False)
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="Ansvarig",
        empty_label="Välj en person",
        error_messages={
            "required": "Välj vem som ansvarar.",
            "invalid_choice": "Välj en person i listan.",
        },
    )
    stand_in = forms.ModelChoiceField(
        User.objects.none(),
        label="Ersättare",
        empty_label="Ingen",
        required=False,
        error_messages={"invalid_choice": "Välj en person i listan."},
    )
    answer_hours = forms.CharField(
        label="När vi svarar",
        max_length=100,
        required=False,
        help_text="Till exempel vardagar 8–16.",
    )
    comments_open = forms.BooleanField(
        label="Vem som helst kan kommentera", required=False, initial=True
    )
    capture_basis = forms.ChoiceField(
        label="Så följs kanalen",
        choices=Channel.CaptureBasis.choices,
        initial=Channel.CaptureBasis.MANUAL,
        widget=forms.RadioSelect,
        help_text="För hand går alltid. Automatiskt kräver en anslutning, som fylls i sedan.",
        error_messages={"required": "Välj hur kanalen följs."},
    )

    def __init__(self, data: QueryDict | None, *, units: Sequence[Unit], today: date) -> None:
        """Offer these units, and the people whose roles reach one of them."""
        super().__init__(data)
        keys = [unit.pk for unit in units]
        people: QuerySet[User] = User.objects.none()
        for unit in units:
            people = people | people_at(unit, today)
        self._choose("unit", Unit.objects.filter(pk__in=keys))
        self._choose("owner", people.distinct())
        self._choose("stand_in", people.distinct())
        platforms = [("", "Känn igen på adressen"), *sorted(words.platforms().items())]
        cast("forms.ChoiceField", self.fields["platform"]).choices = platforms

    def _choose(self, name: str, rows: QuerySet[Any]) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def clean(self) -> dict[str, Any]:
        """Recognise the platform; an address that tells nothing is asked about."""
        told = super().clean() or self.cleaned_data
        if told.get("url") and not told.get("platform"):
            told["platform"] = recognised(told["url"])
            if not told["platform"]:
                self.add_error("platform", "Adressen säger inte vilken plattform det är. Välj den.")
        if told.get("owner") and told.get("owner") == told.get("stand_in"):
            self.add_error("stand_in", "Välj någon annan än den som ansvarar.")
        return told

    def facts(self) -> Facts:
        """Return what is known."""
        return Facts(**self.cleaned_data)


class CloseForm(forms.Form):
    """When a channel was closed, and where its records are."""

    closed_on = DayField(
        label="Sista dagen",
        help_text=EXAMPLE,
        error_messages={"required": "Skriv kanalens sista dag."},
    )
    records_kept_at = forms.CharField(
        label="Här finns handlingarna",
        max_length=200,
        help_text="Till exempel: i Torget, hos registratorn. Det står i den publika listan.",
        error_messages={"required": "Skriv var den som vill läsa handlingarna kan vända sig."},
    )
