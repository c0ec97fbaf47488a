"""A gallery of every part that pages are put together from, for tests only."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils import timezone

from torget.errors import TorgetError
from torget.organisation.models import User
from torget.web.text import Mark

GROUNDS = {
    "a": "Förtal, personangrepp",
    "b": "Hets, trakasserier",
    "c": "Våld, pornografi",
    "d": "Uppmaning till brott",
    "e": "Upphovsrätt",
    "f": "Svordomar",
    "g": "Reklam",
    "h": "Sekretess",
    "law": "Annan lag",
}
TEXT = (
    "Klart att trafikplanen blev ett skämt när Lena på gatukontoret är en korrupt idiot som tar"
    " emot mutor av byggbolaget. Någon borde åka hem till henne på Storgatan 14 och slå sönder"
    " bilen så hon fattar."
)
HOSTILE = "<script>alert(1)</script> \u202egnidnalp\u202c a\u200bb \ud800 \x00 " + "x" * 200


def permissions(_user: User) -> frozenset[str]:
    """Anna may see every page."""
    return frozenset({"read_queue", "read_channels", "read_records"})


def waiting(_user: User) -> int:
    """Seven comments wait."""
    return 7


class SomeoneSignedIn:
    """Middleware: everyone is Anna, without a database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = User(name="Anna Sandell", title="Kommunikatör", email="anna@torget.example")
        return self._get_response(request)


class EveryField(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Namn", help_text="Så som det står på kanalen.")
    address = forms.URLField(label="Adress", required=False, assume_scheme="https")
    text = forms.CharField(label="Motivering", widget=forms.Textarea(attrs={"rows": 3}))
    platform = forms.ChoiceField(label="Plattform", choices=[("", "Välj"), ("blog", "Blogg")])
    powers = forms.MultipleChoiceField(
        label="Befogenheter",
        choices=[("write", "Skriva"), ("approve", "Godkänna")],
        widget=forms.CheckboxSelectMultiple,
    )
    basis = forms.ChoiceField(
        label="Grund",
        choices=[("api", "Genom anslutning"), ("manual", "För hand")],
        widget=forms.RadioSelect,
        required=False,
    )
    open = forms.BooleanField(label="Kommentarer är öppna", required=False)


def comments() -> list[SimpleNamespace]:
    """Return comments of several kinds, harmful and lawful."""
    now = timezone.now()
    rows = [
        (4821, "Roland Ek", "facebook", 6, TEXT, "ad", True),
        (4820, "Deal-Expressen SE", "wordpress", 10, "Köp märkeskläder −70 % idag!!!", "g", False),
        (4818, "Maja L", "instagram", 27, "Hej! Min grannes son är placerad hos er.", "h", True),
        (4815, "Kjell-Åke", "youtube", 51, "Vilket jävla tjat i två timmar.", "f", False),
        (4811, HOSTILE[:60], "okänd", 130, HOSTILE, "e", False),
        (4809, "Sara Öberg", "mastodon", 1020, "Nämnden har skött det här uselt.", "", False),
    ]
    return [
        SimpleNamespace(
            id=number,
            author=author,
            platform=platform,
            at=now - timedelta(minutes=minutes),
            text=text,
            letters=[(letter, GROUNDS[letter]) for letter in letters],
            urgent=urgent,
        )
        for number, author, platform, minutes, text, letters, urgent in rows
    ]


def marks() -> list[Mark]:
    """Point at two parts of ``TEXT``."""
    insult, threat = "Lena på gatukontoret är en korrupt idiot", "åka hem till henne"
    return [
        Mark(TEXT.index(insult), TEXT.index(insult) + len(insult), "a", "4:10 a, Förtal"),
        Mark(TEXT.index(threat), TEXT.index(threat) + len(threat), "d", "4:10 d, Uppmaning"),
    ]


def parts(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Kanalen är sparad.")
    pages = Paginator([str(n) for n in range(500)], 20)
    context = {
        "form": EveryField(),
        "page": pages.page(7),
        "rows": comments(),
        "now": timezone.now(),
        "hostile": HOSTILE,
    }
    return render(request, "gallery/parts.html", context)


def faulty(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/faulty.html", {"form": EveryField({})}, status=422)


def queue(request: HttpRequest, number: int | None = None) -> HttpResponse:
    rows = comments()
    chosen = next((row for row in rows if row.id == number), rows[0])
    context = {
        "rows": rows,
        "chosen": chosen,
        "explicit": number is not None,
        "grounds": GROUNDS,
        "marks": marks() if chosen.text == TEXT else [],
        "keys": request.GET.get("tangenter", "on"),
    }
    part = "#detalj" if request.headers.get("HX-Request") else ""
    return render(request, f"gallery/queue.html{part}", context)


def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Decide, and go on to the next comment."""
    numbers = [row.id for row in comments()]
    return queue(request, numbers[numbers.index(number) + 1])


def news(request: HttpRequest) -> HttpResponse:
    return HttpResponse("3 nya")


def public(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/public.html", {"rows": comments()})


def door(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/door.html", {"form": EveryField()})


def told(request: HttpRequest) -> HttpResponse:
    raise TorgetError("Kanalen svarar inte.", remedy="Kontrollera adressen och försök igen.")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a bug")


def absent(request: HttpRequest) -> HttpResponse:
    raise Http404


moderation = (
    [
        path("", queue, name="queue"),
        path("nya/", news, name="news"),
        path("<int:number>/", queue, name="one"),
        path("<int:number>/beslut/", decide, name="decide"),
    ],
    "moderation",
)
channels = ([path("", parts, name="register")], "channels")
account = (
    [path("konto/", parts, name="account"), path("ut/", parts, name="sign_out")],
    "organisation",
)
records = ([path("", faulty, name="list")], "records")
urlpatterns = [
    path("", include("torget.web.urls")),
    path("kommentarer/", include(moderation)),
    path("delar/", include(channels)),
    path("fel-i-formular/", include(records)),
    path("mitt/", include(account)),
    path("publikt/", public),
    path("dorr/", door),
    path("sagt/", told),
    path("trasig/", broken),
    path("saknas/", absent),
]
