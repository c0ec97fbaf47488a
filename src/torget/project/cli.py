"""The ``torget`` command."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version

from torget.errors import TorgetError
from torget.project.commands import LANE_NAMES
from torget.project.processes import follow
from torget.project.swedish import Parser
from torget.screening import command as screening


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Return the exit code: 0 done, 1 refused or faults found, 2 used wrongly."""
    follow()
    chosen = _parser().parse_args(arguments)
    try:
        return _command(chosen.target)(chosen)
    except TorgetError as error:
        print(f"torget: {error.message}\n{error.remedy}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _command(target: str) -> Callable[[argparse.Namespace], int]:
    """Import only what the command needs: ``screen`` runs without Django."""
    module, function = target.split(":")
    command: Callable[[argparse.Namespace], int] = getattr(import_module(module), function)
    return command


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="torget",
        description="Utför kommunens riktlinjer för sociala medier: från uppdrag till arkiv.",
        epilog="Inställningar läses ur miljön (TORGET_DATA, TORGET_HOSTS …).",
    )
    parser.add_argument(
        "--version", action="version", version=version("torget"), help="visa versionen"
    )
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)

    def command(name: str, summary: str, target: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=summary, description=summary)
        made.set_defaults(target=f"torget.project.commands.{target}")
        return made

    for name, summary, target in (
        ("run", "starta Torget: webbsidor och arbete i ett", "running:run"),
        ("serve", "starta bara webbservern", "running:serve"),
        ("demo", "starta en övningskommun att prova i", "demo:demo"),
    ):
        _address(command(name, summary, target))
    practice = commands.choices["demo"]
    practice.add_argument("--erase", action="store_true", help="ta bort övningskommunen, och sluta")
    practice.add_argument("--no-trickle", action="store_true", help="inga nya kommentarer kommer")
    work = command("work", "hämta, granska och utför det som väntar", "running:work")
    work.add_argument("--lane", choices=LANE_NAMES, help="bara det ena slaget av arbete")
    work.add_argument("--once", action="store_true", help="ett varv, och sedan slut")
    for name, summary, target in (
        ("clauses", "visa riktlinjens punkter med kod och tester", "reading:clauses"),
        ("verify", "pröva att inget sparat är ändrat", "reading:verify"),
        ("doctor", "kontrollera att installationen är hel", "reading:doctor"),
        ("bench", "mät vad start, vila och kommentarsidan kostar", "bench:bench"),
    ):
        command(name, summary, target).add_argument(
            "--json", action="store_true", help="skriv svaret som JSON"
        )
    screening.add_arguments(
        command(
            "screen", "pröva texter mot riktlinjen: JSON-rader in, JSON-rader ut", "reading:screen"
        )
    )
    return parser


def _address(parser: argparse.ArgumentParser) -> None:
    port = os.environ.get("PORT", "8000")
    parser.add_argument("--host", default="127.0.0.1", help="adress att lyssna på (%(default)s)")
    parser.add_argument("--port", type=int, default=port, help="port att lyssna på (%(default)s)")


if __name__ == "__main__":
    sys.exit(main())
