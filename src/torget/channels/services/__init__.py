"""Doors to the channels, who may use them, and what goes wrong on the way."""

from torget.channels.services.attempts import attempt
from torget.channels.services.connections import (
    Connect,
    check,
    connect,
    fetch_now,
    save_connection,
)
from torget.channels.services.guided import Proof, could_not, done, power
from torget.channels.services.mandates import Terms, give_mandate, revoke_mandate
from torget.channels.services.registering import Facts, close_channel, register_channel

__all__ = [
    "Connect",
    "Facts",
    "Proof",
    "Terms",
    "attempt",
    "check",
    "close_channel",
    "connect",
    "could_not",
    "done",
    "fetch_now",
    "give_mandate",
    "power",
    "register_channel",
    "revoke_mandate",
    "save_connection",
]
