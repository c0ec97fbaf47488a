"""Decisions about incoming messages, and how far each has come."""

from torget.moderation.services.decisions import decide, undo
from torget.moderation.services.judgement import Judgement, standard_reason
from torget.moderation.services.progress import (
    already_gone,
    begin,
    confirm,
    hand_back,
    operation,
    shows,
    wait,
)

__all__ = [
    "Judgement",
    "already_gone",
    "begin",
    "confirm",
    "decide",
    "hand_back",
    "operation",
    "shows",
    "standard_reason",
    "undo",
    "wait",
]
