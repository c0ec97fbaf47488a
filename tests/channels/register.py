"""What tests of the register share."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tests import make
from torget.channels.models import Attempt, Channel, Connection
from torget.channels.services import save_connection
from torget.organisation.models import RoleName, Unit, User

LIST = "/register/kanaler/"
ONE = f"{LIST}bloggen/"


def signed_in(client: Client, role: RoleName, at: Unit | None = None) -> User:
    person = make.user(role.label, role, at=at)
    client.force_login(person)
    return person


def connected(**facts: Any) -> Connection:
    save_connection(
        make.channel(), base_url="https://b.example/", username="torget", secret="hemligt lösen"
    )
    Connection.objects.update(**facts)
    return Connection.objects.get()


def waits(channel: Channel, **facts: Any) -> Attempt:
    told: dict[str, Any] = {
        "channel": channel,
        "step": "records.sweep",
        "item": channel.key,
        "code": "platform.sign_in_refused",
        "message": "Inloggningen godtas inte.",
        "remedy": "Skapa ett nytt lösenord.",
        "count": 3,
        "first_at": timezone.now() - timedelta(hours=2),
        "next_try": timezone.now() + timedelta(hours=1),
    }
    return Attempt.objects.create(**(told | facts))


def text(client: Client, path: str = ONE) -> str:
    return client.get(path).content.decode()
