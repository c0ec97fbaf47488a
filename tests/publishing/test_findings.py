"""Clauses 4.1 and 4.9: what stops a draft, what is asked about, and what is advice."""

import pytest

from torget.publishing.findings import read_draft
from torget.publishing.found import Level, Words
from torget.publishing.wording import lix


def found(text: str, **more: object) -> list[tuple[str, str]]:
    return [
        (finding.level.value, finding.code)
        for finding in read_draft(Words(text=text, **more)).all  # type: ignore[arg-type]
    ]


CASES = {
    "4.9": [
        ("Kalle har 811228-9874.", "stop", "number.personnummer"),
        ("Kontakta 811288-9871 om saken.", "stop", "number.samordningsnummer"),
        ("Portkoden är 1234.", "stop", "number.code"),
        ("Ring Anna på 070-123 45 67.", "ask", "number.phone"),
        ("Eleven Kim Berg i 5B har fått diagnosen adhd.", "stop", "private.health"),
    ],
    "2.4": [
        ("Vi i S-gruppen är stolta över badhuset.", "stop", "wording.party"),
        ("Moderaterna lovar sänkt skatt.", "stop", "wording.party"),
        ("Rösta JA i folkomröstningen!", "stop", "wording.party"),
        ("Moderaterna yrkade avslag på motionen.", "ask", "wording.names_party"),
    ],
    "2.2": [("Fan vad kul det ska bli!", "advise", "wording.swearing")],
    "4.1": [
        ("ALLA ÄR SÅ VÄLKOMNA hit.", "advise", "wording.shout"),
        ("Dela med #björkbokommundag.", "advise", "wording.tag"),
        ("och " * 31 + "slut.", "advise", "wording.long"),
    ],
}


@pytest.mark.parametrize(
    ("clause_id", "text", "level", "code"),
    [
        pytest.param(clause_id, *case, marks=mark)
        for clause_id, mark in {
            "4.9": pytest.mark.clause("4.9"),
            "2.4": pytest.mark.clause("2.4"),
            "2.2": pytest.mark.clause("2.2"),
            "4.1": pytest.mark.clause("4.1"),
        }.items()
        for case in CASES[clause_id]
    ],
)
def test_each_kind_has_its_clause_and_level(
    clause_id: str, text: str, level: str, code: str
) -> None:
    mine = [each for each in read_draft(Words(text=text)).all if each.code == code]

    assert [(each.clause, each.level.value) for each in mine] == [(clause_id, level)]


@pytest.mark.clause("4.1")
@pytest.mark.clause("4.9")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nu öppnar vi isen på Björkbosjön för skridskor! Kolla alltid isläget innan du går ut.",
        "Rösta den 13 september. Lokalerna öppnar klockan 8.",
        "Kommunfullmäktige sammanträder på måndag klockan 18 i Folkets hus.",
        "Ring kontaktcenter på 0918-140 00. Dela med #KommunensDag.",
        "Så ansöker du om hemtjänst.",
    ],
)
def test_ordinary_information_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.clause("4.9")
@pytest.mark.parametrize(
    "text",
    [
        "Grattis, vi har svarat dig i ditt biståndsärende!",
        "Din ansökan om försörjningsstöd är klar.",
        "Vi har tagit emot er orosanmälan.",
    ],
)
def test_an_answer_that_tells_that_someone_has_a_case_is_stopped(text: str) -> None:
    assert ("stop", "wording.client") in found(text, answers=True)
    assert ("stop", "wording.client") not in found(text)


@pytest.mark.clause("4.1")
def test_a_picture_without_description_is_asked_about() -> None:
    assert found("Hej.", has_picture=True) == [("ask", "picture.no_alt")]
    assert found("Hej.", has_picture=True, alt="En sjö") == []


@pytest.mark.clause("4.9")
def test_what_is_secret_is_found_in_title_and_description_too_and_pointed_at_in_the_text() -> None:
    words = Words(text="Kalle har 811228-9874.", title="Om Kalle", alt="")
    (finding,) = read_draft(words).final
    assert words.text[finding.start : finding.end] == "811228-9874"

    for words in (Words(text="Hej", title="811228-9874"), Words(text="Hej", alt="811228-9874")):
        (finding,) = read_draft(words).final
        assert (finding.start, finding.end) == (0, 0)


@pytest.mark.clause("4.9")
def test_no_finding_repeats_what_may_be_secret() -> None:
    for text in ("Kalle har 811228-9874.", "Ring Anna på 070-123 45 67.", "Portkoden är 1234."):
        for finding in read_draft(Words(text=text)).all:
            told = f"{finding.title} {finding.explanation} {finding.id}"
            assert not any(part in told for part in ("811228", "070", "1234", "Kalle", "Anna"))


@pytest.mark.clause("4.9")
def test_the_gravest_stands_first_and_each_once() -> None:
    levels = [level for level, _ in found("FAN VAD KUL det är. Kalle 811228-9874, 811228-9874.")]

    order = [level.value for level in Level]
    assert levels == sorted(levels, key=order.index)
    assert levels.count("stop") == 1


@pytest.mark.clause("4.1")
def test_readability_is_bjornssons_index() -> None:
    assert lix("Katten sover. Hunden springer snabbt.") == round(5 / 2 + 100 * 1 / 5)
    assert lix("") == lix("...") == 0


@pytest.mark.clause("4.1")
@pytest.mark.parametrize(("words", "told"), [(11, False), (12, True)])
def test_a_hard_text_is_told_of_from_a_dozen_words_on(words: int, told: bool) -> None:
    text = "förvaltningsövergripande " * words
    assert (("advise", "wording.hard") in found(text)) is told
