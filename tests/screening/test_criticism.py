"""Criticism of those in office, on a matter or with a source, is kept. It hides no insult."""

import pytest

from torget.screening import screen

CRITICISM = [
    "Skolchefen ljuger om siffrorna i budgeten, se sidan 14.",
    "Rektorn ljuger om antalet elever, se sidan 4 i årsredovisningen",
    "Kommunalrådet ljuger för oss om kostnaden, läs tabell 3 i rapporten",
    "Kommunalrådet vilseleder oss om kostnaden, läs tabell 3 i rapporten",
    "Skolchefen har fel om siffrorna, enligt protokollet från 12 mars",
    "Ordföranden mörkar vad badhuset kostar, det framgår av protokollet § 45",
    "Nämnden ljuger om beslutet, här är diariet",
    "Socialchefen undanhåller siffrorna om väntetiderna",
    "Ordföranden bryter mot kommunallagen, se protokollet från mars",
    "Kalkylen i budgeten är felaktig, se bilaga 2",
]
ATTACKS = [
    "Rektorn är en lögnare, se sidan 14",
    "Kommunchefen tar mutor, se sidan 14",
    "Skolchefen är en idiot som ljuger om siffrorna i budgeten, se sidan 14",
    "Kommunchefen Eva L har stulit ur kassan, alla vet det.",
    "Ordföranden Sven Ek lurar alla gamla på pengar",
]


@pytest.mark.clause("4.10.a")
@pytest.mark.parametrize("text", CRITICISM)
def test_criticism_on_a_matter_or_with_a_source_is_marked_as_allowed(text: str) -> None:
    found = screen(text)

    assert found.labels == ("ok",)
    assert found.lawful_criticism


@pytest.mark.clause("4.10.a")
@pytest.mark.parametrize("text", ATTACKS)
def test_a_source_does_not_turn_an_attack_into_criticism(text: str) -> None:
    found = screen(text)

    assert "a" in found.labels
    assert not found.lawful_criticism
