"""A record as a file: who may fetch it, what is in it, and what the journal says of it."""

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from tests import make
from tests.storage import guards
from tests.verifier.exported import FILE, message, unpacked
from torget.errors import NotPreserved
from torget.journal import triggers
from torget.journal.models import Checkpoint, Entry
from torget.journal.verify import verify as verify_journal
from torget.organisation.models import RoleName
from torget.records import vault
from torget.records.export import export
from torget.records.models import Attachment, Message, Payload
from torget.records.verify import verify
from torget.verifier.examine import examine

ODD = "\ud800 \x00 \u202e åäö 🦌"
pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.TORGET, "data", tmp_path)


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make.user("Reg", RoleName.REGISTRAR))
    return client


@pytest.fixture
def open_database() -> Iterator[None]:
    """The database as its owner has it: no triggers. What is done there is undone."""
    with transaction.atomic():
        triggers.remove(connection, guards())
        yield
        transaction.set_rollback(True)


def address(found: Message) -> str:
    return f"/handlingar/{found.pk}/export/"


def test_a_reader_gets_a_file_that_proves_itself(reader: Client) -> None:
    found = message()

    answer = reader.post(address(found))

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="T{found.pk}-export.zip"'
    assert "no-store" in answer["Cache-Control"]
    whole = unpacked(answer.content)
    assert examine(whole.whole()).faults == []
    assert sorted(whole.files) == [
        "LÄSMIG.txt",
        FILE,
        whole.note,
        "public_key.txt",
        "record.json",
        "torget_verify.py",
    ]


def test_the_journal_says_that_it_was_exported_and_by_whom(reader: Client) -> None:
    found = message()

    whole = unpacked(reader.post(address(found)).content)

    entry = Entry.objects.get(event="records.exported")
    assert entry.about == found.key
    assert entry.actor == make.user("Reg").actor
    assert Checkpoint.objects.first().size == whole.size == entry.seq + 1  # type: ignore[union-attr]
    manifest = json.loads(base64.b64decode(whole.record["manifest"]["canonical"]))
    assert manifest["versions"] == [1, 2]
    assert manifest["torget_nr"] == f"T{found.pk}"
    assert list(verify()) == list(verify_journal()) == []


def test_fetching_it_is_to_know_of_it(reader: Client) -> None:
    found = make.version().message

    reader.post(address(found))

    found.refresh_from_db()
    assert found.knowledge_at is not None


def test_to_follow_a_link_exports_nothing(reader: Client) -> None:
    found = message()
    lines = Entry.objects.count()

    assert reader.get(address(found)).status_code == 405
    assert Entry.objects.count() == lines


def test_who_may_not_read_the_record_finds_no_export(client: Client) -> None:
    found = message()
    elsewhere = make.unit("Vård", make.unit())
    outsiders = [
        make.user("It", RoleName.IT),
        make.user("Annan", RoleName.REGISTRAR, at=elsewhere),
        make.user("Ingen"),
    ]

    for outsider in outsiders:
        client.force_login(outsider)
        assert client.post(address(found)).status_code == 404
    client.logout()
    assert client.post(address(found)).status_code == 302
    assert not Entry.objects.filter(event="records.exported").exists()


def test_the_record_offers_it_and_the_print_view_does_not(reader: Client) -> None:
    found = message()

    assert address(found) in reader.get(f"/handlingar/{found.pk}/").text
    assert address(found) not in reader.get(f"/handlingar/{found.pk}/?utskrift").text
    reader.post(address(found))
    assert "Handlingen exporterades med bevis" in reader.get(f"/handlingar/{found.pk}/").text


def test_only_files_that_a_person_has_opened_go_along(reader: Client) -> None:
    found = message()
    opened, closed = Attachment.objects.filter(version__message=found, version__n=1)

    whole = unpacked(reader.post(address(found)).content)

    assert (opened.state, closed.state) == ("opened", "quarantined")
    assert whole.files[FILE] == make.picture().data
    everything = b"".join(whole.whole().values())
    assert b"GIF89a" not in everything
    assert closed.secret not in everything and closed.secret.hex().encode() not in everything
    remarks = dict(examine(whole.whole()).remarks)
    assert "ingen person har öppnat" in remarks["Version 1 bilaga 2"]


def test_it_holds_only_lines_of_this_record(reader: Client) -> None:
    found = message()
    other = make.version("Hemligt annat", remote_id="99").message

    whole = unpacked(reader.post(address(found)).content)

    assert str(other.key).encode() not in b"".join(whole.whole().values())
    events = [json.loads(row["line"])["event"] for row in whole.record["lines"]]
    assert events.count("records.captured") == 2
    assert {"records.opened", "records.attachment_opened", "records.seen_hidden"} <= set(events)


def test_it_holds_proof_of_growth_from_every_checkpoint_before(reader: Client) -> None:
    found = message()
    for _ in range(3):
        whole = unpacked(reader.post(address(found)).content)

    sizes = list(Checkpoint.objects.order_by("size").values_list("size", flat=True))
    assert list(map(int, whole.record["consistency"])) == sizes[:-1]
    assert len(sizes) == 4
    kept = {f"{row.size}.txt": row.note.encode() for row in Checkpoint.objects.all()}
    assert examine(whole.whole(), earlier=kept).faults == []


def test_files_stand_in_order_and_without_the_time_they_were_packed(reader: Client) -> None:
    answer = reader.post(address(message()))

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_disposed_record_can_be_exported_and_says_so(reader: Client) -> None:
    found = message()
    make.destroyed(found)

    whole = unpacked(reader.post(address(found)).content)

    report = examine(whole.whole())
    assert report.faults == []
    assert [name for name, _ in report.remarks].count("Version 1") == 1
    assert FILE not in whole.files
    assert b"sna" not in base64.b64decode(whole.record["versions"][0]["canonical"] or "")


@pytest.mark.usefixtures("open_database")
def test_a_record_that_is_not_as_it_was_saved_is_not_exported(reader: Client) -> None:
    found = message()
    Payload.objects.filter(version=found.latest_id).update(raw=b"{}")

    answer = reader.post(address(found))

    assert answer.status_code == 409
    assert "inte sparad i sin helhet" in answer.text
    assert not Entry.objects.filter(event="records.exported").exists()


@pytest.mark.usefixtures("open_database")
def test_a_journal_that_was_rewritten_gives_no_proof() -> None:
    found = message()
    entry = Entry.objects.filter(about=found.key, event="records.opened").get()
    entry.actor = make.user("Annan").actor
    entry.save()

    with pytest.raises(NotPreserved, match=f"Journalrad {entry.seq}"):
        export(found, by=make.user().actor, at=make.MONDAY)


def test_a_damaged_file_is_told_of(reader: Client) -> None:
    found = message()
    vault.path(Attachment.objects.filter(version__message=found, n=1)[0].address).unlink()

    assert reader.post(address(found)).status_code == 409


def test_odd_words_survive(reader: Client) -> None:
    found = make.version(ODD, remote_id="\x00x").message

    whole = unpacked(reader.post(address(found)).content)

    report = examine(whole.whole())
    assert report.faults == []
    assert ODD in dict(report.proved)["Version 1"]
