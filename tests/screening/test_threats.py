"""Threats are found by rule and go first; games, reports and idioms with the same verbs do not."""

import pytest

from torget.screening import Screening, screen

THREATS = {
    "threat.person": [
        "Jag ska komma hem till dig, bibliotekarien, och slå dig så du aldrig öppnar mun igen.",
        "Ikväll kommer jag och skjuter rektorn",
        "Ska komma hem till dig och slå dig gul och blå",
        "Kommer förbi ikväll och sparkar ner dig",
        "Jag tänker döda dig och dina barn",
        "Jag svär att jag knäcker nacken på dig",
        "Jag ska fan strypa den där handläggaren",
        "Ge mig mina pengar eller så skjuter jag dig",
        "Vi kommer och krossar dina knäskålar, Lars",
        "Jag kommer att hugga ner varenda en av er i nämnden",
        "Jag ska vänta tills du går hem och slå ihjäl dig",
        "Om beslutet går igenom kommer jag upp på kontoret och slår skallen av chefen",
    ],
    "threat.damage": [
        "Jag kommer och bränner ner kommunhuset, Lena ska få se.",
        "Jag lovar att spränga kommunhuset om ni river skolan",
        "Vi sätter eld på skolan om ni inte lyssnar",
        "Nästa gång du parkerar där slår jag sönder din bil",
        "Imorgon bitti bränner vi moskén",
    ],
    "threat.own": [
        "Vi vet vilken skola dina barn går på",
        "Anna på kontoret, jag vet var du parkerar",
        "Det ligger en bomb i biblioteket",
        "Kommunhuset kommer att brinna i natt",
        "Tar med mig yxan till kommunhuset i morgon så får ni se",
        "Du ska få ångra dig",
        "Jag ska ge dig en läxa du minns",
        "Jag ska hugga kniven i dig",
    ],
    "threat.hinted": [
        "Passa dig, jag vet när du slutar jobbet",
        "Du ska få se, vi kommer hem till dig",
        "Vi ses snart. Jag vet när du slutar.",
        "Tick tack. I mörkret ser ingen vem som väntar.",
    ],
}
OPPONENTS = [
    "Vi ska slå er i derbyt på lördag, se upp!",
    "Vi kommer att krossa er i finalen",
    "Nu ska vi knäcka motståndarna på bortaplan",
    "Vi ska sänka er i basketen, ses på söndag!",
    "Vi kommer att köra över er i tipspromenaden!",
    "Jag tänker slå er på fingrarna i nästa val",
    "Ikväll ska vi skjuta sönder deras målvakt, alla till ishallen",
    "Jag ska slå personligt rekord på loppet",
]
IDIOMS = [
    "Jag ska slå dig en signal i morgon bitti",
    "Jag ska slå vad med dig om att bron blir försenad",
    "Vi slår vakt om biblioteket, kom till torget på lördag",
    "Jag kommer och slår mig ner hos er på seniorträffen",
    "Vi ska skjuta på mötet till torsdag",
    "Vi ska hänga er tavla i foajén",
    "Vi ska krama ihjäl er när ni kommer hem",
    "Kommunen skjuter sig själv i foten, igen",
    "Ni bränner pengar på kommunhuset varje år",
    "Vi kommer till skolan och tänder ljus för offren",
    "Jag kommer att bränna upp min läroplan efter det här läsåret haha",
]
REPORTS = [
    "Han skrev till mig att han ska komma hem och slå mig. Vad gör jag?",
    "Grannen skrek att han ska slå ihjäl hunden, jag har polisanmält",
    "Hon fick ett brev där det stod: jag ska döda dig",
    '"Jag ska slå dig" skrev han i kommentaren, ta bort den',
    "Förra året hotade någon att bränna ner moskén, det är fruktansvärt",
    "I rollspelet ska jag hugga dig med svärdet",
    "Han slog mig på skolgården och rektorn gör ingenting",
    "Om jag skriver att jag ska slå dig, får jag böter då?",
]
DENIED = [
    "Jag ska inte slå dig, jag vill bara ha svar på min fråga",
    "Jag skulle aldrig slå dig",
    "Ni dödar centrum med den parkeringsavgiften",
    "Folk kommer att dö om ni lägger ner ambulansen",
]
HUNTING = [
    "Jakten börjar i september, då ska vi skjuta älg vid kommunhuset",
    "Mördarsniglarna äter allt, jag ska döda dem allihop",
    "Jag ska elda upp löven bakom huset, är det eldningsförbud?",
    "Vi ska bränna ner vårt gamla växthus, behövs tillstånd?",
    "Räddningstjänsten kommer att bränna ner huset som övning",
    "Vi spränger berg vid skolan på torsdag, håll avstånd",
]
FRIENDLY = [
    "Vi ses snart, hälsningar från lekparken!",
    "Vi ses utanför skolan när du kommer",
    "Vi står utanför biblioteket men ingen öppnar",
    "Jag vet att ni gör så gott ni kan",
    "Min dotter går hem ensam från bussen, belys gångvägen!",
    "Vi räknar ner till julmarknaden",
    "Det vore synd om det blev inställt",
    "Måtte ni få en fin sommar",
    "Ni ska få se en fantastisk föreställning på lördag",
    "Vi ska ge er ett förslag på tisdag",
    "Vi kommer att besöka er i morgon",
    "Akta er för älgar på väg 23 i kväll",
    "Passa dig för isen vid hamnen, den är svag",
    "Jag står i mörkret varje morgon, när lagar ni lamporna?",
    "Kolla vilken buss du ska ta på kommunens sida",
    "I kväll smäller det: konsert på torget",
]
HARSH = [
    "Ni kommer att ångra nedläggningen i nästa val",
    "Vi kommer att slåss för skolan till sista stund",
    "Jag kommer att granska varje siffra och ställa er till svars",
    "Vi ska jaga er med frågor tills vi får svar",
    "Ni krossar våra drömmar när ni lägger ner skolan",
    "Ni kommer att få betala mer i skatt med den här budgeten",
]
LAWFUL = [*OPPONENTS, *IDIOMS, *REPORTS, *DENIED, *HUNTING, *FRIENDLY, *HARSH]


def by_rule(found: Screening) -> set[str]:
    """Return the rules that hit; what only resembles other texts is no rule."""
    return {f.rule for f in found.findings if not f.rule.startswith("model.")}


@pytest.mark.clause("4.10.b")
@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in THREATS.items() for text in texts]
)
def test_a_threat_is_found_by_rule_and_goes_first(rule: str, text: str) -> None:
    found = screen(text)

    assert rule in by_rule(found)
    assert "b" in found.labels
    assert found.route == "akut"


@pytest.mark.clause("4.10.b")
@pytest.mark.parametrize("text", LAWFUL)
def test_what_only_sounds_like_a_threat_hits_no_rule(text: str) -> None:
    found = screen(text)

    assert not by_rule(found)
    assert found.route != "akut"


@pytest.mark.clause("4.10.b")
@pytest.mark.parametrize("text", ["Han skrev till mig att jag ska slå dig sönder", *REPORTS[:2]])
def test_who_reports_a_threat_is_not_taken_for_the_one_who_made_it(text: str) -> None:
    assert not {"b", "d"} & set(screen(text).labels)


@pytest.mark.clause("4.10.b")
@pytest.mark.parametrize(
    "text", [THREATS["threat.person"][0], "Nån dag ska jag strypa dig med bara händerna"]
)
def test_an_own_threat_is_no_attack_on_honour_and_no_call_besides(text: str) -> None:
    found = screen(text)

    assert found.labels == ("b",)
    assert "BrB 4:5" in found.findings[0].explanation


@pytest.mark.clause("4.10.b")
def test_the_place_reaches_from_the_intention_to_the_one_it_is_aimed_at() -> None:
    text = "Ursäkta. Jag ska komma hem och slå ihjäl dig, Berit."

    (finding,) = [f for f in screen(text).findings if f.rule == "threat.person"]

    assert text[finding.start : finding.end] == "Jag ska komma hem och slå ihjäl dig"
