"""What WordPress's adapter does beyond the promises, against the practice blog."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.platforms.stages import PATIENCE
from tests.platforms.wire import Wire
from torget.errors import PlatformUnavailable
from torget.platforms.contract import (
    Account,
    Cursor,
    Done,
    Gone,
    Kind,
    Problem,
    Rejected,
    RemoteId,
    Shown,
    Snapshot,
    Unknown,
    UnknownOutcome,
)
from torget.platforms.door import Limits
from torget.platforms.http import connect_http
from torget.platforms.testkit import delete, everything, hide, unhide
from torget.platforms.troubles import NotAsAgreed, TooLarge
from torget.platforms.wordpress.adapter import WordPress, connect
from torget.practice.blog.faults import Fault
from torget.practice.blog.rest import User
from torget.practice.blog.server import PracticeBlog

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def blog() -> Iterator[PracticeBlog]:
    with PracticeBlog(others=[User(2, "läsare", "lösen", moderates=False)]) as blog:
        blog.store.add_post("Badplatsen & bryggan", "Välkomna.", at=MONDAY)
        yield blog


def adapter(
    blog: PracticeBlog,
    *,
    url: str = "",
    username: str = "",
    secret: str = "",
    limits: Limits = PATIENCE,
) -> WordPress:
    http = connect_http(
        url or blog.url,
        username=username or blog.username,
        secret=secret or blog.password,
        allow_private=True,
        limits=limits,
    )
    return WordPress(Wire(http))


def test_an_account_never_shows_its_secret() -> None:
    account = Account(base_url="https://blogg.example", username="torget", secret="hemligt")

    assert "hemligt" not in repr(account) + str(account)


def test_an_account_is_all_it_takes_to_connect(blog: PracticeBlog) -> None:
    account = Account(
        base_url=blog.url, username=blog.username, secret=blog.password, allow_private=True
    )

    assert connect(account).probe().ok


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        ({"secret": "fel"}, "platform.sign_in_refused"),
        ({"username": "ingen"}, "platform.sign_in_refused"),
        ({"username": "läsare", "secret": "lösen"}, "platform.may_not"),
        ({"url": "http://127.0.0.1:9"}, "platform.no_answer"),
        ({"url": "adress"}, "platform.bad_address"),
    ],
)
def test_each_thing_that_stands_in_the_way_is_told_apart(
    blog: PracticeBlog, change: dict[str, str], trouble: str
) -> None:
    health = adapter(blog, **change).probe()  # type: ignore[arg-type]

    assert (health.ok, health.trouble) == (False, trouble)
    assert health.message and health.remedy


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (Fault.HTML, "platform.not_as_agreed"),
        (Fault.MOVED, "platform.moved"),
        (Fault.BUSY, "platform.busy"),
        (Fault.BROKEN, "platform.out_of_order"),
        (Fault.CUT, "platform.not_as_agreed"),
    ],
)
def test_each_bad_answer_is_told_apart(blog: PracticeBlog, fault: Fault, trouble: str) -> None:
    blog.faults.order(fault)

    assert adapter(blog).probe().trouble == trouble


def test_another_site_has_no_interface(blog: PracticeBlog) -> None:
    assert adapter(blog, url=f"{blog.url}/annan").probe().trouble == "platform.no_interface"


def test_a_dead_sign_in_is_never_taken_for_an_empty_blog(blog: PracticeBlog) -> None:
    ref = RemoteId(str(blog.store.add_comment(1, "Kim", "Hej", status="hold")))
    platform = adapter(blog, secret="fel")

    with pytest.raises(PlatformUnavailable):
        platform.sync(Cursor(""))
    with pytest.raises(PlatformUnavailable):
        platform.fetch(ref)
    with pytest.raises(PlatformUnavailable):
        platform.reconcile([ref])
    with pytest.raises(PlatformUnavailable):
        platform.perform(hide(ref))


def test_comments_in_every_state_come_in_but_for_the_bin(blog: PracticeBlog) -> None:
    for status in ("approved", "hold", "spam", "trash"):
        blog.store.add_comment(1, "Kim", status, status=status, at=MONDAY)

    seen = {one.message.text: one.shown for one in everything(adapter(blog))}

    assert seen == {"approved": Shown.PUBLIC, "hold": Shown.HIDDEN, "spam": Shown.HIDDEN}


def test_an_author_is_told_as_far_as_the_platform_tells(blog: PracticeBlog) -> None:
    blog.store.add_comment(1, "Kim &amp; Co", "ett", url="https://kim.example", at=MONDAY)
    blog.store.add_comment(1, " ", "två", at=MONDAY)
    blog.store.add_comment(1, "redaktör", "tre", author=7, at=MONDAY)

    visitor, nameless, editor = (one.message.author for one in everything(adapter(blog)))

    assert (visitor.id, visitor.name, visitor.url) == (None, "Kim & Co", "https://kim.example")
    assert visitor.complete and not nameless.complete
    assert (nameless.name, nameless.withheld) == (None, frozenset({"name"}))
    assert (editor.id, editor.name) == ("7", "redaktör")


def test_only_what_our_own_account_wrote_is_ours(blog: PracticeBlog) -> None:
    for author in (0, 1, 2):
        blog.store.add_comment(1, "namn", str(author), author=author, at=MONDAY)

    assert [one.message.text for one in everything(adapter(blog)) if one.message.ours] == ["1"]


def test_an_answer_tells_what_it_answers(blog: PracticeBlog) -> None:
    first = blog.store.add_comment(1, "Kim", "Fråga", at=MONDAY)
    blog.store.add_comment(1, "Alex", "Svar", parent=first, at=MONDAY)

    question, reply = (one.message for one in everything(adapter(blog)))

    assert (question.kind, question.parent) == (Kind.COMMENT, None)
    assert (reply.kind, reply.parent) == (Kind.REPLY, RemoteId(str(first)))
    assert reply.thread == "1"
    assert reply.thread_title == "Badplatsen & bryggan"
    assert reply.thread_url == f"{blog.url}/badplatsen-bryggan/"
    assert reply.permalink == f"{reply.thread_url}#comment-2"


def test_a_long_history_comes_whole_and_in_order(blog: PracticeBlog) -> None:
    for minute in range(250):
        at = MONDAY + timedelta(minutes=40 * minute)
        blog.store.add_comment(1, "Kim", f"{minute}", at=at)

    texts = [one.message.text for one in everything(adapter(blog))]

    assert list(dict.fromkeys(texts)) == [str(minute) for minute in range(250)]
    assert len(texts) < 260, "hardly anything is read twice"


def test_a_crowd_in_one_second_comes_whole(blog: PracticeBlog) -> None:
    for number in range(350):
        blog.store.add_comment(1, "Kim", str(number), at=MONDAY)

    texts = [one.message.text for one in everything(adapter(blog))]

    assert set(texts) == {str(number) for number in range(350)}


def test_a_deletion_in_the_middle_of_a_long_reading_passes_nothing_over(blog: PracticeBlog) -> None:
    for hour in range(150):
        blog.store.add_comment(1, "Kim", str(hour), at=MONDAY + timedelta(hours=2 * hour))
    platform = adapter(blog)
    page = platform.sync(Cursor(""))
    for number in range(1, 30):
        blog.store.delete(number)

    rest = platform.sync(page.next)

    seen = {one.message.text for one in (*page.messages, *rest.messages)}
    assert not page.complete and rest.complete
    assert seen == {str(hour) for hour in range(150)}


def test_the_last_day_is_read_again_so_that_edits_are_seen(blog: PracticeBlog) -> None:
    old = blog.store.add_comment(1, "Kim", "gammal", at=MONDAY - timedelta(days=3))
    recent = blog.store.add_comment(1, "Kim", "färsk", at=MONDAY)
    platform = adapter(blog)
    page = platform.sync(Cursor(""))
    blog.store.change(recent, source="ändrad")

    again = platform.sync(page.next)

    assert [one.message.text for one in again.messages] == ["ändrad"]
    assert RemoteId(str(old)) not in {one.message.remote_id for one in again.messages}


def test_ten_megabytes_and_odd_signs_come_in_whole(blog: PracticeBlog) -> None:
    huge = "Å" * 5_000_000 + "!"
    odd = "<script>alert(1)</script> \u202egnivs\u202c noll\u200bbredd \ud800 \x00 🎉"
    blog.store.add_comment(1, "Kim\ud800", odd, at=MONDAY)
    blog.store.add_comment(1, "Kim", huge, at=MONDAY)
    blog.store.add_comment(1, "Kim", "efter", at=MONDAY)

    first, second, third = (one.message for one in everything(adapter(blog)))

    assert first.text == odd.replace("\ud800", "\ufffd").replace("\x00", "\ufffd")
    assert json.loads(first.raw)["content"]["raw"] == odd, "not even half a character is lost"
    assert json.loads(first.raw)["author_name"] == "Kim\ud800"
    assert first.author.name == "Kim\ufffd"
    assert second.text == huge
    assert third.text == "efter"


def test_a_crowd_of_huge_comments_is_read_in_smaller_parts(blog: PracticeBlog) -> None:
    for number in range(12):
        blog.store.add_comment(1, "Kim", f"{number} " + "x" * 50_000, at=MONDAY)
    platform = adapter(blog, limits=Limits(answer=150_000, total=20))

    seen = everything(platform)
    found = platform.reconcile([one.message.remote_id for one in seen])

    numbers = dict.fromkeys(one.message.text.split()[0] for one in seen)
    assert list(numbers) == [str(number) for number in range(12)]
    assert all(isinstance(one, Snapshot) for one in found.values())


def test_a_comment_larger_than_all_bounds_is_said_and_not_passed_over(blog: PracticeBlog) -> None:
    blog.store.add_comment(1, "Kim", "x" * 200_000, at=MONDAY)

    with pytest.raises(TooLarge):
        adapter(blog, limits=Limits(answer=150_000)).sync(Cursor(""))


def test_what_is_not_a_comments_number_is_not_asked_for(blog: PracticeBlog) -> None:
    platform = adapter(blog)
    odd = RemoteId("../users/1")

    assert platform.fetch(odd) == Unknown("wordpress.not_a_comment")
    assert platform.reconcile([odd]) == {odd: Unknown("wordpress.not_a_comment")}
    assert platform.perform(hide(odd)) == Rejected("wordpress.not_a_comment")
    assert not blog.faults.acts


def test_hiding_what_is_gone_is_refused_and_brings_nothing_back(blog: PracticeBlog) -> None:
    platform, ref = adapter(blog), RemoteId("17")

    assert platform.perform(hide(ref)) == Rejected("gone")
    assert platform.perform(unhide(ref)) == Rejected("gone")
    assert platform.perform(delete(ref)) == Done(ref)
    assert platform.fetch(ref) == Gone()


def test_a_fault_after_the_act_is_looked_through(blog: PracticeBlog) -> None:
    ref = RemoteId(str(blog.store.add_comment(1, "Kim", "Hej")))
    blog.faults.order(Fault.BROKEN_AFTER, writes=True)

    assert adapter(blog).perform(hide(ref)) == Done(ref)
    assert len(blog.faults.acts) == 1


def test_a_page_in_the_place_of_an_answer_is_no_proof(blog: PracticeBlog) -> None:
    ref = RemoteId(str(blog.store.add_comment(1, "Kim", "Hej")))
    blog.faults.order(Fault.HTML, writes=True)

    with pytest.raises(NotAsAgreed):
        adapter(blog).perform(hide(ref))


def test_a_fault_that_cannot_be_looked_into_is_unknown(blog: PracticeBlog) -> None:
    ref = RemoteId(str(blog.store.add_comment(1, "Kim", "Hej")))
    blog.faults.order(Fault.BROKEN, times=2)

    assert adapter(blog).perform(hide(ref)) == UnknownOutcome()


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Hej", []),
        (" \n", [Problem("text.empty")]),
        ("å" * 32_763, [Problem("text.too_long")]),
        ("å" * 32_762, []),
    ],
)
def test_a_draft_is_measured_in_bytes(
    blog: PracticeBlog, text: str, problems: list[Problem]
) -> None:
    assert adapter(blog).validate(text) == problems
