"""Identity numbers are found however they are written, and other numbers are left alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torget.screening import screen
from torget.screening.identity import luhn

KINDS = {"number.personnummer", "number.samordningsnummer", "number.misspelt", "number.part"}


def rules(text: str) -> set[str]:
    return {finding.rule for finding in screen(text, kind="draft").findings} & KINDS


def checked(nine: str) -> str:
    return next(nine + str(digit) for digit in range(10) if luhn(nine + str(digit)))


days = st.integers(0, 36_000).map(lambda n: date(1925, 1, 1) + timedelta(days=n))


@pytest.mark.clause("4.9")
@pytest.mark.clause("4.10.h")
@settings(deadline=None, max_examples=60)
@given(
    day=days,
    century=st.booleans(),
    coordination=st.booleans(),
    gap=st.sampled_from(["", "-", " ", "–", ".", "+", " - ", "\u00a0"]),
)
def test_a_right_number_is_found_with_any_separator(
    day: date, century: bool, coordination: bool, gap: str
) -> None:
    digits = checked(f"{day:%y%m}{day.day + 60 * coordination:02}982")
    start = f"{day:%Y}"[:2] if century else ""
    written = f"{start}{digits[:6]}{gap}{digits[6:]}"

    found = [f for f in screen(f"Hej, det gäller {written} tack").findings if f.rule in KINDS]

    assert [f.rule for f in found] == [
        "number.samordningsnummer" if coordination else "number.personnummer"
    ]
    assert (found[0].start, found[0].end) == (16, 16 + len(written))


@pytest.mark.clause("4.10.h")
def test_a_number_spelt_figure_by_figure_is_found() -> None:
    assert rules("Numret är 8 1 1 2 2 8 - 9 8 7 4") == {"number.personnummer"}


@pytest.mark.clause("4.10.h")
def test_a_wrong_check_digit_counts_only_when_presented_as_an_identity_number() -> None:
    assert rules("Mitt personnummer är 811228-9875") == {"number.misspelt"}
    assert rules("Artikel 811228-9875 är slut i lager") == set()


@pytest.mark.clause("4.10.h")
@pytest.mark.parametrize("text", ["Det gäller 811228-98xx", "hans fyra sista är 9874"])
def test_a_part_of_an_identity_number_counts(text: str) -> None:
    assert [f.letter for f in screen(text, kind="draft").findings][:1] == ["h"]


@pytest.mark.clause("4.10.h")
@pytest.mark.parametrize(
    "text",
    [
        "Org.nr 212000-8888 står på fakturan",
        "Föreningen har organisationsnummer 802000-1111",
        "Bankgiro 5544-3322",
        "OCR 8112289874 på fakturan",
        "Serienummer 811228-9874 på pumpen",
        "Badvattnet är fint, provnr 811228-9874",
        "Hittad cykel med ramnummer 811228-9874",
        "Provet togs 2024-08-11 klockan 08.30",
        "Ring 08-465 004 00 om det krånglar",
        "Budgeten är 8 112 289 874 kronor",
    ],
)
def test_other_numbers_are_no_identity_numbers(text: str) -> None:
    assert rules(text) == set()


@pytest.mark.clause("4.10.h")
def test_the_explanation_repeats_no_secret_figure() -> None:
    found = screen("Mitt personnummer är 811228-9874").findings

    assert found
    assert not any("9874" in finding.explanation for finding in found)
