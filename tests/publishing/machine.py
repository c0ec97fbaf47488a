"""Whatever people, platforms, clocks and crashes do: what must hold of everything that is sent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests import make
from tests.publishing import write
from tests.publishing.blog import FakeBlog
from tests.publishing.write import to
from torget.channels.models import Attempt, Channel, Mandate
from torget.errors import TorgetError
from torget.journal import services as journal_services
from torget.journal import verify as journal
from torget.journal.models import Entry
from torget.organisation.models import User
from torget.platforms.contract import Kind, Operation, RemoteId, Send
from torget.publishing import services
from torget.publishing.models import Dispatch
from torget.publishing.work import dispatch
from torget.records.models import Message, MessageVersion
from torget.records.selectors import content
from torget.records.verify import verify
from torget.records.work import sweep

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STEPS = ("begin", "operation", "wait", "became", "hand_back", "confirm", "confirm_down")
faults = st.sampled_from(
    ["", "", "lose", "lose", "loses", "deaf", "deaf", "away", "dies", "refuse", "silent"]
)
rests = st.sampled_from([0, 3, 31, 600])  # minutes between turns
ENDED = ("confirmed", "returned", "withdrawn", "waiting_approval")


class Killed(BaseException):
    """The process is gone; what was not committed is undone."""


@dataclass(frozen=True)
class Town:
    """A blog with a question on it, and the people who may write and approve there."""

    channel: Channel
    authors: list[User]
    approvers: list[User]
    question: Message

    @classmethod
    def founded(cls) -> "Town":
        """Found it, the day before everything begins."""
        with time_machine.travel(START - timedelta(days=1), tick=False):
            channel, (question,) = write.blog_channel(), [make.version("En fråga").message]
            authors, approvers = [make.user("Maj"), make.user("Ali")], [make.user("Per")]
            for person in authors:
                write.mandate(person, channel)
            for person in approvers:
                write.mandate(person, channel, power="may_approve")
            return cls(channel, authors, approvers, question)


class Publishing(RuleBasedStateMachine):
    """Orders, approvals, mandates, time, faults and crashes, beside a plain model of them."""

    town: "Town"  # founded once for all lives: each is undone

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.blog = FakeBlog(make.incoming("En fråga"))
        self.blog.before_act = self.must_be_allowed
        self.may_write = {person.pk for person in self.town.authors}
        self.approved: set[UUID] = set()
        self.cancelled: set[UUID] = set()
        self.open = True

    def teardown(self) -> None:
        """Let everything come to rest, hold it all against the journal, and undo it."""
        try:
            self.come_to_rest()
            self.each_confirmed_post_is_one_record()
            assert [*journal.verify(), *verify()] == []
        finally:
            transaction.set_rollback(True)
            self.database.__exit__(None, None, None)
            self.clock.stop()

    # What people do.

    @initialize(asks=st.booleans())
    def first_order(self, asks: bool) -> None:
        """Begin with something to send."""
        self.order(who=0, minutes=0, asks=asks, answer=False)

    @rule(
        who=st.integers(0, 1),
        minutes=st.sampled_from([0, 0, 30]),
        asks=st.booleans(),
        answer=st.booleans(),
    )
    def order(self, who: int, minutes: int, asks: bool, answer: bool) -> None:
        """Write something and order it, as one who may."""
        author = self.town.authors[who]
        if author.pk not in self.may_write or not self.open:
            return
        Channel.objects.update(needs_approval=asks)
        at = timezone.now() + timedelta(minutes=minutes) if minutes else None
        about = self.town.question if answer else None
        text = f"Nytt {Dispatch.objects.count()}."
        post = write.draft(text, by=author, answers=about, channel=self.town.channel)
        write.ordered(post, at=at, blog=self.blog)
        Channel.objects.update(needs_approval=False)

    @rule(n=st.integers(0, 9))
    def approve(self, n: int) -> None:
        """Approve something that waits."""
        one = self.pick("waiting_approval", n)
        if one is not None and self.tried(
            lambda: services.approve(one, by=self.town.approvers[0], now=timezone.now())
        ):
            assert one.ordered_by_id in self.may_write
            self.approved.add(one.key)

    @rule(n=st.integers(0, 9))
    def withdraw_approval(self, n: int) -> None:
        """Take an approval back."""
        one = self.pick("scheduled", n)
        if one is not None and self.tried(
            lambda: services.withdraw_approval(one, by=self.town.approvers[0], now=timezone.now())
        ):
            self.approved.discard(one.key)

    @rule(n=st.integers(0, 9), state=st.sampled_from(["waiting_approval", "scheduled", "sent"]))
    def cancel(self, n: int, state: str) -> None:
        """Take an order back; what is sent cannot be."""
        one = self.pick(state, n)
        if one is not None and self.tried(
            lambda: services.cancel(one, by=one.ordered_by, now=timezone.now())
        ):
            assert state != "sent"
            self.cancelled.add(one.key)

    @rule(n=st.integers(0, 9), down=st.booleans())
    def change(self, n: int, down: bool) -> None:
        """Change or take down something that was published."""
        first = self.pick("confirmed", n, verb__in=["publish", "reply"])
        if first is None or first.ordered_by_id not in self.may_write:
            return
        by, now, connect = first.ordered_by, timezone.now(), to(self.blog)
        words = services.Change(text=f"Ändrat {Dispatch.objects.count()}.", title="Isbanan")
        if down:
            self.tried(
                lambda: services.take_down(first, reason="Fel.", by=by, now=now, connect=connect)
            )
        else:
            self.tried(lambda: services.edit(first, words, by=by, now=now, connect=connect))

    @rule(who=st.integers(0, 1))
    def mandate(self, who: int) -> None:
        """Let a mandate lapse, or give it anew."""
        person = self.town.authors[who]
        if person.pk in self.may_write:
            for given in Mandate.objects.filter(person=person, revoked_at=None):
                given.revoked_at = timezone.now()
                given.save()
            self.may_write.discard(person.pk)
        else:
            write.mandate(person, self.town.channel)
            self.may_write.add(person.pk)

    @rule()
    def open_or_close(self) -> None:
        """Pause the channel, or open it again."""
        self.open = not self.open
        Channel.objects.update(status="active" if self.open else "paused")

    # What the world does.

    @rule(minutes=st.sampled_from([1, 3, 31, 600]))
    def time_passes(self, minutes: int) -> None:
        """Let time pass."""
        self.traveller.shift(timedelta(minutes=minutes))

    @rule(n=st.integers(0, 9), removes=st.booleans())
    def someone_else(self, n: int, removes: bool) -> None:
        """Let someone change, or remove, one of our posts on the page."""
        ours = [ref for ref, post in self.blog.posts.items() if post.ours]
        if ours and removes:
            self.blog.trash(ours[n % len(ours)])
        elif ours:
            self.blog.change("Ändrat av någon annan.", ours[n % len(ours)])

    @rule()
    def past_torget(self) -> None:
        """Let someone post on the page itself, with our account."""
        ref = RemoteId(f"post-{len(self.blog.posts)}x{len(self.blog.sent)}")
        strange = make.incoming("Skrivet direkt.")
        self.blog.posts[ref] = replace(strange, remote_id=ref, kind=Kind.POST, ours=True)

    @rule(turns=st.lists(st.tuples(faults, rests, st.booleans()), min_size=1, max_size=4))
    def turn(self, turns: list[tuple[str, int, bool]]) -> None:
        """Let the act lane take turns, with faults or without, and perhaps the read lane."""
        for fault, minutes, swept in turns:
            self.traveller.shift(timedelta(minutes=minutes))
            with self.faulty(fault):
                dispatch(9, connect=to(self.blog))
            if swept:
                self.sweep()

    @rule(at=st.integers(0, 40), fault=st.sampled_from(["", "lose", "loses"]), swept=st.booleans())
    def crash(self, at: int, fault: str, swept: bool) -> None:
        """Kill the act lane before or after any of its steps, or in the middle of one."""
        with self.faulty(fault), killed_at(at, self.blog):
            dispatch(9, connect=to(self.blog))
        if swept:
            self.sweep()

    def sweep(self) -> None:
        """Let the read lane take a turn; what it rests for has passed."""
        Attempt.objects.filter(step="records.sweep").delete()
        sweep(9, connect=to(self.blog))
        assert not Attempt.objects.filter(step="records.sweep").exists()
        self.no_message_is_two_records()

    # What must hold.

    def must_be_allowed(self, operation: Operation) -> None:
        """Hold what is about to take effect against the model, at this very second."""
        one = Dispatch.objects.get(key=operation.id)
        assert self.open
        assert one.ordered_by_id in self.may_write
        assert one.not_before <= timezone.now()
        assert one.key not in self.cancelled
        assert not one.needs_approval or one.key in self.approved
        if isinstance(operation, Send):
            entry = Entry.objects.get(id=operation.record.entry, event="records.captured")
            version = MessageVersion.objects.get(entry=entry)
            assert content(version).text == operation.record.text == one.text
            assert version.message.direction == "out"

    @invariant()
    def nothing_is_sent_twice(self) -> None:
        """Each order takes effect once at most."""
        sent = [operation.id for _, operation in self.blog.took]
        assert len(sent) == len(set(sent))

    def no_message_is_two_records(self) -> None:
        """Each of our messages on the page is the record that was saved before it was sent."""
        ours = Message.objects.filter(direction="out").exclude(remote_id__startswith="torget:")
        bound = Dispatch.objects.filter(verb__in=["publish", "reply"], message__in=ours)
        by_page = {str(ref): key for key, ref in self.blog.sent.items()}
        known = set(bound.values_list("message__remote_id", flat=True))
        taken = set(ours.values_list("remote_id", flat=True)) & set(by_page)
        assert taken <= known

    def each_confirmed_post_is_one_record(self) -> None:
        """Each confirmed order has the versions that it ought to have."""
        confirmed = Dispatch.objects.filter(state="confirmed").select_related("message")
        for one in confirmed.filter(verb__in=["publish", "reply"]):
            assert one.message is not None
            versions = [*MessageVersion.objects.filter(message=one.message).order_by("n")]
            said = [(v.evidence, content(v).text) for v in versions]
            assert said[0] == ("sending", one.text)
            if one.flag != "already_gone":
                assert said[1][0] == "api"
            assert one.message.remote_id == self.blog.sent[one.key]
        for one in confirmed.filter(verb="edit"):
            texts = [content(v).text for v in MessageVersion.objects.filter(message=one.message)]
            assert texts.count(one.text) == 1
        assert not Message.objects.filter(sending__isnull=False).exists()

    def come_to_rest(self) -> None:
        """With no more faults, everything is settled in a few turns."""
        left = Dispatch.objects.exclude(state__in=ENDED)
        for _ in range(4):
            if left.exists():
                self.traveller.shift(timedelta(hours=7))
                dispatch(99, connect=to(self.blog))
                self.nothing_is_sent_twice()
        self.sweep()
        assert not left, list(left.values_list("state", "verb", "flag"))

    # Helpers.

    def pick(self, state: str, n: int, **more: Any) -> Dispatch | None:
        """Return one of those in a state."""
        rows = Dispatch.objects.filter(state=state, **more).select_related("ordered_by")
        found = list(rows.order_by("pk"))
        return found[n % len(found)] if found else None

    def tried(self, act: Callable[[], object]) -> bool:
        """Try what a person does. It may be refused."""
        try:
            act()
        except TorgetError:
            return False
        return True

    @contextmanager
    def faulty(self, fault: str) -> Iterator[None]:
        """Give the blog a fault for a while."""
        broken = {"lose": 1, "loses": 1, "refuse": "http.500"}.get(fault, True)
        if fault:
            setattr(self.blog, fault, broken)
        try:
            yield
        finally:
            self.blog.lose = self.blog.loses = 0
            self.blog.away = self.blog.dies = self.blog.deaf = self.blog.silent = False
            self.blog.refuse = ""


@contextmanager
def killed_at(step: int, blog: FakeBlog) -> Iterator[None]:
    """Kill what runs inside at its n-th step, counted before and after each call that matters."""
    left = [step]

    def point() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            point()
            result = real(*args, **kwargs)
            point()
            return result

        return call

    watch: list[tuple[Any, str]] = [(services, name) for name in STEPS]
    watch.append((journal_services, "append"))
    watch += [(blog, name) for name in ("perform", "resolve", "fetch")]
    patches = [patch.object(place, name, watched(getattr(place, name))) for place, name in watch]
    for each in patches:
        each.start()
    try:
        yield
    except Killed:
        pass
    finally:
        for each in patches:
            each.stop()
