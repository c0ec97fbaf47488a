"""Pornography and adverts are told from reports, teaching, private sales and public service."""

import pytest

from tests.screening.test_threats import by_rule
from torget.screening import screen

PORN = [
    "Heta bilder och porr utan åldersgräns på nattfilm.example",
    "nattfilm.example har hårdporr och nakenbilder, ingen åldersgräns",
    "Kolla min profil för sexfilmer och nakna tjejer",
    "Vuxenfilm i massor, 49 kr i månaden, länk i bio",
    "Porrchatt dygnet runt, 29 kr, kvällslinjen.example",
    "Gratis porr varje dag, klicka på länken i min profil",
]
NO_PORN = [
    "Filmen om porrindustrin visas på biblioteket med samtal efteråt",
    "Barnen ser porr på skolans datorer, var är åldersgränsen?",
    "Sexualundervisning: vi pratar om porr och samtycke i åk 9, länk till materialet",
    "Någon sprider porr i kommentarerna, ta bort länken nattfilm.example",
    "Gratis porrfilter till skolans datorer, länk på kommunens sida",
    "Kommunen borde stoppa porr på nätet för barn, se rapporten på folkhälsan.example",
    "Skolans datorer visade reklam för en porrsajt, anmäl till it",
    "Heta bilder på lava från vulkanen på vår sida",
    "Vattenläcka på Storgatan 💦",
    "Eskort för breda transporter behövs på väg 23",
    "Min son är 18 år och vill se filmen på kulturhuset",
    "Skriv numret som 070-xxx, kram xxx",
    "Utställningen med nakenmåleri är öppen, fri entré",
]
ADVERTS = [
    "Köp märkesskridskor -70 % på skridskor.example. Fri frakt med koden VINTER",
    "Köp märkesskridskor -70 % hela helgen! Fri frakt med koden IS70",
    "Billiga däck hos Kalles, 20 % rabatt – länk",
    "Fynda vinterjackor från 199 kr på jackor.example, använd koden SNÖ",
    "Beställ din nya matta nu! -50 % och fri leverans med kod MATTA",
    "Shoppa loss med koden SOMMAR25 och få fri frakt",
]
NO_ADVERTS = [
    "Säljer sonens skridskor 200 kr, fri frakt om du hämtar",
    "Skridskorna hyrs ut gratis i ishallen på sportlovet",
    "Idrottsföreningen bjuder in alla barn till en gratis skridskokväll på fredag.",
    "Koden till tävlingen finns på bibliotekets sida",
    "Varför höjer ni avgiften med 70 %?",
    "Är fri frakt verkligen rätt när kommunen köper in papper?",
    "Köp lokalt, stötta våra handlare!",
    "Köp inte in fler konsulter",
    "Beställ plogning hos kommunen, hur gör man?",
]


@pytest.mark.clause("4.10.c")
@pytest.mark.parametrize("text", PORN)
def test_an_offer_of_pornography_is_found_by_rule_and_goes_first(text: str) -> None:
    found = screen(text)

    assert "explicit.sexual" in by_rule(found)
    assert found.route == "akut"


@pytest.mark.clause("4.10.c")
@pytest.mark.parametrize("text", NO_PORN)
def test_reports_teaching_and_chance_words_are_no_pornography(text: str) -> None:
    assert "explicit.sexual" not in by_rule(screen(text))


@pytest.mark.clause("4.10.g")
@pytest.mark.parametrize("text", ADVERTS)
def test_a_discount_with_a_code_or_a_link_is_an_advert(text: str) -> None:
    assert "trade.advert" in by_rule(screen(text))


@pytest.mark.clause("4.10.g")
@pytest.mark.parametrize("text", NO_ADVERTS)
def test_private_sales_and_public_matters_are_no_adverts(text: str) -> None:
    assert not {r for r in by_rule(screen(text)) if r.startswith("trade.")}
