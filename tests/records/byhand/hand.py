"""What tests of the work by hand share."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from tests import make
from tests.make import MONDAY
from torget.channels.models import Channel, GuidedStep
from torget.organisation.models import User
from torget.records.byhand.matching import Pasted
from torget.records.byhand.services import Saved, paste
from torget.records.byhand.times import moment
from torget.records.models import MessageVersion

WHERE = "https://facebook.example/bjorkbo/posts/1?comment_id=2"


def channel(basis: str = "own_tool", platform: str = "facebook") -> Channel:
    """Return a channel that is followed by hand, where Maj may moderate and write."""
    found = make.channel("Facebook", platform=platform)
    Channel.objects.filter(pk=found.pk).update(capture_basis=basis)
    found.refresh_from_db()
    person = make.moderator()
    if not person.mandates.filter(channels=found).exists():
        given = make.mandate(person, found)
        given.may_write = True
        given.save()
    return found


def maj() -> User:
    """Return the person who does it all."""
    return make.moderator()


def pasted(text: str = "Hej!", shown: str = "Kim Berg", time: str = "", **facts: Any) -> Pasted:
    """Return something pasted on Monday."""
    told = Pasted(text=text, author=shown, time=time)
    return replace(told, **{"moment": moment(time, MONDAY) if time else None, **facts})


def saved(*items: Pasted, at: Channel | None = None, now: datetime = MONDAY) -> list[Saved]:
    """Save what Maj pasted."""
    return paste(at or channel(), items or [pasted()], by=maj(), now=now)


def version(text: str = "Hej!", **facts: Any) -> MessageVersion:
    """Return a pasted comment, saved."""
    return saved(pasted(text, **facts))[0].version


def only_step() -> GuidedStep:
    """Return the one step there is."""
    return GuidedStep.objects.get()
