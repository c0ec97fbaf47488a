"""Lines are added in order, never changed, and hold nothing that may not outlive disposal."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction

from tests import make
from torget.journal import services as journal
from torget.journal.models import Entry, Tree
from torget.journal.services import SYSTEM, Line
from torget.journal.tree import leaf_hash, root_of
from torget.journal.verify import verify

pytestmark = pytest.mark.django_db


def line(event: str = "records.captured", at: datetime = make.MONDAY) -> Line:
    return Line(event, uuid4(), SYSTEM, ("4.6", "4.10.law"), at)


def test_lines_are_numbered_from_nought_without_gaps_and_the_tree_follows() -> None:
    journal.write("a.first", about=uuid4(), actor=SYSTEM, clauses=(), at=make.MONDAY)
    journal.append([line() for _ in range(5)])

    entries = list(Entry.objects.all())

    assert [entry.seq for entry in entries] == [0, 1, 2, 3, 4, 5]
    assert Tree.objects.get().root() == root_of([bytes(entry.leaf) for entry in entries])
    assert list(verify()) == []


def test_a_line_can_be_read_and_checked_by_anyone_with_json_and_sha_256() -> None:
    in_stockholm = datetime(2026, 3, 2, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    entry = journal.append([line(at=in_stockholm)])[0]

    said = json.loads(Entry.objects.get().line())

    assert said == {
        "v": 1,
        "seq": 0,
        "id": str(entry.id),
        "event": "records.captured",
        "about": str(entry.about),
        "actor": str(UUID(int=0)),
        "clauses": ["4.6", "4.10.law"],
        "commitment": "",
        "at": "2026-03-02T09:00:00.000000Z",
    }
    plain = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    assert leaf_hash(plain) == bytes(entry.leaf)


def test_a_batch_takes_the_trees_row_once(django_assert_max_num_queries: object) -> None:
    journal.append([line()])

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        journal.append([line() for _ in range(300)])

    assert Entry.objects.count() == 301


@pytest.mark.parametrize(
    "event", ["Kim togs bort", "records", "records.captured\n", "a.b; c.d", ""]
)
def test_an_event_is_a_code(event: str) -> None:
    with pytest.raises(ValueError, match="code"):
        journal.append([line(event)])


@pytest.mark.parametrize("clause", ["Kim", '4.6","x":"', "4.10.A", "", "4.6 "])
def test_a_clause_is_a_code(clause: str) -> None:
    with pytest.raises(ValueError, match="code"):
        journal.write("a.b", about=uuid4(), actor=SYSTEM, clauses=(clause,), at=make.MONDAY)

    assert not Entry.objects.exists()


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        journal.append([line(at=datetime(2026, 1, 1))])  # noqa: DTZ001


def test_the_table_has_no_room_for_words() -> None:
    texts = {
        field.name
        for field in Entry._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
    }

    assert texts == {"event"}


@pytest.mark.clause("4.6")
def test_the_same_words_commit_to_different_values_and_only_the_salt_explains() -> None:
    arguments = {"about": uuid4(), "actor": SYSTEM, "clauses": ("4.6",), "at": make.MONDAY}

    one, salt = journal.seal("a.b", b"19121212-1212", **arguments)  # type: ignore[arg-type]
    two, other = journal.seal("a.b", b"19121212-1212", **arguments)  # type: ignore[arg-type]

    assert one.commitment != two.commitment
    assert journal.commitment(b"19121212-1212", salt) == one.commitment
    assert journal.commitment(b"19121212-1212", other) != one.commitment
    digest = hashlib.sha256(b"19121212-1212").digest()
    assert one.commitment == hashlib.sha256(b"torget/commit/v1" + salt + digest).digest()


@pytest.mark.clause("4.6")
@pytest.mark.parametrize(
    "act", ["UPDATE journal_entry SET event = 'x.y'", "DELETE FROM journal_entry"]
)
def test_the_database_refuses_to_change_or_remove_a_line(act: str) -> None:
    journal.append([line()])

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)

    assert Entry.objects.get().event == "records.captured"


def test_a_line_undone_with_its_transaction_leaves_no_gap() -> None:
    journal.append([line()])
    with transaction.atomic():
        journal.append([line(), line()])
        transaction.set_rollback(True)

    journal.append([line()])

    assert list(Entry.objects.values_list("seq", flat=True)) == [0, 1]
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_write_one_row_of_lines() -> None:
    start, errors = Barrier(5), []

    def write() -> None:
        try:
            start.wait()
            for _ in range(4):
                journal.append([line(), line()])
        except Exception as error:  # noqa: BLE001 shown below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=write) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert list(Entry.objects.values_list("seq", flat=True)) == list(range(40))
    assert list(verify()) == []


def test_times_are_kept_to_the_microsecond() -> None:
    at = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)

    journal.append([line(at=at)])

    assert Entry.objects.get().at == at
    assert list(verify()) == []
