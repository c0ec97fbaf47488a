"""The labelling rules by example: our own sentences, one idea each."""

import pytest

from torget.screening import screen
from torget.screening.findings import LETTERS

CASES = {
    "a": [
        "Du är en riktig idiot, Berit",
        "Rektorn är en feg lögnare",
        "Vilken pajas till ordförande, han fattar ingenting",
        "Hela byggnadsnämnden består av puckon",
        "Kassören Sven Berg stjäl ur kassan",
    ],
    "b": [
        "Alla polacker är tjuvar, skicka hem dem",
        "Såna där blattar ska inte bo här",
        "Kvinnor kan inte köra buss",
        "Jag vet var du bor och jag kommer i natt",
        "Passa dig när du går hem i kväll, vi väntar",
    ],
    "c": [
        "Heta damer visar allt på cam 🔞 gratis länk i min profil",
        "Hela klippet när mannen misshandlas ligger utan censur i min kanal",
    ],
    "d": [
        "Vi borde bränna ner baracken i natt",
        "Någon borde slå ihjäl den där politikern",
        "Lägg ut råttgift så blir vi av med katterna",
    ],
    "e": [
        "Jag har scannat hela läroboken, här är pdf:en gratis till alla",
        "Betala inte, hela serien finns gratis på en torrent",
    ],
    "f": [
        "Vad fan håller ni på med",
        "Jävligt fint på torget nu!",
        "så h3lvet3s kallt i hallen",
        "busskurfjäveln är trasig igen",
        "f a n vad bra",
    ],
    "g": [
        "Boka klippning hos Salong Saxen, 20 % rabatt hela veckan!",
        "Låna 50 000 utan UC, svar på 2 min, ansök på snabblan.example",
    ],
    "h": [
        "Mitt personnummer är 811228-9874, var är jag i kön?",
        "Ring Karin Berg privat på 070-174 06 99",
        "Portkoden är 4471, gå bara in",
        "Nils Ek har fått cancer och är sjukskriven",
        "Karin Berg bor på Storgatan 4 och har skyddad adress",
    ],
}
OK = [
    "Uselt beslut, nämnden måste ta sitt ansvar!",
    "Jag är en idiot som glömde nyckeln",
    'Min son blev kallad "jävla blatte" på bussen, vad gör ni?',
    "Ordet idiot hör inte hemma i debatten",
    "Jädrans vad kallt, och jäkla halt",
    "Är svordomar som fan och jävlar förbjudna här?",
    "Han kallade mig idiot inför hela bussen",
    "Skitbra jobbat med isbanan!",
    "Vi är stora fans av nya parken",
    "Jag tycker att kommunen ska ta emot färre flyktingar",
    "Nu ska vi skjuta mål i finalen",
    "Säljer min dotters cykel, 300 kr, hämtas hemma",
    "Ring växeln på 08-465 004 00",
    "Barn med autism måste få stöd i skolan",
    "Vilken tid öppnar biblioteket på lördag?",
    "Vår förening har organisationsnummer 802000-1111",
]


def test_every_letter_has_its_cases() -> None:
    assert set(CASES) == set(LETTERS)


@pytest.mark.parametrize(
    ("letter", "text"),
    [
        pytest.param(letter, text, marks=mark)
        for letter, mark in {
            "a": pytest.mark.clause("4.10.a"),
            "b": pytest.mark.clause("4.10.b"),
            "c": pytest.mark.clause("4.10.c"),
            "d": pytest.mark.clause("4.10.d"),
            "e": pytest.mark.clause("4.10.e"),
            "f": pytest.mark.clause("4.10.f"),
            "g": pytest.mark.clause("4.10.g"),
            "h": pytest.mark.clause("4.10.h"),
        }.items()
        for text in CASES[letter]
    ],
)
def test_each_ground_is_found_with_a_place_and_an_explanation(letter: str, text: str) -> None:
    found = screen(text)

    assert letter in found.labels
    mine = [finding for finding in found.findings if finding.letter == letter]
    assert all(finding.explanation and finding.clause == f"4.10.{letter}" for finding in mine)


@pytest.mark.clause("4.10")
@pytest.mark.parametrize("text", OK)
def test_what_is_allowed_is_left_alone(text: str) -> None:
    assert screen(text).labels == ("ok",)


@pytest.mark.clause("4.10.f")
def test_the_explanation_says_how_a_disguised_word_was_read() -> None:
    (finding,) = [f for f in screen("vilken jääävla dag").findings if f.letter == "f"]

    assert "”jääävla” (tolkat som ”jävla”)" in finding.explanation


@pytest.mark.clause("4.10.f")
def test_quoting_frees_a_swear_word_but_not_a_text_that_is_one_quotation() -> None:
    assert "f" not in screen('Det stod "dra åt helvete" på väggen i tunneln').labels
    assert "f" in screen('"Dra åt helvete allihop"').labels


@pytest.mark.clause("4.9")
def test_a_draft_is_weighed_against_secrecy_only() -> None:
    assert screen("Fan vad bra!", kind="draft").labels == ("ok",)
    assert screen("Koden till förrådet är 6631", kind="draft").labels == ("h",)
