"""Pages of the comments: the list, one comment, its decision and its undoing."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from torget.errors import AlreadyDecided, IncompleteJudgement, MessageChanged, TorgetError
from torget.moderation import selectors, services
from torget.moderation.detail import Detail, detail
from torget.moderation.forms import DecisionForm
from torget.moderation.models import Decision
from torget.moderation.selectors import Filter
from torget.organisation.access import needs_sign_in, signed_in
from torget.records import services as records
from torget.records.models import Message
from torget.web.http import go_to
from torget.web.menu import say_waiting


@require_safe
@needs_sign_in
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision, or what has been decided."""
    context = _list(request) | {"just_decided": _just_decided(request)}
    return render(request, "moderation/queue.html", context)


@require_safe
@needs_sign_in
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one comment. The first time a person opens it is noted, and nothing else is written."""
    person, now = signed_in(request), timezone.now()
    found = selectors.message_for(person, pk, on=_today())
    records.note_knowledge(found, by=person.actor, at=now)
    return _page(request, detail(found, person, now=now))


@require_safe
@needs_sign_in
def news(request: HttpRequest) -> HttpResponse:
    """Say how many comments have come since the page was made. 204 when there is nothing to say."""
    since, told = (_number(request, name) for name in ("sedan", "visat"))
    count = selectors.newer(signed_in(request), since, on=_today())
    if count == told:
        return HttpResponse(status=204)
    context = {"newest": since, "news": count, "chosen": _chosen(request)}
    return render(request, "moderation/parts/news.html", context)


@require_POST
@needs_sign_in
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a decision, and go on to the next comment. Works with and without JavaScript."""
    person, now = signed_in(request), timezone.now()
    found = selectors.message_for(person, pk, on=_today())
    form = DecisionForm(request.POST)
    if form.is_valid():
        seen = selectors.sight(found, form.cleaned_data["seen"])
        before, after = selectors.neighbours(person, pk, on=_today(), chosen=_chosen(request))
        try:
            decision = services.decide(
                sight=seen, judgement=form.cleaned_data["judgement"], by=person, now=now
            )
        except TorgetError as error:
            return _asked_again(request, found, form, error)
        return go_to(request, _after(request, decision, after or before))
    return _page(request, detail(found, person, now=now), form=form, status=422)


@require_POST
@needs_sign_in
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the decision that stands, and show the comment again."""
    person, now = signed_in(request), timezone.now()
    found = selectors.message_for(person, pk, on=_today())
    seen = selectors.sight(found, request.POST.get("seen", ""))
    try:
        services.undo(sight=seen, by=person, now=now)
    except TorgetError as error:
        return _asked_again(request, found, None, error)
    return go_to(request, _address(request, found.pk))


def _asked_again(
    request: HttpRequest, found: Message, form: DecisionForm | None, error: TorgetError
) -> HttpResponse:
    """Show what is so now, with what was typed still there and the reason above it."""
    found = selectors.message_for(signed_in(request), found.pk, on=_today())
    if form is not None and isinstance(error, IncompleteJudgement):
        form.add_error(error.part, f"{error.message} {error.remedy}")
    shown = detail(found, signed_in(request), now=timezone.now())
    return _page(request, shown, form=form, problem=error, status=422)


def _page(
    request: HttpRequest,
    shown: Detail,
    form: DecisionForm | None = None,
    problem: TorgetError | None = None,
    status: int = 200,
) -> HttpResponse:
    person = signed_in(request)
    chosen = _chosen(request)
    before, after = selectors.neighbours(person, shown.message.pk, on=_today(), chosen=chosen)
    context = {
        "detail": shown,
        "form": form,
        "values": _values(shown, form),
        "citations": DecisionForm().fields["ready"].choices,  # type: ignore[attr-defined]
        "bases": DecisionForm().fields["basis"].choices,  # type: ignore[attr-defined]
        "problem": problem,
        "stale": isinstance(problem, AlreadyDecided | MessageChanged),
        "just_decided": _just_decided(request),
        "before": before and _address(request, before),
        "after": after and _address(request, after),
        "query": _query(request),
        "chosen": chosen,
    }
    if request.headers.get("HX-Request"):
        return render(request, "moderation/parts/detail.html", context, status=status)
    context |= _list(request, shown.message.pk)
    return render(request, "moderation/queue.html", context, status=status)


def _list(request: HttpRequest, selected: int | None = None) -> dict[str, object]:
    chosen = _chosen(request)
    found = selectors.queue(
        signed_in(request), on=_today(), chosen=chosen, page=request.GET.get("sida", 1)
    )
    say_waiting(request, "moderation:queue", found.counts[Filter.ALL])
    return {
        "queue": found,
        "filters": [(each, found.counts.get(each)) for each in Filter],
        "chosen": chosen,
        "selected": selected,
        "query": _query(request),
        "newest": found.newest,
    }


def _values(shown: Detail, form: DecisionForm | None) -> dict[str, object]:
    """Return what the form's fields hold: what was typed, or what is suggested."""
    if form is not None:
        data = form.data
        return {
            "grounds": data.getlist("grounds"),  # type: ignore[attr-defined]
            **{name: data.get(name, "") for name in _TYPED},
            "own": bool(data.get("reason")),
        }
    ticked = [tile.ground.value for tile in shown.tiles if tile.ticked]
    empty: dict[str, object] = dict.fromkeys(_TYPED, "")
    return empty | {"grounds": ticked, "basis": "guideline", "reason": shown.standard_reason}


_TYPED = ("ready", "citation", "basis", "reason", "passed_to", "urgent")


def _just_decided(request: HttpRequest) -> dict[str, object] | None:
    """Return the decision that the person made a moment ago, to be named and undone."""
    if not (number := _number(request, "beslut")):
        return None
    decision = selectors.made_by(signed_in(request), number)
    if decision is None:
        return None
    message = decision.message
    content = selectors.said(message.latest)
    return {
        "decision": decision,
        "author": content.author.name if content else "",
        "token": selectors.sight(message).token,
    }


def _after(request: HttpRequest, decision: Decision, following: int | None) -> str:
    place = _address(request, following) if following else resolve_url("moderation:queue")
    return f"{place}{'&' if '?' in place else '?'}{urlencode({'beslut': decision.pk})}"


def _address(request: HttpRequest, pk: int) -> str:
    return resolve_url("moderation:message", pk) + _query(request)


def _query(request: HttpRequest) -> str:
    """Return which part of the queue one is in, as it is carried from page to page."""
    chosen = _chosen(request)
    return "" if chosen is Filter.ALL else f"?{urlencode({'vy': chosen.value})}"


def _chosen(request: HttpRequest) -> Filter:
    try:
        return Filter(request.GET.get("vy", ""))
    except ValueError:
        return Filter.ALL


def _number(request: HttpRequest, name: str) -> int:
    """Return a number of the query string; 0 for what is none."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0


def _today() -> date:
    return timezone.localdate()
