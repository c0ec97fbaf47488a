"""Pages of what was written: the list, one post, and what is done with it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from torget.errors import TorgetError
from torget.organisation.access import requires, signed_in
from torget.organisation.permissions import Action
from torget.publishing import history, selectors, services
from torget.publishing.models import Dispatch, PostMedia
from torget.publishing.selectors import Tab
from torget.records import vault


@require_safe
@requires(Action.WRITE_POSTS)
def listing(request: HttpRequest) -> HttpResponse:
    """List drafts of one's own, and what was ordered where one works."""
    try:
        tab = Tab(request.GET.get("vy", ""))
    except ValueError:
        tab = Tab.DRAFTS
    found = selectors.listing(signed_in(request), tab, request.GET.get("sida", 1))
    context = {
        "listing": found,
        "tabs": [(each, found.counts.get(each)) for each in Tab],
        "tab": tab,
    }
    return render(request, "publishing/list.html", context)


@require_safe
@requires(Action.WRITE_POSTS)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one post: its words, how far it has come on each channel, and its history."""
    return _page(request, pk)


@require_safe
@never_cache
@requires(Action.WRITE_POSTS)
def picture(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Show a picture that was handed in: checked, and made only of what draws it."""
    found = selectors.post_for(signed_in(request), pk)
    rows = PostMedia.objects.filter(key=key)
    row = rows.filter(
        Q(pk=found.picture_id or 0) | Q(pk__in=found.dispatches.values("picture"))
    ).first()
    if row is None:
        raise Http404
    data = vault.read(row.address, bytes(row.secret))
    return HttpResponse(
        data,
        content_type=row.media_type,
        headers={
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
@requires(Action.WRITE_POSTS)
def approve(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Let what another has ordered be sent."""
    reason = request.POST.get("reason", "")
    return _do(
        request,
        pk,
        key,
        lambda one: services.approve(one, by=signed_in(request), now=timezone.now(), reason=reason),
        "Inlägget är godkänt.",
    )


@require_POST
@requires(Action.WRITE_POSTS)
def withdraw(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Take an approval back."""
    return _do(
        request,
        pk,
        key,
        lambda one: services.withdraw_approval(one, by=signed_in(request), now=timezone.now()),
        "Godkännandet är taget tillbaka. Inlägget väntar igen.",
    )


@require_POST
@requires(Action.WRITE_POSTS)
def cancel(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Take an order back before it is sent."""
    return _do(
        request,
        pk,
        key,
        lambda one: services.cancel(one, by=signed_in(request), now=timezone.now()),
        "Inlägget är återtaget. Ingenting skickas.",
    )


@require_POST
@requires(Action.WRITE_POSTS)
def take_down(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Take what stands on a page down."""
    reason = request.POST.get("reason", "")
    return _do(
        request,
        pk,
        key,
        lambda one: services.take_down(
            one, reason=reason, by=signed_in(request), now=timezone.now()
        ),
        "Inlägget tas ner. Det sparas som det står först.",
    )


def _do(
    request: HttpRequest, pk: int, key: UUID, act: Callable[[Dispatch], object], told: str
) -> HttpResponse:
    """Do something with what was ordered, and show the post again."""
    found = selectors.post_for(signed_in(request), pk)
    related = ("channel__connection", "channel__authority", "message", "post")
    one = found.dispatches.select_related(*related).filter(key=key).first()
    if one is None:
        raise Http404
    try:
        act(one)
    except TorgetError as error:
        return _page(request, pk, problem=error, status=422)
    messages.success(request, told)
    return redirect("publishing:post", pk)


def _page(
    request: HttpRequest, pk: int, problem: TorgetError | None = None, status: int = 200
) -> HttpResponse:
    person = signed_in(request)
    found = selectors.post_for(person, pk)
    related = ("channel", "ordered_by", "approved_by", "picture", "post")
    rows = found.dispatches.select_related(*related, "message__latest__payload")
    ordered = list(rows.defer("message__latest__payload__raw").order_by("-pk"))
    standing = (*Dispatch.UNFINISHED, Dispatch.State.CONFIRMED)
    context = {
        "post": found,
        "told": history.tell(ordered, person, now=timezone.now()),
        "steps": history.steps(ordered),
        "draft": found.author == person and not any(d.state in standing for d in ordered),
        "weedable": found.author == person and not ordered,
        "problem": problem,
    }
    return render(request, "publishing/post.html", context, status=status)
