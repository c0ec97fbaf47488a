"""Posts as people see them: their own drafts, and what was ordered where they work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.paginator import Page, Paginator
from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.http import Http404
from django.utils import timezone

from torget.channels.models import Channel
from torget.channels.selectors import mandates_valid
from torget.organisation.models import User
from torget.organisation.permissions import Action, reach
from torget.publishing.models import Dispatch, Post
from torget.records.models import Message
from torget.web.order import sort_key

State = Dispatch.State
PAGE = 30


class Tab(StrEnum):
    """A part of the list of posts."""

    DRAFTS = "utkast"
    WAITING = "vantar"
    SCHEDULED = "schemalagda"
    PUBLISHED = "publicerade"
    RETURNED = "ater"

    @property
    def label(self) -> str:
        """What it is called."""
        return {
            Tab.DRAFTS: "Utkast",
            Tab.WAITING: "Väntar på godkännande",
            Tab.SCHEDULED: "Schemalagda",
            Tab.PUBLISHED: "Publicerade",
            Tab.RETURNED: "Åter",
        }[self]


_STATES = {
    Tab.WAITING: (State.WAITING,),
    Tab.SCHEDULED: (State.SCHEDULED, State.SENT),
    Tab.PUBLISHED: (State.CONFIRMED,),
    Tab.RETURNED: (State.RETURNED,),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A post in the list, with what was ordered of it, newest first."""

    post: Post
    dispatches: Sequence[Dispatch]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of one part of the list, and how many there are in each part."""

    rows: Sequence[Row]
    page: Page[Post]
    counts: dict[Tab, int]


def posts_for(user: User) -> QuerySet[Post]:
    """Return the posts that a person may see: their own, and those ordered where they work."""
    units = reach(user, Action.WRITE_POSTS, on=timezone.localdate())
    theirs = Dispatch.objects.filter(post=OuterRef("pk"), channel__unit__in=units)
    return Post.objects.filter(Q(author=user) | Exists(theirs)).select_related("author")


def listing(user: User, tab: Tab, page: str | int) -> Listing:
    """Return one page of a part of the list, newest first."""
    mine = posts_for(user)
    parts = {each: _part(each, user) for each in Tab}
    told = mine.aggregate(**{each.name: Count("pk", filter=parts[each]) for each in Tab})
    paginator = Paginator(mine.filter(parts[tab]), PAGE)
    paginator.count = told[tab.name]
    shown = paginator.get_page(page)
    ordered = Prefetch(
        "dispatches", Dispatch.objects.select_related("channel").order_by("-pk"), to_attr="ordered"
    )
    posts = list(shown.object_list)
    prefetch_related_objects(posts, ordered)
    rows = [Row(post, vars(post)["ordered"]) for post in posts]
    return Listing(rows, shown, {each: told[each.name] for each in Tab})


def post_for(user: User, pk: int) -> Post:
    """Return a post that a person may see, or answer 404."""
    related = ("author", "picture", "answers__channel")
    post = posts_for(user).select_related(*related).filter(pk=pk).first()
    if post is None:
        raise Http404
    return post


def draft_for(user: User, pk: int) -> Post:
    """Return a draft of the person's own, or answer 404."""
    rows = Post.objects.filter(author=user).select_related("picture", "answers__channel", "author")
    post = rows.filter(pk=pk).first()
    if post is None:
        raise Http404
    return post


def is_draft(post: Post) -> bool:
    """Say whether nothing of a post is on its way or published."""
    standing = (*Dispatch.UNFINISHED, State.CONFIRMED)
    return not Dispatch.objects.filter(post=post, state__in=standing).exists()


def channels_to_write_on(user: User, now: datetime) -> list[Channel]:
    """Return the channels in use where the person has a mandate to write now, in Swedish order."""
    held = mandates_valid(now).filter(person=user, may_write=True)
    rows = Channel.objects.filter(status=Channel.Status.ACTIVE, mandates__in=held).distinct()
    rows = rows.select_related("unit", "authority", "connection")
    return sorted(rows, key=lambda channel: sort_key(channel.name))


def answerable(user: User, pk: int) -> Message:
    """Return a message that the person may read and answer, or answer 404."""
    units = reach(user, Action.READ_QUEUE, on=timezone.localdate())
    rows = Message.objects.filter(direction=Message.Direction.IN, channel__unit__in=units)
    related = ("channel__unit", "channel__authority", "channel__connection", "latest__payload")
    message = rows.select_related(*related).filter(pk=pk).first()
    if message is None:
        raise Http404
    return message


def _part(tab: Tab, user: User) -> Q:
    of_it = Dispatch.objects.filter(post=OuterRef("pk"))
    if tab is Tab.DRAFTS:
        standing = of_it.filter(state__in=(*Dispatch.UNFINISHED, State.CONFIRMED))
        return Q(~Exists(standing), author=user)
    found = Q(Exists(of_it.filter(state__in=_STATES[tab])))
    if tab is Tab.RETURNED:  # ordered again since: then it is no longer in anyone's hands
        again = of_it.filter(state__in=(*Dispatch.UNFINISHED, State.CONFIRMED))
        found &= Q(~Exists(again.filter(verb__in=Dispatch.NEW)))
    return found
