"""Who may do what, where: the table cell by cell, and how far a role reaches."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests import make
from torget.organisation.models import Role, RoleName, Unit, User
from torget.organisation.permissions import TABLE, Action, actions_at, can, reach, today
from torget.organisation.selectors import people_at
from torget.organisation.standing import remember

TODAY = date(2026, 3, 2)

# Written out once more, so that no cell changes without someone meaning it.
ALLOWED: dict[RoleName, set[str]] = {
    RoleName.COMMUNICATIONS: {
        "read_channels",
        "read_queue",
        "read_records",
        "write_posts",
        "edit_channels",
    },
    RoleName.AUTHOR: {"read_channels", "read_queue", "read_records", "write_posts"},
    RoleName.MANAGER: {
        "read_channels",
        "read_queue",
        "read_records",
        "write_posts",
        "edit_channels",
        "give_mandate",
        "manage_people",
    },
    RoleName.REGISTRAR: {"read_channels", "read_records"},
    RoleName.ARCHIVIST: {"read_channels", "read_records"},
    RoleName.WEB_OWNER: {"read_channels"},
    RoleName.IT: {"read_channels", "edit_channels"},
}
CELLS = [(role, action) for role in RoleName for action in Action]


def _tree() -> tuple[Unit, Unit, Unit, Unit]:
    """Return municipality > board > school, and a board beside."""
    top = make.unit()
    board = make.unit("Barn- och utbildningsnämnden", top)
    return top, board, make.unit("Centralskolan", board, board=False), make.unit("Vård", top)


def _role(role: RoleName, unit: Unit, since: date = TODAY, until: date | None = TODAY) -> User:
    person = make.user()
    Role.objects.create(user=person, unit=unit, role=role, since=since, until=until)
    return person


@pytest.mark.django_db
@pytest.mark.clause("4.2")
@pytest.mark.parametrize(("role", "action"), CELLS)
def test_a_role_allows_exactly_what_the_table_says_at_its_unit_and_below(
    role: RoleName, action: Action
) -> None:
    above, own, below, beside = _tree()
    person = _role(role, own)

    answers = [can(person, action, unit, on=TODAY) for unit in (own, below, above, beside)]

    allowed = action.value in ALLOWED[role]
    assert answers == [allowed, allowed, False, False]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "action"), CELLS)
@pytest.mark.parametrize(
    ("since", "until", "stands"),
    [(-1, None, True), (0, 0, True), (-9, -1, False), (1, None, False)],
    ids=["standing", "first and last day", "expired", "not begun"],
)
def test_a_role_counts_from_its_first_day_through_its_last(
    role: RoleName, action: Action, since: int, until: int | None, stands: bool
) -> None:
    unit = make.unit()
    last = None if until is None else TODAY + timedelta(days=until)
    person = _role(role, unit, TODAY + timedelta(days=since), last)

    answer = can(person, action, unit, on=TODAY)

    assert answer == (stands and action.value in ALLOWED[role])


@pytest.mark.django_db
@pytest.mark.parametrize("role", RoleName)
def test_someone_who_has_left_may_do_nothing(role: RoleName) -> None:
    person = _role(role, make.unit())
    person.is_active = False

    assert not any(reach(person, action, on=TODAY) for action in Action)
    assert today(person) == frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize("action", Action)
def test_without_a_role_nothing_is_allowed(action: Action) -> None:
    _tree()

    assert reach(make.user(), action, on=TODAY) == set()


@pytest.mark.django_db
def test_another_persons_role_is_not_ones_own() -> None:
    _role(RoleName.MANAGER, make.unit())

    assert reach(make.user("Kim"), Action.GIVE_MANDATE, on=TODAY) == set()


@pytest.mark.django_db
def test_several_roles_add_up_unit_by_unit() -> None:
    _, board, school, beside = _tree()
    person = _role(RoleName.MANAGER, school)
    _role(RoleName.IT, board)
    _role(RoleName.AUTHOR, beside)

    assert reach(person, Action.GIVE_MANDATE, on=TODAY) == {school.pk}
    assert reach(person, Action.EDIT_CHANNELS, on=TODAY) == {board.pk, school.pk}
    assert reach(person, Action.READ_QUEUE, on=TODAY) == {school.pk, beside.pk}


@pytest.mark.clause("4.2")
def test_only_a_manager_gives_mandates_and_makes_managers() -> None:
    assert TABLE[Action.GIVE_MANDATE] == TABLE[Action.MANAGE_PEOPLE] == {RoleName.MANAGER}


@pytest.mark.django_db
def test_reach_costs_two_questions_however_large_the_tree(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    top = make.unit()
    Unit.objects.bulk_create(Unit(name=f"Enhet {n}", parent=top) for n in range(200))
    person = _role(RoleName.MANAGER, top)

    with django_assert_num_queries(2):
        found = reach(person, Action.READ_QUEUE, on=TODAY)

    assert len(found) == 201


@pytest.mark.django_db
def test_a_request_asks_once_and_anything_else_sees_what_has_changed(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    unit, day = make.unit(), timezone.localdate()
    person = _role(RoleName.MANAGER, unit, day, None)
    in_request = User.objects.get(pk=person.pk)
    remember(in_request)

    with django_assert_num_queries(2):
        for _ in range(2):
            assert reach(in_request, Action.READ_QUEUE, on=day) == {unit.pk}
            assert today(in_request) == actions_at(unit, in_request, on=day) != frozenset()
    Role.objects.all().delete()

    assert reach(in_request, Action.READ_QUEUE, on=day) == {unit.pk}
    assert reach(person, Action.READ_QUEUE, on=day) == set()
    assert today(person) == actions_at(unit, person, on=day) == frozenset()


@pytest.mark.django_db
def test_a_ring_of_units_ends() -> None:
    top, board, *_ = _tree()
    Unit.objects.filter(pk=top.pk).update(parent=board)
    person = _role(RoleName.MANAGER, board)

    assert top.pk in reach(person, Action.READ_QUEUE, on=TODAY)
    assert list(people_at(top, TODAY)) == [person]


@pytest.mark.django_db
@settings(deadline=None, max_examples=50)
@given(parents=st.lists(st.integers(0, 99), min_size=1, max_size=12), at=st.integers(0, 99))
def test_a_role_reaches_exactly_the_units_that_lie_under_it(parents: list[int], at: int) -> None:
    units = [Unit.objects.create(name="0")]
    for n, parent in enumerate(parents, 1):
        units.append(Unit.objects.create(name=str(n), parent=units[parent % n]))
    own = units[at % len(units)]
    person = User.objects.create_user(f"{own.pk}@bjorkbo.example", name="Kim")
    Role.objects.create(user=person, unit=own, role=RoleName.AUTHOR, since=TODAY)

    reached = reach(person, Action.READ_QUEUE, on=TODAY)

    assert reached == {unit.pk for unit in units if own in _line(unit)}


def _line(unit: Unit) -> list[Unit]:
    """Return a unit and those above it, the slow way."""
    return [unit, *(_line(unit.parent) if unit.parent else [])]


@pytest.mark.django_db
def test_people_at_a_unit_are_those_whose_roles_reach_it_today() -> None:
    top, board, school, beside = _tree()
    for name, unit in {"Ovan": top, "Här": board, "Under": school, "Bredvid": beside}.items():
        make.user(name, RoleName.AUTHOR, at=unit)
    make.user("Slutat", RoleName.AUTHOR, at=board)
    User.objects.filter(name="Slutat").update(is_active=False)

    assert [person.name for person in people_at(board, TODAY)] == ["Här", "Ovan"]
