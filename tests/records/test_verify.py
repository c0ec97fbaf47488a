"""One byte changed in what is saved is found, and the object named."""

import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DataError, IntegrityError, connection, models, transaction

from tests import make
from tests.storage import guards
from torget.journal import triggers
from torget.journal import verify as journal_verify
from torget.journal.models import Entry, Tree
from torget.platforms.contract import Media, Snapshot
from torget.project.cli import main
from torget.project.verify import run
from torget.records import services as records
from torget.records import vault
from torget.records.models import (
    Attachment,
    Disposed,
    Message,
    MessageVersion,
    Payload,
    Visibility,
)
from torget.records.verify import verify

pytestmark = pytest.mark.django_db

KEPT = (Entry, MessageVersion, Payload, Attachment, Visibility, Disposed, Message, Tree)
# Columns that no line commits to: they may change, and say nothing of what was saved.
FREE = {"records.message.awaited", "records.message.last_seen_at", "records.visibility.id"}
EVERY = [
    pytest.param(model, field, id=f"{model._meta.label_lower}.{field.name}")
    for model in KEPT
    for field in model._meta.concrete_fields
    if f"{model._meta.label_lower}.{field.name}" not in FREE
    and not (model is Tree and field.primary_key)
]
NAMES = {
    Entry: "Journalrad",
    Tree: "Journalens",
    Message: "Handling T",
    Disposed: "Handling T",
    Visibility: "ynlighet",
}


def faults() -> list[str]:
    return [str(fault) for fault in (*journal_verify.verify(), *verify())]


@pytest.fixture
def kept() -> MessageVersion:
    """Two messages, three versions, pictures, an opened file, a hiding, a disposal, a reading."""
    channel = make.channel()
    picture = Media("http://127.0.0.1:1/a.png", "image/png", "En lekplats", b"\x89PNG lekplats")
    lost = Media("http://127.0.0.1:1/b.png", "image/png")
    parent, other = make.incoming("Först", remote_id="1"), make.incoming("Annat", remote_id="3")
    first = records.capture(channel, Snapshot(parent), at=make.MONDAY)
    child = make.answer("Ett svar", to="1", media=(picture, lost))
    version = records.capture(channel, Snapshot(child), at=make.MONDAY)
    records.capture(channel, Snapshot(make.answer("Ändrat", to="1")), at=make.MONDAY)
    opened = Attachment.objects.get(version=version, n=1)
    records.open_attachment(opened, by=make.user().actor, at=make.MONDAY)
    records.note_knowledge(version.message, by=make.user().actor, at=make.MONDAY)
    act = records.Act(name="hide", grounds=["4.10.a", "4.10.f"], decision=uuid4())
    records.note_visibility(version.message, "hidden", act=act, at=make.MONDAY)
    make.destroyed(records.capture(channel, Snapshot(other), at=make.MONDAY).message)
    assert faults() == []
    assert first.pk < version.pk
    return version


def row_of(model: type[models.Model], kept: MessageVersion) -> models.Model:
    """Return the row to tamper with: of the version with the picture, where it has one."""
    rows: dict[type[models.Model], models.Model] = {
        Entry: kept.entry,
        MessageVersion: kept,
        Payload: kept.payload,
        Attachment: Attachment.objects.get(version=kept, n=1),
        Message: Message.objects.get(pk=kept.message_id),
        Visibility: Visibility.objects.get(message=kept.message_id),
    }
    return rows.get(model) or model._default_manager.get()


@pytest.fixture
def open_database(kept: MessageVersion) -> Iterator[MessageVersion]:
    """The database as its owner has it: no triggers. What is done there is undone."""
    with transaction.atomic():
        triggers.remove(connection, guards())
        yield kept
        transaction.set_rollback(True)


def flipped(value: Any) -> Iterator[Any]:
    """Yield the value with one byte changed at either end, as a disk or a hand may change it."""
    match value:
        case bytes() | memoryview():
            raw = bytes(value)
            yield bytes([raw[0] ^ 1, *raw[1:]]) if raw else b"\x01"
            yield raw[:-1] + bytes([raw[-1] ^ 0x80]) if raw else b"\x01\x02"
        case str():
            yield ("1" if value[:1] != "1" else "2") + value[1:]
            yield value[:-1] + ("x" if value[-1:] != "x" else "y")
            for at in (3, len(value) // 2):
                yield value[:at] + ("7" if value[at : at + 1] != "7" else "8") + value[at + 1 :]
        case datetime():
            yield value + timedelta(microseconds=1)
            yield value + timedelta(days=366)
            if connection.vendor == "sqlite":  # PostgreSQL keeps a moment, not what was written
                yield f"{value:%Y-%m-%d %H:%M}:x0"
        case UUID():
            yield UUID(int=value.int ^ 1)
        case int():
            yield value + 1024
            yield value + 65536
        case None:
            yield "2026-01-01 00:00:00"
            if connection.vendor == "postgresql":  # which takes no date in a column of numbers
                yield "1"


@pytest.mark.parametrize(("model", "field"), EVERY)
def test_a_changed_byte_in_any_column_is_found_and_named(
    open_database: MessageVersion, model: type[models.Model], field: Any
) -> None:
    row = row_of(model, open_database)
    with connection.cursor() as cursor:
        key = model._meta.pk
        assert key is not None
        at = key.get_db_prep_value(row.pk, connection)
        where = f"WHERE {key.column} = %s"
        cursor.execute(f"SELECT {field.column} FROM {model._meta.db_table} {where}", [at])
        (value,) = cursor.fetchone()

    taken = 0
    for changed in flipped(value):
        sql = f"UPDATE {model._meta.db_table} SET {field.column} = %s {where}"
        with transaction.atomic():
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(sql, [changed, at])
            except (IntegrityError, DataError):  # the column itself refuses such a value
                continue
            told = [line for line in faults() if "Spärren" not in line]
            transaction.set_rollback(True)

        taken += 1
        name = NAMES.get(model, f"Handling T{open_database.message_id}")
        assert any(name in line for line in told), told
    assert taken


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Entry, "Journalrad 1: saknas."),
        (MessageVersion, "en version sparades, men den finns inte."),
        (Payload, "inget beslut om gallring förklarar det"),
        (Attachment, "bilaga 1 finns inte"),
        (Visibility, "noteringen finns inte"),
        (Disposed, "inget beslut om gallring förklarar det"),
    ],
)
def test_a_row_that_is_gone_is_missed(
    open_database: MessageVersion, model: type[models.Model], name: str
) -> None:
    row = row_of(model, open_database)

    with connection.cursor() as cursor:
        assert model._meta.pk is not None
        at = model._meta.pk.get_db_prep_value(row.pk, connection)
        table, key = model._meta.db_table, model._meta.pk.column
        cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [at])

    assert any(name in line for line in faults()), faults()


def test_a_changed_or_lost_file_is_named(kept: MessageVersion) -> None:
    place = vault.path(Attachment.objects.get(version=kept, n=1).address)
    sealed = place.read_bytes()

    for at in (0, len(sealed) // 2, len(sealed) - 1):
        place.write_bytes(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :])
        assert f"Handling T{kept.message_id} version 1: filen till bilaga 1" in faults()[0]
    place.unlink()
    assert f"Handling T{kept.message_id} version 1: filen till bilaga 1" in faults()[0]

    place.write_bytes(sealed)
    assert faults() == []


def test_a_file_swapped_for_another_of_the_same_message_is_named(
    open_database: MessageVersion,
) -> None:
    kept = vault.keep(b"en annan bild")
    rows = Attachment.objects.filter(version=open_database, n=1)

    rows.update(address=kept.address, secret=kept.secret)

    assert any("bilaga 1 stämmer inte med journalen" in line for line in faults())


def test_a_missing_guard_is_named(kept: MessageVersion) -> None:
    with transaction.atomic():
        triggers.remove(connection, [guards()[0]])
        told = faults()
        transaction.set_rollback(True)

    assert told == ["Spärren journal_entry_refuses_update: saknas i databasen."]


def test_a_line_rewritten_with_its_leaf_is_betrayed_by_the_root(
    open_database: MessageVersion,
) -> None:
    entry = open_database.entry
    entry.actor = uuid4()
    entry.leaf = make.leaf(entry)

    entry.save()

    assert "Journalens rot: stämmer inte med raderna." in faults()


def test_lines_cut_off_at_the_end_are_missed(open_database: MessageVersion) -> None:
    last = Entry.objects.order_by("-seq")[0].seq

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE seq = %s", [last])

    assert f"Journalens slut: {last + 1} rader är skrivna, men {last} finns." in faults()


@pytest.mark.clause("4.10")
def test_an_act_of_ours_older_than_what_was_saved_is_named(open_database: MessageVersion) -> None:
    version = open_database
    late = records.capture(make.channel(), Snapshot(make.incoming(remote_id="9")), at=make.MONDAY)
    Visibility.objects.filter(message=version.message).update(message=late.message)
    first, second = MessageVersion.objects.filter(message=version.message).order_by("n")
    MessageVersion.objects.filter(pk=late.pk).update(entry=Entry.objects.count() + 1)
    note = records.note_visibility(
        version.message,
        "removed",
        act=records.Act(name="remove", grounds=["4.10.a"], decision=uuid4()),
        at=make.MONDAY,
    )
    for row in (first, second):  # as if they had been saved after the act
        MessageVersion.objects.filter(pk=row.pk).update(entry=note.entry_id + 10 + row.n)

    told = [line for line in faults() if f"T{version.message_id} synlighet {note.pk}" in line]

    assert "vår åtgärd är äldre än beviset" in told[0]


def test_the_command_says_what_is_wrong_and_with_what_code(open_database: MessageVersion) -> None:
    triggers.install(connection, guards())
    well, ill, listed = io.StringIO(), io.StringIO(), io.StringIO()

    assert run(json=False, stdout=well) == 0
    triggers.remove(connection, guards())
    Payload.objects.filter(version=open_database).update(raw=b"{}")
    triggers.install(connection, guards())
    assert run(json=False, stdout=ill) == 1
    assert run(json=True, stdout=listed) == 1

    assert "Inget är ändrat och inget saknas." in well.getvalue()
    assert "varav 1 gallrade" in well.getvalue()
    assert f"Handling T{open_database.message_id} version 1: plattformens svar" in ill.getvalue()
    assert (
        json.loads(listed.getvalue())[0]["object"]
        == f"Handling T{open_database.message_id} version 1"
    )


def test_the_command_holds_the_journal_too(
    open_database: MessageVersion, capsys: pytest.CaptureFixture[str]
) -> None:
    triggers.install(connection, guards())
    assert main(["verify"]) == 0
    triggers.remove(connection, guards())
    Entry.objects.filter(seq=1).update(actor=uuid4())
    triggers.install(connection, guards())

    assert main(["verify"]) == 1

    assert "Journalrad 1: är ändrad efter att den skrevs." in capsys.readouterr().out
