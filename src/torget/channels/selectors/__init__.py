"""Questions about the channels."""

from torget.channels.selectors.directory import Directory, Group, directory
from torget.channels.selectors.mandates import (
    mandates_on,
    mandates_valid,
    require_mandate,
    valid_mandate,
)
from torget.channels.selectors.register import (
    Faults,
    Line,
    channel_for,
    channels_for,
    faults,
    register,
    resting,
    waiting,
)

__all__ = [
    "Directory",
    "Faults",
    "Group",
    "Line",
    "channel_for",
    "channels_for",
    "directory",
    "faults",
    "mandates_on",
    "mandates_valid",
    "register",
    "require_mandate",
    "resting",
    "valid_mandate",
    "waiting",
]
