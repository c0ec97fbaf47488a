"""Clauses 4.2, 4.3 and 4.9: who may order and approve what, and what nobody may publish."""

import ast
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

import torget
from tests import make
from tests.publishing import write
from tests.publishing.blog import FakeBlog
from tests.publishing.write import to
from torget.channels.models import Channel, Mandate
from torget.errors import (
    AlreadyOrdered,
    ApprovalRefused,
    FindingsLeft,
    NoMandate,
    NotSendable,
    TorgetError,
)
from torget.journal.models import Entry
from torget.organisation.models import RoleName
from torget.platforms.contract import Verb
from torget.policy.parameters import Size
from torget.publishing.findings import read_draft
from torget.publishing.models import Dispatch, Post
from torget.publishing.services import (
    Change,
    Draft,
    approve,
    cancel,
    edit,
    order,
    save_draft,
    take_down,
    weed_draft,
    withdraw_approval,
    words_of,
)
from torget.publishing.work import dispatch
from torget.records.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2"), pytest.mark.clause("4.3")]
PARTY = "Vi i S-gruppen är stolta över det nya badhuset."
PHONE = "Ring Anna på 070-123 45 67."


def refused(error: type[TorgetError], post: Post, **more: object) -> str:
    with pytest.raises(error) as told:
        order(post, by=post.author, now=timezone.now(), connect=to(FakeBlog()), **more)  # type: ignore[arg-type]
    assert not Dispatch.objects.exists()
    return told.value.message


def looked_at(post: Post) -> None:
    found = read_draft(words_of(post)).unlooked(set())
    post.checked = {finding.id: "Kontrollerat." for finding in found}
    post.save()


def test_without_a_mandate_on_every_channel_nothing_is_ordered_at_all() -> None:
    post = write.draft()
    post.channels.add(write.blog_channel("Andra bloggen"))

    assert "inget uppdrag" in refused(NoMandate, post)


@pytest.mark.parametrize("power", ["may_approve", "may_moderate"])
def test_a_mandate_to_do_something_else_lets_nobody_write(power: str) -> None:
    person = make.user("Bo", RoleName.AUTHOR)
    write.mandate(person, power=power)

    refused(NoMandate, write.draft(by=person))


def test_a_time_after_the_mandates_end_is_refused_when_it_is_ordered() -> None:
    post = write.draft()
    Mandate.objects.filter(person=post.author).update(until=timezone.now() + timedelta(days=1))

    told = refused(NoMandate, post, at=timezone.now() + timedelta(days=2))

    assert "gäller inte vid den tiden" in told


def test_a_post_is_ordered_once_a_channel_whoever_presses_what() -> None:
    post = write.draft()
    write.ordered(post)

    with pytest.raises(AlreadyOrdered):
        write.ordered(post)
    first = Dispatch.objects.get()
    first.pk, first.key = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)
    assert Dispatch.objects.count() == 1


def test_one_post_goes_to_many_channels_each_with_its_own_state() -> None:
    other = write.blog_channel("Andra bloggen")
    author = write.author("Maj", write.blog_channel(), other)
    post = write.draft(by=author)
    post.channels.add(other)

    ordered = order(post, by=author, now=timezone.now(), connect=to(FakeBlog()))

    assert {one.channel.name for one in ordered} == {"Bloggen", "Andra bloggen"}


def test_what_a_platform_cannot_take_is_told_with_its_own_words() -> None:
    cannot, post = FakeBlog(cannot=[Verb.PUBLISH]), write.draft()
    with pytest.raises(NotSendable) as told:
        order(post, by=post.author, now=timezone.now(), connect=to(cannot))

    assert told.value.remedy == "Provkanal."
    assert "ingen text" in refused(NotSendable, write.draft(" "))


@pytest.mark.parametrize(("platform", "most"), [("x", 280), ("mastodon", 500)])
def test_a_text_longer_than_the_platform_takes_is_refused(platform: str, most: int) -> None:
    channel = make.channel("Kort", platform=platform)
    author = write.author("Maj", channel)
    fits = write.draft("x" * most, by=author, channel=channel)
    refused(NotSendable, write.draft("x" * (most + 1), by=author, channel=channel))

    assert write.ordered(fits).state == "scheduled"


@pytest.mark.clause("4.9")
@pytest.mark.parametrize("text", ["Kalle 811228-9874.", "Hans nummer är 19811228 9874"])
def test_an_identity_number_is_never_published_whatever_is_ticked(text: str) -> None:
    post = write.draft(text)
    looked_at(post)
    write.approver()

    assert "kan inte publiceras" in refused(FindingsLeft, post)


@pytest.mark.clause("4.9")
def test_what_is_asked_about_needs_a_tick_and_a_reason() -> None:
    post = write.draft(PHONE)
    refused(FindingsLeft, post)
    looked_at(post)
    post.checked = dict.fromkeys(post.checked, "  ")
    post.save()
    refused(FindingsLeft, post)

    looked_at(post)

    assert write.ordered(post).checks[0]["reason"] == "Kontrollerat."


@pytest.mark.clause("4.9")
def test_a_tick_counts_for_what_was_looked_at_and_for_nothing_else() -> None:
    post = write.draft(PHONE)
    looked_at(post)
    post.text = "Ring Anna på 070-765 43 21."
    post.save()

    refused(FindingsLeft, post)


@pytest.mark.clause("4.9")
def test_what_stops_a_post_is_let_through_by_a_second_person_with_a_reason_only() -> None:
    post = write.draft(PARTY)
    looked_at(post)
    assert "ingen annan kan godkänna" in refused(ApprovalRefused, post)
    per = write.approver()

    one = write.ordered(post)
    assert (one.state, one.needs_approval) == ("waiting_approval", True)
    with pytest.raises(ApprovalRefused):
        approve(one, by=per, now=timezone.now(), reason=" ")
    approve(one, by=per, now=timezone.now(), reason="Citat ur protokollet.")

    one.refresh_from_db()
    assert (one.state, one.approval_reason) == ("scheduled", "Citat ur protokollet.")
    assert Entry.objects.get(event="publishing.approved").clauses == ["4.3", "4.9"]


@pytest.mark.parametrize(
    ("office", "channel_asks", "needed"),
    [
        (Size.ONE, False, False),
        (Size.FEW, False, False),
        (Size.MORE, False, True),
        (Size.ONE, True, True),
    ],
)
def test_approval_is_asked_for_by_the_size_of_the_office_or_by_the_channel(
    office: Size, channel_asks: bool, needed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.TORGET, "office", office)
    post = write.draft()
    Channel.objects.update(needs_approval=channel_asks)
    write.approver()

    assert write.ordered(post).needs_approval is needed


def test_a_post_that_nobody_may_approve_is_not_ordered() -> None:
    post = write.draft()
    Channel.objects.update(needs_approval=True)
    write.mandate(post.author, power="may_approve")

    assert "ingen annan har uppdrag" in refused(ApprovalRefused, post)


@pytest.fixture
def waiting() -> Dispatch:
    """Something that waits for approval."""
    post = write.draft()
    Channel.objects.update(needs_approval=True)
    write.approver()
    return write.ordered(post)


def test_nobody_approves_their_own(waiting: Dispatch) -> None:
    write.mandate(waiting.ordered_by, power="may_approve")

    with pytest.raises(ApprovalRefused):
        approve(waiting, by=waiting.ordered_by, now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.update(approved_by=waiting.ordered_by)


def test_only_one_with_that_mandate_approves_and_takes_back(waiting: Dispatch) -> None:
    other = write.author("Ali")
    with pytest.raises(NoMandate):
        approve(waiting, by=other, now=timezone.now())
    approve(waiting, by=write.approver(), now=timezone.now())
    with pytest.raises(NoMandate):
        withdraw_approval(waiting, by=other, now=timezone.now())

    withdraw_approval(waiting, by=write.approver(), now=timezone.now())

    waiting.refresh_from_db()
    assert (waiting.state, waiting.approved_by) == ("waiting_approval", None)
    assert dispatch(9, connect=to(FakeBlog())) == 0


def test_an_author_without_mandate_is_found_out_at_the_approval(waiting: Dispatch) -> None:
    Mandate.objects.filter(person=waiting.ordered_by).update(until=timezone.now())

    with pytest.raises(NoMandate, match="Författarens"):
        approve(waiting, by=write.approver(), now=timezone.now())


def test_the_database_lets_nothing_be_sent_without_the_approval_it_needs(
    waiting: Dispatch,
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.update(state="scheduled")


@pytest.mark.parametrize("state", ["waiting_approval", "scheduled"])
def test_an_order_is_taken_back_until_it_is_sent(state: str) -> None:
    one, blog = write.ordered(), FakeBlog()
    Dispatch.objects.update(state=state)

    cancel(one, by=one.ordered_by, now=timezone.now())

    assert dispatch(9, connect=to(blog)) == 0
    assert blog.asked == []
    assert write.ordered(one.post).state == "scheduled"


def test_what_is_sent_cannot_be_taken_back_and_another_needs_a_mandate() -> None:
    one = write.ordered()
    with pytest.raises(NoMandate):
        cancel(one, by=make.user("Annan", RoleName.AUTHOR), now=timezone.now())
    dispatch(9, connect=to(FakeBlog()))

    with pytest.raises(AlreadyOrdered):
        cancel(one, by=one.ordered_by, now=timezone.now())


def test_a_draft_that_was_ordered_is_neither_changed_nor_weeded() -> None:
    post = write.ordered().post

    for act in (
        lambda: save_draft(Draft(text="Annat"), post=post, by=post.author, now=timezone.now()),
        lambda: weed_draft(post),
    ):
        with pytest.raises(AlreadyOrdered):
            act()


@pytest.mark.clause("4.6")
def test_a_draft_is_no_record_and_may_be_weeded() -> None:
    post = write.draft()
    assert not Message.objects.exists()

    weed_draft(post)

    assert not Post.objects.exists()


@pytest.fixture
def published() -> Dispatch:
    """Something that stands on its page."""
    one, blog = write.ordered(), FakeBlog()
    dispatch(9, connect=to(blog))
    one.refresh_from_db()
    return one


@pytest.mark.clause("4.9")
def test_a_change_asks_for_the_same_as_a_post(published: Dispatch) -> None:
    by, now, connect = published.ordered_by, timezone.now(), to(FakeBlog())
    with pytest.raises(FindingsLeft):
        edit(published, Change(text="Kalle 811228-9874."), by=by, now=now, connect=connect)
    same = Change(text=write.TEXT, title="Isbanan")
    with pytest.raises(NotSendable, match="Ingenting är ändrat"):
        edit(published, same, by=by, now=now, connect=connect)
    Channel.objects.update(needs_approval=True)
    write.approver()

    one = edit(published, Change(text="Ny.", title="Isbanan"), by=by, now=now, connect=connect)

    assert one.state == "waiting_approval"
    with pytest.raises(AlreadyOrdered):
        take_down(published, reason="Fel.", by=by, now=now, connect=connect)


@pytest.mark.clause("4.10")
@pytest.mark.parametrize(("power", "may"), [("may_moderate", True), ("may_approve", False)])
def test_whoever_writes_or_moderates_there_takes_down_at_once_without_approval(
    published: Dispatch, power: str, may: bool
) -> None:
    Channel.objects.update(needs_approval=True)
    other = make.user("Eva", RoleName.COMMUNICATIONS)
    write.mandate(other, power=power)
    told = {"reason": "Fel.", "by": other, "now": timezone.now(), "connect": to(FakeBlog())}

    if not may:
        with pytest.raises(NoMandate):
            take_down(published, **told)  # type: ignore[arg-type]
        return

    assert take_down(published, **told).state == "scheduled"  # type: ignore[arg-type]


def test_only_a_persons_request_orders_or_approves_never_work() -> None:
    root = Path(torget.__path__[0])
    names = {"order", "approve", "edit", "take_down"}
    callers = {
        path.relative_to(root).as_posix()
        for path in (root / "publishing").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in names
    }

    assert callers == {"publishing/views/compose.py", "publishing/views/posts.py"}
