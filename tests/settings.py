"""Torget's settings for tests: a data folder of their own, and nothing that only costs time."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

# Set before the settings are read. Each process of a parallel run gets its own folder.
_folder = Path(tempfile.mkdtemp(prefix="torget-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ |= {
    "TORGET_DATA": str(_folder / "data"),
    "TORGET_SECRET_KEY": "only-for-tests-" + "x" * 40,
    # The browser's driver keeps an event loop in the thread of the tests; no query runs inside it.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
if os.environ.get("TORGET_TEST_ENGINE") != "postgresql":
    os.environ["TORGET_DATABASE_URL"] = ""
elif "PYTEST_XDIST_WORKER" not in os.environ:
    from tests import postgres

    os.environ["TORGET_DATABASE_URL"] = postgres.start()  # one server; workers inherit the address

from torget.project.settings import *  # noqa: E402, F403
from torget.project.settings import DATABASES  # noqa: E402

_database: dict[str, Any] = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, not memory: lanes run in threads, and some tests run whole processes on it.
    _database["TEST"] = {"NAME": _folder / "test.sqlite3"}
    # Tests need not outlive a power cut. Those about durability start Torget with its own settings.
    _database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
