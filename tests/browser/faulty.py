"""The addresses in use, and two that answer with an error."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def refused(_request: HttpRequest) -> HttpResponse:
    """Answer as a page does that the person may not see."""
    raise PermissionDenied


def broken(_request: HttpRequest) -> HttpResponse:
    """Answer as a page does that has a fault."""
    raise ZeroDivisionError


urlpatterns = [
    path("prov/refused/", refused),
    path("prov/broken/", broken),
    path("", include("torget.project.urls")),
]
