"""What the tests of the act lane share: an order, a platform to carry it out on, what is seen."""

from collections.abc import Callable

from django.utils import timezone

from tests import make
from tests.fakes import FakePlatform
from torget.channels.models import Channel
from torget.moderation.models import Decision
from torget.moderation.selectors import sight
from torget.moderation.services import Judgement, decide
from torget.platforms.contract import (
    Platform,
)
from torget.records.models import Message, MessageVersion


def order(version: MessageVersion, judgement: Judgement | None = None) -> Decision:
    return decide(
        sight=sight(Message.objects.get(pk=version.message_id)),
        judgement=judgement or make.judgement(),
        by=make.moderator(),
        now=timezone.now(),
    )


def to(platform: FakePlatform) -> Callable[[Channel], Platform]:
    return lambda _channel: platform


def seen(version: MessageVersion) -> str:
    return Message.objects.values_list("seen", flat=True).get(pk=version.message_id)
