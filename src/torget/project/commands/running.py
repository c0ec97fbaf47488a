"""``torget run``, ``serve`` and ``work``."""

import argparse
import sys
import threading

from torget.project import folder
from torget.project.commands import LANE_NAMES, in_own_process, set_up
from torget.project.processes import Signals
from torget.project.serve import refuse_taken
from torget.project.serve import serve as answer
from torget.project.supervisor import Child, supervise

TORGET = (sys.executable, "-m", "torget.project.cli")


def run(chosen: argparse.Namespace) -> int:
    """Bring the data folder up to date, and keep web server and lanes running."""
    from torget.project.database import database
    from torget.project.environment import environment

    refuse_taken(chosen.host, chosen.port)
    database(environment().database_url, environment().data)  # or say here what is wrong with it
    with folder.held(environment().data):
        if code := in_own_process("torget.project.prepare"):
            return code
        tell(f"Torget svarar på {address(chosen)} – avsluta med Ctrl-C.")
        supervise(children(chosen), tell=tell)
    return 0


def serve(chosen: argparse.Namespace) -> int:
    """Answer until asked to end."""
    answer(chosen.host, chosen.port)
    return 0


def work(chosen: argparse.Namespace) -> int:
    """Take turns in one lane or all of them, each in a thread, until asked to end."""
    set_up()
    from torget.project.database import refuse_doubled
    from torget.project.loop import LANES, keep_working, turn

    names = [chosen.lane] if chosen.lane else list(LANES)
    lanes = [LANES[name] for name in names]
    refuse_doubled(names)
    if chosen.once:
        turns = [turn(lane) for lane in lanes]
        print(f"gjort: {sum(done for done, _ in turns)}")
        return int(any(failed for _, failed in turns))
    ending = threading.Event()
    threads = [threading.Thread(target=keep_working, args=(lane, ending)) for lane in lanes]
    with Signals() as signals:
        for thread in threads:
            thread.start()
        while not signals.sleep(60):
            pass
        ending.set()
        for thread in threads:
            thread.join()
    return 0


def children(chosen: argparse.Namespace) -> list[Child]:
    """Return the processes of an installation: the web server, and one for each lane."""
    where = ("--host", chosen.host, "--port", str(chosen.port))
    lanes = [Child(f"arbetet {lane}", (*TORGET, "work", "--lane", lane)) for lane in LANE_NAMES]
    return [Child("webbservern", (*TORGET, "serve", *where)), *lanes]


def address(chosen: argparse.Namespace) -> str:
    """Return the address to open in a browser."""
    host = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
    return f"http://{host}:{chosen.port}/"


def tell(text: str) -> None:
    """Print at once, also when the output is a file."""
    print(text, flush=True)
