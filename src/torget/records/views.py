"""Pages of the records: the list, one record, its texts and its files."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from torget.errors import NotPreserved
from torget.organisation.access import requires, signed_in
from torget.organisation.permissions import Action
from torget.records import selectors, services, words
from torget.records.export import export as export_of
from torget.records.forms import PeriodForm
from torget.records.listing import Wanted, listing
from torget.records.models import Attachment, Message, MessageVersion
from torget.records.stems import terms
from torget.records.timeline import timeline
from torget.web.http import key

ASKED = ("q", "kanal", "lage", "riktning", "slag", "fran", "till")
MOST = 200  # signs of a query
LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
@requires(Action.READ_RECORDS)
def records(request: HttpRequest) -> HttpResponse:
    """List the records, newest first: all, or those that hold some words and are of a kind."""
    asked = request.GET
    period = PeriodForm(asked)
    period.full_clean()
    days = period.cleaned_data
    wanted = Wanted(
        query=asked.get("q", "").strip()[:MOST],
        channel=asked.get("kanal", ""),
        seen=asked.get("lage", ""),
        direction=asked.get("riktning", ""),
        kind=asked.get("slag", ""),
        since=days.get("fran"),
        until=days.get("till"),
        before=key(asked.get("fore", "")),
    )
    kept = {name: asked[name] for name in ASKED if asked.get(name)}
    shown = {
        "listing": listing(signed_in(request), wanted, timezone.localdate()),
        "wanted": wanted,
        "period": period,
        "wordless": bool(wanted.query) and not terms(wanted.query),
        "states": Message.Seen.choices,
        "directions": Message.Direction.choices,
        "kinds": words.KINDS.items(),
        "query": urlencode(kept),
    }
    return render(request, "records/list.html", shown)


@require_safe
@requires(Action.READ_RECORDS)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one record, whole. The first time a person opens it is noted, and nothing else."""
    person = signed_in(request)
    message = selectors.message_for(person, pk)
    services.note_knowledge(message, by=person.actor, at=timezone.now())
    printed = "utskrift" in request.GET
    shown = {
        "timeline": timeline(message),
        "layout": "records/print.html" if printed else "web/base.html",
        "printed": printed,
    }
    return render(request, "records/record.html", shown)


@require_safe
@never_cache
@requires(Action.READ_RECORDS)
def text(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """Give the whole text of one version as a file."""
    message = selectors.message_for(signed_in(request), pk)
    version = MessageVersion.objects.filter(message=message, n=n, payload__isnull=False).first()
    if version is None:
        raise Http404
    said = selectors.content(version).text.encode("utf-8", "backslashreplace")
    return _file(said, f"{message.torget_nr}-version-{n}.txt", "text/plain; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(Action.READ_RECORDS)
def attachment(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """Give a file to a person who chose to open it. The first time is a choice: POST."""
    person = signed_in(request)
    message = selectors.message_for(person, pk)
    rows = Attachment.objects.filter(version__message=message, n=n).order_by("-version__n")
    if asked := key(request.GET.get("version", "")):
        rows = rows.filter(version__n=asked)
    row = rows.first()
    if row is None:
        raise Http404
    if request.method != "POST" and row.state != Attachment.State.OPENED:
        return redirect("records:record", pk)
    try:
        data = services.open_attachment(row, by=person.actor, at=timezone.now())
    except NotPreserved as problem:
        return render(request, "web/problem.html", {"problem": problem}, status=404)
    return _file(data, f"{message.torget_nr}-bilaga-{n}", "application/octet-stream")


@require_POST
@never_cache
@requires(Action.READ_RECORDS)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a record as a file that proves itself. It is noted in the journal: so POST."""
    person = signed_in(request)
    message = selectors.message_for(person, pk)
    services.note_knowledge(message, by=person.actor, at=timezone.now())
    try:
        data = export_of(message, by=person.actor, at=timezone.now())
    except NotPreserved as problem:
        return render(request, "web/problem.html", {"problem": problem}, status=409)
    return _file(data, f"{message.torget_nr}-export.zip", "application/zip")


def _file(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Return bytes from others so that no browser runs, shows or guesses anything of them."""
    return HttpResponse(
        data,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": LOCKED,
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )
