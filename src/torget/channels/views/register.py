"""The register of channels: what each is, who may act there, and what stands in the way."""

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from torget.channels import selectors, services, words
from torget.channels.forms import ConnectionForm, MandateForm
from torget.channels.models import Channel, Mandate
from torget.errors import MandateRefused, TorgetError
from torget.organisation.access import requires, signed_in
from torget.organisation.models import User
from torget.organisation.permissions import Action, today
from torget.organisation.selectors import people_at
from torget.platforms.contract import Capability, Verb


class Place(NamedTuple):
    """A channel, the person who looks at it, and what that person may do there."""

    channel: Channel
    person: User
    allowed: frozenset[Action]


@requires(Action.READ_CHANNELS)
def register(request: HttpRequest) -> HttpResponse:
    """Show the person's channels, with what is wrong with them."""
    lines = selectors.register(signed_in(request), timezone.now(), timezone.localdate())
    shown = {
        "lines": lines,
        "faulty": sum(bool(line.faults) for line in lines),
        "may_register": Action.EDIT_CHANNELS in today(signed_in(request)),
    }
    return render(request, "channels/register.html", shown)


@requires(Action.READ_CHANNELS)
def channel(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one channel: facts, mandates, capture and what the platform can do."""
    place, now = _place(request, slug), timezone.now()
    mandates = selectors.mandates_on(place.channel, now)
    waits = selectors.waiting(place.channel)
    moderators = {m.person_id for m in mandates if m.may_moderate and m.since <= now}
    shown = {
        "channel": place.channel,
        "connection": getattr(place.channel, "connection", None),
        "mandates": mandates,
        "waits": waits,
        "faults": selectors.faults(place.channel, moderators=len(moderators), waits=len(waits)),
        "capabilities": _capabilities(place.channel),
        "may": place.allowed,
        "now": now,
    }
    return render(request, "channels/channel.html", shown)


@require_POST
@requires(Action.READ_CHANNELS)
def fetch_now(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the channel be swept on the next turn."""
    place = _place(request, slug, Action.EDIT_CHANNELS, Action.READ_QUEUE)
    services.fetch_now(place.channel, now=timezone.now())
    messages.success(request, "Kanalen hämtas så snart det går. Ladda om sidan om en stund.")
    return redirect("channels:channel", slug)


@require_POST
@requires(Action.EDIT_CHANNELS)
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the platform whether the account answers, and show what it said."""
    place = _place(request, slug, Action.EDIT_CHANNELS)
    _check(request, place.channel)
    return redirect("channels:channel", slug)


@sensitive_post_parameters("secret")
@requires(Action.EDIT_CHANNELS)
def connection(request: HttpRequest, slug: str) -> HttpResponse:
    """Change how to sign in to the channel, and try it at once."""
    place = _place(request, slug, Action.EDIT_CHANNELS)
    saved = getattr(place.channel, "connection", None)
    form = ConnectionForm(
        request.POST or None,
        initial={
            "base_url": saved.base_url if saved else place.channel.url,
            "username": saved.username if saved else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        services.save_connection(place.channel, **form.cleaned_data)
        _check(request, place.channel)
        return redirect("channels:channel", slug)
    shown = {"channel": place.channel, "connection": saved, "form": form}
    return render(request, "channels/connection.html", shown, status=_status(form.is_bound))


@requires(Action.GIVE_MANDATE)
def give_mandate(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a manager give someone a mandate on the channel (clauses 4.2, 4.3)."""
    place = _place(request, slug, Action.GIVE_MANDATE)
    today = timezone.localdate()
    people = people_at(place.channel.unit, today).exclude(pk=place.person.pk)
    form = MandateForm(request.POST or None, people=people, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_mandate(
                person=form.cleaned_data["person"],
                channels=[place.channel],
                terms=form.terms(),
                by=place.person,
                now=timezone.now(),
            )
        except MandateRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Uppdraget är givet och gäller från den tid som står här.")
            return redirect("channels:channel", slug)
    shown = {"channel": place.channel, "form": form}
    return render(request, "channels/mandate.html", shown, status=_status(form.is_bound))


@require_POST
@requires(Action.GIVE_MANDATE)
def end_mandate(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """End a mandate at once. One that spans other managers' channels is theirs to end too."""
    place = _place(request, slug, Action.GIVE_MANDATE)
    mandate = get_object_or_404(Mandate, key=key, channels=place.channel)
    try:
        services.revoke_mandate(mandate=mandate, by=place.person, now=timezone.now())
    except MandateRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Uppdraget är avslutat och gäller inte längre.")
    return redirect("channels:channel", slug)


def _place(request: HttpRequest, slug: str, *any_of: Action) -> Place:
    """Return the channel, if the person may see it and do at least one of ``any_of`` there."""
    person = signed_in(request)
    found = selectors.channel_for(person, slug, timezone.localdate())
    if found is None or (any_of and not found[1].intersection(any_of)):
        raise Http404
    return Place(found[0], person, found[1])


def _check(request: HttpRequest, channel: Channel) -> None:
    health = services.check(channel, now=timezone.now())
    if health.ok:
        messages.success(request, "Anslutningen fungerar.")
    else:
        messages.error(request, f"{health.message} {health.remedy}")


def _capabilities(channel: Channel) -> list[tuple[str, str, Capability]]:
    """Return what the platform can do: verb and answer in words, and the data. No network."""
    try:
        can = services.connect(channel).capabilities()
    except TorgetError:
        return []
    return [
        (words.VERBS[verb], words.SUPPORT[can[verb].support], can[verb])
        for verb in Verb
        if verb in can
    ]


def _status(was_sent: bool) -> int:
    return 422 if was_sent else 200
