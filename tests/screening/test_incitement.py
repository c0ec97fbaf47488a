"""Calls on others to burn, break or beat are found by rule; protest, sport and craft are not."""

import pytest

from tests.screening.test_threats import by_rule
from torget.screening import screen

CALLS = [
    "Någon borde åka ut och krossa rutorna på soc i natt.",
    "Någon borde bränna ner moskén",
    "Ni borde spränga radarkamerorna",
    "Låt oss slå in fönstren på kommunhuset",
    "Krossa rutorna på soc i natt, alla med!",
    "Gå ut i natt och tänd eld på asylboendet",
    "Vi måste slå ihjäl rektorn",
    "Skjut honom innan han hinner fatta fler beslut",
    "Kasta in rutorna på redaktionen!",
    "Åk dit och krossa fönstren hos nämndens ordförande",
    "Spräng masterna!",
    "Bomba rådhuset!",
    "Elda upp radarkamerorna, alla i hela byn",
    "Alla som har stenar: möt upp vid soc kl 23 och krossa fönstren",
    "Kom igen grabbar, ikväll pangar vi rutorna på polisstationen",
]
ARMED = [
    "Ta med järnrör till demonstrationen, nu slår vi tillbaka",
    "Rutorna på soc ska bort. Ta med er stenar allihop!",
    "Kom till torget ikväll, ta med er påkar så ger vi dem stryk",
    "Hämta bensin allihop, kommunhuset ska brinna",
    "Ta med er slagträn i kväll så slår vi sönder busskurerna",
]
PROTEST = [
    "Gå till torget kl 12 och demonstrera mot nedläggningen!",
    "Kom till kommunhuset på måndag och visa att vi inte ger oss!",
    "Kom och protestera högljutt",
    "Vi tågar till kommunhuset i morgon, alla med! Ta med visselpipor",
    "Stoppa bygget! Samling utanför kommunhuset på måndag, ta med plakat",
    "Samla namnunderskrifter, alla med!",
    "Avsätt kommunalrådet i höst",
    "Sparka hela skolledningen!",
    "Bomba nämndens brevlåda med yttranden före den 15",
    "Någon borde ställa politikerna mot väggen",
    "Ni måste slå sönder det monopol som kommunhuset har blivit",
    "Vi måste krossa glastaket för kvinnliga chefer",
    "Ska ni slå ihjäl hela landsbygden nu?",
]
CRAFT = [
    "Ta med stenar till stenmålningen på biblioteket",
    "Ta med egen kniv till täljkvällen med scouterna",
    "Ta med yxa och arbetshandskar, vi röjer sly på lördag",
    "Krossa vitlöken och blanda i grädden",
    "Vid brand: krossa rutan och ta nödutgången",
    "Elda inte i tunnor vid skolan, det ryker in",
    "Kan någon slå sönder isen på trappan vid biblioteket?",
    "Vi slår in julklappar på biblioteket på tisdag",
    "Slå er ner vid kaffebordet så berättar vi om planerna",
    "Vi måste slå vakt om skolan i byn",
    "Skjut på beslutet till hösten, snälla",
    "Vi kommer att skjuta fyrverkerier vid hamnen på nyår",
    "Häng med på simskolans avslutning",
]
SPORT = [
    "Nu krossar vi motståndet i finalen, alla med!",
    "Skjut mål på lördag, ta med er familjen",
    "Alla till ishallen, nu ska vi slå ut laget från Storliden",
]
TOLD = [
    "Någon har krossat rutorna på skolan i natt, polisen är kontaktad",
    "Någon borde anmäla den som krossade rutorna",
    "Någon måste ta tag i buset som krossar rutor på skolan",
    "Att krossa rutorna på soc är inte rätt väg att gå",
    "Krossa rutorna på soc är inte rätt väg att gå",
    "Hur kan någon krossa rutorna på biblioteket?",
    "Han skrev: bränn ner soc i natt. Jag har polisanmält det.",
    "Slå inte sönder rutorna på soc",
]


@pytest.mark.clause("4.10.d")
@pytest.mark.parametrize("text", CALLS)
def test_a_call_to_crime_is_found_by_rule_and_goes_first(text: str) -> None:
    found = screen(text)

    assert "incite.call" in by_rule(found)
    assert found.route == "akut"


@pytest.mark.clause("4.10.d")
@pytest.mark.parametrize("text", ARMED)
def test_a_call_to_come_armed_counts_where_there_is_talk_of_trouble(text: str) -> None:
    assert "incite.armed" in by_rule(screen(text))


@pytest.mark.clause("4.10.d")
@pytest.mark.parametrize("text", [*PROTEST, *CRAFT, *SPORT, *TOLD])
def test_a_lawful_call_hits_no_rule(text: str) -> None:
    found = screen(text)

    assert not by_rule(found)
    assert found.route != "akut"


@pytest.mark.clause("4.10.d")
def test_the_place_begins_with_the_one_who_is_called_on() -> None:
    text = "Usch. Någon borde bränna ner kommunhuset snart."

    (finding,) = [f for f in screen(text).findings if f.rule == "incite.call"]

    assert text[finding.start : finding.end] == "Någon borde bränna ner kommunhuset"
