"""What a person orders: to publish, answer, change, take down. Nothing here is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from torget.channels.models import Channel, Power
from torget.channels.selectors import mandates_valid, require_mandate, valid_mandate
from torget.channels.services import Connect, connect
from torget.errors import AlreadyOrdered, ApprovalRefused, NoMandate, NotSendable
from torget.organisation.models import User
from torget.platforms.contract import Platform, Verb
from torget.policy.clauses import carries_out
from torget.publishing.findings import read_draft, require_settled
from torget.publishing.found import Findings, Words
from torget.publishing.limits import LONGEST
from torget.publishing.models import Dispatch, Post
from torget.publishing.selectors import approval_asked, may_take_down
from torget.publishing.services.drafts import must_be_draft, plain_lines
from torget.publishing.services.progress import note
from torget.records import selectors as kept
from torget.records.models import Message

State, What = Dispatch.State, Dispatch.What


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a message of ours is to say, and what the author has looked at in it."""

    text: str
    title: str = ""
    checked: Mapping[str, str] = field(default_factory=dict)


@carries_out("4.2", "4.3", "4.9")
@transaction.atomic
def order(
    post: Post,
    *,
    by: User,
    now: datetime,
    at: datetime | None = None,
    connect: Connect = connect,
) -> list[Dispatch]:
    """Order that a draft be published, now or ``at`` a time, on each of its channels.

    What is sent is frozen as it stands now. Where the office, the channel or a finding asks for
    it, another person approves it first.

    Raises:
        NoMandate: the author has no mandate to write on a channel, now or at that time (4.2).
        FindingsLeft: something must be taken away or looked at first (4.9).
        NotSendable: a platform does not take it.
        ApprovalRefused: it must be approved, and there is nobody who may.
        AlreadyOrdered: it has been ordered already.
    """
    must_be_draft(post)
    channels = list(post.channels.select_related("authority", "connection"))
    if not channels:
        raise NotSendable("Ingen kanal är vald.", remedy="Kryssa i var det ska synas.")
    if at is not None and at <= now:
        raise NotSendable(
            "Tiden har redan varit.", remedy="Välj en senare tid, eller publicera nu."
        )
    found = read_draft(words_of(post))
    checks = require_settled(found, post.checked)
    verb = Verb.PUBLISH if post.answers is None else Verb.REPLY
    ordered = []
    for channel in channels:
        require_mandate(by, channel, Power.WRITE, now)
        _mandate_lasts(by, channel, at)
        must_take(channel, connect(channel), verb, post.text)
        fresh = Dispatch(
            authority=channel.authority,
            post=post,
            channel=channel,
            verb=verb.value,
            title=post.title if takes_title(channel) and verb == Verb.PUBLISH else "",
            text=post.text,
            picture=post.picture,
            checks=checks,
            not_before=at or now,
            ordered_by=by,
            ordered_at=now,
        )
        ordered.append(_store(fresh, found))
    return ordered


@carries_out("4.2", "4.3", "4.9")
@transaction.atomic
def edit(
    first: Dispatch,
    change: Change,
    *,
    by: User,
    now: datetime,
    connect: Connect = connect,
) -> Dispatch:
    """Order that what stands on a page shall say something else. The record gets a new version.

    Raises: as ``order``.
    """
    message, channel, text = _standing(first), _asked_anew(first), plain_lines(change.text)
    require_mandate(by, channel, Power.WRITE, now)
    titled = takes_title(channel) and first.verb == What.PUBLISH
    title = " ".join(change.title.split()) if titled else ""
    found = read_draft(Words(text=text, title=title, answers=first.verb == What.REPLY))
    checks = require_settled(found, change.checked)
    said = kept.content(kept.latest_version(message))
    if (title or said.thread_title, text) == (said.thread_title, said.text):
        raise NotSendable("Ingenting är ändrat.", remedy="Ändra texten, eller gå tillbaka.")
    must_take(channel, connect(channel), Verb.EDIT, text)
    fresh = Dispatch(
        authority=channel.authority,
        post=first.post,
        channel=channel,
        verb=What.EDIT,
        title=title,
        text=text,
        checks=checks,
        not_before=now,
        ordered_by=by,
        ordered_at=now,
        message=message,
        seen=kept.latest_version(message),
    )
    return _store(fresh, found)


@carries_out("4.2", "4.10")
@transaction.atomic
def take_down(
    first: Dispatch, *, reason: str, by: User, now: datetime, connect: Connect = connect
) -> Dispatch:
    """Order that our message be taken off its page. Every version of it is kept.

    Nobody needs to approve it: what should not stand there must be gone at once.

    Raises:
        NoMandate: the person may neither write nor moderate there.
        NotSendable: the platform cannot, or the reason is missing.
        AlreadyOrdered: a change of it is under way.
    """
    message = _standing(first)
    if not may_take_down(by, first.channel, now):
        require_mandate(by, first.channel, Power.WRITE, now)
    if not reason.strip():
        raise NotSendable("Det står inte varför.", remedy="Skriv kort varför det tas ner.")
    must_be_able(connect(first.channel), Verb.DELETE_OWN)
    fresh = Dispatch(
        authority=first.channel.authority,
        post=first.post,
        channel=first.channel,
        verb=What.DELETE,
        reason=" ".join(reason.split())[:300],
        not_before=now,
        ordered_by=by,
        ordered_at=now,
        message=message,
        seen=kept.latest_version(message),
    )
    return _store(fresh, None)


def words_of(post: Post) -> Words:
    """Return a draft as the checks read it."""
    return Words(
        text=post.text,
        title=post.title,
        alt=post.picture.alt if post.picture else "",
        has_picture=post.picture is not None,
        answers=post.answers_id is not None,
    )


def takes_title(channel: Channel) -> bool:
    """Say whether a post there has a title of its own."""
    return channel.platform in {"wordpress"}


def must_take(channel: Channel, platform: Platform, verb: Verb, text: str) -> None:
    """See to that a platform takes a text.

    Raises:
        NotSendable: it does not, and why.
    """
    must_be_able(platform, verb)
    codes = [problem.code for problem in platform.validate(text)]
    most = platform.capabilities()[verb].limits.get("text") or longest(channel)
    if not codes and most and len(text) > most:
        codes = ["text.too_long"]
    if codes:
        message, remedy = PROBLEMS.get(codes[0], PROBLEMS[""])
        raise NotSendable(message, remedy=remedy)


def longest(channel: Channel) -> int:
    """Return how many characters a post may have there; 0 where there is no known end."""
    return LONGEST.get(channel.platform, 0)


PROBLEMS: Mapping[str, tuple[str, str]] = {
    "text.empty": ("Inlägget har ingen text.", "Skriv något först."),
    "text.too_long": ("Texten är för lång för kanalen.", "Korta den, eller välj bort kanalen."),
    "": ("Kanalen tar inte emot inlägget.", "Ändra texten, eller välj bort kanalen."),
}


def must_be_able(platform: Platform, verb: Verb) -> None:
    """See to that a platform can do something.

    Raises:
        NotSendable: it cannot; the remedy is the platform's own words.
    """
    can = platform.capabilities()[verb]
    if can.support == "no":
        raise NotSendable("Kanalen kan inte göra det härifrån.", remedy=can.note_sv)


def _mandate_lasts(by: User, channel: Channel, at: datetime | None) -> None:
    if at is not None and valid_mandate(by, channel, Power.WRITE, at) is None:
        raise NoMandate(
            "Ditt uppdrag att skriva i kanalen gäller inte vid den tiden.",
            remedy="Välj en tidigare tid, eller be din chef förlänga uppdraget.",
        )


def _asked_anew(first: Dispatch) -> Channel:
    return Channel.objects.select_related("authority", "connection").get(pk=first.channel_id)


def _standing(first: Dispatch) -> Message:
    """Return the record of what was published, if it still stands on its page."""
    message = first.message
    published = first.is_new and first.state == State.CONFIRMED
    if not published or message is None or message.seen not in _THERE:
        raise NotSendable(
            "Inlägget står inte kvar på sidan.", remedy="Handlingen finns kvar i Torget."
        )
    return message


_THERE = (Message.Seen.PUBLIC, Message.Seen.HIDDEN)


def _store(fresh: Dispatch, found: Findings | None) -> Dispatch:
    """Store an order, waiting for approval or for its time. The database takes one of a kind."""
    second = found is not None and found.needs_second
    fresh.needs_approval = found is not None and (second or approval_asked(fresh.channel))
    if fresh.needs_approval:
        _somebody_may_approve(fresh, second=second)
    fresh.state = State.WAITING if fresh.needs_approval else State.SCHEDULED
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyOrdered(
            "Det är redan beställt.", remedy="Öppna inlägget och se hur långt det har kommit."
        ) from error
    clauses = ("4.2", "4.3", "4.9")
    actor, now = fresh.ordered_by.actor, fresh.ordered_at
    note("publishing.ordered", fresh, now, actor=actor, clauses=clauses)
    return fresh


def _somebody_may_approve(fresh: Dispatch, *, second: bool) -> None:
    held = mandates_valid(fresh.ordered_at).filter(channels=fresh.channel, may_approve=True)
    if held.exclude(person=fresh.ordered_by).exists():
        return
    if second:
        raise ApprovalRefused(
            "Kontrollerna stoppar inlägget, och ingen annan kan godkänna det i kanalen.",
            remedy="Ta bort det som kontrollerna pekar på.",
        )
    raise ApprovalRefused(
        "Inlägget ska godkännas, men ingen annan har uppdrag att godkänna i kanalen.",
        remedy="Be chefen ge någon ett sådant uppdrag.",
    )
