"""Makers for tests of publishing."""

from collections.abc import Callable
from datetime import datetime, timedelta

import time_machine
from django.utils import timezone

from tests import make
from tests.publishing.blog import FakeBlog
from torget.channels.models import Attempt, Channel, Mandate
from torget.channels.services import save_connection
from torget.journal import verify as journal
from torget.organisation.models import RoleName, User
from torget.platforms.contract import Platform
from torget.publishing.models import Dispatch, Post
from torget.publishing.services import Draft, order, save_draft
from torget.publishing.work import dispatch
from torget.records.models import Message, MessageVersion
from torget.records.selectors import content
from torget.records.verify import verify

TEXT = "Nu öppnar isbanan på Björkbosjön."


def to(platform: Platform) -> Callable[[Channel], Platform]:
    """Return what connects every channel to one platform."""
    return lambda _channel: platform


def blog_channel(name: str = "Bloggen") -> Channel:
    """Return a channel with a sign-in."""
    channel = make.channel(name)
    if not hasattr(channel, "connection"):
        save_connection(channel, base_url="http://127.0.0.1:1/", username="t", secret="s")
    return channel


def mandate(person: User, *channels: Channel, power: str = "may_write") -> Mandate:
    """Return a mandate that counts now."""
    given = Mandate.objects.create(
        person=person,
        giver=make.user("Chefen", RoleName.MANAGER),
        since=timezone.now() - timedelta(days=1),
        recorded_at=timezone.now() - timedelta(days=1),
        **{power: True},
    )
    given.channels.set(channels or [blog_channel()])
    return given


def author(name: str = "Maj", *channels: Channel) -> User:
    """Return someone who may write on the blog."""
    person = make.user(name, RoleName.AUTHOR)
    if not person.mandates.filter(may_write=True).exists():
        mandate(person, *channels)
    return person


def approver(name: str = "Per") -> User:
    """Return someone else, who may approve on the blog."""
    person = make.user(name, RoleName.COMMUNICATIONS)
    if not person.mandates.filter(may_approve=True).exists():
        mandate(person, power="may_approve")
    return person


def draft(
    text: str = TEXT,
    *,
    title: str = "Isbanan",
    by: User | None = None,
    channel: Channel | None = None,
    answers: Message | None = None,
    checked: dict[str, str] | None = None,
) -> Post:
    """Return a saved draft for the blog."""
    words = Draft(
        text=text,
        title=title,
        channels=[channel or blog_channel()],
        answers=answers,
        checked=checked or {},
    )
    return save_draft(words, by=by or author(), now=timezone.now())


def ordered(
    post: Post | None = None, *, at: datetime | None = None, blog: Platform | None = None
) -> Dispatch:
    """Return what was ordered of a draft, now or at a time."""
    post = post or draft()
    (one,) = order(post, by=post.author, now=timezone.now(), at=at, connect=to(blog or FakeBlog()))
    return one


LATER = timedelta(hours=7)  # past every back-off


def again(blog: FakeBlog, *, after: timedelta = LATER) -> int:
    """Let the act lane take a turn later on, when nothing rests any more."""
    Attempt.objects.update(next_try=timezone.now())
    with time_machine.travel(timezone.now() + after, tick=False):
        return dispatch(9, connect=to(blog))


def texts(message: Message) -> list[tuple[str, str]]:
    """Return what each version says, and how we know it."""
    versions = MessageVersion.objects.filter(message=message).order_by("n")
    return [(version.evidence, content(version).text) for version in versions]


def sound() -> None:
    """Hold everything against the journal."""
    assert [*journal.verify(), *verify()] == []


def published(blog: FakeBlog) -> Dispatch:
    """Return a post that stands on the blog."""
    one = ordered(blog=blog)
    dispatch(9, connect=to(blog))
    one.refresh_from_db()
    return one
