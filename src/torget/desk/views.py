"""Pages: Idag, and the guideline."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from torget.desk.guideline import chapters, states
from torget.desk.today import today as day_of
from torget.organisation.access import needs_sign_in, signed_in
from torget.policy import guideline as printed
from torget.web import menu


@require_safe
@needs_sign_in
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, for others, and what is done today."""
    day = day_of(signed_in(request), timezone.now())
    for view, part in (("moderation:queue", "waiting"), ("byhand:tasks", "by_hand")):
        menu.say_waiting(request, view, day.counts.get(part, 0))
    return render(
        request, "desk/today.html", {"day": day, "write": menu.address("publishing:write")}
    )


@require_safe
@needs_sign_in
def guideline(request: HttpRequest) -> HttpResponse:
    """Show every clause, and what Torget does about it."""
    found = chapters()
    shown = {
        "chapters": found,
        "states": states(found),
        "document": printed.guideline().document,
    }
    return render(request, "desk/guideline.html", shown)
