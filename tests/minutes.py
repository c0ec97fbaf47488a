"""Tells, after a run, how many minutes each folder of tests took: time is the suite's budget."""

from collections import defaultdict
from pathlib import PurePosixPath

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print minutes and number of tests per folder, the longest first."""
    seconds: dict[str, float] = defaultdict(float)
    tests: dict[str, set[str]] = defaultdict(set)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                folder = str(PurePosixPath(report.nodeid.split("::")[0]).parent)
                seconds[folder] += report.duration
                tests[folder].add(report.nodeid)
    terminalreporter.section("minutes per folder", sep="-")
    for folder, took in sorted(seconds.items(), key=lambda item: -item[1]):
        terminalreporter.line(f"{took / 60:6.2f}  {folder} ({len(tests[folder])} tests)")
    terminalreporter.line(f"{sum(seconds.values()) / 60:6.2f}  in all")
