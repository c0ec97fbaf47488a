"""Questions about the channels."""

from torget.channels.selectors.assignments import (
    Assignments,
    Speakers,
    assignments,
    channels_asked_about,
    givable,
    speakers,
)
from torget.channels.selectors.directory import Directory, Group, directory
from torget.channels.selectors.mandates import (
    mandates_ending,
    mandates_on,
    mandates_valid,
    require_mandate,
    valid_mandate,
)
from torget.channels.selectors.register import (
    Condition,
    Faults,
    Line,
    channel_for,
    channels_for,
    conditions,
    faults,
    register,
    resting,
    waiting,
)

__all__ = [
    "Assignments",
    "Condition",
    "Directory",
    "Faults",
    "Group",
    "Line",
    "Speakers",
    "assignments",
    "channel_for",
    "channels_asked_about",
    "channels_for",
    "conditions",
    "directory",
    "faults",
    "givable",
    "mandates_ending",
    "mandates_on",
    "mandates_valid",
    "register",
    "require_mandate",
    "resting",
    "speakers",
    "valid_mandate",
    "waiting",
]
