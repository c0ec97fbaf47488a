"""Times as Swedish pages show them become moments, and nothing else does."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torget.records.byhand.times import DAY, HERE, HOUR, MINUTE, Moment, moment

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=HERE)  # a Tuesday


def at(text: str) -> str:
    found = moment(text, NOW)
    assert found, text
    return found.at.astimezone(HERE).strftime("%Y-%m-%d %H.%M")


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("24 november 2026 kl. 09.42", "2026-11-24 09.42"),
        ("24 november 2026 kl 9:42", "2026-11-24 09.42"),
        ("24 nov. 2026, 09:42", "2026-11-24 09.42"),
        ("den 3:e maj", "2026-05-03 12.00"),
        ("24 december", "2025-12-24 12.00"),  # the last one that has been
        ("29 februari 2024", "2024-02-29 12.00"),
        ("igår 14:05", "2026-11-23 14.05"),
        ("Igår kl. 14.05", "2026-11-23 14.05"),
        ("i förrgår", "2026-11-22 12.00"),
        ("idag 08.30", "2026-11-24 08.30"),
        ("i dag", "2026-11-24 10.00"),  # its noon has not been
        ("måndag kl. 09:00", "2026-11-23 09.00"),
        ("i tisdags", "2026-11-24 10.00"),
        ("tisdag 11:00", "2026-11-17 11.00"),  # today at eleven has not been
        ("2026-11-20 08:00", "2026-11-20 08.00"),
        ("2026-11-20T08:00:31", "2026-11-20 08.00"),
        ("20/11 08:00", "2026-11-20 08.00"),
        ("24/11-25", "2025-11-24 12.00"),
        ("09.12", "2026-11-24 09.12"),
        ("23:50", "2026-11-23 23.50"),
        ("kl. 10:05", "2026-11-24 10.05"),  # a clock that is fast
        ("3 tim", "2026-11-24 07.00"),
        ("3 h", "2026-11-24 07.00"),
        ("för 2 dagar sedan", "2026-11-22 10.00"),
        ("45 min", "2026-11-24 09.15"),
        ("en timme sedan", "2026-11-24 09.00"),
        ("1 v", "2026-11-17 10.00"),
        ("1 v.", "2026-11-17 10.00"),
        ("5 mån", "2026-06-27 10.00"),
        ("2 år", "2024-11-24 10.00"),
        ("3 tim · Redigerad", "2026-11-24 07.00"),
        ("Redigerad 3 tim", "2026-11-24 07.00"),
        ("just nu", "2026-11-24 10.00"),
    ],
)
def test_a_time_is_read_as_the_page_shows_it(shown: str, told: str) -> None:
    assert at(shown) == told


@pytest.mark.parametrize(
    "text",
    [
        *("", "3", "Bra skrivet!", "31 februari", "24 december 2026", "25:00", "12.60", "tim"),
        *("igår var det kallt", "5 bananer", "vi ses 14:05", "2026-13-01", "99999 år"),
    ],
)
def test_what_is_no_time_or_lies_ahead_is_none(text: str) -> None:
    assert moment(text, NOW) is None


@given(st.text(max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    found = moment(text, NOW)

    assert found is None or found.at <= NOW + 10 * MINUTE


@given(st.integers(1, 400), st.sampled_from(["min", "tim", "d", "v", "mån", "år"]))
def test_what_is_told_vaguely_is_never_taken_for_exact(n: int, unit: str) -> None:
    found = moment(f"{n} {unit}", NOW)

    assert found
    assert found.within >= MINUTE
    assert NOW - found.at == n * found.within


def test_two_tellings_of_the_same_moment_agree() -> None:
    vague = Moment(NOW - 3 * HOUR, HOUR)

    assert vague.may_be(Moment(NOW - 2 * HOUR - timedelta(minutes=10), MINUTE))
    assert not vague.may_be(Moment(NOW - DAY, MINUTE))
