"""The ``clause`` mark: ids are checked, ``--clause`` picks tests, and reports carry the ids."""

import pytest

from torget.policy.clauses import clauses


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--clause",
        action="append",
        default=[],
        metavar="ID",
        help="only tests marked with this clause of the guideline; may be given several times",
    )


def pytest_configure(config: pytest.Config) -> None:
    if unknown := set(config.getoption("--clause")) - set(clauses()):
        raise pytest.UsageError(f"--clause: no clause {sorted(unknown)} in the guideline")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Note the clauses of each test for reports, and keep the tests that were asked for."""
    wanted = set(config.getoption("--clause"))
    marked = {item: _ids(item) for item in items}
    for item in items:
        item.user_properties += [("clause", clause_id) for clause_id in sorted(marked[item])]
    if wanted:
        config.hook.pytest_deselected(items=[item for item in items if not marked[item] & wanted])
        items[:] = [item for item in items if marked[item] & wanted]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Refuse a mark that names no clause: one test at a time, so that workers tell it too."""
    if any(not mark.args for mark in item.iter_markers("clause")):
        pytest.fail("the mark names no clause of the guideline", pytrace=False)
    if unknown := _ids(item) - set(clauses()):
        pytest.fail(f"no clause {sorted(unknown)} in the guideline", pytrace=False)


def _ids(item: pytest.Item) -> set[str]:
    return {str(clause_id) for mark in item.iter_markers("clause") for clause_id in mark.args}
