"""Brings a data folder up to date: ``python -m torget.project.prepare``, before anything starts."""

import sys
from pathlib import Path

from django.core.checks import run_checks
from django.core.management import call_command

from torget.project.commands import set_up
from torget.project.processes import follow


def main(arguments: list[str]) -> int:
    """Create or migrate the database, and collect the files that pages ask for.

    ``--practice FILE PORT`` also fills an empty database with the practice municipality, whose
    blog keeps its state in the file and answers at the port.
    """
    follow()
    set_up()
    from torget.web import assets

    if faults := [fault for fault in run_checks() if fault.is_serious()]:
        sys.stderr.write("".join(f"torget: {fault.msg} {fault.hint or ''}\n" for fault in faults))
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    assets.collect()
    match arguments:
        case ["--practice", state, port]:
            sys.stdout.write(_practice(Path(state), int(port)))
        case ["--quiet", "--practice", state, port]:
            _practice(Path(state), int(port))
        case _:
            sys.stdout.write(_first_person())
    return 0


def _practice(state: Path, port: int) -> str:
    """Prepare the practice municipality, and return how to sign in to it."""
    from django.utils import timezone

    from torget.practice import demo

    demo.prepare(state, port, now=timezone.now())
    rows = [f"  {one.role:16}{one.email:40}{one.password}" for one in demo.sign_ins()]
    told = ["Roll och inloggning:", *rows, f"Övningsbloggen: http://127.0.0.1:{port}/"]
    return "\n".join([*told, "Ta bort alltihop: torget demo --erase", ""])


def _first_person() -> str:
    """Say so where nobody can sign in. There is no page yet on which to add the first person."""
    from torget.organisation.models import User

    if User.objects.exists():
        return ""
    return (
        "Ingen person finns i databasen, så ingen kan logga in. Sidan där den första personen läggs"
        " till finns inte i den här versionen. Prova Torget i övningskommunen: torget demo\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
