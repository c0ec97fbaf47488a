"""The ``clause`` mark: ids are checked, ``--clause`` picks tests, and reports carry the ids."""

from collections.abc import Iterator

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse unknown clauses, note the ids for reports, and keep what was asked for."""
    wanted = set(config.getoption("--clause"))
    marked = {item: set(_ids(item)) for item in items}
    for name, ids in [("--clause", wanted), *((i.nodeid, marked[i]) for i in items)]:
        if unknown := ids - set(clauses()):
            raise pytest.UsageError(f"{name}: no clause {sorted(unknown)} in the guideline")
    for item in items:
        item.user_properties += [("clause", clause_id) for clause_id in sorted(marked[item])]
    if wanted:
        config.hook.pytest_deselected(items=[item for item in items if not marked[item] & wanted])
        items[:] = [item for item in items if marked[item] & wanted]


def _ids(item: pytest.Item) -> Iterator[str]:
    for mark in item.iter_markers("clause"):
        if not mark.args:
            raise pytest.UsageError(f"{item.nodeid}: which clause?")
        yield from mark.args
