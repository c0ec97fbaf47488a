"""What the page frame itself serves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from torget.policy.clauses import carries_out
from torget.web import profile
from torget.web.theme import stylesheet

_YEAR = 60 * 60 * 24 * 365


@carries_out("4.1")
def theme(_request: HttpRequest, revision: str) -> HttpResponse:
    """Serve the municipality's colours. An address of older colours leads to today's."""
    today = profile.current()
    if revision != today.revision:
        return redirect("web:theme", today.revision)
    headers = {"Cache-Control": f"public, max-age={_YEAR}, immutable"}
    return HttpResponse(stylesheet(today.accent), content_type="text/css", headers=headers)
