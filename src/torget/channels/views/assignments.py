"""The page of mandates: who may act, whose time runs out, and who could speak for us when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from torget.channels import selectors
from torget.channels.forms import WhoForm
from torget.organisation.access import requires, signed_in
from torget.organisation.permissions import Action
from torget.policy.clauses import carries_out
from torget.policy.parameters import number
from torget.web.http import key


@carries_out("4.2", "4.3")
@require_safe
@requires(Action.READ_CHANNELS)
def mandates(request: HttpRequest) -> HttpResponse:
    """Show the mandates that concern the person, and answer who held one at a second."""
    person, now, on = signed_in(request), timezone.now(), timezone.localdate()
    channels = selectors.channels_asked_about(person, on)
    asked = "dag" in request.GET or "tid" in request.GET
    form = WhoForm(request.GET if asked else None, channels=channels)
    shown = {
        "found": selectors.assignments(person, now, on, before=key(request.GET.get("fore", ""))),
        "form": form,
        "me": person,
        "now": now,
        "notice": number("mandate_notice_days"),
        "givable": selectors.givable(person, channels, on),
    }
    if asked and form.is_valid():
        moment = form.moment()
        chosen = [each for each in channels if form.cleaned_data["kanal"] in ("", each.slug)]
        shown |= {
            "moment": moment,
            "future": moment > now,
            "speakers": selectors.speakers(chosen, moment, timezone.localdate(moment)),
        }
    return render(request, "channels/mandates.html", shown)
