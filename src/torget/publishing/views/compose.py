"""Pages where one writes: a new post, a draft, an answer, a change."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from torget.channels.models import Channel
from torget.errors import TorgetError
from torget.organisation.access import requires, signed_in
from torget.organisation.permissions import Action
from torget.platforms.contract import Verb
from torget.publishing import composer, selectors, services
from torget.publishing.composer import Place
from torget.publishing.forms import WriteForm
from torget.publishing.found import Words
from torget.publishing.models import Dispatch, Post
from torget.records import selectors as kept
from torget.records.models import Message
from torget.web.http import key as number
from torget.web.when import clock

_READ = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Desk:
    """What someone is writing on, and where it may go."""

    post: Post | None
    answers: Message | None
    channels: list[Channel]

    @property
    def verb(self) -> Verb:
        """What is done when it is sent."""
        return Verb.REPLY if self.answers else Verb.PUBLISH


@require_http_methods(_READ)
@requires(Action.WRITE_POSTS)
def write(request: HttpRequest) -> HttpResponse:
    """Write a new post, or an answer to what ``svar_pa`` names."""
    about = request.GET.get("svar_pa", "")
    person = signed_in(request)
    answers = selectors.answerable(person, number(about)) if about else None
    return _write(request, _desk(request, None, answers))


@require_http_methods(_READ)
@requires(Action.WRITE_POSTS)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft of one's own."""
    post = selectors.draft_for(signed_in(request), pk)
    if not selectors.is_draft(post):
        return redirect("publishing:post", pk)
    return _write(request, _desk(request, post, post.answers))


@require_POST
@requires(Action.WRITE_POSTS)
def check(request: HttpRequest) -> HttpResponse:
    """Say what the checks say of what is written so far. Saves nothing."""
    form = WriteForm(request.POST)
    form.is_valid()
    on = selectors.channels_to_write_on(signed_in(request), timezone.now())
    answers = bool(request.POST.get("answers"))
    chosen = [channel for channel in on if channel.pk in form.chosen]
    words = form.words(has_picture=bool(request.POST.get("has_picture")), answers=answers)
    shown = composer.panel(words, chosen, form.checked, later=bool(form.data.get("later")))
    changing = bool(request.POST.get("changing"))
    context = {"panel": shown, "channels": chosen, "changing": changing}
    return render(request, "publishing/parts/panel.html", context)


@require_POST
@requires(Action.WRITE_POSTS)
def weed(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away a draft of one's own that was never ordered."""
    post = selectors.draft_for(signed_in(request), pk)
    try:
        services.weed_draft(post)
    except TorgetError as error:
        messages.error(request, str(error))
        return redirect("publishing:post", pk)
    messages.success(request, "Utkastet är slängt.")
    return redirect("publishing:list")


@require_http_methods(_READ)
@requires(Action.WRITE_POSTS)
def change(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Change what stands on a page."""
    person = signed_in(request)
    post = selectors.post_for(person, pk)
    first = get_object_or_404(
        Dispatch.objects.published().select_related("channel__connection", "message"),
        post=post,
        key=key,
    )
    said = kept.content(kept.latest_version(first.message)) if first.message else None
    if said is None:
        raise Http404
    form = WriteForm(request.POST) if request.method == "POST" else None
    problem, status = None, 200
    if form is not None:
        words, status = form.words(has_picture=False, answers=post.answers_id is not None), 422
        wanted = services.Change(text=words.text, title=words.title, checked=form.checked)
        try:
            if form.is_valid():
                services.edit(first, wanted, by=person, now=timezone.now())
                messages.success(request, "Ändringen är beställd.")
                return redirect("publishing:post", pk)
        except TorgetError as error:
            problem = error
    else:
        words = Words(text=said.text, title=said.thread_title, answers=post.answers_id is not None)
    titled = services.takes_title(first.channel) and not post.answers_id
    context = {
        "post": post,
        "first": first,
        "form": form,
        "values": _values(form, words),
        "panel": composer.panel(words, [first.channel], form.checked if form else {}),
        "titled": titled,
        "problem": problem,
        "changing": True,
    }
    return render(request, "publishing/change.html", context, status=status)


def _desk(request: HttpRequest, post: Post | None, answers: Message | None) -> Desk:
    channels = selectors.channels_to_write_on(signed_in(request), timezone.now())
    if answers is not None:
        channels = [channel for channel in channels if channel.pk == answers.channel_id]
    return Desk(post, answers, channels)


def _write(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return _page(request, desk)
    form = WriteForm(request.POST, request.FILES)
    wants_order = request.POST.get("do") == "order"
    if not form.is_valid():
        return _page(request, desk, form=form, status=422)
    try:
        post = _save(request, desk, form)
    except TorgetError as error:
        return _page(request, desk, form=form, problem=error, status=422)
    desk = Desk(post, desk.answers, desk.channels)
    if not wants_order:
        messages.success(request, "Utkastet är sparat. Bara du ser det.")
        return redirect("publishing:draft", post.pk)
    try:
        ordered = services.order(post, by=post.author, now=timezone.now(), at=form.at)
    except TorgetError as error:
        return _page(request, desk, form=form, problem=error, status=422)
    messages.success(request, _told(ordered[0], form.at is not None))
    return redirect("publishing:post", post.pk)


def _save(request: HttpRequest, desk: Desk, form: WriteForm) -> Post:
    told = form.cleaned_data
    words = services.Draft(
        text=told["text"],
        title=told["title"],
        alt=told["alt"],
        channels=[channel for channel in desk.channels if channel.pk in form.chosen],
        answers=desk.answers,
        picture=form.upload,
        drop_picture=told["drop_picture"],
        checked=form.checked,
    )
    return services.save_draft(words, post=desk.post, by=signed_in(request), now=timezone.now())


def _page(
    request: HttpRequest,
    desk: Desk,
    form: WriteForm | None = None,
    problem: TorgetError | None = None,
    status: int = 200,
) -> HttpResponse:
    post, answers = desk.post, desk.answers is not None
    picture = post.picture if post else None
    if form is not None:
        words = form.words(has_picture=picture is not None, answers=answers)
        chosen, checked = form.chosen, form.checked
    else:
        words = services.words_of(post) if post else Words(text="", answers=answers)
        chosen = set(post.channels.values_list("pk", flat=True)) if post else set()
        checked = post.checked if post else {}
    if len(desk.channels) == 1:
        chosen = {desk.channels[0].pk}
    spots = composer.places(desk.channels, chosen, desk.verb)
    on = [spot.channel for spot in spots if spot.chosen]
    values = _values(form, words)
    context = {
        "post": post,
        "answers": desk.answers,
        "said": _said(desk.answers),
        "places": spots,
        "picture": picture,
        "form": form,
        "values": values,
        "panel": composer.panel(words, on, checked, later=bool(values["later"])),
        "titled": not answers and composer.titled(desk.channels),
        "problem": problem,
        "assignment": _assignment(spots),
    }
    return render(request, "publishing/write.html", context, status=status)


def _values(form: WriteForm | None, words: Words) -> Mapping[str, object]:
    """Return what the fields hold: what was typed, else what is saved."""
    held = {"title": words.title, "text": words.text, "alt": words.alt}
    if form is None:
        today = timezone.localdate().isoformat()
        return held | {"later": "", "day": today, "clock": clock(timezone.now())}
    return held | {name: form.data.get(name, "") for name in ("later", "day", "clock")}


def _said(answers: Message | None) -> str:
    payload = getattr(answers.latest, "payload", None) if answers else None
    return kept.content(payload.version).text if payload else ""


def _assignment(spots: list[Place]) -> str:
    """Return the parts of the municipality that one writes for, by name."""
    return ", ".join(dict.fromkeys(spot.channel.unit.name for spot in spots if spot.chosen))


def _told(one: Dispatch, later: bool) -> str:
    if one.state == Dispatch.State.WAITING:
        return "Inlägget väntar på att en annan person godkänner det."
    return "Inlägget är schemalagt." if later else "Inlägget publiceras nu, och sparas först."
