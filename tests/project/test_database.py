"""One setting chooses the database, and says what is wrong with itself without quoting a secret."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from torget.project import database as chosen
from torget.project.database import BadDatabaseUrl, database
from torget.project.environment import Environment

DATA = Path("/srv/torget")


def test_without_the_setting_the_database_is_a_file_in_the_data_folder() -> None:
    settings = database("", DATA)

    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["NAME"] == DATA / "torget.sqlite3"
    assert "synchronous=FULL" in settings["OPTIONS"]["init_command"]


def test_every_part_of_the_address_is_used() -> None:
    settings = database(
        "postgresql://maj%40kommun:l%C3%B6sen%2Ford@db.kommun.example:5433/torget?sslmode=verify-full",
        DATA,
    )

    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["USER"], settings["PASSWORD"]) == ("maj@kommun", "lösen/ord")
    assert (settings["HOST"], settings["PORT"]) == ("db.kommun.example", "5433")
    assert settings["NAME"] == "torget"
    assert settings["OPTIONS"]["sslmode"] == "verify-full"


def test_a_socket_is_named_by_its_folder() -> None:
    settings = database("postgresql:///torget?host=/run/postgresql", DATA)

    assert (settings["HOST"], settings["PORT"], settings["USER"]) == ("/run/postgresql", "", "")
    assert "host" not in settings["OPTIONS"]


def test_nobody_waits_for_ever_for_a_lock() -> None:
    assert "lock_timeout" in database("postgresql:///torget", DATA)["OPTIONS"]["options"]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://maj:hemlis@server/torget",
        "postgresql://maj:hemlis@server",
        "postgresql://maj:hemlis@server/",
        "postgresql://maj:hemlis@server:port/torget",
        "hemlis",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(BadDatabaseUrl) as refused:
        database(url, DATA)

    assert "postgresql://" in refused.value.remedy
    assert "hemlis" not in str(refused.value)


def test_a_missing_driver_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chosen, "find_spec", lambda _: None)

    with pytest.raises(BadDatabaseUrl) as refused:
        database("postgresql:///torget", DATA)

    assert "torget[postgresql]" in refused.value.remedy


def test_secrets_are_not_shown_with_the_settings() -> None:
    shown = repr(Environment(database_url="postgresql://a:hemlis@b/c", secret_key="hemlis"))

    assert "hemlis" not in shown


@pytest.mark.parametrize("command", ["doctor", "run"])
def test_a_bad_address_ends_the_command_with_its_remedy_and_no_traceback(
    tmp_path: Path, command: str
) -> None:
    own = {"TORGET_DATA": str(tmp_path), "TORGET_DATABASE_URL": "mysql://maj:hemlis@server/torget"}
    run = [sys.executable, "-m", "torget.project.cli", command]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}

    ended = subprocess.run(run, env=plain | own, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stderr.startswith("torget: TORGET_DATABASE_URL gäller inte PostgreSQL.")
    assert "Traceback" not in ended.stderr
    assert "hemlis" not in ended.stderr
