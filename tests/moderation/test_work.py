"""Clause 4.10: look again before the act, act once, read back, give back what has changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tests import make
from tests.fakes import FakePlatform
from tests.moderation.acting import order, seen, to
from torget.channels.models import Attempt
from torget.journal.models import Entry
from torget.journal.triggers import remove
from torget.moderation.models import Decision, Flag
from torget.moderation.selectors import sight
from torget.moderation.services import undo
from torget.moderation.work import carry_out
from torget.platforms.contract import (
    Found,
    Receipt,
    RemoteId,
    Restrain,
    Verb,
)
from torget.records.models import Message, MessageVersion, Payload, Visibility
from torget.records.triggers import GUARDS

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.10")]


def test_hide_restore_and_hide_again() -> None:
    version = make.version()
    blog = FakePlatform(make.incoming())

    for measure, hidden in [("hide", True), ("keep", False), ("hide", True)]:
        order(version, make.judgement(measure))
        assert carry_out(9, connect=to(blog)) == 1
        assert bool(blog.hidden) is hidden

    assert list(Visibility.objects.values_list("state", "act", "grounds").order_by("pk")) == [
        ("hidden", "hide", ["4.10.a", "4.10.b"]),
        ("public", "keep", []),
        ("hidden", "hide", ["4.10.a", "4.10.b"]),
    ]
    assert blog.acts == [Verb.HIDE, Verb.UNHIDE, Verb.HIDE]


def test_the_journal_tells_of_each_step_with_ids_alone() -> None:
    decision = order(make.version("Elakt"))

    carry_out(9, connect=to(FakePlatform(make.incoming("Elakt"))))

    lines = Entry.objects.filter(about=decision.key).order_by("seq")
    assert [line.event for line in lines] == [
        "moderation.decided",
        "moderation.sent",
        "moderation.performed",
    ]
    assert "Elakt" not in str(list(lines.values()))


def test_no_act_leaves_without_proof_that_is_older_than_it() -> None:
    order(make.version())
    blog = FakePlatform(make.incoming())
    before = timezone.now()

    carry_out(9, connect=to(blog))

    (act,) = blog.asked
    assert isinstance(act, Restrain)
    assert act.proof.entry == MessageVersion.objects.get().entry.id
    assert isinstance(act.proof, Receipt)
    assert act.proof.at < before


def test_what_is_damaged_after_the_decision_is_not_touched() -> None:
    decision = order(make.version())
    remove(connection, GUARDS)
    Payload.objects.update(raw=b"changed")
    blog = FakePlatform(make.incoming())

    assert carry_out(9, connect=to(blog)) == 0

    assert not blog.asked
    assert Attempt.objects.get().code == "records.not_preserved"
    decision.refresh_from_db()
    assert decision.state != "confirmed"


def test_keeping_what_was_never_touched_is_done_at_once() -> None:
    decision = order(make.version(), make.judgement("keep"))
    blog = FakePlatform(make.incoming())

    assert decision.state == "confirmed"
    assert carry_out(9, connect=to(blog)) == 0
    assert not blog.asked


def test_passing_on_touches_nothing() -> None:
    decision = order(make.version(), make.judgement("pass_on"))

    assert (decision.state, decision.passed_to) == ("confirmed", "Bygg och miljö")


def test_a_removal_hides_at_once_and_deletes_when_its_time_has_come() -> None:
    version = make.version()
    blog = FakePlatform(make.incoming())
    with time_machine.travel(timezone.now(), tick=False) as clock:
        decision = order(version, make.judgement("remove"))
        assert carry_out(9, connect=to(blog)) == 1
        assert blog.hidden
        assert seen(version) == "hidden"
        assert carry_out(9, connect=to(blog)) == 0
        assert blog.acts == [Verb.HIDE]

        clock.shift(timedelta(minutes=5))
        assert carry_out(9, connect=to(blog)) == 1

    decision.refresh_from_db()
    assert decision.state == "confirmed"
    assert blog.acts == [Verb.HIDE, Verb.DELETE_OTHER]
    assert not blog.posts
    assert seen(version) == "removed"


def test_what_waits_to_be_deleted_does_not_stand_in_the_way_of_others() -> None:
    blog = FakePlatform(make.incoming(), make.incoming(remote_id="2"))
    order(make.version(), make.judgement("remove"))
    carry_out(9, connect=to(blog))
    order(make.version(remote_id="2"))

    assert carry_out(1, connect=to(blog)) == 1

    assert blog.hidden == {"1", "2"}


def test_a_removal_is_undone_within_its_time_and_nothing_is_deleted() -> None:
    version = make.version()
    blog = FakePlatform(make.incoming())
    with time_machine.travel(timezone.now(), tick=False) as clock:
        order(version, make.judgement("remove"))
        carry_out(9, connect=to(blog))
        undo(sight=sight(Message.objects.get()), by=make.moderator(), now=timezone.now())

        clock.shift(timedelta(hours=1))
        assert carry_out(9, connect=to(blog)) == 1

    assert not blog.hidden
    assert Verb.DELETE_OTHER not in blog.acts
    assert seen(version) == "public"


def test_an_urgent_removal_does_not_wait() -> None:
    order(make.version(), make.judgement("remove", urgent=True))
    blog = FakePlatform(make.incoming())

    assert carry_out(9, connect=to(blog)) == 1

    assert blog.acts == [Verb.DELETE_OTHER]


def test_a_platform_that_cannot_hide_deletes_when_the_time_has_come_and_not_before() -> None:
    blog = FakePlatform(make.incoming(), cannot=[Verb.HIDE])
    with time_machine.travel(timezone.now(), tick=False) as clock:
        order(make.version(), make.judgement("remove"))
        assert carry_out(9, connect=to(blog)) == 0
        assert not blog.asked

        clock.shift(timedelta(minutes=5))
        assert carry_out(9, connect=to(blog)) == 1

    assert not blog.posts


def test_a_restored_comment_keeps_its_number_and_its_history() -> None:
    version = make.version()
    blog = FakePlatform(make.incoming())
    hidden = order(version)
    carry_out(9, connect=to(blog))

    undone = undo(sight=sight(Message.objects.get()), by=make.moderator(), now=timezone.now())
    carry_out(9, connect=to(blog))

    assert Message.objects.get().pk == version.message_id
    assert MessageVersion.objects.get() == version
    assert list(Decision.objects.all()) == [hidden, undone]
    assert undone.supersedes == hidden
    assert undone.reason == "Ångrat."
    assert seen(version) == "public"


def test_what_is_undone_before_it_was_sent_is_never_sent() -> None:
    order(make.version())
    undo(sight=sight(Message.objects.get()), by=make.moderator(), now=timezone.now())
    blog = FakePlatform(make.incoming())

    assert carry_out(9, connect=to(blog)) == 0

    assert not blog.asked


def test_a_decision_that_comes_while_the_message_is_fetched_wins() -> None:
    version = make.version()
    order(version)
    blog = FakePlatform(make.incoming())

    class Slow(FakePlatform):
        def fetch(self, ref: RemoteId) -> Found:
            undo(sight=sight(Message.objects.get()), by=make.moderator(), now=timezone.now())
            return blog.fetch(ref)

    carry_out(9, connect=to(Slow(make.incoming())))

    assert not blog.hidden
    assert Decision.objects.standing().get().measure == "keep"


def test_what_is_undone_while_it_is_under_way_is_shown_again() -> None:
    version = make.version()
    order(version)
    blog = FakePlatform(make.incoming())

    def undone_meanwhile(_operation: object) -> None:
        blog.before_act = lambda _operation: None
        undo(sight=sight(Message.objects.get()), by=make.moderator(), now=timezone.now())

    blog.before_act = undone_meanwhile
    carry_out(9, connect=to(blog))
    carry_out(9, connect=to(blog))

    assert not blog.hidden
    assert seen(version) == "public"
    states = list(Visibility.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["hidden", "public"]


def test_a_changed_message_goes_back_to_the_person_with_its_new_version() -> None:
    decision = order(make.version("Du ljuger"))
    blog = FakePlatform(make.incoming("Förlåt"))

    assert carry_out(9, connect=to(blog)) == 0

    decision.refresh_from_db()
    assert (decision.state, decision.flag) == ("returned", Flag.CHANGED)
    assert not blog.asked
    assert decision.message.versions.count() == 2


def test_a_new_name_of_the_author_is_a_change_too() -> None:
    decision = order(make.version())
    found = make.incoming()
    renamed = replace(found, author=replace(found.author, name="Kommundirektören"))

    carry_out(9, connect=to(FakePlatform(renamed)))

    decision.refresh_from_db()
    assert decision.state == "returned"


def test_an_urgent_hiding_is_carried_out_and_flagged_though_the_message_has_changed() -> None:
    decision = order(make.version("Jag ska"), make.judgement(urgent=True))
    blog = FakePlatform(make.incoming("Jag ska bränna"))

    assert carry_out(9, connect=to(blog)) == 1

    decision.refresh_from_db()
    assert (decision.state, decision.flag) == ("confirmed", Flag.CHANGED_BUT_HIDDEN)
    assert decision.acted_on == Message.objects.get().latest
    assert decision.acted_on != decision.seen
    (act,) = blog.asked
    assert isinstance(act, Restrain)
    assert act.proof.entry == Message.objects.get().latest.entry.id  # type: ignore[union-attr]


def test_an_urgent_removal_of_a_changed_message_goes_back() -> None:
    decision = order(make.version("Jag ska"), make.judgement("remove", urgent=True))

    assert carry_out(9, connect=to(FakePlatform(make.incoming("Jag ska bränna")))) == 0

    decision.refresh_from_db()
    assert decision.state == "returned"


def test_a_comment_that_is_changed_while_hidden_is_not_deleted_unread() -> None:
    blog = FakePlatform(make.incoming())
    with time_machine.travel(timezone.now(), tick=False) as clock:
        decision = order(make.version(), make.judgement("remove"))
        carry_out(9, connect=to(blog))
        blog.change("Något helt annat")
        clock.shift(timedelta(minutes=5))

        assert carry_out(9, connect=to(blog)) == 0

    decision.refresh_from_db()
    assert decision.state == "returned"
    assert blog.posts
    assert blog.hidden


def test_what_is_urgent_is_carried_out_first() -> None:
    order(make.version(remote_id="1"))
    order(make.version(remote_id="2"), make.judgement(urgent=True))
    blog = FakePlatform(make.incoming(remote_id="1"), make.incoming(remote_id="2"))

    carry_out(1, connect=to(blog))

    assert blog.hidden == {"2"}
