"""The ``torget`` command speaks Swedish, and says what to do when something is wrong."""

import argparse
import re
import subprocess
import sys

import pytest

from torget.errors import NoMandate
from torget.project import cli
from torget.project.commands import LANE_NAMES
from torget.project.loop import LANES

ENGLISH = re.compile(r"\b(usage|options?|error|show|invalid|the|required|arguments?|choose)\b")
COMMANDS = sorted(cli._parser()._subparsers._group_actions[0].choices)  # type: ignore[union-attr,arg-type]


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_swedish_for_every_command(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*command.split(), "--help"])

    text = printed(capsys)
    assert ended.value.code == 0
    assert text.startswith("användning: torget")
    assert not ENGLISH.search(text.replace("argument", ""))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "detta saknas: KOMMANDO"),
        (["flyg"], "'flyg' finns inte"),
        (["serve", "--port", "åtta"], "--port: 'åtta' är inte ett giltigt värde"),
        (["serve", "--port"], "--port: ett värde saknas"),
        (["work", "--lane", "fast"], "--lane: 'fast' finns inte"),
        (["work", "--onc"], "okända argument: --onc"),
        (["work", "--once=1"], "--once: tar inget värde"),
    ],
)
def test_wrong_use_is_explained_in_swedish(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)

    text = printed(capsys)
    assert ended.value.code == 2
    assert told in text
    assert not ENGLISH.search(text.replace("argument", ""))


def test_an_error_on_purpose_is_told_with_its_remedy_and_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: argparse.Namespace) -> int:
        raise NoMandate("Mandat saknas.", remedy="Be chefen om ett.")

    monkeypatch.setattr(cli, "_command", lambda _: fails)

    code = cli.main(["doctor"])

    assert code == 1
    assert capsys.readouterr().err == "torget: Mandat saknas.\nBe chefen om ett.\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_is_offered_leads_to_a_function(command: str) -> None:
    chosen = cli._parser().parse_args([command])

    assert callable(cli._command(chosen.target))


@pytest.mark.clause("4.10")
def test_screening_needs_no_django() -> None:
    script = (
        "import io, sys; from torget.project.cli import main;"
        ' sys.stdin = io.StringIO(\'{"id": 1, "text": "Vad roligt!"}\\n\');'
        ' code = main(["screen"]);'
        ' sys.exit(code or any(name.split(".")[0] == "django" for name in sys.modules))'
    )

    ended = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)

    assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_lanes_that_help_offers_are_those_there_are() -> None:
    assert set(LANE_NAMES) == set(LANES)
