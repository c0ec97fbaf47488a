"""The guideline as data: complete, consistent, and refused with the row named when it is not."""

import operator
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torget.errors import BadGuideline
from torget.policy.clauses import clause, clauses, grounds
from torget.policy.guideline import FILES, CarriedBy, Clause, Strength, guideline, read

LETTERS = "abcdefgh"
TEXTS = {name: files("torget.policy").joinpath(f"{name}.toml").read_text("utf-8") for name in FILES}


def test_every_clause_of_the_printed_guideline_is_there_in_order() -> None:
    assert list(clauses()) == [
        *("1", "2.1", "2.2", "2.3", "2.4", "3"),
        *(f"4.{number}" for number in range(1, 11)),
        *(f"4.10.{letter}" for letter in LETTERS),
        "4.10.law",
        *(f"5.{number}" for number in range(1, 7)),
    ]


@pytest.mark.parametrize(
    ("clause_id", "label", "strength"),
    [
        ("1", "Inledning", ["must"]),
        ("2.4", "Syfte, stycke 4", ["should"]),
        ("4.4", "4:4", ["should"]),
        ("4.5", "4:5", ["permission", "must", "should"]),
        ("4.7", "4:7", ["permission"]),
        ("4.10.a", "4:10 a", ["must"]),
        ("5.4", "Sociala medier utanför arbetet, stycke 4", ["should"]),
    ],
)
def test_a_clause_has_its_printed_label_and_strength(
    clause_id: str, label: str, strength: list[str]
) -> None:
    found = clause(clause_id)

    assert (found.id, found.label, list(found.strength)) == (clause_id, label, strength)


def test_labels_tell_clauses_apart_and_strengths_have_swedish_words() -> None:
    assert len({found.label for found in clauses().values()}) == len(clauses())
    assert [strength.label for strength in Strength] == ["ska", "bör", "får", "vägledning"]


def test_nothing_about_private_life_is_carried_out_by_code() -> None:
    private = [clause(f"5.{number}") for number in (1, 2, 3, 4, 6)]

    for found in private:
        assert CarriedBy.CODE not in found.carried_by
        assert found.reason
    assert [found.id for found in private if CarriedBy.NOT_CARRIED_OUT in found.carried_by] == [
        "5.1",
        "5.3",
    ]


@pytest.mark.parametrize("letter", [*LETTERS, "law"])
def test_every_ground_has_a_reason_and_a_basis_that_always_holds(letter: str) -> None:
    found = clause(f"4.10.{letter}")

    assert found in grounds()
    assert found.bases
    assert any(basis.when == "" for basis in found.bases)
    assert all(basis.key in guideline().bases for basis in found.bases)


@pytest.mark.parametrize("found", grounds(), ids=lambda found: str(found.id))
def test_a_standard_reason_assumes_and_accuses_nobody_of_a_crime(
    found: Clause,
) -> None:
    reason = found.reason_for("4 kap. 5 § brottsbalken").lower()

    assert "kan antas strida mot" in reason
    for word in ("brottslig", "skyldig", "begått", "du har brutit", "straff", "åtal"):
        assert word not in reason


def test_only_the_open_ground_has_citations_and_they_name_their_law() -> None:
    assert [found.id for found in grounds() if found.citations] == ["4.10.law"]
    by_key = {citation.key: citation for citation in clause("4.10.law").citations}

    assert by_key["threat"].citation == "4 kap. 5 § brottsbalken"
    assert by_key["threat_official"].law == "BrB 17:1"
    assert by_key["third_party"].basis == "gdpr"
    assert {"molestation", "privacy", "third_party_sensitive"} < set(by_key)
    for citation in by_key.values():
        assert citation.citation in clause("4.10.law").reason_for(citation.citation)
    assert "{" not in clause("4.10.law").reason_for()


def test_swear_words_and_advertising_rest_on_the_guideline_alone() -> None:
    for letter in "fg":
        assert [basis.key for basis in clause(f"4.10.{letter}").bases] == ["guideline"]


def test_no_ground_rests_on_an_opinion() -> None:
    assert len(grounds()) == 9
    assert "olämplig" not in " ".join(found.text for found in grounds()).lower()


def test_the_document_has_its_head_and_leaves_the_municipality_its_fields() -> None:
    head = guideline().document

    assert (head.type, head.owner_role, head.decided_by) == (
        "Riktlinje",
        "Informatör",
        "Kommunstyrelsen",
    )
    assert (head.valid_to, head.decided, head.revised) == ("", "", "")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("guideline", 'strength = ["should"]', 'strength = ["maybe"]', "2.4: 'maybe'"),
        ("guideline", 'carried_by = ["page"]', 'carried_by = ["magic"]', "3: 'magic'"),
        ("guideline", 'id = "2.1"', 'id = "1"', "clause 1 stands 2 times"),
        ("guideline", 'text = "Anpassat till målgruppen."\n', "", "2.3"),
        ("guideline", 'text = "Anpassat till målgruppen."', 'text = ""', "2.3: text is empty"),
        ("guideline", 'label = "4:1"', 'lable = "4:1"', "lable"),
        ("guideline", 'law = ["KL 2:1"', 'law = ["KLL 2:1"', "KLL"),
        ("guideline", "[document]", "[dokument]", "document"),
        ("guideline", 'valid_to = "" # open', "", "valid_to"),
        ("guideline", "[document]", "[document", "not TOML"),
        ("grounds", 'id = "4.10.a"', 'id = "4.10.x"', "4.10.x"),
        ("grounds", 'key = "guideline"', 'key = "custom"', "custom"),
        ("grounds", 'key = "privacy"', 'key = "threat"', "threat stands 2 times"),
        ("grounds", 'basis = "bbs_5"', 'basis = "gut"', "gut"),
        ("not_built", '"5.1" =', '"5.9" =', "5.9"),
        ("not_built", '"4.1" =', '"4.11" =', "4.11"),
        ("not_built", '"4.1" =', '"5.1" =', "both not built and partly: 5.1"),
        ("not_built", "[partly]\n", "[delvis]\n", "missing: 'partly'"),
    ],
)
def test_a_fault_in_the_data_is_told_with_its_row(file: str, old: str, new: str, told: str) -> None:
    assert old in TEXTS[file]

    with pytest.raises(BadGuideline, match=told) as caught:
        read({**TEXTS, file: TEXTS[file].replace(old, new, 1)})

    assert "torget/policy" in caught.value.remedy


def test_what_no_code_carries_out_must_say_why() -> None:
    silent = TEXTS["guideline"].replace("reason = ", "# reason = ")

    with pytest.raises(BadGuideline, match=r"3: .*needs a reason"):
        read({**TEXTS, "guideline": silent})


@given(st.data())
def test_a_line_that_is_lost_never_goes_unseen_into_another_guideline(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(("guideline", "grounds")))
    lines = TEXTS[name].splitlines()
    number = data.draw(st.sampled_from([i for i, line in enumerate(lines) if " = " in line]))
    lost = "\n".join(lines[:number] + lines[number + 1 :])

    try:
        found = read({**TEXTS, name: lost})
    except BadGuideline:
        return

    optional = ("reason =", "law =", "guideline = ", "bbs_5 =", "gdpr =", "{ key =")
    assert lines[number].strip().startswith(optional)
    assert list(found.clauses) == list(clauses())


def test_the_data_cannot_be_changed_while_the_program_runs() -> None:
    attempts: list[Callable[[], object]] = [
        lambda: operator.setitem(cast("dict[str, Clause]", clauses()), "9", clause("1")),
        lambda: setattr(clause("1"), "text", ""),
        lambda: operator.delitem(cast("dict[str, str]", guideline().not_built), "1"),
    ]

    for attempt in attempts:
        with pytest.raises((AttributeError, TypeError)):
            attempt()


def test_an_unknown_clause_is_named() -> None:
    with pytest.raises(LookupError, match="7\\.1"):
        clause("7.1")


def test_the_files_are_read_as_they_stand() -> None:
    assert read(TEXTS) == guideline()
    assert len(tomllib.loads(TEXTS["guideline"])["clause"]) == len(clauses())
