"""Work that fails is kept, shown and tried again; the next goes on."""

import logging
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from tests import make
from torget.channels.models import Attempt
from torget.channels.selectors import resting
from torget.channels.services import attempt
from torget.errors import PlatformUnavailable, TorgetError

STEP = "records.sweep"
ITEM = UUID(int=1)


def _fail(error: BaseException, item: UUID = ITEM) -> None:
    with attempt(STEP, item, make.channel()):
        raise error


def _silent(retry_after: int | None = None) -> PlatformUnavailable:
    return PlatformUnavailable("Sidan svarar inte.", remedy="Vänta.", retry_after=retry_after)


@pytest.mark.django_db
def test_what_fails_on_purpose_tells_what_happened_and_what_to_do() -> None:
    with time_machine.travel(make.MONDAY, tick=False):
        _fail(_silent())

    waits = Attempt.objects.get()
    assert (waits.step, waits.item, waits.channel) == (STEP, ITEM, make.channel())
    assert (waits.code, waits.count, waits.first_at) == ("platform.unavailable", 1, make.MONDAY)
    assert (waits.message, waits.remedy) == ("Sidan svarar inte.", "Vänta.")


@pytest.mark.django_db
def test_what_nobody_foresaw_is_shown_by_its_kind_and_never_by_its_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        _fail(ValueError("Kim skrev: hemligt"))

    waits = Attempt.objects.get()
    told = f"{waits.code} {waits.message} {waits.remedy} {caplog.text}"
    assert waits.code == "ValueError"
    assert waits.message and waits.remedy
    assert "hemligt" not in told and "Kim" not in told
    assert str(ITEM) in caplog.text


@pytest.mark.django_db
def test_each_failure_waits_twice_as_long_up_to_six_hours() -> None:
    waited: list[timedelta] = []

    with time_machine.travel(make.MONDAY, tick=False):
        for _ in range(12):
            _fail(_silent())
            waited.append(Attempt.objects.get().next_try - make.MONDAY)

    assert waited[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert waited[-1] == max(waited) == timedelta(hours=6)
    assert Attempt.objects.get().count == 12


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "seconds"), [(None, 60), (0, 60), (5, 60), (600, 600), (10**9, 86400), (-5, 60)]
)
def test_a_platform_that_asks_us_to_wait_is_waited_for(asked: int | None, seconds: int) -> None:
    with time_machine.travel(make.MONDAY, tick=False):
        _fail(_silent(asked))

    assert Attempt.objects.get().next_try == make.MONDAY + timedelta(seconds=seconds)


@pytest.mark.django_db
def test_the_first_time_is_kept_while_the_words_are_the_latest() -> None:
    with time_machine.travel(make.MONDAY, tick=False):
        _fail(_silent())
    with time_machine.travel(make.MONDAY + timedelta(hours=1), tick=False):
        _fail(TorgetError("Nytt fel.", remedy="Nytt råd."))

    waits = Attempt.objects.get()
    assert (waits.first_at, waits.message, waits.count) == (make.MONDAY, "Nytt fel.", 2)


@pytest.mark.django_db
def test_success_forgets_the_item_and_nothing_else() -> None:
    _fail(_silent())
    _fail(_silent(), UUID(int=2))

    with attempt(STEP, ITEM, make.channel()):
        pass

    assert [waits.item for waits in Attempt.objects.all()] == [UUID(int=2)]


@pytest.mark.django_db
def test_an_item_rests_until_its_next_try() -> None:
    with time_machine.travel(make.MONDAY, tick=False):
        _fail(_silent())

    assert list(resting(STEP, make.MONDAY)) == [ITEM]
    assert list(resting("another.step", make.MONDAY)) == []
    assert list(resting(STEP, make.MONDAY + timedelta(minutes=1))) == []


@pytest.mark.django_db
def test_a_command_to_stop_is_not_swallowed() -> None:
    with pytest.raises(KeyboardInterrupt):
        _fail(KeyboardInterrupt())

    assert not Attempt.objects.exists()


@pytest.mark.django_db
def test_what_goes_well_writes_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    channel = make.channel()

    with django_assert_num_queries(1), attempt(STEP, ITEM, channel):
        pass
