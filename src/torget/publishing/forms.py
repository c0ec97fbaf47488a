"""The forms of publishing: what one writes, and the reasons one is asked for."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from torget.publishing.found import Words
from torget.publishing.services import Upload

DAYS = ["%Y-%m-%d"]
TIMES = ["%H.%M", "%H:%M"]
LONGEST = 70_000
_CHECKED = re.compile(r"kollat-([a-z0-9._]+-[0-9a-f]{10})")


class WriteForm(forms.Form):
    """A post or an answer. Everything may be empty: a draft is saved as far as it has come."""

    title = forms.CharField(max_length=200, required=False)
    text = forms.CharField(max_length=LONGEST, required=False, strip=False)
    alt = forms.CharField(max_length=500, required=False)
    picture = forms.FileField(required=False, allow_empty_file=True)
    drop_picture = forms.BooleanField(required=False)
    later = forms.BooleanField(required=False)
    day = forms.DateField(
        input_formats=DAYS,
        required=False,
        error_messages={"invalid": "Skriv dagen som 2026-01-31."},
    )
    clock = forms.TimeField(
        input_formats=TIMES,
        required=False,
        error_messages={"invalid": "Skriv tiden som 16.00."},
    )
    data: QueryDict

    def __init__(self, data: QueryDict, files: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data, files)

    def clean(self) -> dict[str, object]:
        """See to that a later time is a day and a time."""
        told = super().clean() or {}
        if told.get("later") and "day" not in self.errors and "clock" not in self.errors:
            if not told.get("day"):
                self.add_error("day", "Skriv vilken dag.")
            if told.get("clock") is None:
                self.add_error("clock", "Skriv vilken tid.")
        return told

    @property
    def at(self) -> datetime | None:
        """When it is to be published, by the municipality's own clock; None for now."""
        day, clock = self.cleaned_data.get("day"), self.cleaned_data.get("clock")
        if not self.cleaned_data.get("later") or day is None or clock is None:
            return None
        return timezone.make_aware(datetime.combine(day, time(clock.hour, clock.minute)))

    @property
    def upload(self) -> Upload | None:
        """The picture that was handed in, if any."""
        file = self.cleaned_data.get("picture")
        return Upload(name=file.name or "bild", data=file.read()) if file else None

    @property
    def chosen(self) -> set[int]:
        """The keys of the channels that are ticked."""
        given = self.data.getlist("channels")
        return {int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 19}

    @property
    def checked(self) -> dict[str, str]:
        """What the author says that they have looked at, and why it is all right."""
        return dict(self._checked())

    def words(self, *, has_picture: bool, answers: bool) -> Words:
        """Return what was written as the checks read it, whether or not it is all right."""
        text = self.data.get("text", "")[:LONGEST].replace("\r\n", "\n").strip()
        return Words(
            text=text,
            title=" ".join(self.data.get("title", "").split())[:200],
            alt=self.data.get("alt", "")[:500],
            has_picture=has_picture,
            answers=answers,
        )

    def _checked(self) -> Iterator[tuple[str, str]]:
        for name in self.data:
            if found := _CHECKED.fullmatch(name):
                yield found[1], self.data.get(f"varfor-{found[1]}", "")[:300]
