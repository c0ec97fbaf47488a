"""Questions about what is brought in by hand, and about the steps that wait."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db.models import F, Q

from torget.channels.models import Channel, GuidedStep, Mandate
from torget.channels.selectors import steps_for
from torget.organisation.models import User
from torget.records import canonical
from torget.records.byhand.models import HandEntry, StepProof
from torget.records.canonical import Content
from torget.records.models import Message, MessageVersion

RECENT, ANSWERED = 20, 10
OPEN = GuidedStep.State.OPEN
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Task:
    """A step, with the message that it is about and the text that belongs to it."""

    step: GuidedStep
    message: Message | None
    content: Content | None
    proof: StepProof | None = None
    mandate: Mandate | None = None

    @property
    def place(self) -> str:
        """Where on the platform to begin: the message, its post, or the channel."""
        found = self.content
        told = (found.permalink or found.thread_url) if found else ""
        return told if told.startswith("https://") else self.step.channel.url


class Post(NamedTuple):
    """A post that comments have been brought in under: what the field holds, and what it is."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Tasks:
    """What waits for a person, and what was answered of late."""

    waiting: list[Task]
    answered: list[Task]


def tasks(user: User, on: date) -> Tasks:
    """Return what waits for the person, oldest first, and what was answered, newest first."""
    late = steps_for(user, on).exclude(answered_at=None).order_by("-answered_at").values("pk")
    steps = steps_for(user, on).filter(Q(state=OPEN) | Q(pk__in=late[:ANSWERED]))
    found = _tasks(list(steps))
    answered = [task for task in found if task.step.answered_at]
    return Tasks(
        waiting=[task for task in found if task.step.state == OPEN],
        answered=sorted(answered, key=lambda task: task.step.answered_at or EPOCH, reverse=True),
    )


def task(step: GuidedStep, mandate: Mandate | None) -> Task:
    """Return one step, whole."""
    found = _tasks([step])[0]
    proof = StepProof.objects.filter(step=step).first()
    return Task(step, found.message, found.content, proof, mandate)


def _tasks(steps: list[GuidedStep]) -> list[Task]:
    """Return steps with what they are about: one query, however many they are."""
    ours = Q(entry__id__in=[step.record for step in steps if step.record])
    theirs = Q(
        pk=F("message__latest"),
        message__channel__in={step.channel_id for step in steps},
        message__remote_id__in=[step.target for step in steps if step.target and not step.record],
    )
    rows = MessageVersion.objects.filter(ours | theirs).select_related(
        "entry", "message", "payload"
    )
    found_rows = list(rows.defer("payload__raw")) if steps else []
    of_record = {row.entry.id: row for row in found_rows}
    of_target = {(row.message.channel_id, row.message.remote_id): row for row in found_rows}
    found = []
    for step in steps:
        about = (of_record.get(step.record) if step.record else None) or of_target.get(
            (step.channel_id, step.target)
        )
        found.append(Task(step, about.message if about else None, _said(about) if about else None))
    return found


def _said(row: MessageVersion) -> Content | None:
    payload = getattr(row, "payload", None)
    return canonical.read(bytes(payload.canonical)) if payload else None


def recent_posts(channel: Channel) -> list[Post]:
    """Return the posts that the channel's newest messages belong to, newest first."""
    rows = Message.objects.filter(channel=channel).exclude(thread="").order_by("-pk")
    rows = rows.select_related("latest__payload").defer("latest__payload__raw")
    found: dict[str, Post] = {}
    for message in rows[: RECENT * 5]:
        row = message.latest
        said = _said(row) if row else None
        if said and message.thread not in found and (said.thread_url or said.thread_title):
            found[message.thread] = Post(said.thread_url or said.thread_title, said.thread_title)
    return list(found.values())[:RECENT]


def last_post(channel: Channel, person: User) -> str:
    """Return the post under which the person brought something in last; empty if none."""
    entry = (
        HandEntry.objects.filter(message__channel=channel, entered_by=person)
        .select_related("version__payload")
        .order_by("pk")
        .last()
    )
    said = _said(entry.version) if entry else None
    return (said.thread_url or said.thread_title) if said else ""
