"""Questions about records."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from torget.organisation.models import User
from torget.organisation.permissions import Action, reach
from torget.records import canonical
from torget.records.canonical import Content
from torget.records.models import Message, MessageVersion, Payload, Visibility


def content(version: MessageVersion) -> Content:
    """Return what a version says.

    Raises:
        Payload.DoesNotExist: it is disposed of.
    """
    return canonical.read(bytes(version.payload.canonical))


def latest_version(message: Message) -> MessageVersion:
    """Return the last version of a message, asked anew."""
    return (
        MessageVersion.objects.select_related("entry", "message")
        .filter(message=message)
        .latest("n")
    )


def said(version: MessageVersion | None) -> Content | None:
    """Return what a version says, or nothing when it is disposed of."""
    payload = getattr(version, "payload", None)
    return canonical.read(bytes(payload.canonical)) if payload else None


def contents(versions: list[int]) -> dict[int, Content]:
    """Return what many versions say, by version; without those that are disposed of. One query."""
    rows = Payload.objects.filter(pk__in=versions).values_list("pk", "canonical")
    return {pk: canonical.read(bytes(data)) for pk, data in rows}


def records_for(user: User, on: date) -> QuerySet[Message]:
    """Return the records that a person may read on that day, newest first."""
    return Message.objects.filter(channel__unit__in=reach(user, Action.READ_RECORDS, on=on))


def message_for(user: User, pk: int) -> Message:
    """Return a record that a person may read, or answer 404."""
    rows = records_for(user, timezone.localdate()).select_related(
        "channel", "latest", "parent", "hand_entry"
    )
    message = rows.filter(pk=pk).first()
    if message is None:
        raise Http404
    return message


def taken_down_by_us(message: Message) -> bool:
    """Whether the latest we know is that we hid or removed it."""
    latest = Visibility.objects.filter(message=message).order_by("-pk").first()
    return (
        latest is not None
        and latest.by == Visibility.By.US
        and latest.state in (Message.Seen.HIDDEN, Message.Seen.REMOVED)
    )
