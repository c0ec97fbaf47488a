"""``torget bench``: measures in a practice municipality of its own, and takes it away again."""

import argparse
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

from torget.project.commands import in_own_process, set_up
from torget.project.commands.demo import PRACTICE
from torget.project.serve import free_port

LISTS = ("/handlingar/", "/handlingar/?q=skolan")


def bench(chosen: argparse.Namespace) -> int:
    """Print what starting, resting and the list of comments cost."""
    with tempfile.TemporaryDirectory(prefix="torget-bench-") as folder:
        os.environ |= PRACTICE | {"TORGET_DATA": folder, "TORGET_DATABASE_URL": ""}
        blog = (str(Path(folder) / "blog.sqlite3"), str(free_port()))
        if code := in_own_process("torget.project.prepare", "--quiet", "--practice", *blog):
            return code
        from torget.project import bench as measured

        started = measured.start(free_port())
        set_up()
        page = measured.page()
        lists = {address: measured.listed(address) for address in LISTS}
    if chosen.json:
        found = {
            "start": asdict(started),
            "page": asdict(page),
            "lists": {
                address: asdict(one) | {"ratio": one.ratio} for address, one in lists.items()
            },
        }
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    print(f"start till första svar: {_told(started.cpu, 's CPU')}")
    print(f"minne i vila, webbprocessen: {_told(started.megabytes, 'MB')}")
    ratio = page.cpu / page.floor
    print(
        f"kommentarsidan, {page.rows} rader: {_told(page.cpu * 1000, 'ms CPU')},"
        f" {page.queries} frågor till databasen;"
        f" golvet {_told(page.floor * 1000, 'ms')}, kvot {ratio:.0f}"
    )
    for address, one in lists.items():
        print(
            f"{address}, {one.rows} rader: {_told(one.cpu * 1000, 'ms CPU')}, {one.queries} frågor,"
            f" {_told(one.kilobytes, 'kB')}; samma mall med färdiga värden"
            f" {_told(one.ready * 1000, 'ms')}, kvot {_told(one.ratio, '').strip()}"
        )
    return 0


def _told(figure: float | None, what: str) -> str:
    if figure is None:
        return "går inte att mäta på det här systemet"
    return f"{figure:.1f} {what}".replace(".", ",", 1)
