"""Whatever order a platform tells its messages in, what is kept equals a plain model of it."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from torget.journal import verify as journal
from torget.platforms.contract import Author, IncomingMessage, Shown, Snapshot
from torget.records import services as records
from torget.records.models import Message, MessageVersion, Visibility
from torget.records.selectors import content, contents
from torget.records.verify import verify

texts = st.sampled_from(["", "A", "B", "\ud800", "\x00", "<b>", "Å" * 50]) | st.text(max_size=5)
authors = st.builds(
    lambda name, gone: Author(id="u", name=name, withheld=frozenset({"name"} if gone else ())),
    st.sampled_from(["Kim", "kim", None]),
    st.booleans(),
)
messages = st.builds(
    lambda ref, text, author, data: replace(
        make.incoming(text, remote_id=ref),
        author=author,
        media=() if data == b"none" else (make.picture(data),),
    ),
    st.sampled_from("abc"),
    texts,
    authors,
    st.sampled_from([b"none", b"1", b"2"]),
)
batches = st.lists(
    st.lists(st.builds(Snapshot, messages, st.sampled_from(Shown)), max_size=5), max_size=6
)


@dataclass
class Kept:
    """What ought to be kept of one message."""

    versions: list[tuple[str, Author, tuple[bytes | None, ...]]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)


def facts(found: IncomingMessage) -> tuple[str, Author, tuple[bytes | None, ...]]:
    joined = found.text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return joined, found.author, tuple(item.data for item in found.media)


@pytest.mark.clause("4.6")
@pytest.mark.django_db
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(batches)
def test_what_is_kept_equals_the_model(rounds: list[list[Snapshot]]) -> None:
    model: dict[str, Kept] = {}
    with transaction.atomic():
        for n, batch in enumerate(rounds):
            records.capture_many(make.channel(), batch, at=make.MONDAY + timedelta(minutes=n))
            learn(model, batch)

        assert kept() == {ref: one.versions for ref, one in model.items()}
        assert seen() == {ref: one.seen for ref, one in model.items() if one.seen}
        assert [*journal.verify(), *verify()] == []
        for version in MessageVersion.objects.all():
            receipt = records.preserve(version)
            assert receipt.author_complete is content(version).author.complete
        transaction.set_rollback(True)


def learn(model: dict[str, Kept], batch: list[Snapshot]) -> None:
    for snapshot in batch:
        one = model.setdefault(snapshot.message.remote_id, Kept())
        if one.versions[-1:] != [facts(snapshot.message)]:
            one.versions.append(facts(snapshot.message))
    for ref, shown in {each.message.remote_id: each.shown for each in batch}.items():
        if shown != (model[ref].seen or ["public"])[-1]:
            model[ref].seen.append(shown)


def kept() -> dict[str, list[tuple[str, Author, tuple[bytes | None, ...]]]]:
    found: dict[str, list[tuple[str, Author, tuple[bytes | None, ...]]]] = {}
    for version in MessageVersion.objects.order_by("message", "n").select_related("message"):
        said = contents([version.pk])[version.pk]
        media = tuple(records.read_attachment(row) for row in version.attachments.order_by("n"))
        found.setdefault(version.message.remote_id, []).append((said.text, said.author, media))
    assert Message.objects.count() == len(found)
    return found


def seen() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note in Visibility.objects.order_by("pk").select_related("message"):
        assert note.by == "unknown"
        found.setdefault(note.message.remote_id, []).append(note.state)
    return found
