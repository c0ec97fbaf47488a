"""``torget demo``: a municipality to practise in."""

import argparse
import os
import sys

from torget.project import folder
from torget.project.commands import in_own_process, running
from torget.project.environment import environment
from torget.project.serve import free_port, refuse_taken
from torget.project.supervisor import Child, supervise

PRACTICE = {
    "TORGET_DATA": "var/practice",
    "TORGET_DEMO": "true",
    "TORGET_MUNICIPALITY": "Björkbo kommun",
    "TORGET_ALLOW_PRIVATE_ADDRESSES": "true",  # the blog is on this machine
}


def demo(chosen: argparse.Namespace) -> int:
    """Prepare the practice municipality, and keep it and its blog running. Or erase it."""
    for name, value in PRACTICE.items():
        os.environ.setdefault(name, value)
    os.environ["TORGET_DATABASE_URL"] = ""  # never among records: practice has its own database
    data = environment().data
    if chosen.erase:
        folder.erase_practice(data)
        running.tell(f"Övningskommunen är borttagen ({data}).")
        return 0
    refuse_taken(chosen.host, chosen.port)
    blog = (str(data / "blog.sqlite3"), str(free_port(chosen.port + 1)))
    with folder.held(data):
        folder.mark_for_practice(data)
        if code := in_own_process("torget.project.prepare", "--practice", *blog):
            return code
        running.tell(f"Öva på {running.address(chosen)} – avsluta med Ctrl-C.")
        supervise([*running.children(chosen), _blog(blog, chosen)], tell=running.tell)
    return 0


def _blog(blog: tuple[str, str], chosen: argparse.Namespace) -> Child:
    run = (sys.executable, "-m", "torget.project.follower", "torget.practice.serve", *blog)
    return Child("övningsbloggen", (*run, "--still") if chosen.no_trickle else run)
