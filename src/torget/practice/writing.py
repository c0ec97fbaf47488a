"""What the practice municipality has written itself: published, planned, waiting, and begun."""

from datetime import datetime, timedelta

from django.utils import timezone

from torget.channels.models import Channel
from torget.organisation.models import RoleName, User
from torget.practice.content import traffic
from torget.publishing.services import Draft, order, save_draft


def write(*, now: datetime) -> None:
    """Write the posts of the practice, and order those that are to be published.

    One waits for another's approval, as its channel asks for; the act lane sends what is due.
    """
    for row in traffic()["own"]:
        by = User.objects.get(roles__role=RoleName(row["by"]))
        draft = Draft(
            title=row.get("title", ""),
            text=row["text"],
            channels=list(Channel.objects.filter(name=row["channel"])),
        )
        post = save_draft(draft, by=by, now=now)
        if days := row.get("days"):
            eight = timezone.localtime(now).replace(hour=8, minute=0, second=0, microsecond=0)
            order(post, by=by, now=now, at=eight + timedelta(days=days))
        elif not row.get("draft"):
            order(post, by=by, now=now)
