"""How Torget signs in to a channel, and how that goes."""

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import entry_points

from django.conf import settings
from django.db import transaction

from torget.channels.models import Attempt, Channel, Connection
from torget.channels.sealing import seal, unseal
from torget.channels.services.guided import GuidedSteps
from torget.errors import PlatformUnavailable, TorgetError
from torget.platforms.contract import Account, Health, Platform
from torget.platforms.manual import Manual

type Connect = Callable[[Channel], Platform]

PLATFORMS = "torget.platforms"


def connect(channel: Channel) -> Platform:
    """Return the adapter of a channel, signed in. Nothing is sent.

    A channel that no adapter follows is carried by a person, whatever its platform.

    Raises:
        PlatformUnavailable: no adapter is installed for the platform, no connection is saved, or
            its secret cannot be read.
    """
    if channel.capture_basis != Channel.CaptureBasis.API:
        return Manual(GuidedSteps(channel), channel.platform)
    found = entry_points(group=PLATFORMS, name=channel.platform)
    connection = getattr(channel, "connection", None)
    if not found or connection is None:
        raise PlatformUnavailable(
            "Kanalen har ingen anslutning i Torget.",
            remedy="Fyll i anslutningen på kanalens sida, eller välj att föra in för hand.",
        )
    make: Callable[[Account], Platform] = next(iter(found)).load()
    return make(
        Account(
            base_url=connection.base_url,
            username=connection.username,
            secret=unseal(bytes(connection.secret), about=channel.key),
            allow_private=settings.TORGET.allow_private_addresses,
        )
    )


def save_connection(channel: Channel, *, base_url: str, username: str, secret: str) -> Connection:
    """Save how to sign in to a channel. An empty ``secret`` leaves the one that is there.

    A new address or user name says nothing about what the old ones answered, so the last check is
    forgotten. The cursor stays: the messages are the same. A secret never follows to another
    address: it was given for the old one.
    """
    connection = getattr(channel, "connection", None) or Connection(channel=channel)
    if secret:
        connection.secret = seal(secret, about=channel.key)
    elif connection.base_url != base_url:
        connection.secret = b""
    connection.base_url, connection.username = base_url, username
    connection.checked_at = connection.answers = None
    connection.trouble = connection.remedy = ""
    # Only what is ours here: the read lane may be moving the cursor at this moment.
    mine = ("base_url", "username", "secret", "checked_at", "answers", "trouble", "remedy")
    connection.save(update_fields=None if connection.pk is None else mine)
    return connection


def check(channel: Channel, *, now: datetime, connect: Connect = connect) -> Health:
    """Ask the platform whether the account answers, and keep what it said for the page."""
    try:
        health = connect(channel).probe()
    except TorgetError as error:
        health = Health(ok=False, trouble=error.code, message=error.message, remedy=error.remedy)
    Connection.objects.filter(channel=channel).update(
        checked_at=now,
        answers=health.ok,
        trouble=health.message[:300],
        remedy=health.remedy[:300],
    )
    return health


@transaction.atomic
def fetch_now(channel: Channel, *, now: datetime) -> None:
    """Let the channel be swept on the read lane's next turn, whatever it waited for."""
    Connection.objects.filter(channel=channel).update(wanted_at=now)
    Attempt.objects.filter(channel=channel, next_try__gt=now).update(next_try=now)
