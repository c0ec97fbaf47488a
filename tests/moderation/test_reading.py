"""Clause 4.10: screening reads, and decides nothing."""

import pytest
from django.utils import timezone

from tests import make
from tests.fakes import FakePlatform
from tests.moderation.acting import to
from torget.moderation.models import Decision, Reading
from torget.moderation.work import carry_out, read_new
from torget.platforms.contract import (
    Shown,
    Snapshot,
)
from torget.records.services import capture

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.10")]


def test_screening_never_hides_or_removes_anything() -> None:
    capture(
        make.channel(), Snapshot(make.incoming("Jag ska döda dig din jävla idiot")), at=make.MONDAY
    )
    blog = FakePlatform(make.incoming())

    assert read_new(9) == 1
    carry_out(9, connect=to(blog))

    assert Reading.objects.exists()
    assert not Decision.objects.exists()
    assert not blog.asked


def test_screening_reads_each_version_once_and_keeps_codes_only() -> None:
    make.version("Vilken jävla skitväg")
    assert read_new(9) == 1
    assert read_new(9) == 0

    capture(make.channel(), Snapshot(make.incoming("Vilken fin väg")), at=timezone.now())

    assert read_new(9) == 1
    first, second = Reading.objects.order_by("pk")
    assert "f" in first.labels
    assert second.labels == []
    assert "skitväg" not in str(list(Reading.objects.values()))


def test_what_is_hidden_when_it_comes_is_read_too() -> None:
    capture(make.channel(), Snapshot(make.incoming(), Shown.HIDDEN), at=make.MONDAY)

    assert read_new(9) == 1
