"""``torget bench`` measures the real thing, and says so where it cannot."""

import json
import subprocess
import sys

import pytest

from torget.project import bench
from torget.project.commands import bench as command


@pytest.mark.nightly
def test_it_measures_a_full_list_beside_its_floor() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "torget.project.cli", "bench", "--json"],
        check=True,
        capture_output=True,
    )

    told = json.loads(ended.stdout)

    assert told["page"]["rows"] == 50
    assert told["page"]["cpu"] > told["page"]["floor"] > 0
    assert told["start"]["cpu"] > 0
    for one in told["lists"].values():
        assert one["rows"] == 50
        assert one["cpu"] > one["ready"] > 0
        assert one["queries"] <= 8
        assert one["kilobytes"] <= 60


def test_this_process_is_measured_with_those_it_started() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        tree = bench._tree(child.pid)
        assert child.stdin
        child.stdin.close()

    assert tree == [child.pid]


def test_a_process_that_is_gone_costs_nothing_that_can_be_told() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    assert bench._cpu(gone.pid) is None
    assert bench._memory(gone.pid) is None
    assert command._told(None, "MB") == "går inte att mäta på det här systemet"


def test_figures_are_written_the_swedish_way() -> None:
    assert command._told(80.66, "MB") == "80,7 MB"
