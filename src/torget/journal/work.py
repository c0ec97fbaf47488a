"""What ``torget work`` does for the journal: signs it daily, and has the signature stamped."""

import logging

from django.utils import timezone

from torget.errors import NoTimestamp
from torget.journal import checkpoints, timestamps
from torget.journal.models import Checkpoint
from torget.journal.timestamps import Send

log = logging.getLogger(__name__)


def checkpoint(_limit: int) -> int:
    """Sign the journal, the first turn of each day. Return 1 if it had grown, else 0."""
    now = timezone.now()
    newest = Checkpoint.objects.first()
    if newest and timezone.localdate(newest.at) == timezone.localdate(now):
        return 0
    return int(checkpoints.make(now) is not None)


def stamp(limit: int, *, send: Send = timestamps.post) -> int:
    """Have at most ``limit`` checkpoints stamped, newest first. Return how many were.

    An authority that fails is left alone for a while, and every checkpoint waits for it.
    """
    done = 0
    for waiting in timestamps.waiting(timezone.now())[:limit]:
        try:
            timestamps.stamp(waiting, send=send)
        except NoTimestamp as error:
            trouble = timestamps.note_trouble(error, at=timezone.now())
            told = {"checkpoint": waiting.pk, "code": error.code, "count": trouble.count}
            log.warning("stamp waits: %(checkpoint)s %(code)s %(count)s", told)
            break
        timestamps.forget_trouble()
        done += 1
    return done
