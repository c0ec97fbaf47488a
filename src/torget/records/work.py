"""What ``torget work`` does for records: sweeps the channels."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from torget.channels.models import Channel, Connection
from torget.channels.selectors import resting
from torget.channels.services import Connect, attempt, connect
from torget.journal import services as journal
from torget.platforms.contract import Cursor, Gone, Platform, RemoteId, Snapshot
from torget.policy.clauses import carries_out
from torget.records import services
from torget.records.models import Message
from torget.records.visibility import Change

STEP = "records.sweep"
PAGES = 50  # a turn; a long history goes on in the next, so that no channel waits for another
AGAIN = 50  # newest, and as many that were not seen for the longest time
RECENT = timedelta(days=90)
AWAY = (Message.Seen.GONE, Message.Seen.REMOVED)


@carries_out("4.6")
def sweep(limit: int, *, connect: Connect = connect) -> int:
    """Sweep at most ``limit`` channels, least recently swept first.

    One that fails is shown on its page and tried later, and the others go on. Return how many
    versions and changes were new.
    """
    done = 0
    for channel in due(timezone.now(), limit):
        with attempt(STEP, channel.key, channel):
            done += sweep_channel(channel, connect(channel))
    return done


def due(now: datetime, limit: int) -> QuerySet[Channel]:
    """Return the active channels with a sign-in, save those that rest after a failure.

    One that a person waits for comes first, then those that were swept longest ago.
    """
    return (
        Channel.objects.filter(
            status=Channel.Status.ACTIVE,
            capture_basis=Channel.CaptureBasis.API,
            connection__isnull=False,
        )
        .exclude(key__in=resting(STEP, now))
        .select_related("connection")
        .order_by(
            F("connection__wanted_at").asc(nulls_last=True),
            F("connection__swept_at").asc(nulls_first=True),
            "pk",
        )[:limit]
    )


def sweep_channel(channel: Channel, platform: Platform) -> int:
    """Capture what is new on one channel, then look again at what is known.

    Raises:
        PlatformUnavailable: the platform did not answer, or not as agreed; what came before the
            fault is saved, and the next sweep goes on from there.
    """
    began = timezone.now()
    new = _read_on(channel, platform) + _look_again(channel, platform, began)
    wanted = Connection.objects.filter(channel=channel, wanted_at__lte=began)
    if wanted.exists():  # looked for first: what nobody waits for must not take the write lock
        wanted.update(wanted_at=None)
    return new


def _read_on(channel: Channel, platform: Platform) -> int:
    """Take page after page. A page and the cursor behind it are saved together or not at all."""
    new, held = 0, False
    connection = Connection.objects.get(channel=channel)
    cursor, been = connection.cursor, {connection.cursor}
    for _ in range(PAGES):
        asked = timezone.now()
        page = platform.sync(Cursor(cursor))
        with transaction.atomic():
            journal.lock()
            taken = services.set_aside(channel, page.messages)
            new += services.capture_many(channel, taken, at=asked).new
            # Where something of ours is left for later, the next sweep begins again.
            held = held or len(taken) < len(page.messages)
            told: dict[str, str | datetime] = {} if held else {"cursor": page.next}
            told |= {"swept_at": asked} if page.complete else {}
            if told:
                Connection.objects.filter(channel=channel).update(**told)
        if page.complete or page.next in been:  # a cursor that goes in a ring is left for today
            break
        cursor = page.next
        been.add(cursor)
    return new


def _look_again(channel: Channel, platform: Platform, began: datetime) -> int:
    """Ask for known messages as they are now: changed, hidden, gone, back again."""
    refs = _to_look_at(channel, began)
    if not refs:
        return 0
    asked = timezone.now()
    answers = platform.reconcile([RemoteId(ref) for ref in refs])
    there = [answer for answer in answers.values() if isinstance(answer, Snapshot)]
    away = [ref for ref, answer in answers.items() if isinstance(answer, Gone) and ref in refs]
    gone = [refs[ref] for ref in away if refs[ref].seen not in AWAY]
    if gone and not platform.probe().ok:
        gone = []  # a sign-in that has lost its rights sees nothing, which proves nothing
    with transaction.atomic():
        new = services.capture_many(channel, there, at=asked).new
        changes = [Change(message, Message.Seen.GONE) for message in gone]
        return new + len(services.note_others(changes, at=asked))


def _to_look_at(channel: Channel, began: datetime) -> dict[str, Message]:
    """Return, by remote id, what this sweep has not seen: the newest, and the longest unseen."""
    unseen = Message.objects.filter(
        channel=channel, last_seen_at__lt=began, first_seen_at__gte=began - RECENT
    ).exclude(remote_id__startswith="torget:")
    newest = unseen.order_by("-pk")[:AGAIN]
    oldest = unseen.exclude(seen__in=AWAY).order_by("last_seen_at", "pk")[:AGAIN]
    return {message.remote_id: message for message in (*newest, *oldest)}
