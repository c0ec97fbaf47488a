"""What each part of the reading finds by itself: another part's find must not stand in for it."""

import pytest

from torget.screening import screen

RULES = {
    "accusation": "Kassören Sven Berg stjäl ur kassan",
    "sexual.harassment": "Kvinnor kan inte köra buss",
    "explicit.violence": "Hela klippet när mannen misshandlas ligger utan censur i min kanal",
    "incite.crime": "Lägg ut råttgift så blir vi av med katterna",
    "copying": "Betala inte, hela serien finns gratis på en torrent",
    "trade.spam": "Låna 50 000 utan UC, svar på 2 min, ansök på snabblan.example",
    "group.contempt": "Alla polacker är tjuvar, skicka hem dem",
    "group.slur": "Såna där blattar ska inte bo här",
    "private.health": "Nils Ek har fått cancer och är sjukskriven",
    "private.home": "Karin Berg bor på Storgatan 4 och har skyddad adress",
}
# No rule has words for these. More than one a letter, as the comparison is trained anew at times.
ALIKE = {
    "a": ("Rektorn? En gnällspik utan ryggrad.", "Vilken trångsynt och vidrig människa hon är"),
    "b": ("Folk därifrån borde inte få finnas här", "Svenska för svenskar, resten är smuts"),
    "c": ("Se när han blir halshuggen, hela filmen", "Skicka pm så får du nakna bilder"),
    "d": ("Kom så eldar vi upp hela kåken",),
    "e": ("Här är länken till hela boken som pdf", "Delar skivan som mp3 till alla som vill"),
    "g": ("Tjäna pengar hemifrån, kontakta mig", "Vi putsar dina fönster billigt, boka nu"),
    "h": ("Han på vård och omsorg har fått diagnos bipolär",),
}


@pytest.mark.parametrize(
    ("rule", "letter"),
    [
        pytest.param("accusation", "a", marks=pytest.mark.clause("4.10.a")),
        pytest.param("sexual.harassment", "b", marks=pytest.mark.clause("4.10.b")),
        pytest.param("explicit.violence", "c", marks=pytest.mark.clause("4.10.c")),
        pytest.param("incite.crime", "d", marks=pytest.mark.clause("4.10.d")),
        pytest.param("copying", "e", marks=pytest.mark.clause("4.10.e")),
        pytest.param("trade.spam", "g", marks=pytest.mark.clause("4.10.g")),
        pytest.param("group.contempt", "b", marks=pytest.mark.clause("4.10.b")),
        pytest.param("group.slur", "b", marks=pytest.mark.clause("4.10.b")),
        pytest.param("private.health", "h", marks=pytest.mark.clause("4.10.h")),
        pytest.param("private.home", "h", marks=pytest.mark.clause("4.10.h")),
    ],
)
def test_a_rule_finds_its_own(rule: str, letter: str) -> None:
    found = {finding.rule: finding.clause for finding in screen(RULES[rule]).findings}

    assert found.get(rule) == f"4.10.{letter}"


@pytest.mark.parametrize(
    "letter",
    [
        pytest.param("a", marks=pytest.mark.clause("4.10.a")),
        pytest.param("b", marks=pytest.mark.clause("4.10.b")),
        pytest.param("c", marks=pytest.mark.clause("4.10.c")),
        pytest.param("d", marks=pytest.mark.clause("4.10.d")),
        pytest.param("e", marks=pytest.mark.clause("4.10.e")),
        pytest.param("g", marks=pytest.mark.clause("4.10.g")),
        pytest.param("h", marks=pytest.mark.clause("4.10.h")),
    ],
)
def test_what_no_rule_has_words_for_is_found_by_likeness(letter: str) -> None:
    found = {f.rule: f.clause for text in ALIKE[letter] for f in screen(text).findings}

    assert found.get(f"model.{letter}") == f"4.10.{letter}"
