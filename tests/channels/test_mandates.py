"""The manager's assignment: who may give it, and at which seconds it counts."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from torget.channels.models import Channel, Mandate, Power
from torget.channels.selectors import mandates_valid, require_mandate, valid_mandate
from torget.channels.services import Terms, give_mandate, revoke_mandate
from torget.errors import MandateRefused, NoMandate
from torget.journal.models import Entry
from torget.organisation.models import RoleName, User

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2"), pytest.mark.clause("4.3")]

NOW = make.MONDAY
MODERATE = frozenset({Power.MODERATE})
moments = st.integers(-3, 3).map(lambda hours: NOW + timedelta(hours=hours))


def _give(
    *channels: Channel,
    person: User | None = None,
    by: User | None = None,
    powers: frozenset[Power] = MODERATE,
    since: datetime = NOW,
    until: datetime | None = None,
) -> Mandate:
    return give_mandate(
        person=person or make.user("Maj"),
        channels=channels or [make.channel()],
        terms=Terms(powers=powers, since=since, until=until),
        by=by or make.user("Chefen", RoleName.MANAGER),
        now=NOW,
    )


def test_a_manager_gives_a_mandate_and_the_journal_has_a_line_under_both_clauses() -> None:
    blog, page = make.channel(), make.channel("Sidan", platform="facebook")
    manager = make.user("Chefen", RoleName.MANAGER)

    mandate = _give(blog, page, powers=frozenset({Power.WRITE, Power.MODERATE}), by=manager)

    line = Entry.objects.get()
    assert mandate.powers == [Power.WRITE, Power.MODERATE]
    assert set(mandate.channels.all()) == {blog, page}
    assert (line.event, line.about, line.actor) == (
        "channels.mandate_given",
        mandate.key,
        manager.opaque_id,
    )
    assert line.clauses == ["4.2", "4.3"]


@pytest.mark.parametrize("role", [role for role in RoleName if role != RoleName.MANAGER])
def test_nobody_but_a_manager_gives_a_mandate(role: RoleName) -> None:
    with pytest.raises(MandateRefused):
        _give(by=make.user("Kim", role))

    assert not Mandate.objects.exists() and not Entry.objects.exists()


def test_a_manager_gives_no_mandate_for_channels_of_others() -> None:
    own = make.unit("Skola", make.unit())
    other = make.unit("Vård", make.unit())
    rector = make.user("Rektorn", RoleName.MANAGER, at=own)
    mine, theirs = make.channel("Skolan", own), make.channel("Vården", other)

    _give(mine, by=rector)
    with pytest.raises(MandateRefused):
        _give(mine, theirs, by=rector)

    assert [list(mandate.channels.all()) for mandate in Mandate.objects.all()] == [[mine]]


def test_nobody_gives_a_mandate_to_oneself() -> None:
    manager = make.user("Chefen", RoleName.MANAGER)

    with pytest.raises(MandateRefused, match="till en själv"):
        _give(person=manager, by=manager)


def test_the_database_refuses_a_mandate_to_oneself_too() -> None:
    manager = make.user("Chefen")

    with pytest.raises(IntegrityError):
        Mandate.objects.create(
            person=manager, giver=manager, may_write=True, since=NOW, recorded_at=NOW
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"powers": frozenset()},
        {"until": NOW},
        {"until": NOW - timedelta(seconds=1), "since": NOW - timedelta(days=1)},
        {"since": NOW + timedelta(days=2), "until": NOW + timedelta(days=1)},
    ],
    ids=["no power", "ends at once", "has ended", "ends before it begins"],
)
def test_a_mandate_that_could_never_count_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(MandateRefused) as refused:
        _give(**wrong)  # type: ignore[arg-type]

    assert refused.value.remedy


def test_someone_who_has_left_and_a_closed_channel_get_no_mandate() -> None:
    gone = make.user("Maj")
    gone.is_active = False
    shut = make.channel("Gamla sidan")
    shut.status = Channel.Status.CLOSED

    with pytest.raises(MandateRefused, match="slutat"):
        _give(person=gone)
    with pytest.raises(MandateRefused, match="stängd"):
        _give(shut)
    with pytest.raises(MandateRefused, match="tomt"):
        give_mandate(
            person=make.user("Maj"),
            channels=[],
            terms=Terms(powers=MODERATE, since=NOW),
            by=make.user("Chefen", RoleName.MANAGER),
            now=NOW,
        )


def test_a_mandate_ends_at_once_and_once_only() -> None:
    mandate, manager = _give(), make.user("Chefen")
    later = NOW + timedelta(hours=1)

    revoke_mandate(mandate=mandate, by=manager, now=later)
    revoke_mandate(mandate=mandate, by=manager, now=later + timedelta(hours=1))

    mandate.refresh_from_db()
    assert mandate.revoked_at == later
    assert [line.event for line in Entry.objects.all()] == [
        "channels.mandate_given",
        "channels.mandate_revoked",
    ]
    channel = make.channel()
    assert valid_mandate(mandate.person, channel, Power.MODERATE, later) is None
    assert valid_mandate(mandate.person, channel, Power.MODERATE, later - timedelta(seconds=1))


def test_only_a_manager_of_all_its_channels_ends_a_mandate() -> None:
    own = make.unit("Skola", make.unit())
    rector = make.user("Rektorn", RoleName.MANAGER, at=own)
    mandate = _give(make.channel("Skolan", own), make.channel())

    with pytest.raises(MandateRefused):
        revoke_mandate(mandate=mandate, by=rector, now=NOW)

    mandate.refresh_from_db()
    assert mandate.revoked_at is None


def test_one_thing_wrong_is_enough_for_a_mandate_not_to_count() -> None:
    person, channel = make.moderator(), make.channel()
    make.mandate(make.user("Kim"), channel)
    assert valid_mandate(person, channel, Power.MODERATE, NOW)

    elsewhere = valid_mandate(person, make.channel("Annan"), Power.MODERATE, NOW)
    otherwise = valid_mandate(person, channel, Power.APPROVE, NOW)
    User.objects.filter(pk=person.pk).update(is_active=False)
    left = valid_mandate(person, channel, Power.MODERATE, NOW)

    assert [elsewhere, otherwise, left] == [None, None, None]


mostly = st.sampled_from([True, True, True, False])


@settings(deadline=None, max_examples=60)
@given(
    since=moments,
    until=st.none() | moments,
    recorded_at=moments,
    revoked_at=st.none() | moments,
    at=moments,
    powers=st.sets(st.sampled_from(list(Power)), min_size=1),
    power=st.sampled_from(list(Power)),
    active=mostly,
    same_channel=mostly,
    same_person=mostly,
)
def test_a_mandate_counts_exactly_when_the_guideline_says(
    since: datetime,
    until: datetime | None,
    recorded_at: datetime,
    revoked_at: datetime | None,
    at: datetime,
    powers: set[Power],
    power: Power,
    active: bool,
    same_channel: bool,
    same_person: bool,
) -> None:
    Mandate.objects.all().delete()
    person, other = make.user("Maj"), make.user("Kim")
    User.objects.filter(pk=person.pk).update(is_active=active)
    mandate = Mandate.objects.create(
        person=person,
        giver=make.user("Chefen"),
        since=since,
        until=until,
        recorded_at=recorded_at,
        revoked_at=revoked_at,
        **{power.value: True for power in powers},
    )
    mandate.channels.set([make.channel(), make.channel("Tredje")])

    found = valid_mandate(
        person if same_person else other,
        make.channel() if same_channel else make.channel("Andra"),
        power,
        at,
    )

    begun = since <= at and recorded_at <= at
    ended = (until is not None and at >= until) or (revoked_at is not None and at >= revoked_at)
    allowed = begun and not ended and active and same_channel and same_person and power in powers
    assert found == (mandate if allowed else None)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(moments, st.none() | moments), max_size=4), moments)
def test_of_several_mandates_one_that_counts_is_enough(
    spans: list[tuple[datetime, datetime | None]], at: datetime
) -> None:
    Mandate.objects.all().delete()
    person, channel = make.user("Maj"), make.channel()
    for since, until in spans:
        given_ = make.mandate(person, channel, until=until)
        Mandate.objects.filter(pk=given_.pk).update(since=since)

    found = valid_mandate(person, channel, Power.MODERATE, at)

    assert (found is not None) == any(
        since <= at and (until is None or at < until) for since, until in spans
    )


def test_what_is_written_down_later_does_not_count_backwards() -> None:
    mandate = _give(since=NOW - timedelta(days=30))

    before = valid_mandate(
        mandate.person, make.channel(), Power.MODERATE, NOW - timedelta(seconds=1)
    )

    assert before is None
    assert valid_mandate(mandate.person, make.channel(), Power.MODERATE, NOW) == mandate


def test_on_a_closed_channel_nobody_acts_from_the_day_it_closed() -> None:
    person, channel = make.moderator(), make.channel()
    midnight = datetime.fromisoformat("2026-03-05T00:00:00+01:00")  # in Stockholm
    channel.status, channel.closed_on = Channel.Status.CLOSED, midnight.date()

    before = valid_mandate(person, channel, Power.MODERATE, midnight - timedelta(seconds=1))

    assert before is not None
    assert valid_mandate(person, channel, Power.MODERATE, midnight) is None
    channel.closed_on = None
    assert valid_mandate(person, channel, Power.MODERATE, NOW) is None


@pytest.mark.parametrize("power", Power)
def test_whoever_lacks_a_mandate_is_told_what_to_do(power: Power) -> None:
    person, channel = make.user("Maj", *RoleName), make.channel()
    make.mandate(person, make.channel("Annan kanal"))

    with pytest.raises(NoMandate) as refused:
        require_mandate(person, channel, power, NOW)

    assert "Be din chef" in refused.value.remedy
    assert power.label.lower() in refused.value.message


def test_whoever_has_a_mandate_acts_under_it() -> None:
    person = make.moderator()

    mandate = require_mandate(person, make.channel(), Power.MODERATE, NOW)

    assert mandate == person.mandates.get()
    with pytest.raises(NoMandate):
        require_mandate(person, make.channel(), Power.WRITE, NOW)


def test_the_newest_mandate_stands_first() -> None:
    person = make.moderator()
    newer = _give(person=person)

    assert mandates_valid(NOW)[0] == newer
    assert valid_mandate(person, make.channel(), Power.MODERATE, NOW) == newer
