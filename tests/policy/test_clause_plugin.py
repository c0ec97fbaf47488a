"""The ``clause`` mark in tests."""

import pytest

pytest_plugins = ["pytester"]

SAMPLE = """
import pytest

@pytest.mark.clause("4.6")
def test_keeps(): pass

@pytest.mark.clause("4.10", "4.10.f")
class TestDecisions:
    def test_decides(self): pass

def test_unmarked(): pass
"""


def run(pytester: pytest.Pytester, text: str, *options: str) -> pytest.RunResult:
    pytester.makepyfile(text)
    return pytester.runpytest("-p", "tests.clause_plugin", "-p", "no:django", *options)


def test_without_a_choice_every_test_runs(pytester: pytest.Pytester) -> None:
    run(pytester, SAMPLE).assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("chosen", "passed"), [(["4.6"], 1), (["4.10.f"], 1), (["4.6", "4.10"], 2), (["5.1"], 0)]
)
def test_a_choice_of_clauses_runs_their_tests_alone(
    pytester: pytest.Pytester, chosen: list[str], passed: int
) -> None:
    options = [part for clause_id in chosen for part in ("--clause", clause_id)]

    found = run(pytester, SAMPLE, *options)

    found.assert_outcomes(passed=passed, deselected=3 - passed)


def test_a_report_tells_the_clauses_of_each_test(pytester: pytest.Pytester) -> None:
    run(pytester, SAMPLE, "--junitxml=report.xml")

    report = (pytester.path / "report.xml").read_text("utf-8")
    for clause_id in ("4.6", "4.10", "4.10.f"):
        assert report.count(f'<property name="clause" value="{clause_id}"') == 1


@pytest.mark.parametrize(
    ("mark", "workers", "told"),
    [
        ('"4.11"', 0, "no clause*4.11*"),
        ('"4.6", "4:10"', 1, "no clause*4:10*"),
        ("", 0, "*names no clause*"),
    ],
)
def test_a_test_whose_mark_names_no_clause_is_an_error(
    pytester: pytest.Pytester, mark: str, workers: int, told: str
) -> None:
    text = f"import pytest\n@pytest.mark.clause({mark})\ndef test_it(): pass"

    found = run(pytester, text, "-n", str(workers))

    found.assert_outcomes(errors=1)
    found.stdout.fnmatch_lines(told)


def test_a_choice_that_is_no_clause_stops_the_run(pytester: pytest.Pytester) -> None:
    found = run(pytester, SAMPLE, "--clause", "9.9")

    assert found.ret == pytest.ExitCode.USAGE_ERROR
