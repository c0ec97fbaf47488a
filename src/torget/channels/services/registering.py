"""How a channel comes into the register, and how it leaves use (clauses 2.4, 4.4)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from torget.channels.models import Channel, GuidedStep
from torget.errors import ChannelRefused
from torget.journal import services as journal
from torget.organisation.models import Unit, User
from torget.organisation.permissions import Action, can
from torget.organisation.selectors import authority_of
from torget.policy.clauses import carries_out

TAKEN = frozenset({"ny"})  # a word in the register's own addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a channel when it comes into the register."""

    name: str
    platform: str
    url: str
    unit: Unit
    purpose: str
    owner: User
    target_group: str = ""
    stand_in: User | None = None
    answer_hours: str = ""
    comments_open: bool = True
    capture_basis: str = Channel.CaptureBasis.MANUAL


@carries_out("2.4", "4.4")
@transaction.atomic
def register_channel(facts: Facts, *, by: User, now: datetime) -> Channel:
    """Take a channel into the register, and so into the public directory.

    Raises:
        ChannelRefused: not the person's unit, no purpose, or a channel with that address is
            already there and in use.

    Source: guideline 2.4 (a clear purpose), 4.4 (the directory).
    """
    today = timezone.localdate(now)
    _may_edit(by, facts.unit, today)
    if not facts.purpose.strip():
        raise ChannelRefused(
            "Kanalen har inget syfte.",
            remedy="Skriv vad kanalen är till för (riktlinjen 2:4).",
        )
    in_use = Channel.objects.exclude(status=Channel.Status.CLOSED)
    if in_use.filter(url=facts.url).exists():
        raise ChannelRefused(
            "Kanalen finns redan i registret.", remedy="Leta upp den bland kanalerna."
        )
    channel = Channel.objects.create(
        name=facts.name.strip(),
        slug=_slug(facts.name),
        platform=facts.platform,
        url=facts.url,
        unit=facts.unit,
        authority=authority_of(facts.unit),
        purpose=facts.purpose.strip(),
        target_group=facts.target_group.strip(),
        owner=facts.owner,
        stand_in=facts.stand_in,
        answer_hours=facts.answer_hours.strip(),
        comments_open=facts.comments_open,
        capture_basis=facts.capture_basis,
        since=today,
    )
    _journal("channels.registered", channel, by, now)
    return channel


@carries_out("4.4")
@transaction.atomic
def close_channel(
    channel: Channel, *, closed_on: date, records_kept_at: str, by: User, now: datetime
) -> None:
    """Take a channel out of use. It stays in the directory, with where its records are.

    From that day nobody has a mandate there, so what people are asked to do is to be done first.

    Raises:
        ChannelRefused: not the person's unit, closed already, a day that has not come or before
            the channel began, nowhere to find the records, or steps that wait for a person.

    Source: guideline 4.4, OSL 4:1-2 (to say where records are).
    """
    today = timezone.localdate(now)
    _may_edit(by, channel.unit, today)
    journal.lock()
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    if channel.status == Channel.Status.CLOSED:
        raise ChannelRefused("Kanalen är redan stängd.", remedy="Läs på dess sida när.")
    if not channel.since <= closed_on <= today:
        raise ChannelRefused(
            "Den dagen går inte att stänga kanalen.",
            remedy="Välj en dag från det att kanalen togs i bruk till och med i dag.",
        )
    if not records_kept_at.strip():
        raise ChannelRefused(
            "Det står inte var handlingarna finns.",
            remedy="Skriv var den som vill läsa dem kan vända sig.",
        )
    waiting = GuidedStep.objects.filter(channel=channel, state=GuidedStep.State.OPEN)
    if waiting.exists():
        raise ChannelRefused(
            "Det finns saker kvar att göra för hand i kanalen.",
            remedy="Gör dem först. De står under Att göra för hand.",
        )
    channel.status = Channel.Status.CLOSED
    channel.closed_on, channel.records_kept_at = closed_on, records_kept_at.strip()
    channel.comments_open = False
    channel.save(update_fields=["status", "closed_on", "records_kept_at", "comments_open"])
    _journal("channels.closed", channel, by, now)


def _may_edit(by: User, unit: Unit, today: date) -> None:
    if not can(by, Action.EDIT_CHANNELS, unit, on=today):
        raise ChannelRefused(
            "Enheten ligger utanför din roll.", remedy="Välj en enhet där du har en roll."
        )


def _slug(name: str) -> str:
    """Return a word for the channel's address that no other channel has."""
    root = slugify(name)[:40].strip("-") or "kanal"
    taken = set(Channel.objects.filter(slug__startswith=root).values_list("slug", flat=True))
    taken |= TAKEN
    slug, n = root, 2
    while slug in taken:
        slug, n = f"{root}-{n}", n + 1
    return slug


def _journal(event: str, channel: Channel, by: User, now: datetime) -> None:
    journal.write(event, about=channel.key, actor=by.actor, clauses=("2.4", "4.4"), at=now)
