"""The list of what is not built yet may only shrink, and nothing else may be missing."""

import pytest

from torget.policy.clauses import clauses
from torget.policy.guideline import guideline
from torget.project.clauses import Row, table

# The ceiling. Take an id away when its clause is carried out; never add one.
CEILING = frozenset(
    "1 2.1 2.2 2.3 3 4.5 4.7 4.8 5.1 5.2 5.3 5.4 5.5 5.6".split()  # noqa: SIM905
)
# What is built in part. Only what leaves the ceiling above may come here, and then it goes away.
PARTLY = frozenset({"4.1"})


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return {row.id: row for row in table()}


def test_the_list_only_shrinks_and_its_ceiling_with_it() -> None:
    assert set(guideline().not_built) == CEILING, (
        "A clause that is carried out leaves not_built.toml and the ceiling; none is added."
    )


def test_what_is_built_in_part_is_known() -> None:
    assert set(guideline().partly) == PARTLY


def test_the_list_says_what_is_coming() -> None:
    for coming in (*guideline().not_built.values(), *guideline().partly.values()):
        assert coming.endswith(".")
        assert len(coming) > 20


@pytest.mark.parametrize("clause_id", clauses())
def test_a_clause_has_code_and_test_or_stands_on_the_list(
    clause_id: str, rows: dict[str, Row]
) -> None:
    row = rows[clause_id]

    code, tests = ", ".join(row.code) or "no code", ", ".join(row.tests) or "no test"
    if row.not_built is None:
        assert row.is_carried_out, f"{row.id} is off the list with {code} and {tests}"
    else:
        assert not row.is_carried_out, f"{row.id} has {code} and {tests}: take it off the list"
