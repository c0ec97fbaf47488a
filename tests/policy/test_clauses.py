"""The thread from a clause to the function that carries it out."""

from collections.abc import Iterator

import pytest

from torget.policy.clauses import CARRIED_OUT_BY, carries_out, clause


@pytest.fixture(autouse=True)
def _only_for_this_test() -> Iterator[None]:
    before = {clause_id: list(functions) for clause_id, functions in CARRIED_OUT_BY.items()}
    yield
    CARRIED_OUT_BY.clear()
    CARRIED_OUT_BY.update(before)


def test_a_marked_function_is_itself_and_is_found_under_each_of_its_clauses() -> None:
    def keep(number: int) -> int:
        return number

    marked = carries_out("4.6", "4.10")(keep)

    assert marked is keep
    assert CARRIED_OUT_BY["4.6"][-1] is CARRIED_OUT_BY["4.10"][-1] is keep


@pytest.mark.parametrize("clause_id", ["4.11", "4:10", "4.10.i", ""])
def test_a_clause_that_is_not_in_the_guideline_is_refused_where_it_is_written(
    clause_id: str,
) -> None:
    with pytest.raises(LookupError, match="guideline"):
        carries_out("4.10", clause_id)

    assert clause_id not in CARRIED_OUT_BY


def test_a_mark_without_a_clause_or_on_a_class_is_refused() -> None:
    with pytest.raises(TypeError, match="name the clause"):
        carries_out()
    with pytest.raises(TypeError, match="name the clause"):
        carries_out(test_a_mark_without_a_clause_or_on_a_class_is_refused)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="functions"):
        carries_out("4.10")(type("Judgement", (), {}))


def test_a_ground_is_a_clause_and_the_rule_above_it_is_not_a_ground() -> None:
    assert clause("4.10.f").is_ground
    assert not clause("4.10").is_ground
