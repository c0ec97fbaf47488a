"""The lanes of the site under test, in a process that takes a turn each time it is told to.

A line on standard input names a lane; the answer is a line with how much was done and failed.
"""

import sys

from torget.project.commands import set_up
from torget.project.processes import follow


def main() -> None:
    """Take turns until the input ends."""
    follow()
    set_up()
    from torget.project.loop import LANES, turn

    for line in sys.stdin:
        done, failed = turn(LANES[line.strip()])
        print(done, failed, flush=True)  # noqa: T201 the answer


if __name__ == "__main__":
    main()
