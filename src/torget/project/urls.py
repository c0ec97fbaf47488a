"""Addresses. The pages of each module are included here and nowhere else."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path


def health(_request: HttpRequest) -> JsonResponse:
    """Say that the server answers."""
    return JsonResponse({"status": "ok"})


urlpatterns = [
    path("halsa/", health, name="health"),
    path("", include("torget.web.urls")),
    path("", include("torget.journal.urls")),
    path("", include("torget.organisation.urls")),
    path("", include("torget.channels.urls")),
    path("", include("torget.moderation.urls")),
    path("", include("torget.publishing.urls")),
    path("", include("torget.records.byhand.urls")),
    path("", include("torget.records.urls")),
    path("", include("torget.desk.urls")),
]
