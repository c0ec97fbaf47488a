"""``torget-verify`` on a machine without Torget: Python, cryptography, and nothing else."""

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from tests.verifier.exported import Exported, copied, exported, forged
from torget.journal.models import Checkpoint
from torget.verifier import command
from torget.verifier.single import PARTS, single_file

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]

# -I and -S: no user's packages, no site-packages, no PYTHONPATH. Only what is linked below.
ALONE = """
import runpy, sys
sys.path.append(sys.argv.pop(1))
for name in ("torget", "django"):
    try:
        __import__(name)
    except ImportError:
        continue
    sys.exit(f"{name} is here")
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
NEEDED = ("cryptography", "cffi", "_cffi_backend", "pycparser", "typing_extensions")


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Exported:
    monkeypatch.setattr(settings.TORGET, "data", tmp_path / "data")
    return exported()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of packages with cryptography and what it needs."""
    folder, here = tmp_path / "packages", Path(sysconfig.get_path("platlib"))
    folder.mkdir()
    for name in NEEDED:
        for found in here.glob(f"{name}*"):
            if found.name.split(".")[0] == name:
                (folder / found.name).symlink_to(found)
    return folder


def run(bare: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier that lies in ``folder``, alone."""
    program = [sys.executable, "-I", "-S", "-c", ALONE, str(bare), "torget_verify.py"]
    asked = [*program, *arguments]
    return subprocess.run(asked, cwd=folder, check=False, capture_output=True, text=True)


def test_it_proves_an_unpacked_export_and_a_zip_without_torget(
    whole: Exported, bare: Path, tmp_path: Path
) -> None:
    packed, folder = tmp_path / "T1-export.zip", tmp_path / "ut"
    packed.write_bytes(whole.packed())
    zipfile.ZipFile(packed).extractall(folder)

    for export in ("../T1-export.zip", "."):
        ended = run(bare, folder, export)

        assert (ended.returncode, ended.stderr) == (0, "")
        assert "Bevisat: Version 2: sparad 2026-03-02T10" in ended.stdout
        assert ended.stdout.endswith("Allt i exporten är bevisat.\n")


def test_it_catches_a_journal_signed_anew_when_given_a_checkpoint(
    whole: Exported, bare: Path, tmp_path: Path
) -> None:
    (tmp_path / "torget_verify.py").write_text(single_file())
    (tmp_path / "falsk.zip").write_bytes(forged(whole).packed())
    for row in Checkpoint.objects.all():
        (tmp_path / f"{row.size}.txt").write_text(row.note)
    last, first = Checkpoint.objects.values_list("size", flat=True)

    unnoticed = run(bare, tmp_path, "falsk.zip")
    caught = run(
        bare, tmp_path, "falsk.zip", "--checkpoint", f"{first}.txt", "--checkpoint", f"{last}.txt"
    )

    assert unnoticed.returncode == 0
    assert caught.returncode == 1
    name = f"FEL: Kontrollpunkten {last}.txt: journalen har skrivits om sedan dess"
    assert name in caught.stdout
    assert caught.stdout.endswith("1 fel.\n")


def test_it_answers_as_json_and_with_a_key_from_elsewhere(
    whole: Exported, bare: Path, tmp_path: Path
) -> None:
    (tmp_path / "torget_verify.py").write_text(single_file())
    (tmp_path / "nyckel.txt").write_bytes(whole.files["public_key.txt"])
    (tmp_path / "falsk.zip").write_bytes(forged(whole, same_key=False).packed())

    ended = run(bare, tmp_path, "falsk.zip", "--public-key", "nyckel.txt", "--json")

    told = json.loads(ended.stdout)
    assert ended.returncode == 1
    assert told["proved"] is False
    assert told["faults"][0] == {
        "object": f"Kontrollpunkt {whole.size}",
        "explanation": "är inte undertecknad med en känd nyckel",
    }


@pytest.mark.parametrize("arguments", [[], ["--flyg"], ["a", "b"]])
def test_wrong_use_is_answered_with_the_help(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)

    assert ended.value.code == 2
    assert capsys.readouterr().err == command.HELP


def test_help_is_swedish(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["--help"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("användning: torget-verify EXPORT")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("borta.zip", None, "Exporten: går inte att öppna"),
        ("skräp.zip", b"PK\x03\x04skr", "Exporten: går inte att öppna"),
        ("tom.zip", b"PK\x05\x06" + b"\0" * 18, "Exporten: filen record.json saknas"),
    ],
)
def test_what_is_no_export_is_said_to_be_none(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    told: str,
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    assert command.main([str(tmp_path / name)]) == 1
    assert told in capsys.readouterr().out


def test_a_zip_that_can_be_read_in_two_ways_is_refused(
    whole: Exported, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = tmp_path / "dubbel.zip"
    packed.write_bytes(whole.packed())
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("record.json", b"{}")

    assert command.main([str(packed)]) == 1
    assert "två filer med samma namn" in capsys.readouterr().out


def test_a_zip_that_swells_is_not_unpacked(
    whole: Exported,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command, "_LARGEST", 1000)
    (tmp_path / "a.zip").write_bytes(whole.packed())

    assert command.main([str(tmp_path / "a.zip")]) == 1
    assert "större än någon export" in capsys.readouterr().out


def test_a_checkpoint_or_key_that_is_not_there_is_named(
    whole: Exported, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.zip").write_bytes(whole.packed())

    for option in ("--checkpoint", "--public-key", "--tsa-roots"):
        assert command.main([str(tmp_path / "a.zip"), option, str(tmp_path / "borta")]) == 1
        assert "borta: går inte att läsa" in capsys.readouterr().out


def test_nothing_that_was_written_can_steer_the_terminal(
    whole: Exported, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tampered = copied(whole)
    tampered.files["a\x1b[2J\u202e"] = b""
    (tmp_path / "a.zip").write_bytes(tampered.packed())

    command.main([str(tmp_path / "a.zip")])

    shown = capsys.readouterr().out
    assert "\x1b" not in shown and "\u202e" not in shown
    assert "\\x1b[2J\\u202e" in shown


def test_the_one_file_imports_nothing_of_torget() -> None:
    program = single_file()

    assert "import torget" not in program
    assert "from torget" not in program
    assert program.count("\ndef ") == sum(
        Path(command.__file__).with_name(f"{part}.py").read_text().count("\ndef ") for part in PARTS
    )
