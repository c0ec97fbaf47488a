"""Pages: sign-in, sign-out, and one's own account."""

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from torget.organisation import services, throttle
from torget.organisation.access import needs_sign_in, signed_in
from torget.organisation.forms import AccountForm, SignInForm
from torget.organisation.models import User
from torget.organisation.selectors import standing_roles
from torget.web.when import clock


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let a person in with e-mail and password, and lead back to where they were going."""
    going_to = request.POST.get("next", request.GET.get("next", ""))
    if not url_has_allowed_host_and_scheme(
        going_to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        going_to = "/"
    if request.user.is_authenticated:
        return redirect(going_to)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (person := _let_in(request, form)):
        login(request, person)
        return redirect(going_to)
    shown = {"form": form, "next": going_to}
    return render(request, "organisation/sign_in.html", shown, status=_status(form))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("organisation:sign_in")


@needs_sign_in
def account(request: HttpRequest) -> HttpResponse:
    """Show who one is here and what roles one has; turn single keys on and off (WCAG 2.1.4)."""
    person = signed_in(request)
    form = AccountForm(
        request.POST if request.method == "POST" else None,
        initial={"single_keys": person.single_keys},
    )
    if request.method == "POST" and form.is_valid():
        services.choose_keys(person, single_keys=form.cleaned_data["single_keys"])
        messages.success(request, "Dina val är sparade.")
        return redirect("organisation:account")
    roles = standing_roles(person, timezone.localdate()).select_related("unit").order_by("since")
    return render(request, "organisation/account.html", {"form": form, "roles": roles})


def _let_in(request: HttpRequest, form: SignInForm) -> User | None:
    """Return the person, or put what to do on the form. One message for all that can be wrong."""
    now, email = timezone.now(), form.cleaned_data["email"]
    address = request.META.get("REMOTE_ADDR", "")
    if until := throttle.paused_until(email, address, now=now):
        form.add_error(
            None,
            f"För många försök. Vänta till kl. {clock(until)} och försök igen. "
            "Har du glömt lösenordet: be den som sköter Torget om ett nytt.",
        )
        return None
    person = authenticate(request, username=email, password=form.cleaned_data["password"])
    if isinstance(person, User):
        throttle.forget(email, address)
        return person
    throttle.failed(email, address, now=now)
    form.add_error(None, "E-post eller lösenord stämmer inte. Kontrollera båda och försök igen.")
    return None


def _status(form: SignInForm) -> int:
    return 422 if form.is_bound and form.errors else 200
