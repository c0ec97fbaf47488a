"""``torget demo``: a municipality to practise in."""

import argparse
import os

from torget.project.commands import running

_PRACTICE = {
    "TORGET_DATA": "var/practice",
    "TORGET_DEMO": "true",
    "TORGET_ALLOW_PRIVATE_ADDRESSES": "true",
}


def demo(chosen: argparse.Namespace) -> int:
    """Start the practice municipality."""
    for name, value in _PRACTICE.items():
        os.environ.setdefault(name, value)
    return running.run(chosen)
