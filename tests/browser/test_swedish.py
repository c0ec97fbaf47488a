"""What finds English on a page finds it, and lets Swedish be."""

import pytest

from tests.browser.swedish import foreign


@pytest.mark.parametrize(
    "text",
    [
        "Submit",
        "This field is required.",
        "Sidan 1, previous",
        "11/24/2026",
        "Nov 24, 2026",
        "kl. 9:42 AM",
        "9 p.m.",
        "1,024 tecken",
    ],
)
def test_english_and_american_dates_are_found(text: str) -> None:
    assert foreign(["Spara", text]) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "24 november 2026 kl. 09.42",
        "2026-11-24 och vecka 48",
        "Isbanan öppnar på lördag. Här är det för många människor.",
        "1 024 tecken, 0,5 MB",
        "webb@bjorkbo.example och https://bjorkbo.example/search/",
        "Kommentar från Sam, 3/4 av alla",
    ],
)
def test_swedish_is_let_be(text: str) -> None:
    assert foreign([text]) == []
