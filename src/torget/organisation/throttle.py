"""A pause for whoever guesses passwords. Neither e-mail nor machine address is kept."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from torget.organisation.models import SignInFailure

FREE_TRIES = 5
PAUSE = timedelta(minutes=15)


def paused_until(email: str, address: str, *, now: datetime) -> datetime | None:
    """Return when someone may try again as ``email`` from ``address``; None if they may now.

    A person who is not known pauses like one who is, so the pause tells nothing about who is.
    """
    failed = SignInFailure.objects.filter(
        key=_key(email, address), count__gte=FREE_TRIES, last_at__gt=now - PAUSE
    ).first()
    return failed.last_at + PAUSE if failed else None


@transaction.atomic
def failed(email: str, address: str, *, now: datetime) -> None:
    """Count one failure. Failures older than the pause count no more, and are forgotten."""
    SignInFailure.objects.filter(last_at__lte=now - PAUSE).delete()
    mine, _ = SignInFailure.objects.get_or_create(
        key=_key(email, address), defaults={"last_at": now}
    )
    SignInFailure.objects.filter(pk=mine.pk).update(count=F("count") + 1, last_at=now)


def forget(email: str, address: str) -> None:
    """Forget the failures, after a sign-in that went well."""
    SignInFailure.objects.filter(key=_key(email, address)).delete()


def _key(email: str, address: str) -> str:
    told = f"{email.strip().lower()}\n{address}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()
