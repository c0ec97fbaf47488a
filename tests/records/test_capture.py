"""What a platform shows becomes records: all of it, exactly, once."""

import json
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import make
from torget.journal import verify as journal
from torget.journal.models import Entry
from torget.platforms.contract import Author, IncomingMessage, RemoteId, Shown, Snapshot
from torget.records import services as records
from torget.records.models import Message, MessageVersion, Payload, Visibility
from torget.records.selectors import content, contents
from torget.records.verify import verify

pytestmark = pytest.mark.django_db

LATER = make.MONDAY + timedelta(minutes=5)


def capture(found: IncomingMessage, *, minutes: int = 0) -> MessageVersion:
    at = make.MONDAY + timedelta(minutes=minutes)
    return records.capture(make.channel(), Snapshot(found), at=at)


@pytest.mark.clause("4.6")
def test_text_author_thread_and_times_are_kept_as_the_platform_gave_them() -> None:
    author = Author(id=None, name="Kim", handle="@kim", url="http://127.0.0.1:1/kim")
    found = replace(make.incoming("Hej på er"), author=replace(author, withheld=frozenset({"id"})))

    version = capture(found)

    kept = content(version)
    assert (kept.text, kept.author) == ("Hej på er", found.author)
    assert (kept.thread, kept.thread_title) == ("10", "Nya lekplatsen")
    assert (kept.permalink, kept.written_at) == (found.permalink, found.written_at)
    assert bytes(version.payload.raw) == found.raw
    message = Message.objects.get()
    assert (message.direction, message.kind, message.seen) == ("in", "comment", "public")
    assert message.latest == version


@pytest.mark.clause("4.6")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00 noll",
        "vänd \u202eom\u202c",
        "o\u200bsynligt\ufeff",
        "halv \ud83d och \udc00",
        "😀 \u2028 \r\n \x85",
        "<script>alert(1)</script>",
        "å" * 1_000_000,
    ],
    ids=["empty", "nul", "bidi", "zero-width", "surrogates", "emoji", "script", "long"],
)
def test_any_text_is_kept_exactly(text: str) -> None:
    version = capture(make.incoming(text))

    assert content(version).text == text
    assert capture(make.incoming(text), minutes=1) == version
    records.preserve(version)


@pytest.mark.clause("4.6")
def test_ten_megabytes_are_kept() -> None:
    text = "Långt. " * 1_430_000

    version = capture(make.incoming(text))

    assert len(text.encode()) > 10_000_000
    assert content(version).text == text


@pytest.mark.clause("4.6")
def test_the_same_content_again_is_the_same_version_seen_later() -> None:
    first = capture(make.incoming("Hej"))

    again = capture(
        replace(make.incoming("Hej"), raw=b'{"likes": 7}', thread_title="Ny"), minutes=5
    )

    assert again == first
    assert MessageVersion.objects.count() == 1
    assert Message.objects.get().last_seen_at == LATER
    assert Entry.objects.count() == 1


@pytest.mark.clause("4.6")
@pytest.mark.parametrize(
    "change",
    [
        {"text": "Förlåt"},
        {"author": Author(id="u1", name="Ett annat namn")},
        {"author": Author(id="u1", name=None, withheld=frozenset({"name"}))},
        {"author": Author(id="u1", name="Kim", url="http://127.0.0.1:1/kim")},
        {"media": (make.picture(),)},
    ],
    ids=["text", "name", "withheld", "address", "media"],
)
def test_a_changed_text_author_or_picture_is_a_new_version_and_the_old_stays(
    change: dict[str, object],
) -> None:
    first = capture(make.incoming("Du ljuger"))

    second = capture(replace(make.incoming("Du ljuger"), **change), minutes=5)  # type: ignore[arg-type]

    assert (first.n, second.n) == (1, 2)
    assert content(first).text == "Du ljuger"
    assert content(first).author.name == "Kim"
    message = Message.objects.get()
    assert (message.latest, message.first_seen_at) == (second, make.MONDAY)
    assert list(verify()) == []


def test_back_to_what_it_was_is_a_third_version() -> None:
    for minutes, text in enumerate(["A", "B", "A"]):
        capture(make.incoming(text), minutes=minutes)

    texts = contents(list(MessageVersion.objects.order_by("n").values_list("pk", flat=True)))
    assert [kept.text for kept in texts.values()] == ["A", "B", "A"]


def test_an_answer_overtaken_on_its_way_brings_nothing_old_back() -> None:
    first = capture(make.incoming("A"), minutes=0)
    second = capture(make.incoming("B"), minutes=5)

    assert capture(make.incoming("A"), minutes=3) == first

    assert Message.objects.get().latest == second
    assert Message.objects.get().last_seen_at == LATER


def test_an_overtaken_answer_that_says_something_new_is_kept() -> None:
    capture(make.incoming("A"), minutes=0)
    capture(make.incoming("C"), minutes=5)

    assert capture(make.incoming("B"), minutes=3).n == 3
    assert list(verify()) == []


def test_twice_in_one_batch_is_one_message_with_its_versions() -> None:
    found = [Snapshot(make.incoming(text)) for text in ("A", "A", "B")]

    intake = records.capture_many(make.channel(), found, at=make.MONDAY)

    assert [version.n for version in intake.versions] == [1, 1, 2]
    assert intake.new == 2
    assert Message.objects.get().latest == intake.versions[2]


@pytest.mark.parametrize("order", [("1", "2"), ("2", "1")])
def test_a_reply_is_tied_to_what_it_answers_whichever_came_first(order: tuple[str, str]) -> None:
    found = {"1": make.incoming(remote_id="1"), "2": make.answer(to="1", remote_id="2")}

    for ref in order:
        capture(found[ref])

    parent, reply = (Message.objects.get(remote_id=ref) for ref in "12")
    assert reply.parent == parent
    assert parent.parent is None


def test_a_message_that_claims_to_answer_itself_is_tied_to_nothing() -> None:
    assert capture(make.answer(to="2", remote_id="2")).message.parent is None


def test_what_our_own_account_wrote_is_outgoing() -> None:
    assert capture(replace(make.incoming(), ours=True)).message.direction == "out"


def test_ids_that_no_column_can_hold_are_kept_under_another_spelling() -> None:
    refs = ["\x00", "\\x00x", "\ud800", "r" * 300, "r" * 299 + "s", "\\ud800"]
    found = [Snapshot(replace(make.incoming(), remote_id=RemoteId(ref))) for ref in refs]

    intake = records.capture_many(make.channel(), found, at=make.MONDAY)

    assert intake.new == 5  # half a pair and its escape are spelled alike, and a day is not lost
    assert records.capture_many(make.channel(), found[:4], at=LATER).new == 0
    assert all(len(ref) <= 200 for ref in Message.objects.values_list("remote_id", flat=True))
    assert list(verify()) == []


def test_a_batch_of_many_asks_no_more_than_a_batch_of_few() -> None:
    channel = make.channel()
    few, many = (
        [Snapshot(make.answer("Hej", to=f"{name}0", remote_id=f"{name}{n}")) for n in range(count)]
        for name, count in (("a", 3), ("b", 150))
    )

    asked = []
    for found, at in ((few, make.MONDAY), (many, make.MONDAY), (few, LATER), (many, LATER)):
        with CaptureQueriesContext(connection) as queries:
            records.capture_many(channel, found, at=at)
        asked.append(len(queries))

    assert asked[1] <= asked[0] <= 20
    assert asked[3] <= asked[2] <= 8
    assert list(verify()) == []


@pytest.mark.clause("4.6")
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_keep_each_message_once() -> None:
    channel = make.channel()
    found = [Snapshot(make.incoming(f"Text {n}", remote_id=str(n))) for n in range(30)]
    start, errors = Barrier(3), []

    def take() -> None:
        try:
            start.wait()
            for at in range(0, 30, 10):
                records.capture_many(channel, found[at : at + 10], at=make.MONDAY)
        except Exception as error:  # noqa: BLE001 shown below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=take) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert (Message.objects.count(), MessageVersion.objects.count()) == (30, 30)
    assert [*journal.verify(), *verify()] == []


@pytest.mark.clause("4.6")
@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM records_message",
        "UPDATE records_message SET remote_id = 'x'",
        "UPDATE records_message SET first_seen_at = last_seen_at, last_seen_at = '2020-01-01'",
        "UPDATE records_messageversion SET n = 9",
        "DELETE FROM records_messageversion",
        "UPDATE records_payload SET raw = canonical",
        "DELETE FROM records_payload",
        "DELETE FROM records_attachment",
        "UPDATE records_attachment SET media_type = 'text/html'",
        "UPDATE records_attachment SET secret = salt FROM records_payload",
        "UPDATE records_visibility SET state = 'public'",
        "DELETE FROM records_visibility",
        "DELETE FROM records_disposed",
        "UPDATE records_disposed SET at = '2020-01-01'",
    ],
)
def test_the_database_refuses_to_lose_or_change_what_is_saved(act: str) -> None:
    capture(replace(make.incoming(), media=(make.picture(),)), minutes=1)
    records.capture(make.channel(), Snapshot(make.incoming(remote_id="2"), Shown.HIDDEN), at=LATER)
    capture(make.incoming(remote_id="1", text="Ändrad"), minutes=5)
    make.destroyed(capture(make.incoming(remote_id="3")).message)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)

    assert list(verify()) == []


def test_no_unsalted_hash_and_no_words_lie_outside_the_payload() -> None:
    version = capture(make.incoming("Hemligheten är röd"))
    digests = json.loads(bytes(version.payload.canonical))["raw"]

    rows = [
        str(row)
        for model in (Message, MessageVersion, Entry, Visibility)
        for row in model.objects.values()
    ]

    assert "Hemligheten" not in str(rows)
    assert "Kim" not in str(rows)
    assert digests not in str(rows)
    assert bytes.fromhex(digests) not in [bytes(e.commitment) for e in Entry.objects.all()]
    assert Payload.objects.count() == 1
