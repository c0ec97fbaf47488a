"""Clauses 4.2 and 4.6: saved first, sent once, by someone who may at that second, and read back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make
from tests.publishing import write
from tests.publishing.blog import FakeBlog
from tests.publishing.write import again, published, sound, texts, to
from torget.channels.models import Attempt, Channel, Connection, Mandate
from torget.channels.services import revoke_mandate
from torget.journal.models import Entry
from torget.platforms.contract import Gone, Kind, RemoteId, Send, Snapshot
from torget.publishing import services
from torget.publishing.models import Dispatch, Flag
from torget.publishing.work import dispatch
from torget.records.models import Message, Visibility
from torget.records.services import capture
from torget.records.work import sweep, sweep_channel

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]


def test_a_post_stands_on_the_page_and_is_one_record_of_what_was_sent_and_what_stands() -> None:
    blog = FakeBlog()
    one = write.ordered(blog=blog)

    assert dispatch(9, connect=to(blog)) == 1

    one.refresh_from_db()
    message = Message.objects.get()
    assert (one.state, one.message) == ("confirmed", message)
    assert blog.texts() == {"post-100": write.TEXT}
    assert (message.direction, message.kind, message.remote_id) == ("out", "post", "post-100")
    assert texts(message) == [("sending", write.TEXT), ("api", write.TEXT)]
    assert message.seen == "public"
    assert list(Visibility.objects.values_list("state", "by", "act", "decision")) == [
        ("unsent", "us", "publish", one.key),
        ("public", "us", "publish", one.key),
    ]
    sound()


def test_what_is_sent_is_a_record_before_it_is_sent() -> None:
    blog = FakeBlog()
    write.ordered(blog=blog)
    saved: list[tuple[str, str]] = []
    blog.before_act = lambda _operation: saved.extend(texts(Message.objects.get()))

    dispatch(9, connect=to(blog))

    assert saved == [("sending", write.TEXT)]
    (sent,) = [each for each in blog.asked if isinstance(each, Send)]
    assert Entry.objects.filter(id=sent.record.entry, event="records.captured").exists()
    assert (sent.record.text, sent.record.title) == (write.TEXT, "Isbanan")


def test_each_step_is_a_line_of_the_journal_with_ids_alone() -> None:
    one = write.ordered()

    dispatch(9, connect=to(FakeBlog()))

    lines = Entry.objects.filter(about__in=[one.key, Message.objects.get().key]).order_by("seq")
    assert [line.event for line in lines] == [
        "publishing.ordered",
        "records.captured",
        "records.seen_unsent",
        "records.sending",
        "publishing.sent",
        "records.captured",
        "records.seen_public",
        "records.sent",
        "publishing.confirmed",
    ]


@pytest.mark.clause("4.2")
@pytest.mark.parametrize("how", ["revoked", "ended", "left"])
def test_a_scheduled_post_is_never_sent_when_its_author_has_no_mandate_at_that_second(
    how: str,
) -> None:
    blog = FakeBlog()
    one = write.ordered(at=timezone.now() + timedelta(hours=1), blog=blog)
    mandate = Mandate.objects.get(person=one.ordered_by)
    if how == "revoked":
        revoke_mandate(mandate=mandate, by=mandate.giver, now=timezone.now())
    elif how == "ended":
        Mandate.objects.update(until=timezone.now() + timedelta(minutes=30))
    else:
        one.ordered_by.is_active = False
        one.ordered_by.save()

    assert again(blog) == 0

    one.refresh_from_db()
    assert (one.state, one.flag) == ("returned", Flag.NO_MANDATE)
    assert blog.asked == []
    assert not Message.objects.exists()
    assert not Attempt.objects.exists()


@pytest.mark.clause("4.2")
def test_a_mandate_that_lapses_between_looking_and_sending_stops_it() -> None:
    one = write.ordered()
    Mandate.objects.all().update(until=timezone.now())

    assert services.begin(one, now=timezone.now()) is False

    one.refresh_from_db()
    assert (one.state, one.flag) == ("returned", Flag.NO_MANDATE)


def test_nothing_is_sent_before_its_time() -> None:
    blog = FakeBlog()
    write.ordered(at=timezone.now() + timedelta(hours=1), blog=blog)

    assert again(blog, after=timedelta(minutes=59)) == 0
    assert blog.asked == []
    assert again(blog, after=timedelta(minutes=61)) == 1


@pytest.mark.parametrize("status", ["paused", "closed"])
def test_nothing_is_sent_to_a_channel_that_is_not_in_use(status: str) -> None:
    one, blog = write.ordered(), FakeBlog()
    Channel.objects.update(status=status)

    assert dispatch(9, connect=to(blog)) == 0

    one.refresh_from_db()
    assert (one.state, one.flag, blog.asked) == ("returned", Flag.CHANNEL_CLOSED, [])


@pytest.mark.clause("4.3")
def test_an_approval_that_is_asked_for_after_the_order_is_waited_for() -> None:
    one, blog = write.ordered(), FakeBlog()
    Channel.objects.update(needs_approval=True)

    assert dispatch(9, connect=to(blog)) == 0

    one.refresh_from_db()
    assert (one.state, one.needs_approval, blog.asked) == ("waiting_approval", True, [])


@pytest.mark.parametrize("lost", [{"lose": 1}, {"loses": 1}], ids=["after effect", "before effect"])
def test_a_lost_answer_is_settled_by_looking_and_nothing_is_sent_twice(
    lost: dict[str, int],
) -> None:
    blog = FakeBlog(**lost)
    one = write.ordered(blog=blog)

    dispatch(9, connect=to(blog))
    one.refresh_from_db()
    assert one.state == "sent"
    for _ in range(3):
        again(blog)

    one.refresh_from_db()
    assert (one.state, len(blog.took)) == ("confirmed", 1)
    assert [m.remote_id for m in Message.objects.all()] == ["post-100"]
    sound()


def test_what_is_unknown_is_looked_at_as_long_as_it_is_and_never_sent_again() -> None:
    blog = FakeBlog(lose=1)
    one = write.ordered(blog=blog)
    dispatch(9, connect=to(blog))
    blog.deaf = True

    assert [again(blog), again(blog)] == [0, 0]

    one.refresh_from_db()
    assert (one.state, len(blog.asked)) == ("sent", 1)
    waits = Attempt.objects.get(item=one.key)
    assert waits.code == "platform.not_confirmed"


def test_a_platform_that_is_away_is_tried_again_with_the_same_record() -> None:
    blog = FakeBlog(dies=True)
    one = write.ordered(blog=blog)
    dispatch(9, connect=to(blog))
    one.refresh_from_db()
    assert (one.state, Message.objects.count()) == ("scheduled", 1)

    blog.dies = False
    assert again(blog) == 1

    assert texts(Message.objects.get()) == [("sending", write.TEXT), ("api", write.TEXT)]
    sound()


@pytest.mark.clause("4.2")
def test_a_mandate_is_asked_anew_for_every_try() -> None:
    blog = FakeBlog(dies=True)
    one = write.ordered(blog=blog)
    dispatch(9, connect=to(blog))
    Mandate.objects.all().update(until=timezone.now())
    blog.dies = False

    again(blog)

    one.refresh_from_db()
    assert (one.state, blog.took) == ("returned", [])
    message = Message.objects.get()
    assert (message.seen, message.sending) == ("unsent", None)
    sound()


def test_a_refusal_goes_back_to_a_person_with_its_code() -> None:
    blog = FakeBlog(refuse="http.413")
    one = write.ordered(blog=blog)

    dispatch(9, connect=to(blog))

    one.refresh_from_db()
    assert (one.state, one.flag) == ("returned", "http.413")
    assert Message.objects.get().sending is None
    sound()


def test_what_was_returned_can_be_ordered_again() -> None:
    blog = FakeBlog(refuse="http.413")
    one = write.ordered(blog=blog)
    dispatch(9, connect=to(blog))
    blog.refuse = ""

    write.ordered(one.post, blog=blog)
    assert dispatch(9, connect=to(blog)) == 1

    assert list(Message.objects.order_by("pk").values_list("remote_id", flat=True))[1:] == [
        "post-100"
    ]


@pytest.mark.parametrize("effect", [False, True])
def test_a_crash_before_or_after_the_platform_took_it_never_sends_it_twice(effect: bool) -> None:
    blog = FakeBlog()
    one = write.ordered(blog=blog)
    assert services.begin(one, now=timezone.now())
    if effect:
        blog.perform(services.operation(one))

    for _ in range(3):
        again(blog)

    one.refresh_from_db()
    assert (one.state, len(blog.took)) == ("confirmed", 1)


def test_a_sweep_that_meets_our_post_before_it_is_bound_leaves_one_record() -> None:
    blog = FakeBlog(replace(make.incoming("Hej!"), remote_id=RemoteId("1")), lose=1)
    one = write.ordered(blog=blog)
    channel = write.blog_channel()
    dispatch(9, connect=to(blog))  # it stands there, and we do not know it
    assert "post-100" in blog.posts

    sweep_channel(channel, blog)

    assert sorted(Message.objects.values_list("direction", flat=True)) == ["in", "out"]
    assert Connection.objects.get().cursor == ""  # the next sweep begins again
    assert again(blog) == 1
    sweep_channel(channel, blog)
    out = Message.objects.get(direction="out")
    one.refresh_from_db()
    assert (one.message, out.remote_id) == (out, "post-100")
    assert texts(out) == [("sending", write.TEXT), ("api", write.TEXT)]
    assert [n.act for n in Visibility.objects.filter(message=out)] == ["publish", "publish"]
    sound()


def test_what_is_written_past_torget_is_saved_as_soon_as_nothing_of_ours_is_on_its_way() -> None:
    blog = FakeBlog(loses=1)
    write.ordered(blog=blog)
    dispatch(9, connect=to(blog))
    strange = replace(
        make.incoming("Skrivet direkt"), remote_id=RemoteId("post-9"), kind=Kind.POST, ours=True
    )
    blog.posts[strange.remote_id] = strange

    sweep(9, connect=to(blog))
    assert not Message.objects.filter(remote_id="post-9").exists()
    again(blog), again(blog)
    Attempt.objects.all().delete()
    sweep(9, connect=to(blog))

    assert Message.objects.get(remote_id="post-9").direction == "out"
    assert Message.objects.filter(direction="out").count() == 2
    sound()


def test_a_page_that_does_not_show_it_yet_is_looked_at_again_and_it_is_not_sent_again() -> None:
    blog = FakeBlog()
    one = write.ordered(blog=blog)
    real, blog.fetch = blog.fetch, lambda ref: Gone()  # type: ignore[method-assign]
    dispatch(9, connect=to(blog))
    one.refresh_from_db()
    assert (one.state, one.remote_id) == ("sent", "post-100")

    blog.fetch = real  # type: ignore[method-assign]
    assert again(blog, after=timedelta(minutes=3)) == 1
    assert len(blog.took) == 1


def test_a_post_that_someone_removes_before_it_is_read_back_is_not_sent_again() -> None:
    blog = FakeBlog()
    one = write.ordered(blog=blog)
    blog.silent = True
    dispatch(9, connect=to(blog))
    blog.silent = False
    blog.trash("post-100")

    assert again(blog) == 1

    one.refresh_from_db()
    message = Message.objects.get()
    assert (one.state, one.flag) == ("confirmed", Flag.ALREADY_GONE)
    assert (message.remote_id, message.seen, len(blog.took)) == ("post-100", "gone", 1)
    sound()


def test_an_answer_stands_under_what_it_answers() -> None:
    question = make.version("När öppnar ni?").message
    blog = FakeBlog(make.incoming("När öppnar ni?"))
    one = write.ordered(write.draft("Klockan nio.", title="", answers=question), blog=blog)

    assert dispatch(9, connect=to(blog)) == 1

    answer = Message.objects.get(direction="out")
    one.refresh_from_db()
    assert (one.verb, answer.kind, answer.parent) == ("reply", "reply", question)
    assert blog.posts[RemoteId("post-100")].parent == "1"
    sound()


def test_an_answer_to_what_has_been_taken_away_comes_back() -> None:
    question = make.version("När öppnar ni?").message
    one = write.ordered(write.draft("Klockan nio.", title="", answers=question))
    Message.objects.filter(pk=question.pk).update(seen="hidden")

    dispatch(9, connect=to(FakeBlog()))

    one.refresh_from_db()
    assert (one.state, one.flag) == ("returned", Flag.PARENT_GONE)


def test_what_the_database_refuses() -> None:
    one = write.ordered()
    for change in ({"text": "Annan"}, {"ordered_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dispatch.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.filter(pk=one.pk).delete()
    dispatch(9, connect=to(FakeBlog()))
    for state in ("scheduled", "withdrawn", "sent"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dispatch.objects.filter(pk=one.pk).update(state=state)


def test_a_message_that_has_its_pages_name_keeps_it() -> None:
    published(FakeBlog())

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(remote_id="post-1")


def test_one_that_fails_stops_no_other() -> None:
    bad, good = FakeBlog(away=True), FakeBlog()
    write.ordered(blog=good)
    other = write.blog_channel("Andra bloggen")
    write.mandate(write.author(), other)
    write.ordered(write.draft(channel=other), blog=good)

    done = dispatch(9, connect=lambda c: bad if c.name == "Bloggen" else good)

    assert (done, len(good.took)) == (1, 1)


def test_a_found_own_message_is_never_bound_to_a_record_that_is_another() -> None:
    blog = FakeBlog()
    first = published(blog)
    strange = replace(blog.posts[RemoteId("post-100")], remote_id=RemoteId("post-200"))
    capture(first.channel, Snapshot(strange), at=timezone.now())
    one = write.ordered(write.draft("Ett annat."), blog=blog)
    services.begin(one, now=timezone.now())

    with pytest.raises(Exception, match="ett annat meddelande"):
        services.confirm(one, Snapshot(strange), now=timezone.now())
