"""A chart of days as plain geometry: the template draws it as SVG, and gives it as a table too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from torget.moderation.selectors import Day
from torget.policy.clock import is_working_day
from torget.web.when import MONTHS

DAYS = 14
WIDTH, HEIGHT = 640, 180
BAR = 0.64  # of the room that a day has
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: where it stands, and the two figures it shows."""

    day: date
    came: int
    looked_at: int
    x: float
    y: float
    height: float
    looked_y: float
    looked_height: float

    @property
    def middle(self) -> float:
        """Where the day's label stands."""
        return round(self.x + WIDTH / DAYS * BAR / 2, 1)

    @property
    def free(self) -> bool:
        """Whether nobody is at work: the bar is paler then."""
        return not is_working_day(self.day)

    @property
    def name(self) -> str:
        """The day in words."""
        return f"{self.day.day} {MONTHS[self.day.month - 1]}"


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars, and the lines behind them: height and figure."""

    bars: list[Bar]
    lines: list[tuple[float, int]]

    @property
    def total(self) -> int:
        """How many came in all."""
        return sum(bar.came for bar in self.bars)

    @property
    def most(self) -> Bar:
        """The day on which most came; the latest of equals."""
        return max(self.bars, key=lambda bar: (bar.came, bar.day))


def first_day(today: date) -> date:
    """Return the first of the days that the chart shows."""
    return today - timedelta(days=DAYS - 1)


def chart(found: Mapping[date, Day], today: date) -> Chart:
    """Draw the last days up to today. A day without anything is a day too."""
    start = first_day(today)
    days = [start + timedelta(days=number) for number in range(DAYS)]
    step = _step(max((found[day].came for day in days if day in found), default=0))
    top = step * 4
    bars = [_bar(n, found.get(day, Day(day)), HEIGHT / top) for n, day in enumerate(days)]
    lines = [(round(HEIGHT - HEIGHT * n / 4, 1), step * n) for n in range(5)]
    return Chart(bars, lines)


def _bar(number: int, day: Day, scale: float) -> Bar:
    room = WIDTH / DAYS
    return Bar(
        day=day.day,
        came=day.came,
        looked_at=day.looked_at,
        x=round(number * room + room * (1 - BAR) / 2, 1),
        y=round(HEIGHT - day.came * scale, 1),
        height=round(day.came * scale, 1),
        looked_y=round(HEIGHT - day.looked_at * scale, 1),
        looked_height=round(day.looked_at * scale, 1),
    )


def _step(most: int) -> int:
    """Return the even figure (1, 2, 5, 10, 20 …) of which four lines hold ``most``."""
    size = 1
    while True:
        for step in STEPS:
            if step * size * 4 >= most:
                return step * size
        size *= 10
