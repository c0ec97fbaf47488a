"""Pages where a channel comes into the register, and where it is closed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from torget.channels import selectors, services
from torget.channels.life import CloseForm, NewForm
from torget.errors import ChannelRefused
from torget.organisation.access import requires, signed_in
from torget.organisation.permissions import Action


@requires(Action.EDIT_CHANNELS)
def new(request: HttpRequest) -> HttpResponse:
    """Take a channel into the register. By hand it works at once; a sign-in comes later."""
    person, now = signed_in(request), timezone.now()
    units = selectors.units_to_register_at(person, timezone.localdate())
    form = NewForm(request.POST or None, units=units, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            channel = services.register_channel(form.facts(), by=person, now=now)
        except ChannelRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Kanalen står i registret och i den publika listan.")
            return redirect("channels:channel", channel.slug)
    status = 422 if form.is_bound else 200
    return render(request, "channels/new.html", {"form": form}, status=status)


@requires(Action.EDIT_CHANNELS)
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a channel out of use. Saving its last look is done by hand before this."""
    person, today = signed_in(request), timezone.localdate()
    found = selectors.channel_for(person, slug, today)
    if found is None or Action.EDIT_CHANNELS not in found[1]:
        raise Http404
    channel = found[0]
    form = CloseForm(request.POST or None, initial={"closed_on": today.isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            services.close_channel(channel, **form.cleaned_data, by=person, now=timezone.now())
        except ChannelRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Kanalen är stängd. Dess handlingar är kvar.")
            return redirect("channels:channel", channel.slug)
    shown = {"channel": channel, "form": form}
    return render(request, "channels/close.html", shown, status=422 if form.is_bound else 200)
