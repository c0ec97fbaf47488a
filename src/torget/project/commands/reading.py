"""Commands that read and report, and change nothing."""

import argparse
import sys

from torget.project.commands import set_up


def clauses(chosen: argparse.Namespace) -> int:
    """Print each clause of the guideline with its code and tests."""
    set_up()
    from torget.project import clauses as table

    return table.run(as_json=chosen.json, stdout=sys.stdout)
