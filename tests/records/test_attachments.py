"""Pictures and files from others lie locked until a person opens them."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests import make
from torget.errors import NotPreserved
from torget.journal.models import Entry
from torget.platforms.contract import Media, Snapshot
from torget.records import services as records
from torget.records import vault
from torget.records.models import Attachment, MessageVersion
from torget.records.selectors import content
from torget.records.verify import verify

pytestmark = pytest.mark.django_db

SECRET = b"\x89PNG en bild som ingen ska se av misstag"


def capture(*media: Media, text: str = "Se bilden", minutes: int = 0) -> MessageVersion:
    found = Snapshot(replace(make.incoming(text), media=media))
    return records.capture(make.channel(), found, at=make.MONDAY + timedelta(minutes=minutes))


def files() -> set[Path]:
    return {path for path in (settings.TORGET.data / "attachments").rglob("*") if path.is_file()}


@pytest.mark.clause("4.6")
def test_the_bytes_lie_encrypted_in_a_file_named_after_what_it_holds() -> None:
    before = files()

    capture(make.picture(SECRET))

    row = Attachment.objects.get()
    (path,) = files() - before
    assert path == vault.path(row.address)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name == row.address
    assert SECRET not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert (row.state, row.size) == ("quarantined", len(SECRET))


def test_the_same_picture_twice_lies_under_two_keys() -> None:
    capture(make.picture(SECRET), replace(make.picture(SECRET), alt="igen"))

    one, two = Attachment.objects.all()
    assert one.address != two.address
    assert bytes(one.secret) != bytes(two.secret)


def test_a_new_text_shares_the_file_of_the_version_before() -> None:
    capture(make.picture(SECRET))
    before = files()

    second = capture(make.picture(SECRET), text="Ny text", minutes=1)

    assert files() == before
    assert second.n == 2
    assert len(set(Attachment.objects.values_list("address", flat=True))) == 1
    records.preserve(second)


def test_another_picture_is_a_new_version() -> None:
    capture(make.picture(SECRET))

    assert capture(make.picture(b"annan"), minutes=1).n == 2
    assert capture(minutes=2).n == 3
    assert list(verify()) == []


def test_a_picture_not_fetched_is_noted_with_its_reason_and_taken_when_it_comes() -> None:
    first = capture(make.picture(None))
    assert Attachment.objects.get().state == "not_fetched"
    assert content(first).media[0].reason == "not_given"

    assert capture(make.picture(SECRET), minutes=1).n == 2
    assert capture(make.picture(None), minutes=2).n == 2

    third = capture(make.picture(None), text="Ny text", minutes=3)
    assert content(third).media[0].reason == "as_before"
    records.preserve(third)
    assert list(verify()) == []


def test_opening_gives_the_bytes_and_is_written_down_once() -> None:
    capture(make.picture(SECRET))
    person = make.user().actor
    row = Attachment.objects.get()

    assert records.open_attachment(row, by=person, at=make.MONDAY) == SECRET
    assert records.open_attachment(row, by=person, at=make.MONDAY) == SECRET

    lines = Entry.objects.filter(event="records.attachment_opened", about=row.key)
    assert [line.actor for line in lines] == [person]
    assert Attachment.objects.get().state == "opened"
    assert list(verify()) == []


def test_what_was_never_fetched_or_is_damaged_cannot_be_opened() -> None:
    capture(make.picture(None), make.picture(SECRET))
    missing, damaged = Attachment.objects.order_by("n")
    vault.path(damaged.address).write_bytes(b"x")

    with pytest.raises(NotPreserved, match="finns inte"):
        records.open_attachment(missing, by=make.user().actor, at=make.MONDAY)
    with pytest.raises(NotPreserved, match="ändrad"):
        records.open_attachment(damaged, by=make.user().actor, at=make.MONDAY)

    assert not Entry.objects.filter(event="records.attachment_opened").exists()
