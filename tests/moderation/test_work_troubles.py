"""Clause 4.10: platforms that fail, refuse or mislead: nothing is done twice or believed unseen."""

import pytest
from django.utils import timezone

from tests import make
from tests.fakes import FakePlatform
from tests.moderation.acting import order, seen, to
from torget.channels.models import Attempt
from torget.journal.models import Entry
from torget.moderation.models import Flag
from torget.moderation.services import begin
from torget.moderation.work import carry_out
from torget.platforms.contract import (
    Operation,
    Outcome,
    Verb,
)
from torget.records.models import Visibility

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.10")]


def test_a_lost_answer_is_looked_up_and_never_sent_twice() -> None:
    order(make.version())
    blog = FakePlatform(make.incoming(), lose=1)

    assert carry_out(9, connect=to(blog)) == 0
    assert Attempt.objects.get().code == "platform.not_confirmed"
    Attempt.objects.update(next_try=make.MONDAY)
    assert carry_out(9, connect=to(blog)) == 1

    assert blog.acts == [Verb.HIDE]
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("took_effect", [True, False])
def test_what_a_crash_interrupted_is_looked_up_and_carried_out_once(took_effect: bool) -> None:
    version = make.version()
    decision = order(version)
    blog = FakePlatform(make.incoming())

    def killed(_operation: object) -> None:
        raise KeyboardInterrupt

    blog.before_act = killed
    with pytest.raises(KeyboardInterrupt):
        carry_out(9, connect=to(blog))
    decision.refresh_from_db()
    assert decision.state == "sent"
    blog.before_act = lambda _operation: None
    if took_effect:
        blog.hidden.add(make.incoming().remote_id)

    carry_out(9, connect=to(blog))
    Attempt.objects.update(next_try=make.MONDAY)
    carry_out(9, connect=to(blog))

    decision.refresh_from_db()
    assert decision.state == "confirmed"
    assert blog.acts == ([] if took_effect else [Verb.HIDE])
    assert list(Visibility.objects.values_list("state", "by")) == [("hidden", "us")]


def test_an_act_that_seemed_not_to_take_and_then_shows_is_not_sent_again() -> None:
    decision = order(make.version())
    blog = FakePlatform(make.incoming())
    begin(decision, Verb.HIDE, decision.seen, now=timezone.now())
    carry_out(9, connect=to(blog))  # looked up: not carried out
    Attempt.objects.update(next_try=make.MONDAY)
    blog.hidden.add(make.incoming().remote_id)  # the slow request arrived after all

    assert carry_out(9, connect=to(blog)) == 1

    assert not blog.asked
    assert list(Visibility.objects.values_list("by", flat=True)) == ["us"]


def test_a_platform_that_dies_before_the_act_leaves_the_decision_waiting() -> None:
    decision = order(make.version())
    blog = FakePlatform(make.incoming(), dies=True)

    assert carry_out(9, connect=to(blog)) == 0

    decision.refresh_from_db()
    assert decision.state == "waiting"


def test_a_platform_that_says_no_gives_the_decision_back_with_its_code() -> None:
    decision = order(make.version())

    assert carry_out(9, connect=to(FakePlatform(make.incoming(), refuse="platform.may_not"))) == 0

    decision.refresh_from_db()
    assert (decision.state, decision.flag) == ("returned", "platform.may_not")
    assert seen(decision.seen) == "public"
    assert Entry.objects.filter(event="moderation.returned", about=decision.key).exists()


def test_a_platform_that_will_not_show_the_message_is_asked_again_later() -> None:
    decision = order(make.version())
    blog = FakePlatform(make.incoming())
    blog.silent = True

    assert carry_out(9, connect=to(blog)) == 0

    assert Attempt.objects.get().code == "platform.not_readable"
    assert not blog.asked
    decision.refresh_from_db()
    assert decision.state == "waiting"


def test_an_act_that_the_page_does_not_show_is_not_believed() -> None:
    decision = order(make.version())

    class Forgetful(FakePlatform):
        def perform(self, operation: Operation) -> Outcome:
            outcome = super().perform(operation)
            self.hidden.clear()
            return outcome

    assert carry_out(9, connect=to(Forgetful(make.incoming()))) == 0

    decision.refresh_from_db()
    assert decision.state == "sent"
    assert seen(decision.seen) == "public"


def test_what_others_removed_is_not_our_act() -> None:
    version = make.version()
    decision = order(version)
    blog = FakePlatform(make.incoming())
    blog.trash()

    carry_out(9, connect=to(blog))

    decision.refresh_from_db()
    assert (decision.state, decision.flag) == ("confirmed", Flag.ALREADY_GONE)
    assert not blog.asked
    assert list(Visibility.objects.values_list("state", "by")) == [("gone", "unknown")]
    assert seen(version) == "gone"


def test_what_is_hidden_by_us_can_be_removed() -> None:
    version = make.version()
    blog = FakePlatform(make.incoming())
    order(version)
    carry_out(9, connect=to(blog))

    order(version, make.judgement("remove", urgent=True))
    carry_out(9, connect=to(blog))

    states = list(Visibility.objects.order_by("pk").values_list("state", "by"))
    assert states == [("hidden", "us"), ("removed", "us")]


def test_what_is_deleted_cannot_come_back_and_the_person_is_told() -> None:
    version = make.version()
    blog = FakePlatform(make.incoming())
    order(version, make.judgement("remove", urgent=True))
    carry_out(9, connect=to(blog))

    back = order(version, make.judgement("keep"))
    carry_out(9, connect=to(blog))

    back.refresh_from_db()
    assert (back.state, back.flag) == ("returned", "not_found")
    assert seen(version) == "removed"


def test_a_dead_platform_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    bad = order(make.version("Elakt", remote_id="1"))
    good = order(make.version(remote_id="2"))
    dead, blog = FakePlatform(away=True), FakePlatform(make.incoming(remote_id="2"))
    answers = iter([dead, blog])

    assert carry_out(9, connect=lambda _: next(answers)) == 1
    assert carry_out(9, connect=to(blog)) == 0  # the bad one rests

    row = Attempt.objects.get()
    assert (row.item, row.code, row.count) == (bad.key, "platform.unavailable", 1)
    assert row.next_try > timezone.now()
    assert "Elakt" not in caplog.text
    good.refresh_from_db()
    assert good.state == "confirmed"
