"""The adapter that is a person: what it asks, what it answers, and what stands in its data."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torget.channels.models import GuidedStep
from torget.platforms.contract import (
    Cursor,
    Done,
    Found,
    Gone,
    Operation,
    Outcome,
    OutgoingRecord,
    Page,
    Pending,
    Platform,
    Rejected,
    RemoteId,
    Send,
    Verb,
)
from torget.platforms.manual import Manual, instruction, name_of, recognised, tidy
from torget.platforms.manual.instructions import _data
from torget.platforms.testkit import delete, hide, unhide
from torget.platforms.troubles import explain

REF = RemoteId("https://facebook.example/1")
KEYS = sorted(_data())
DONE_THERE = [verb for verb in Verb if verb not in {Verb.READ_OWN, Verb.READ_COMMENTS}]


class Notebook:
    """A guide that writes down what it is asked."""

    def __init__(self, answers: Mapping[UUID, Outcome] | None = None) -> None:
        self.asked: list[Operation] = []
        self.answers = dict(answers or {})

    def ask(self, operation: Operation) -> None:
        self.asked.append(operation)

    def answer(self, operation: Operation) -> Outcome:
        return self.answers.get(operation.id, Pending("asked"))

    def seen(self, ref: RemoteId) -> Found:
        return Gone() if ref == REF else pytest.fail("asked about something else")


def test_an_act_is_asked_of_the_person_and_waits() -> None:
    guide = Notebook()
    platform: Platform = Manual(guide, "facebook")

    outcome = platform.perform(hide(REF))

    assert outcome == Pending("asked")
    assert guide.asked == [hide(REF)]


@pytest.mark.parametrize("said", [Done(REF), Rejected("manual.refused")])
def test_what_the_person_says_is_the_answer(said: Outcome) -> None:
    platform = Manual(Notebook({delete(REF).id: said}), "facebook")

    assert platform.resolve(delete(REF)) == said
    assert platform.perform(delete(REF)) == said


def test_to_look_asks_nobody() -> None:
    guide = Notebook()
    platform = Manual(guide)

    platform.resolve(unhide(REF))
    platform.fetch(REF)
    platform.probe()

    assert guide.asked == []
    assert platform.reconcile([REF]) == {REF: Gone()}
    assert platform.sync(Cursor("")) == Page((), Cursor(""), complete=True)


def test_what_a_platform_does_not_have_is_refused_before_anyone_is_asked() -> None:
    guide = Notebook()

    assert Manual(guide, "linkedin").perform(hide(REF)) == Rejected("not_supported")
    assert Manual(guide, "x").perform(delete(REF)) == Rejected("not_supported")
    assert guide.asked == []


def test_the_preview_of_a_post_is_what_the_person_pastes() -> None:
    record = OutgoingRecord(entry=UUID(int=9), text="Isbanan öppnar.\nVälkommen!")
    order = Send(
        id=UUID(int=5), verb=Verb.PUBLISH, record=record, at=datetime(2026, 3, 2, tzinfo=UTC)
    )

    assert Manual(Notebook()).preview(order).decode() == f"publish\n{record.text}"


@pytest.mark.parametrize("platform", [*KEYS, "okänd"])
@pytest.mark.parametrize("verb", DONE_THERE)
def test_every_verb_has_steps_in_words_or_is_said_not_to_be_there(
    platform: str, verb: Verb
) -> None:
    told = instruction(platform, verb)

    assert bool(told.steps) == (told.capability.support != "no")
    assert all(step.endswith(".") and len(step) > 10 for step in told.steps)
    assert told.capability.note_sv.endswith(".")
    assert told.capability.checked >= date(2026, 11, 1)


@pytest.mark.parametrize("platform", KEYS)
def test_a_platform_names_its_source_and_no_verb_that_is_none(platform: str) -> None:
    told = _data()[platform]

    verbs = set(told) - {"open", "source", "checked", "hosts"}
    assert verbs <= {verb.value for verb in Verb}
    assert platform == "other" or told["source"].startswith("https://")


@pytest.mark.parametrize(
    ("address", "platform"),
    [
        ("https://www.facebook.com/bjorkbo", "facebook"),
        ("m.facebook.com/bjorkbo", "facebook"),
        ("https://x.com/bjorkbo", "x"),
        ("https://netflix.com/", ""),
        ("https://notx.com/", ""),
        ("https://youtu.be/abc", "youtube"),
        ("", ""),
    ],
)
def test_a_platform_is_recognised_by_its_address(address: str, platform: str) -> None:
    assert recognised(address) == platform


@pytest.mark.parametrize(
    "shared",
    [
        "https://www.facebook.com/b/posts/1?comment_id=2",
        "http://m.facebook.com/b/posts/1/?comment_id=2&fbclid=Iw3",
        "facebook.com/b/posts/1?utm_source=x&comment_id=2&__tn__=R",
        "  https://FACEBOOK.com/b/posts/1?comment_id=2  ",
    ],
)
def test_an_address_is_the_same_however_it_was_shared(shared: str) -> None:
    assert tidy(shared) == "https://facebook.com/b/posts/1?comment_id=2"


def test_what_names_a_message_is_kept() -> None:
    assert tidy("https://forum.example/t?t=12&s=3") != tidy("https://forum.example/t?t=13&s=3")
    assert tidy("https://x.com/b/status/1?s=20&t=abc") == tidy("https://x.com/b/status/1")
    assert tidy("https://blogg.example/p/#comment-4").endswith("#comment-4")


@pytest.mark.parametrize(
    "text", ["", "hej", "hej på er", "javascript:alert(1)", "https://[", "a.b c"]
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert tidy(text) == name_of(text) == ""


@given(st.text(max_size=300))
def test_tidying_twice_changes_nothing_and_a_name_is_never_too_long(path: str) -> None:
    address = tidy(f"https://a.example/{''.join(path.split())}")

    assert tidy(address) == address
    assert len(name_of(address)) <= 200


def test_long_addresses_that_differ_at_the_end_have_different_names() -> None:
    long = f"https://a.example/{'a' * 300}"

    assert name_of(long) != name_of(f"{long}b")


def test_every_reason_that_a_person_may_give_is_told_in_words() -> None:
    other = explain("något annat")

    for reason in GuidedStep.Reason.values:
        assert explain(f"manual.{reason}") != other
        assert explain(f"manual.{reason}")[0] == "Det gick inte för hand."
