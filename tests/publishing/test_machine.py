"""Clauses 4.2, 4.3 and 4.6 under whatever comes: never twice, never unlawfully, always recorded."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.publishing.machine import Publishing, Town

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.clause("4.2"),
    pytest.mark.clause("4.3"),
    pytest.mark.clause("4.6"),
]


def run(times: int) -> None:
    Publishing.town = Town.founded()
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Publishing,
        settings=settings(
            max_examples=times,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=checks,
        ),
    )


def test_nothing_is_sent_twice_or_without_leave_in_two_hundred_lives() -> None:
    run(200 if connection.vendor == "sqlite" else 20)  # the rules are the same; a server is slower


@pytest.mark.nightly
def test_nothing_is_sent_twice_or_without_leave_in_ten_thousand_lives() -> None:
    run(10_000)
