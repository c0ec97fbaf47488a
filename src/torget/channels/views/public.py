"""The public directory: no person, no session, no cookie, no script (clause 4.4)."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from torget.channels import selectors
from torget.channels.models import Channel


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Show the municipality's channels, or those that hold the words in ``q``."""
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    shown = {
        "directory": selectors.directory(words),
        "words": words,
        "today": timezone.localdate(),
    }
    return render(request, "channels/directory.html", shown)


@require_safe
@conditional_page
def directory_json(_request: HttpRequest) -> HttpResponse:
    """Return the same directory for machines, to whoever asks and from wherever (schema.org)."""
    found = selectors.directory()
    in_use = [channel for group in found.groups for channel in group.channels]
    organisation = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": settings.TORGET.municipality,
        "sameAs": [channel.url for channel in in_use],
        "subOrganization": [
            {
                "@type": "GovernmentOrganization",
                "name": name,
                "sameAs": [channel.url for channel in channels if channel in in_use],
                "subjectOf": [_page(channel) for channel in channels],
            }
            for name, channels in _by_unit([*in_use, *found.closed])
        ],
    }
    answer = JsonResponse(organisation, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def _by_unit(channels: list[Channel]) -> Iterator[tuple[str, list[Channel]]]:
    for unit in dict.fromkeys(channel.unit.name for channel in channels):
        yield unit, [channel for channel in channels if channel.unit.name == unit]


def _page(channel: Channel) -> dict[str, object]:
    """Return a channel as a page about its unit. Closed ones have a last day."""
    told = {
        "@type": "ProfilePage",
        "name": channel.name,
        "url": channel.url,
        "isPartOf": {"@type": "WebSite", "name": channel.platform_name},
        "description": channel.purpose,
        "creativeWorkStatus": channel.status,
        "dateCreated": channel.since.isoformat(),
        "expires": channel.closed_on.isoformat() if channel.closed_on else "",
        "archivedAt": channel.records_kept_at,
    }
    return {name: value for name, value in told.items() if value}
