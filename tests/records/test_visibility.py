"""Who made a message seen or unseen is written down, and whose act it was is never mixed up."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests import make
from torget.journal.models import Entry
from torget.platforms.contract import Shown, Snapshot
from torget.records import services as records
from torget.records.models import Message, MessageVersion, Visibility
from torget.records.selectors import taken_down_by_us
from torget.records.verify import verify

pytestmark = pytest.mark.django_db

ACT = records.Act(name="hide", grounds=["4.10.f", "4.10.a"], decision=uuid4())


def at(minutes: int) -> datetime:
    return make.MONDAY + timedelta(minutes=minutes)


def see(shown: Shown, minutes: int) -> MessageVersion:
    return records.capture(make.channel(), Snapshot(make.incoming(), shown), at=at(minutes))


def history() -> list[tuple[str, str]]:
    return list(Visibility.objects.order_by("pk").values_list("state", "by"))


@pytest.mark.clause("4.10")
def test_an_act_of_ours_is_kept_with_grounds_decision_and_a_line_with_its_clauses() -> None:
    message = make.version().message

    note = records.note_visibility(message, "hidden", act=ACT, at=at(5))

    assert (note.by, note.act, note.grounds) == ("us", "hide", ["4.10.a", "4.10.f"])
    assert note.decision == ACT.decision
    line = Entry.objects.get(event="records.seen_hidden")
    assert line.clauses == ["4.10", "4.10.a", "4.10.f"]
    assert Message.objects.get().seen == message.seen == "hidden"
    assert taken_down_by_us(message)


@pytest.mark.clause("4.10")
def test_what_someone_hides_and_shows_elsewhere_is_not_called_our_act() -> None:
    message = see(Shown.PUBLIC, 0).message

    see(Shown.HIDDEN, 1)
    see(Shown.HIDDEN, 2)
    see(Shown.PUBLIC, 3)

    assert history() == [("hidden", "unknown"), ("public", "unknown")]
    assert not taken_down_by_us(message)


def test_what_is_hidden_when_first_seen_is_noted_as_hidden_elsewhere() -> None:
    see(Shown.HIDDEN, 0)

    assert history() == [("hidden", "unknown")]
    assert Message.objects.get().seen == "hidden"


@pytest.mark.clause("4.10")
def test_the_effect_of_our_own_act_under_way_is_not_taken_for_anothers() -> None:
    message = see(Shown.PUBLIC, 0).message
    records.await_act(message, "hidden")

    see(Shown.HIDDEN, 1)
    records.note_visibility(message, "hidden", act=ACT, at=at(2))
    see(Shown.HIDDEN, 3)

    assert history() == [("hidden", "us")]
    assert Message.objects.get().awaited == ""


@pytest.mark.clause("4.10")
def test_an_answer_older_than_our_act_does_not_undo_it() -> None:
    message = see(Shown.PUBLIC, 0).message
    records.note_visibility(message, "hidden", act=ACT, at=at(5))

    see(Shown.PUBLIC, 4)
    assert history() == [("hidden", "us")]

    see(Shown.PUBLIC, 6)
    assert history() == [("hidden", "us"), ("public", "unknown")]


@pytest.mark.parametrize(
    ("before", "awaited", "noted"),
    [
        ("public", "", True),
        ("hidden", "", True),
        ("gone", "", False),
        ("removed", "", False),
        ("public", "removed", False),
        ("public", "hidden", True),
    ],
)
def test_gone_is_noted_unless_we_knew_or_did_it(before: str, awaited: str, noted: bool) -> None:
    message = make.version().message
    if before != "public":
        records.note_visibility(message, before, act=ACT if before != "gone" else None, at=at(1))
    records.await_act(message, awaited)

    rows = records.note_others([records.Change(message, "gone")], at=at(2))

    assert bool(rows) is noted
    assert Message.objects.get().seen == ("gone" if noted else before)
    assert list(verify()) == []


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="vanished"):
        records.note_visibility(make.version().message, "vanished", act=None, at=at(0))
