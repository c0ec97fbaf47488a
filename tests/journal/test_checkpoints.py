"""A checkpoint says how long the journal was, and betrays whoever shortens or rewrites it."""

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tests import make
from tests.storage import guards
from torget.journal import checkpoints, keys, triggers, work
from torget.journal import services as journal
from torget.journal.models import Checkpoint, Entry, Tree
from torget.journal.tree import grow
from torget.journal.verify import verify
from torget.verifier.notes import check_note, read_keys, read_note
from torget.verifier.tree import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder without a key."""
    monkeypatch.setattr(settings.TORGET, "data", tmp_path)
    return tmp_path


def write(lines: int = 1) -> None:
    about = make.user().actor
    line = journal.Line("a.b", about, journal.SYSTEM, ("4.6",), make.MONDAY)
    journal.append([line] * lines)


def signed(lines: int = 1) -> Checkpoint:
    write(lines)
    made = checkpoints.make(make.MONDAY)
    assert made is not None
    return made


def faults() -> list[str]:
    return [str(fault) for fault in verify() if "Spärren" not in str(fault)]


@pytest.fixture
def open_database() -> Iterator[None]:
    """The database as its owner has it: no triggers. What is done there is undone."""
    with transaction.atomic():
        triggers.remove(connection, guards())
        yield
        transaction.set_rollback(True)


def rewrite(entries: list[Entry]) -> None:
    """Write the journal anew, as its owner can: every leaf and the root agree with the lines."""
    Entry.objects.all().delete()
    peaks: list[bytes] = []
    size = 0
    for entry in entries:
        entry.seq, entry.leaf = size, b""
        entry.leaf = make.leaf(entry)
        size = grow(size, peaks, entry.leaf)
    Entry.objects.bulk_create(entries)
    Tree.objects.update(size=size, peaks=b"".join(peaks))


def test_it_says_origin_size_root_and_time_and_is_signed(own_key: Path) -> None:
    checkpoint = signed(5)

    note = read_note(checkpoint.note)

    (key,) = read_keys((own_key / "journal.pub").read_text("utf-8"))
    assert check_note(note, [key]) == key
    assert note.origin == key.name
    assert note.origin.startswith("kommunen/torget/")
    assert (note.size, note.root) == (5, Tree.objects.get().root())
    assert note.at == "2026-03-02T09:00:00.000000Z"
    assert checkpoint.at == make.MONDAY


def test_the_key_is_for_torget_alone_and_stays_the_same(own_key: Path) -> None:
    first, second = signed().told, signed().told

    assert stat.S_IMODE((own_key / "journal.key").stat().st_mode) == 0o600
    assert first.origin == second.origin
    assert len(keys.public_keys()) == 1
    assert sorted(path.name for path in own_key.iterdir()) == ["journal.key", "journal.pub"]


def test_a_lost_key_is_replaced_and_old_signatures_still_hold(own_key: Path) -> None:
    old = signed()
    (own_key / "journal.key").unlink()

    new = signed()

    first, second = keys.public_keys()
    assert first.name == second.name
    assert check_note(old.told, keys.public_keys()) == first
    assert check_note(new.told, keys.public_keys()) == second
    assert faults() == []


def test_the_name_stays_when_the_municipality_is_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signed().told.origin
    monkeypatch.setattr(settings.TORGET, "municipality", "Storkommunen")

    assert signed().told.origin == before


def test_nothing_is_signed_when_nothing_was_written() -> None:
    assert checkpoints.make(make.MONDAY) is None
    signed()

    assert checkpoints.make(make.MONDAY) is None
    assert Checkpoint.objects.count() == 1


def test_the_lane_signs_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel(make.MONDAY, tick=False) as clock:
        write()
        turns = [work.checkpoint(50)]
        write()
        turns.append(work.checkpoint(50))
        clock.shift(timedelta(hours=13, minutes=59))  # 23.59 in Stockholm
        turns.append(work.checkpoint(50))
        clock.shift(timedelta(minutes=1))
        turns.append(work.checkpoint(50))
        clock.shift(timedelta(days=1))
        turns.append(work.checkpoint(50))

    assert turns == [1, 0, 0, 1, 0]
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [2, 1]


@pytest.mark.parametrize(
    "act", ["UPDATE journal_checkpoint SET note = ''", "DELETE FROM journal_checkpoint"]
)
def test_the_database_refuses_to_change_or_remove_one(act: str) -> None:
    signed()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)


def test_a_sound_journal_agrees_with_all_its_checkpoints() -> None:
    for lines in (1, 2, 3, 5):
        signed(lines)
    write()

    assert faults() == []


@pytest.mark.usefixtures("open_database")
def test_a_journal_written_anew_throughout_is_betrayed() -> None:
    signed(4)
    signed(4)
    entries = list(Entry.objects.all())
    entries[5].event = "x.y"

    rewrite(entries)

    assert faults() == ["Kontrollpunkt 8: journalen har skrivits om sedan den gjordes."]


@pytest.mark.usefixtures("open_database")
def test_a_journal_cut_short_is_betrayed() -> None:
    signed(4)
    signed(4)

    rewrite(list(Entry.objects.all())[:6])

    assert faults() == ["Kontrollpunkt 8: journalen har kortats sedan den gjordes."]


@pytest.mark.usefixtures("open_database")
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2026-03-02T09", "2026-03-03T09", "signaturen stämmer inte."),
        ("\n4\n", "\n5\n", "signaturen stämmer inte."),
        ("kommunen/", "annan/", "är inte undertecknad med en känd nyckel."),
        ("— ", "", "går inte att läsa."),
        ("\n4\n", "\n04\n", "går inte att läsa."),
    ],
)
def test_a_changed_checkpoint_is_named(old: str, new: str, told: str) -> None:
    note = signed(4).note
    assert old in note

    Checkpoint.objects.update(note=note.replace(old, new))

    assert faults() == [f"Kontrollpunkt 4: {told}"]


@pytest.mark.usefixtures("open_database")
def test_one_signed_with_a_key_that_is_not_ours_is_named(own_key: Path) -> None:
    signed(4)
    (own_key / "journal.key").unlink()
    (own_key / "journal.pub").unlink()
    keys.signer()

    assert faults() == ["Kontrollpunkt 4: är inte undertecknad med en känd nyckel."]


@pytest.mark.usefixtures("open_database")
def test_what_cannot_be_read_is_named(own_key: Path, client: Client) -> None:
    signed(4)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_checkpoint SET note = x'ff00'")
    assert faults() == ["Kontrollpunkt 4: går inte att läsa."]
    assert client.get("/bevis/").status_code == client.get("/bevis.json").status_code == 200
    (own_key / "journal.pub").write_text("skräp")
    assert faults() == ["Kontrollpunkt 4: går inte att läsa."]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_key_and_one_checkpoint(own_key: Path) -> None:
    write(3)
    start, made = Barrier(4), []

    def sign() -> None:
        try:
            start.wait()
            made.append(checkpoints.make(make.MONDAY))
        finally:
            connection.close()

    threads = [Thread(target=sign) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(each is not None for each in made) == 1
    assert len(keys.public_keys()) == 1
    assert faults() == []


@pytest.mark.parametrize("text", ["a", "a+b", "a+b+c", "kommunen/x+00000000+AQ==", "a+b+åäö"])
def test_a_damaged_key_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_keys(text)


def test_the_public_page_shows_what_to_keep_and_why(client: Client) -> None:
    for _ in range(12):
        last = signed()

    page = client.get("/bevis/")

    assert page.status_code == 200
    shown = page.content.decode()
    assert last.note.splitlines()[-1][2:] in shown
    assert keys.public_keys()[0].line in shown
    assert "torget_verify.py" in shown
    assert "<script" not in shown
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")
    assert shown.count("<li ") == 10


def test_a_checkpoint_can_be_fetched_as_it_was_signed(client: Client) -> None:
    checkpoint = signed(3)

    answer = client.get("/bevis/3.txt")

    assert answer.content.decode() == checkpoint.note
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get("/bevis/4.txt").status_code == 404


def test_the_same_is_there_for_machines(client: Client) -> None:
    checkpoint = signed(3)

    answer = client.get("/bevis.json")

    told = answer.json()
    assert told["public_keys"] == [key.line for key in keys.public_keys()]
    assert told["checkpoints"] == [
        {
            "origin": checkpoint.told.origin,
            "size": 3,
            "root": checkpoint.told.root.hex(),
            "at": "2026-03-02T09:00:00.000000Z",
            "note": checkpoint.note,
            "timestamp": None,
        }
    ]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies


def test_the_page_says_so_when_nothing_is_signed_yet(client: Client) -> None:
    assert "Ingen kontrollpunkt" in client.get("/bevis/").content.decode()
    assert client.get("/bevis.json").json() == {"public_keys": [], "checkpoints": []}
    assert client.post("/bevis/").status_code == 405
