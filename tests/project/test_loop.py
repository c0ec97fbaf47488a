"""Lanes take their steps in turn, and nothing that a step does stops the others."""

import logging
import threading
from collections.abc import Callable

import pytest

from torget.errors import PlatformUnavailable
from torget.project.loop import Lane, keep_working, turn

pytestmark = pytest.mark.django_db

PATIENCE = 10


def step(done: int, taken: list[int]) -> Callable[[int], int]:
    def take(limit: int) -> int:
        taken.append(limit)
        return done

    return take


def fails(_: int) -> int:
    raise ValueError("Anna skrev att vägen är trasig")


def test_a_turn_takes_each_step_once_and_adds_up_what_was_done() -> None:
    taken: list[int] = []
    lane = Lane(steps=(step(2, taken), step(3, taken)), rest=0)

    assert turn(lane, limit=7) == (5, 0)
    assert taken == [7, 7]


def test_a_step_that_fails_does_not_stop_the_next() -> None:
    taken: list[int] = []

    assert turn(Lane(steps=(fails, step(1, taken)), rest=0)) == (1, 1)
    assert len(taken) == 1


def test_a_fault_is_logged_without_the_words_of_the_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        turn(Lane(steps=(fails,), rest=0))

    assert "ValueError" in caplog.text
    assert "test_loop.py" in caplog.text
    assert "Anna" not in caplog.text


def test_an_error_on_purpose_is_logged_by_its_code(caplog: pytest.LogCaptureFixture) -> None:
    def unreachable(_: int) -> int:
        raise PlatformUnavailable("Bloggen svarar inte.", remedy="Vänta.")

    turn(Lane(steps=(unreachable,), rest=0))

    assert "platform.unavailable" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_lane_goes_on_after_a_fault_and_ends_when_asked() -> None:
    ending, twice, turns = threading.Event(), threading.Event(), []

    def sometimes(_: int) -> int:
        turns.append(1)
        if len(turns) == 1:
            raise ValueError
        twice.set()
        return 0

    lane = Lane(steps=(sometimes,), rest=0.01)
    thread = threading.Thread(target=keep_working, args=(lane, ending))

    thread.start()
    came_back = twice.wait(PATIENCE)
    ending.set()
    thread.join(PATIENCE)

    assert came_back
    assert not thread.is_alive()


class Watched(threading.Event):
    """An ending that comes after three rests, and remembers how long they were."""

    def __init__(self) -> None:
        super().__init__()
        self.rests: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.rests.append(timeout or 0)
        if len(self.rests) == 3:
            self.set()
        return self.is_set()


def test_a_lane_with_nothing_to_do_rests_equally_long() -> None:
    ending = Watched()

    keep_working(Lane(steps=(step(0, []),), rest=5), ending)

    assert ending.rests == [5, 5, 5]


def test_a_lane_whose_step_fails_rests_longer_and_longer_up_to_a_minute() -> None:
    ending = Watched()

    keep_working(Lane(steps=(fails,), rest=12), ending)

    assert ending.rests == [24, 48, 60]
