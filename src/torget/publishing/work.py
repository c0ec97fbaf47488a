"""What ``torget work`` does for publishing: sends what is due, and looks up what was sent."""

from datetime import timedelta

from django.utils import timezone

from torget.channels.services import Connect, attempt, connect
from torget.errors import NotConfirmed, NotReadable, PlatformUnavailable
from torget.platforms.contract import (
    Done,
    Gone,
    Pending,
    Platform,
    Rejected,
    RemoteId,
    Snapshot,
    Unknown,
    UnknownOutcome,
)
from torget.policy.clauses import carries_out
from torget.publishing import services
from torget.publishing.models import DISPATCH, Dispatch, Flag
from torget.publishing.selectors import due, stands_in_the_way
from torget.records import selectors as kept
from torget.records import services as records

State, What = Dispatch.State, Dispatch.What
PATIENCE = timedelta(minutes=10)  # so long may a page be without what its platform has taken


@carries_out("4.2", "4.6")
def dispatch(limit: int, *, connect: Connect = connect) -> int:
    """Send what is due, at most ``limit``. Return how many sendings were confirmed."""
    done = 0
    for each in due(timezone.now(), limit):
        with attempt(DISPATCH, each.key, each.channel):
            done += _dispatch(each, connect)
    return done


def _dispatch(each: Dispatch, connect: Connect) -> bool:
    """Look, send, and read back. Whatever stops it, the row says how far it came."""
    if each.state == State.SENT:  # it may have happened: look, never send twice
        return _look_up(each, connect(each.channel))
    now = timezone.now()
    if fault := stands_in_the_way(each, now):  # told at once, also where no platform answers
        services.hand_back(each, fault, now=now)
        return False
    platform = connect(each.channel)
    if not (each.is_new or _still_fits(each, platform)):
        return False
    if not services.begin(each, now=timezone.now()):
        return False
    try:
        outcome = platform.perform(services.operation(each))
    except PlatformUnavailable:  # nothing happened
        services.wait(each)
        raise
    match outcome:
        case Done(remote_id):
            return _read_back(each, remote_id, platform)
        case Rejected(code):
            services.hand_back(each, code, now=timezone.now())
        case UnknownOutcome():
            raise _unknown()
        case Pending():
            pass  # stays sent; the next turn asks resolve again
    return False


def _look_up(each: Dispatch, platform: Platform) -> bool:
    """Find out how a sending went whose answer never came, or that takes its time."""
    if each.remote_id:
        return _read_back(each, RemoteId(each.remote_id), platform)
    match platform.resolve(services.operation(each)):
        case Done(remote_id):
            return _read_back(each, remote_id, platform)
        case Rejected("not_carried_out"):
            services.wait(each)
            raise NotConfirmed(
                "Inlägget hade inte skickats.", remedy="Torget försöker igen om en stund."
            )
        case Rejected(code):
            services.hand_back(each, code, now=timezone.now())
            return False
        case UnknownOutcome():
            raise _unknown()
        case Pending():
            return False


def _read_back(each: Dispatch, remote_id: RemoteId, platform: Platform) -> bool:
    """Believe a sending when its page shows it, and keep what the page shows."""
    if each.remote_id != remote_id:
        services.became(each, remote_id)
    found, now = platform.fetch(remote_id), timezone.now()
    match found:
        case Gone() if each.verb == What.DELETE:
            services.confirm_down(each, now=now)
            return True
        case Snapshot() if each.verb != What.DELETE:
            services.confirm(each, found, now=now)
            return True
        case Gone() if each.is_new and each.sent_at and now - each.sent_at > PATIENCE:
            services.gone_at_once(each, now=now)
            return True
    raise NotConfirmed(
        "Kanalens sida visar inte det som skickades än.",
        remedy="Torget ser efter igen. Titta gärna själv på kanalens sida.",
    )


def _still_fits(each: Dispatch, platform: Platform) -> bool:
    """Keep what the page shows before it is changed, and say if the order still holds for it."""
    message = each.message
    if message is None:
        return False
    found, now = platform.fetch(RemoteId(message.remote_id)), timezone.now()
    match found:
        case Snapshot():
            records.capture(each.channel, found, at=now)
            known = (each.seen_id, message.sending_id)
            if each.verb == What.DELETE or kept.latest_version(message).pk in known:
                return True
            services.hand_back(each, Flag.CHANGED, now=now)
        case Gone() if each.verb == What.DELETE:
            services.confirm_down(each, now=now)
        case Gone():
            services.hand_back(each, Flag.ALREADY_GONE, now=now)
        case Unknown():
            raise NotReadable(
                "Plattformen visar inte inlägget.", remedy="Torget försöker igen om en stund."
            )
    return False


def _unknown() -> NotConfirmed:
    return NotConfirmed(
        "Plattformens svar uteblev.", remedy="Torget ser efter. Titta gärna på kanalens sida."
    )
