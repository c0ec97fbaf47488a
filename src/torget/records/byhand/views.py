"""Pages where a person brings messages in, and where guided steps are carried out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from torget.channels import selectors as channels
from torget.channels.models import Channel, GuidedStep
from torget.channels.services import power
from torget.errors import NotPreserved, TorgetError
from torget.organisation.access import requires, signed_in
from torget.organisation.permissions import Action
from torget.platforms.contract import Verb
from torget.platforms.manual import instruction
from torget.records import selectors as records
from torget.records.byhand import selectors, services
from torget.records.byhand.forms import (
    DoneForm,
    FailedForm,
    ItemForm,
    ItemFormSet,
    Items,
    PasteForm,
    WrongForm,
    as_initial,
)
from torget.records.byhand.matching import Match, Status, match
from torget.records.byhand.models import StepProof
from torget.records.byhand.reading import Read, read

PREFIX = "k"


@require_safe
@requires(Action.READ_QUEUE)
def choose(request: HttpRequest) -> HttpResponse:
    """Choose in which channel something is to be brought in; one alone needs no choice."""
    mine = list(channels.channels_by_hand(signed_in(request), timezone.localdate()))
    if len(mine) == 1:
        return redirect("byhand:paste", mine[0].slug)
    return render(request, "byhand/choose.html", {"channels": mine})


@requires(Action.READ_QUEUE)
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring messages in: paste, look through, save. Works the same without JavaScript."""
    channel = _channel(request, slug)
    if request.method != "POST":
        form = PasteForm(initial={"post": selectors.last_post(channel, signed_in(request))})
        shown = {"channel": channel, "form": form, "posts": selectors.recent_posts(channel)}
        return render(request, "byhand/paste.html", shown)
    form, now = PasteForm(request.POST), timezone.now()
    if not form.is_valid():
        return render(request, "byhand/paste.html", {"channel": channel, "form": form}, status=422)
    post = form.cleaned_data["post"]
    match request.POST.get("gor"):
        case "lagg_till":
            return _look_through(request, channel, post, _one_more(request))
        case "spara":
            items = ItemFormSet(request.POST, request.FILES, prefix=PREFIX)
            if items.is_valid():
                return _save(request, channel, post, items)
            return _look_through(request, channel, post, items)
        case _:
            found = read(form.cleaned_data["pasted"], now) or [Read()]
            items = ItemFormSet(initial=[as_initial(each) for each in found], prefix=PREFIX)
            return _look_through(request, channel, post, items)


def _save(request: HttpRequest, channel: Channel, post: str, items: Items) -> HttpResponse:
    now = timezone.now()
    pasted = [form.pasted(post, now) for form in items if form.has_changed()]
    saved = services.paste(channel, pasted, by=signed_in(request), now=now)
    numbers = ", ".join(f"{one.version.message.torget_nr}{_told(one)}" for one in saved)
    messages.success(request, f"Sparat som allmän handling: {numbers}.")
    return redirect("byhand:paste", channel.slug)


def _told(saved: services.Saved) -> str:
    return {
        Status.SAME: " (fanns redan)",
        Status.CHANGED: " (ny version)",
    }.get(saved.status, "")


def _look_through(request: HttpRequest, channel: Channel, post: str, items: Items) -> HttpResponse:
    """Show what would be saved, each with what becomes of it. Focus is where something lacks."""
    form = PasteForm(initial={"post": post})
    form.fields["pasted"].widget.attrs.pop("autofocus")
    rows = [(each, _match(channel, each, post)) for each in items]
    lacking = next(filter(None, (_lacking(each) for each in items)), None)
    if lacking and not items.is_bound:
        lacking.widget.attrs["autofocus"] = True
    shown = {
        "channel": channel,
        "form": form,
        "items": items,
        "rows": rows,
        "posts": selectors.recent_posts(channel),
        "complete": lacking is None and not items.is_bound,
        "more": len(rows) < items.max_num,
    }
    wrong = items.is_bound and request.POST.get("gor") == "spara"
    return render(request, "byhand/look_through.html", shown, status=422 if wrong else 200)


def _lacking(form: ItemForm) -> Any:  # noqa: ANN401 a field of Django's
    """Return the first field that the reading found nothing for and that a person should see to."""
    told = form.initial
    return next((form.fields[n] for n in ("text", "author", "time") if not told.get(n)), None)


def _match(channel: Channel, form: ItemForm, post: str) -> Match | None:
    """Return what saving would make of a form, if it can tell."""
    told = form.initial if not form.is_bound else {n: form[n].value() for n in form.fields}
    trial = ItemForm({name: told.get(name, "") for name in form.fields if name != "picture"})
    if not trial.is_valid():
        return None
    return match(channel, trial.pasted(post, timezone.now()))


def _one_more(request: HttpRequest) -> Items:
    """Return the same messages and an empty one, as they stand, whatever they lack."""
    sent = ItemFormSet(request.POST, prefix=PREFIX)
    told = [
        {name: form[name].value() for name in form.fields if name != "picture"} for form in sent
    ]
    return ItemFormSet(initial=[*told, as_initial(Read())], prefix=PREFIX)


@require_POST
@requires(Action.READ_QUEUE)
def misfile(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a record as wrongly brought in. It is kept."""
    person = signed_in(request)
    message = records.message_for(person, pk)
    form = WrongForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Välj varför handlingen är fel införd.")
    else:
        services.mark_wrong(message, why=form.cleaned_data["why"], by=person, now=timezone.now())
        messages.success(
            request, f"{message.torget_nr} är märkt som felaktigt införd. Den är kvar."
        )
    return redirect("records:record", pk)


@require_safe
@requires(Action.READ_QUEUE)
def tasks(request: HttpRequest) -> HttpResponse:
    """List what waits for a person's hands, and where something can be brought in."""
    person, today = signed_in(request), timezone.localdate()
    shown = {
        "tasks": selectors.tasks(person, today),
        "channels": channels.channels_by_hand(person, today),
    }
    return render(request, "byhand/tasks.html", shown)


@requires(Action.READ_QUEUE)
def task(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one step: what to do, the text to paste, and where to say how it went."""
    person, step = signed_in(request), _step(request, key)
    now, sent = timezone.now(), request.method == "POST"
    failed = sent and request.POST.get("gor") == "gick_inte"
    done_form = DoneForm(*((request.POST, request.FILES) if sent and not failed else ()), step=step)
    failed_form = FailedForm(request.POST if failed else None)
    form = failed_form if failed else done_form
    if sent and form.is_valid():
        try:
            if failed:
                reason = failed_form.cleaned_data["reason"]
                services.give_up(step, reason=reason, by=person, now=now)
            else:
                picture = done_form.cleaned_data["picture"]
                services.finish(step, proof=done_form.proof(), picture=picture, by=person, now=now)
        except TorgetError as error:
            form.add_error(None, str(error))
        else:
            told = (
                "Tack. Den som beslutade får veta att det inte gick."
                if failed
                else "Tack. Det är noterat som gjort."
            )
            messages.success(request, told)
            return redirect("byhand:tasks")
    verb = Verb(step.verb)
    shown = {
        "task": selectors.task(
            step, channels.valid_mandate(person, step.channel, power(step), now)
        ),
        "instruction": instruction(step.channel.platform, verb),
        "done_form": done_form,
        "failed_form": failed_form,
        "power": power(step).label.lower(),
    }
    return render(request, "byhand/task.html", shown, status=422 if sent else 200)


@require_safe
@never_cache
@requires(Action.READ_QUEUE)
def proof(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give the picture that shows that a step is done. Ours, and looked into when it came."""
    row = StepProof.objects.filter(step=_step(request, key)).first()
    if row is None:
        raise Http404
    try:
        data = services.picture_of(row)
    except NotPreserved as problem:
        return render(request, "web/problem.html", {"problem": problem}, status=404)
    kind = row.media_type.partition("/")[2]
    return HttpResponse(
        data,
        content_type=row.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="steg-{row.step.key}.{kind}"',
            "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _channel(request: HttpRequest, slug: str) -> Channel:
    mine = channels.channels_by_hand(signed_in(request), timezone.localdate())
    channel = mine.filter(slug=slug).first()
    if channel is None:
        raise Http404
    return channel


def _step(request: HttpRequest, key: UUID) -> GuidedStep:
    step = channels.step_for(signed_in(request), key, timezone.localdate())
    if step is None:
        raise Http404
    return step
