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
from torget.channels.selectors.guided import (
    channels_by_hand,
    open_steps,
    step_for,
    steps_for,
    steps_waiting,
    units_to_register_at,
)
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
    "channels_by_hand",
    "channels_for",
    "conditions",
    "directory",
    "faults",
    "givable",
    "mandates_ending",
    "mandates_on",
    "mandates_valid",
    "open_steps",
    "register",
    "require_mandate",
    "resting",
    "speakers",
    "step_for",
    "steps_for",
    "steps_waiting",
    "units_to_register_at",
    "valid_mandate",
    "waiting",
]
