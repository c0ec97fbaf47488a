"""``torget doctor`` finds what is wrong with an installation, and says what to do."""

import json
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import make
from torget.errors import NoTimestamp
from torget.journal import timestamps
from torget.project import doctor
from torget.project.commands.reading import doctor as command

pytestmark = pytest.mark.django_db


def found() -> dict[str, doctor.Finding]:
    return {finding.about: finding for finding in doctor.examine()}


def test_a_sound_installation_needs_no_hand() -> None:
    findings = found()

    assert findings["Databas"].told.endswith(", wal")
    assert findings["Databasens form"].told == "aktuell"
    assert [one for one in findings.values() if one.remedy and one.about != "Gränssnitt"] == []


def test_a_missing_database_is_told_and_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "torget.sqlite3")

    assert "torget run" in found()["Databas"].remedy
    assert not (tmp_path / "torget.sqlite3").exists()


def test_a_key_that_others_can_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.TORGET, "secret_key", "")
    monkeypatch.setattr(settings.TORGET, "data", tmp_path)
    (tmp_path / "secret.key").touch(mode=0o644)
    (tmp_path / "secret.key").chmod(0o644)

    assert "chmod 600" in found()["Nyckel"].remedy


@pytest.mark.clause("4.6")
def test_a_journal_key_that_others_can_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.TORGET, "data", tmp_path)
    (tmp_path / "journal.key").touch()
    (tmp_path / "journal.key").chmod(0o640)

    assert "chmod 600" in found()["Journalens nyckel"].remedy


@pytest.mark.clause("4.6")
def test_why_time_stamps_fail_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.TORGET, "tsa_url", "https://tid.example/tsr")
    assert not found()["Tidsstämplar"].remedy
    trouble = NoTimestamp("Tjänsten svarar inte.", remedy="Kontrollera TORGET_TSA_URL.")

    timestamps.note_trouble(trouble, at=make.MONDAY)

    finding = found()["Tidsstämplar"]
    assert (finding.told, finding.remedy) == ("Tjänsten svarar inte", trouble.remedy)


def test_an_adapter_that_cannot_be_loaded_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoint("fluga", "torget.not_there:connect", "torget.platforms")
    monkeypatch.setattr(doctor, "entry_points", lambda **_: [broken])

    assert found()["Plattform fluga"].remedy


def test_what_cannot_be_looked_at_is_a_finding_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.TORGET, "data", Path("/not/there"))

    assert found()["Utrymme"].told == "FileNotFoundError"


def test_the_command_fails_when_something_needs_a_hand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Chosen:
        json = True

    broken = doctor.Finding("Databas", "skadad", "Läs tillbaka kopian.")
    monkeypatch.setattr(doctor, "examine", lambda: [broken])

    code = command(Chosen())  # type: ignore[arg-type]

    assert code == 1
    assert json.loads(capsys.readouterr().out) == [
        {"about": "Databas", "told": "skadad", "remedy": "Läs tillbaka kopian."}
    ]
