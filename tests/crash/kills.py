"""Kills lanes at random instants and checks what is left: ``python -m tests.crash.kills``.

A process of its own, with Torget's real settings: what is acknowledged must outlive its process.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.crash.story import Story

INSIDE = 0.8  # of the kills wait until an act is under way
PATIENCE = 120.0


@dataclass
class Tally:
    """What the kills met, and what was wrong afterwards."""

    phases: Counter[str] = field(default_factory=Counter)
    decided: int = 0
    acts: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def inside(self) -> int:
        """How many kills came between the first step of an act and its confirmation."""
        return sum(count for phase, count in self.phases.items() if phase.startswith("inside"))

    def __str__(self) -> str:
        rows = [f"{count:4}  {phase}" for phase, count in sorted(self.phases.items())]
        told = f"{self.decided} decisions, {self.acts} acts on the blog, {len(self.wrong)} faults"
        return "\n".join(["kills  phase", *rows, told, *self.wrong])


def main(arguments: list[str]) -> int:
    """Run, print the table, and return 1 if anything was lost, doubled or out of order."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--inside", type=int, default=40)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="torget-kills-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "torget.project.settings",
            "TORGET_DATA": folder,
            "TORGET_ALLOW_PRIVATE_ADDRESSES": "true",
        }
        from tests.crash.story import Story

        lanes = get_context("forkserver")
        lanes.set_forkserver_preload(["tests.crash.lane"])
        with Story(Path(folder), random.Random(chosen.seed)) as story:
            tally = _kill(story, lanes, chosen.kills)
            story.settle(lambda lane: _start(lanes, lane), PATIENCE)
            story.judge(tally)
    if tally.inside < chosen.inside:
        tally.wrong.append(f"only {tally.inside} kills came inside an act")
    sys.stdout.write(f"seed {chosen.seed}\n{tally}\n")
    return int(bool(tally.wrong))


def _kill(story: "Story", lanes: ForkServerContext, kills: int) -> Tally:
    tally = Tally()
    for number in range(kills):
        lane = "read" if number % 12 == 11 else "act"
        story.busy()
        process = _start(lanes, lane)
        inside = lane == "act" and story.dice.random() < INSIDE
        story.await_moment(within_act=inside)
        process.kill()
        process.join()
        tally.phases[story.phase(lane)] += 1
    return tally


def _start(lanes: ForkServerContext, lane: str) -> BaseProcess:
    from tests.crash.lane import work

    process = lanes.Process(target=work, args=(lane,), daemon=True)
    process.start()
    return process


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
