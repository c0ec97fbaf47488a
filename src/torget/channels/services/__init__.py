"""Doors to the channels, who may use them, and what goes wrong on the way."""

from torget.channels.services.attempts import attempt
from torget.channels.services.connections import (
    Connect,
    check,
    connect,
    fetch_now,
    save_connection,
)
from torget.channels.services.mandates import Terms, give_mandate, revoke_mandate

__all__ = [
    "Connect",
    "Terms",
    "attempt",
    "check",
    "connect",
    "fetch_now",
    "give_mandate",
    "revoke_mandate",
    "save_connection",
]
