"""The one boundary around each item of work."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from torget.channels.models import Attempt, Channel
from torget.errors import PlatformUnavailable, TorgetError

log = logging.getLogger(__name__)

LONGEST = timedelta(hours=6)


@contextmanager
def attempt(step: str, item: UUID, channel: Channel) -> Iterator[None]:
    """Try one item of a step. What fails is counted, shown and tried later; the next goes on.

    The first wait is one minute and doubles up to six hours. A platform that says how long to
    wait is waited for at least that long.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 the boundary: one bad item never stops the rest
        waits = _note(error, Attempt(step=step, item=item, channel=channel), timezone.now())
        told = {"step": step, "item": str(item), "code": waits.code, "count": waits.count}
        log.warning("item waits: %(step)s %(item)s %(code)s %(count)s", told)
    else:
        _forget(step, item)


def _note(error: Exception, fresh: Attempt, now: datetime) -> Attempt:
    """Write down what went wrong, and when to try again."""
    before = Attempt.objects.filter(step=fresh.step, item=fresh.item).first()
    count = before.count if before else 0
    told = {
        "channel": fresh.channel,
        "count": count + 1,
        "code": type(error).__name__,
        "message": "Något gick fel i Torget.",
        "remedy": "Ett nytt försök görs. Fortsätter det: ge felkoden till den som sköter driften.",
        "next_try": now + max(_back_off(count), _asked_to_wait(error)),
    }
    if isinstance(error, TorgetError):
        told |= {
            "code": error.code,
            "message": error.message[:300],
            "remedy": error.remedy[:300],
        }
    waits, _ = Attempt.objects.update_or_create(
        step=fresh.step, item=fresh.item, defaults=told, create_defaults=told | {"first_at": now}
    )
    return waits


def _back_off(count: int) -> timedelta:
    return min(timedelta(minutes=2 ** min(count, 10)), LONGEST)


def _asked_to_wait(error: Exception) -> timedelta:
    """Return how long the platform asked us to wait, if it did. At most a day is believed."""
    asked = error.retry_after if isinstance(error, PlatformUnavailable) else None
    return min(timedelta(seconds=max(asked or 0, 0)), timedelta(days=1))


def _forget(step: str, item: UUID) -> None:
    waits = Attempt.objects.filter(step=step, item=item)
    if waits.exists():  # looked for first: what goes well must not queue for the write lock
        waits.delete()
