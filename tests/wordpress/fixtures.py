"""The fixture that hands a test a real WordPress."""

import os

import pytest

from tests.wordpress import server


@pytest.fixture(scope="session")
def a_wordpress() -> server.WordPress:
    """Return a running WordPress; skip, or fail where it is required, when it cannot run."""
    if lacks := server.missing():
        if os.environ.get("TORGET_REQUIRE") or os.environ.get("TORGET_REQUIRE_WORDPRESS"):
            pytest.fail(f"A real WordPress {lacks}", pytrace=False)
        pytest.skip(f"A real WordPress {lacks}")
    return server.running()


@pytest.fixture
def wordpress(a_wordpress: server.WordPress) -> server.WordPress:
    """Return a running WordPress without a single post or comment."""
    a_wordpress.empty()
    return a_wordpress


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all that needs WordPress on one xdist worker, so that it starts once."""
    for item in items:
        if item.get_closest_marker("wordpress"):
            item.add_marker(pytest.mark.xdist_group("wordpress"))
