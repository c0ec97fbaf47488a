"""Points in time, in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from torget.web import when as words

NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)  # 12.00 in Stockholm


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (timedelta(hours=2, minutes=18), "idag kl. 09.42"),
        (timedelta(hours=12, minutes=1), "igår kl. 23.59"),
        (timedelta(hours=-13), "imorgon kl. 01.00"),
        (timedelta(days=2), "19 november 2026 kl. 12.00"),
        (timedelta(days=180), "25 maj 2026 kl. 13.00"),
    ],
)
def test_a_day_near_is_named_and_another_is_written_out(passed: timedelta, shown: str) -> None:
    assert words.when(NOON - passed, now=NOON) == shown


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (timedelta(seconds=59), "nyss"),
        (timedelta(minutes=6), "för 6 min"),
        (timedelta(minutes=119), "för 1 tim"),
        (timedelta(hours=23, minutes=59), "för 23 tim"),
        (timedelta(days=1), "för 1 dag"),
        (timedelta(days=6), "för 6 dagar"),
        (timedelta(days=7), "14 november 2026"),
        (timedelta(minutes=-5), "21 november 2026"),
    ],
)
def test_how_long_ago_is_told_in_the_largest_whole_measure(passed: timedelta, shown: str) -> None:
    assert words.ago(NOON - passed, now=NOON) == shown


@given(moment=st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_machine_reads_the_same_moment_as_was_meant(moment: datetime) -> None:
    read = datetime.fromisoformat(words.machine(moment))

    assert read == moment.replace(microsecond=0)


def test_tags_give_a_time_element_in_stockholm_and_nothing_for_none() -> None:
    template = engines["django"].from_string("{% exactly at %}|{% when at %}|{% ago none %}")

    exact, near, nothing = template.render({"at": NOON, "none": None}).split("|")

    assert exact == (
        '<time datetime="2026-11-21T12:00:00+01:00">21 november 2026 kl. 12.00.00</time>'
    )
    assert near.startswith('<time datetime="2026-11-21T12:00:00+01:00" title="21 november 2026')
    assert nothing == ""
