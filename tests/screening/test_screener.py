"""Routes, help, lawful criticism, and what holds for every text whatsoever."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torget.screening import screen

LINES = [
    "Du är en jävla idiot",
    "Alla samer är lata",
    "Ring Anna Ek hemma på 070-174 06 99",
    "personnummer 811228-9874",
    "Skicka till anna.ek77@post.example",
    "🔞 länk i min profil",
    "Boka nu, 20 % rabatt",
    "bränn ner skiten",
    "Tack!",
]
NOISE = ["\u200b", "\u202e", "\0", "\ud800", "\u0301", " ", "\n", "*", "😀", "ß", "İ", '"', "ﬁ"]
parts = st.one_of(st.sampled_from(LINES), st.sampled_from(NOISE), st.text(max_size=20))
texts = st.lists(parts, max_size=12).map("".join)
HIDDEN = ["", "\u200b", "\u00ad", "\u0336", "\u202e"]
UNITS = [
    *["a", "a ", "a.", "f*", "1 ", "1-", "\u0301", '"', "@", "a.b@c.", "\0", "\u202ea", "\ud800"],
    *["😂", "jag ska ", "klipp ", "konto 1 ", "Anna ", "kvinnor ", "boka 1 kr "],
    *["vi vet att du ", "krossa rutorna ", "ta med er ", "porr länk ", "skrev mig "],
    "Du är en idiot. Ring 070-174 06 25.\n",
]


@pytest.mark.clause("4.10")
@settings(deadline=None, max_examples=60)
@given(text=texts, draft=st.booleans())
def test_whatever_is_written_every_finding_marks_a_part_of_it(text: str, draft: bool) -> None:
    found = screen(text, kind="draft" if draft else "comment")

    assert all(0 <= f.start < f.end <= len(text) for f in found.findings)
    assert all(0 < f.score <= 1 and f.clause.startswith("4.10.") for f in found.findings)
    assert set(found.labels) == {k for k, v in found.scores.items() if v >= 0.5} or (
        found.labels == ("ok",) and max(found.scores.values()) < 0.5
    )


@pytest.mark.clause("4.10.f")
@settings(deadline=None, max_examples=60)
@given(
    cuts=st.lists(
        st.sampled_from(["", "\u200b", "\u00ad", "\u0336", "\u202e"]), min_size=7, max_size=7
    )
)
def test_the_place_covers_the_word_with_what_hides_inside_it(cuts: list[str]) -> None:
    word = "".join(letter + cut for letter, cut in zip("helvete", [*cuts[:6], ""], strict=True))
    text = f"vad i {word} gör ni"

    (finding,) = [f for f in screen(text).findings if f.letter == "f"]

    assert text[finding.start : finding.end] == word


@pytest.mark.clause("4.10.h")
@settings(deadline=None, max_examples=60)
@given(number=st.integers(0, 99), name=st.sampled_from(["anna.ek", "bo.lind77", "c.d"]))
def test_what_is_official_is_never_private(number: int, name: str) -> None:
    text = f"Ring Anna Ek på 070-465 00 {number:02} eller skriv till {name}@sund.example"

    private = screen(text, kind="draft")
    official = screen(text, kind="draft", own_domains=["sund.example"], own_phones=["070-465 00"])

    kinds = {"number.phone", "number.mail"}
    assert {f.rule for f in private.findings} & kinds == kinds
    assert not {f.rule for f in official.findings} & kinds


@pytest.mark.clause("4.10")
@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Jag ska döda dig", "akut"),
        ("Mitt personnummer är 811228-9874", "akut"),
        ("Slå ihjäl honom bara", "akut"),
        ("Rektorn är en idiot", "granska"),
        ("Fan vad fint det blev", "notis"),
        ("När öppnar simhallen?", "ok"),
    ],
)
def test_the_gravest_finding_decides_the_place_in_the_queue(text: str, route: str) -> None:
    assert screen(text).route == route


@pytest.mark.clause("4.10")
@pytest.mark.parametrize(
    "text", ["Jag orkar inte leva längre, fan ta allt", "Jag vill dö, ingen skulle sakna mig"]
)
def test_someone_in_distress_is_offered_help_and_not_removal(text: str) -> None:
    found = screen(text)

    assert found.support
    assert found.labels == ("ok",)


def test_a_figure_of_speech_is_no_distress() -> None:
    assert not screen("Jag orkar inte med den här telefonkön").support
    assert not screen("Jag dör av skratt 😂 vill dö haha").support


@pytest.mark.clause("4.10")
def test_hard_words_on_a_decision_are_marked_as_allowed() -> None:
    assert screen("Det är ett uselt beslut av nämnden").lawful_criticism
    assert not screen("Ordföranden är en idiot och beslutet är uselt").lawful_criticism
    assert not screen("Tack för en fin kväll").lawful_criticism


def test_likeness_alone_never_calls_lawful_criticism_an_attack() -> None:
    harsh = "Tredje läckan på ett år. Uselt underhåll. När byter ni rören på riktigt?"

    found = screen(harsh)

    assert (found.labels, found.lawful_criticism) == (("ok",), True)


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    """Eight times the text may take twenty-four times as long; a square would take sixty-four."""
    short, long = unit * (1_000 // len(unit)), unit * (8_000 // len(unit))
    screen(short)

    times = []
    for text in (short, long):
        runs = []
        for _ in range(2):
            before = time.process_time()
            screen(text)
            runs.append(time.process_time() - before)
        times.append(min(runs))

    assert times[1] < 24 * max(times[0], 0.005)
