"""What every browser test may ask for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.municipality import Municipality, municipality


@pytest.fixture(scope="session")
def town(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Municipality]:
    """A practice municipality that answers, one for all tests. Asks for the browser first."""
    with municipality(tmp_path_factory.mktemp("town"), chromium) as answering:
        answering.sign()
        yield answering
