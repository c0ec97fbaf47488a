"""These are about PostgreSQL itself, so they are there only when the suite runs on it."""

import os

collect_ignore_glob = [] if os.environ.get("TORGET_TEST_ENGINE") == "postgresql" else ["test_*.py"]
