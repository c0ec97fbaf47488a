"""Clauses 4.6 and 4.10: a change is a new version, and what is taken down is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.publishing import write
from tests.publishing.blog import FakeBlog
from tests.publishing.write import again, published, sound, texts, to
from torget.platforms.contract import Verb
from torget.publishing import services
from torget.publishing.models import Dispatch, Flag
from torget.publishing.work import dispatch
from torget.records.models import Message, Visibility
from torget.records.work import sweep_channel

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]


def changed(first: Dispatch, text: str, blog: FakeBlog) -> Dispatch:
    return services.edit(
        first,
        services.Change(text=text, title="Isbanan"),
        by=first.ordered_by,
        now=timezone.now(),
        connect=to(blog),
    )


def test_a_change_is_the_next_version_of_the_same_record() -> None:
    blog = FakeBlog()
    first = published(blog)

    second = changed(first, "Isbanan öppnar klockan tio.", blog)
    assert dispatch(9, connect=to(blog)) == 1

    second.refresh_from_db()
    message = Message.objects.get()
    assert blog.texts() == {"post-100": "Isbanan öppnar klockan tio."}
    assert [text for _, text in texts(message)] == [
        write.TEXT,
        write.TEXT,
        "Isbanan öppnar klockan tio.",
    ]
    assert (second.state, message.sending, message.seen) == ("confirmed", None, "public")
    sound()


def test_a_sweep_during_a_change_sees_the_old_words_and_makes_no_version_of_them() -> None:
    blog = FakeBlog(loses=0)
    first = published(blog)
    changed(first, "Ny text.", blog)
    blog.loses = 1
    dispatch(9, connect=to(blog))

    sweep_channel(write.blog_channel(), blog)
    message = Message.objects.get()
    assert len(texts(message)) == 3
    again(blog), again(blog)

    assert [text for _, text in texts(message)][2:] == ["Ny text."]
    assert len(blog.took) == 2
    sound()


def test_a_post_that_someone_else_changed_is_kept_and_the_change_comes_back() -> None:
    blog = FakeBlog()
    first = published(blog)
    second = changed(first, "Ny text.", blog)
    blog.change("Ändrat på sidan.", "post-100")

    dispatch(9, connect=to(blog))

    second.refresh_from_db()
    assert (second.state, second.flag) == ("returned", Flag.CHANGED)
    assert texts(Message.objects.get())[-1] == ("api", "Ändrat på sidan.")
    assert blog.texts() == {"post-100": "Ändrat på sidan."}
    sound()


def take_down(first: Dispatch, blog: FakeBlog) -> Dispatch:
    return services.take_down(
        first, reason="Fel uppgift.", by=first.ordered_by, now=timezone.now(), connect=to(blog)
    )


@pytest.mark.clause("4.10")
def test_our_own_post_is_saved_as_it_stands_and_then_taken_down() -> None:
    blog = FakeBlog()
    first = published(blog)
    blog.change("Ändrat på sidan.", "post-100")

    down = take_down(first, blog)
    assert dispatch(9, connect=to(blog)) == 1

    down.refresh_from_db()
    message = Message.objects.get()
    assert (down.state, message.seen, blog.texts()) == ("confirmed", "removed", {})
    assert texts(message)[-1] == ("api", "Ändrat på sidan.")
    assert Visibility.objects.latest("pk").decision == down.key
    sound()


@pytest.mark.parametrize("lost", ["lose", "loses"])
def test_a_lost_answer_to_a_removal_is_settled_by_looking(lost: str) -> None:
    blog = FakeBlog()
    down = take_down(published(blog), blog)
    setattr(blog, lost, 1)
    dispatch(9, connect=to(blog))

    again(blog), again(blog)

    down.refresh_from_db()
    assert (down.state, blog.texts()) == ("confirmed", {})
    assert Message.objects.get().seen == "removed"
    sound()


def test_a_sweep_after_the_removal_took_effect_does_not_take_it_for_anothers_act() -> None:
    blog = FakeBlog()
    first = published(blog)
    take_down(first, blog)
    blog.lose = 1
    dispatch(9, connect=to(blog))

    with time_machine.travel(timezone.now() + timedelta(seconds=9), tick=False):
        sweep_channel(write.blog_channel(), blog)
    again(blog)

    assert [n.by for n in Visibility.objects.filter(state__in=["gone", "removed"])] == ["us"]


def test_what_is_gone_already_is_not_our_act() -> None:
    blog = FakeBlog()
    down = take_down(published(blog), blog)
    blog.trash("post-100")

    dispatch(9, connect=to(blog))

    down.refresh_from_db()
    assert (down.flag, Message.objects.get().seen) == (Flag.ALREADY_GONE, "gone")
    assert Verb.DELETE_OWN not in blog.acts
