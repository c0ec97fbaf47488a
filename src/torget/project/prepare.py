"""Brings a data folder up to date: ``python -m torget.project.prepare``, before anything starts."""

import sys

from django.core.checks import run_checks
from django.core.management import call_command

from torget.project.commands import set_up
from torget.project.processes import follow


def main() -> int:
    """Create or migrate the database, and collect the files that pages ask for."""
    follow()
    set_up()
    from torget.web import assets

    if faults := [fault for fault in run_checks() if fault.is_serious()]:
        sys.stderr.write("".join(f"torget: {fault.msg} {fault.hint or ''}\n" for fault in faults))
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    assets.collect()
    return 0


if __name__ == "__main__":
    sys.exit(main())
