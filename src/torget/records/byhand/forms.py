"""Forms of what is brought in, and of the steps that a person carries out."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from torget.channels.models import GuidedStep
from torget.channels.services import Proof
from torget.errors import PictureRefused
from torget.platforms.contract import Kind
from torget.platforms.manual import tidy
from torget.records.byhand import pictures
from torget.records.byhand.matching import Pasted
from torget.records.byhand.models import HandEntry
from torget.records.byhand.reading import MOST, Read
from torget.records.byhand.times import moment

_PLAIN = {"autocomplete": "off"}
_KINDS = [
    (Kind.COMMENT.value, "En kommentar från någon annan"),
    (Kind.POST.value, "Ett inlägg från oss"),
    (Kind.REPLY.value, "Ett svar från oss"),
]


def _address(told: str) -> str:
    if told and not tidy(told):
        raise forms.ValidationError("Det där är ingen webbadress. Den börjar med https.")
    return told


class PictureField(forms.FileField):
    """A picture, looked into whatever its name says. Gives its bytes; None when there is none."""

    widget = forms.FileInput(attrs={"accept": pictures.ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 Django's own
        """Return the bytes.

        Raises:
            ValidationError: no picture that can be kept.
        """
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            if file.size and file.size > pictures.LARGEST:
                raise pictures.too_large()
            bytes_of = file.read()
            pictures.media_type(bytes_of)
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return bytes_of


class PostField(forms.CharField):
    """The post that something belongs to: its address, or some words of it."""

    def __init__(self) -> None:
        super().__init__(
            label="Inlägget det hör till",
            required=False,
            max_length=500,
            widget=forms.TextInput(attrs=_PLAIN | {"list": "inlagg"}),
            help_text="Inläggets adress, eller några ord ur det.",
        )


class PasteForm(forms.Form):
    """Everything in one go: what is copied from the page."""

    post = PostField()
    pasted = forms.CharField(
        label="Klistra in det du har kopierat",
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8, "autofocus": True, "spellcheck": "false"}),
        help_text="Namn, text och tid, som det står på sidan. Flera går bra: en tom rad mellan.",
    )


class ItemForm(forms.Form):
    """One message, as it will be saved."""

    text = forms.CharField(
        label="Texten",
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        error_messages={"required": "Klistra in texten, precis som den står."},
    )
    author = forms.CharField(
        label="Namn eller användarnamn",
        max_length=200,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text="Som det står på sidan, till exempel Kim Berg (@kimberg).",
        error_messages={"required": "Skriv namnet, eller kryssa i att det inte syns."},
    )
    unnamed = forms.BooleanField(label="Namnet syns inte på sidan", required=False)
    time = forms.CharField(
        label="Tid",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text="Som det står på sidan: 3 tim, igår 14:05, 24 november kl. 09.42.",
    )
    address = forms.CharField(
        label="Egen adress",
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "url"}),
        help_text="Om meddelandet har en. Ofta döljer den sig bakom tiden.",
    )
    picture = PictureField(
        label="Skärmbild", required=False, help_text="PNG eller JPEG, högst 10 MB."
    )
    kind = forms.ChoiceField(label="Det här är", choices=_KINDS, initial=Kind.COMMENT.value)
    same = forms.BooleanField(
        label="Det är samma meddelande: den som skrev har bytt namn", required=False
    )

    def clean_text(self) -> str:
        """Keep the text as it stands; only line ends are made alike, and it must say something."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        if not text.strip():
            raise forms.ValidationError("Klistra in texten, precis som den står.")
        return text

    def clean_time(self) -> str:
        """Refuse what is no time: a guess would be evidence of something nobody saw."""
        told: str = self.cleaned_data["time"].strip()
        if told and moment(told, timezone.now()) is None:
            raise forms.ValidationError(
                "Torget förstår inte tiden. Skriv den som 24 november 2026 kl. 09.42, eller 3 tim."
            )
        return told

    def clean_address(self) -> str:
        """Refuse what is no address."""
        return _address(self.cleaned_data["address"].strip())

    def clean(self) -> dict[str, Any]:
        """Ask for a name, unless it is our own, or the person says that there is none to see."""
        told = super().clean() or self.cleaned_data
        if told.get("unnamed") or told.get("kind") != Kind.COMMENT:
            self.errors.pop("author", None)
            told.setdefault("author", "")
        return told

    def pasted(self, post: str, now: datetime) -> Pasted:
        """Return what is to be saved."""
        told = self.cleaned_data
        return Pasted(
            text=told["text"],
            author="" if told["unnamed"] else told["author"],
            time=told["time"],
            moment=moment(told["time"], now) if told["time"] else None,
            address=told["address"],
            post=post,
            kind=Kind(told["kind"]),
            pictures=(told["picture"],) if told["picture"] else (),
            same=told["same"],
        )


if TYPE_CHECKING:
    _FormSet = forms.BaseFormSet[ItemForm]
else:  # at run time the class takes no parameter
    _FormSet = forms.BaseFormSet


class Items(_FormSet):
    """The messages on the page. Those that are left empty do not count."""

    def clean(self) -> None:
        """Ask for at least one."""
        if not any(form.has_changed() for form in self.forms):
            raise forms.ValidationError("Fyll i minst ett meddelande.")


ItemFormSet: type[Items] = forms.formset_factory(  # type: ignore[assignment]
    ItemForm, formset=Items, extra=0, max_num=MOST, absolute_max=MOST
)


def as_initial(found: Read) -> Mapping[str, Any]:
    """Return what was read as a form holds it."""
    return {
        "text": found.text,
        "author": found.author,
        "time": found.time,
        "address": found.address,
        "kind": Kind.COMMENT.value,
    }


class DoneForm(forms.Form):
    """What shows that a step is done."""

    address = forms.CharField(
        label="Adressen på plattformen",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "url"}),
    )
    picture = PictureField(
        label="Skärmbild", required=False, help_text="PNG eller JPEG, högst 10 MB."
    )
    seen_done = forms.BooleanField(
        label="Jag har tittat på sidan utan att vara inloggad, och det är gjort", required=False
    )

    def __init__(self, *args: Any, step: GuidedStep, **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """Ask for what the step needs."""
        super().__init__(*args, **kwargs)
        if step.sends:
            del self.fields["seen_done"]
            self.fields["address"].help_text = "Den är beviset. Saknas den: bifoga en skärmbild."
        else:
            del self.fields["address"]

    def clean_address(self) -> str:
        """Refuse what is no address."""
        return _address(self.cleaned_data["address"].strip())

    def proof(self) -> Proof:
        """Return what the person has to show."""
        told = self.cleaned_data
        return Proof(
            address=told.get("address", ""),
            picture=bool(told["picture"]),
            seen_done=told.get("seen_done", False),
        )


class FailedForm(forms.Form):
    """Why a step could not be done."""

    reason = forms.ChoiceField(
        label="Varför?",
        choices=[("", "Välj"), *GuidedStep.Reason.choices],
        error_messages={"required": "Välj varför det inte gick."},
    )


class WrongForm(forms.Form):
    """Why something should not have been brought in."""

    why = forms.ChoiceField(choices=HandEntry.Wrong.choices)
