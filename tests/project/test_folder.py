"""One Torget at a time works in a data folder, and practice never happens among records."""

import subprocess
import sys
from pathlib import Path

import pytest

from torget.project import folder

HOLDS = """
import sys, time
from pathlib import Path
from torget.project.folder import held
with held(Path(sys.argv[1])):
    print("holds", flush=True)
    time.sleep(1000)
"""


def test_a_folder_is_held_by_one_process_until_it_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout
            other.stdout.readline()

            with pytest.raises(folder.InUse), folder.held(tmp_path):
                pass
        finally:
            other.kill()
        other.wait()

        with folder.held(tmp_path):
            pass


def test_an_empty_folder_may_be_practised_in_and_erased(tmp_path: Path) -> None:
    data = tmp_path / "practice"
    with folder.held(data):
        folder.mark_for_practice(data)
        (data / "torget.sqlite3").touch()
    with folder.held(data):
        folder.mark_for_practice(data)  # a second start

    folder.erase_practice(data)

    assert not data.exists()


def test_nobody_practises_among_records(tmp_path: Path) -> None:
    (tmp_path / "torget.sqlite3").touch()

    with pytest.raises(folder.NotForPractice):
        folder.mark_for_practice(tmp_path)


def test_records_are_never_erased_as_practice(tmp_path: Path) -> None:
    database = tmp_path / "torget.sqlite3"
    database.touch()

    with pytest.raises(folder.NotForPractice):
        folder.erase_practice(tmp_path)

    assert database.exists()


def test_what_is_being_practised_in_is_not_erased(tmp_path: Path) -> None:
    with folder.held(tmp_path):
        folder.mark_for_practice(tmp_path)

        with pytest.raises(folder.InUse):
            folder.erase_practice(tmp_path)

    assert tmp_path.exists()


def test_erasing_what_is_not_there_is_done_already(tmp_path: Path) -> None:
    folder.erase_practice(tmp_path / "practice")
