"""What ``torget work`` does, and in which order."""

from collections.abc import Callable, Mapping

type Step = Callable[[int], int]

LANES: Mapping[str, tuple[Step, ...]] = {
    "act": (),  # decisions and posts: what people wait for
    "read": (),  # capture and screening
    "heavy": (),  # snapshots, disposal, packages
}


def turn(lane: str, *, limit: int = 50) -> int:
    """Take each step of a lane once. Return how much was done, so that 0 means rest."""
    return sum(step(limit) for step in LANES[lane])
