"""Makes the practice municipality ready: founded, a week old, and with its first decisions."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from torget.channels.models import Channel, Connection
from torget.channels.services import save_connection
from torget.moderation import selectors, services
from torget.moderation.models import Basis, Decision, Ground
from torget.moderation.work import carry_out, read_new
from torget.organisation.models import RoleName, User
from torget.practice.blog.server import PracticeBlog
from torget.practice.blog_access import NAME, PASSWORD, USER
from torget.practice.by_hand import bring_in
from torget.practice.content import municipality, traffic
from torget.practice.municipality import found
from torget.practice.traffic import seed
from torget.practice.writing import write
from torget.publishing.work import dispatch
from torget.records.models import Message
from torget.records.work import sweep

_ENOUGH = 500


@dataclass(frozen=True, slots=True)
class SignIn:
    """One of the ways to sign in to the practice municipality."""

    role: str
    email: str
    password: str


def sign_ins() -> Sequence[SignIn]:
    """Return how to sign in as each role."""
    told = municipality()
    return [
        SignIn(RoleName(row["roles"][0]["role"]).label, row["email"], told["password"])
        for row in told["person"]
    ]


def prepare(state: Path, port: int, *, now: datetime) -> None:
    """Fill an empty database, and let the blog of an old one answer at ``port``.

    Args:
        state: the blog's own file, kept beside the database.
        port: where the blog will answer, on this machine only. It must be free.
        now: the time of the start, with time zone; the week is counted back from it.
    """
    seed(state, now=now)
    with blog(state, port) as answering:
        if User.objects.exists():
            _move(answering.url)
            return
        with transaction.atomic():
            found(f"{answering.url}/", now=now)
            _connect(answering.url)
        sweep(_ENOUGH)
        read_new(_ENOUGH)
        _decide(timezone.now())  # after all was saved
        bring_in(now=timezone.now())
        read_new(_ENOUGH)
        carry_out(_ENOUGH)
        write(now=timezone.now())
        dispatch(_ENOUGH)


def blog(state: Path, port: int) -> PracticeBlog:
    """Return the practice blog, not yet started."""
    return PracticeBlog(state, port=port, username=USER, password=PASSWORD, name=NAME)


def free_port(wanted: int) -> int:
    """Return ``wanted`` if nothing answers there on this machine, else a port that is free."""
    for port in (wanted, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(trial.getsockname()[1])
    raise OSError("no port is free")


def _connect(url: str) -> None:
    channel = Channel.objects.get(name=NAME)
    save_connection(channel, base_url=url, username=USER, secret=PASSWORD)


def _move(url: str) -> None:
    """Follow the blog to a new address; it is the same blog, so the sweep goes on where it was."""
    Channel.objects.filter(name=NAME).update(url=f"{url}/")
    if not Connection.objects.filter(channel__name=NAME, base_url=url).exists():
        _connect(url)


def _decide(now: datetime) -> None:
    """Make the decisions that the practice begins with, as the communications officer."""
    by = User.objects.get(roles__role=RoleName.COMMUNICATIONS)
    rows = {row["text"]: row["decided"] for row in traffic()["comment"] if "decided" in row}
    for message in Message.objects.filter(direction=Message.Direction.IN).order_by("pk"):
        sight = selectors.sight(message)
        said = selectors.said(sight.version)
        if said and (told := rows.get(said.text)):
            services.decide(sight=sight, judgement=_judgement(told), by=by, now=now)


def _judgement(told: dict[str, Any]) -> services.Judgement:
    grounds = {Ground(clause): "" for clause in told.get("grounds", ())}
    return services.Judgement(
        measure=Decision.Measure(told["measure"]),
        grounds=grounds,
        basis=Basis.GUIDELINE,
        reason=services.standard_reason(grounds) or "Strider inte mot riktlinjen.",
    )
