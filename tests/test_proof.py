"""No act without proof, no proof but from records, no sending but of an operation (clause 4.10)."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest

import torget
from torget.platforms.contract import RemoteId, Restrain, Verb

ROOT = Path(torget.__path__[0])
PROOFS = {
    "Receipt": "records/saved.py",
    "NoCopyOrder": "records/services.py",
    "OutgoingRecord": "records/outgoing.py",
}
"""Where each proof is made, once what is to be proven has been read from where it is kept."""
ACTS = {
    "moderation/services/progress.py": {"HIDE", "DELETE_OTHER"},
    "publishing/services/progress.py": {"DELETE_OWN"},
}
"""Where something is taken from the channel: another's message, or one of our own."""
MADE = {*PROOFS, "Restrain"}
# Adapters outside this repository test themselves with these.
TESTKIT = {"platforms/testkit.py", "platforms/testkit_orders.py"}


@cache
def trees() -> list[tuple[str, ast.Module]]:
    """Return each file of the source with its syntax tree."""
    return [
        (path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in ROOT.rglob("*.py")
    ]


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Yield each call in the source: its file, itself, and the last part of what it calls."""
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield file, node, getattr(node.func, "id", getattr(node.func, "attr", ""))


def names(node: ast.AST) -> set[str]:
    """Return the names that a node speaks of: ``x``, ``y.x`` and ``import x as y``."""
    return {
        str(name)
        for each in ast.walk(node)
        for name in (
            getattr(each, "id", None),
            getattr(each, "attr", None),
            getattr(each, "name", None),
        )
        if name
    }


@pytest.mark.clause("4.10")
def test_hiding_without_proof_is_a_type_error() -> None:
    for verb in (Verb.HIDE, Verb.DELETE_OTHER, Verb.BLOCK):
        with pytest.raises(TypeError):
            Restrain(id=UUID(int=1), verb=verb, target=RemoteId("1"))  # type: ignore[call-arg]


@pytest.mark.clause("4.10")
def test_only_records_makes_proofs() -> None:
    made = {(name, file) for file, _, name in calls() if name in PROOFS and file not in TESTKIT}

    assert made == set(PROOFS.items())


@pytest.mark.clause("4.10")
def test_what_takes_away_is_made_in_two_places_each_with_its_own_acts_and_with_a_proof() -> None:
    made = [(file, node) for file, node, name in calls() if name == "Restrain"]
    made = [(file, node) for file, node in made if file not in TESTKIT]

    verbs: dict[str, set[str]] = {}
    for file, node in made:
        given = {word.arg: word.value for word in node.keywords}
        assert {"id", "verb", "target", "proof"} == set(given)
        assert not isinstance(given["proof"], ast.Constant)
        verbs.setdefault(file, set()).add(getattr(given["verb"], "attr", "?"))
    assert verbs == ACTS


@pytest.mark.clause("4.10")
def test_proofs_and_acts_are_copied_and_renamed_nowhere() -> None:
    """A copy, an alias or a subclass would be a way round the two tests above."""
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.alias) and node.name in MADE:
                assert node.asname is None, file
            if isinstance(node, ast.ClassDef):
                bases = {name for base in node.bases for name in names(base)}
                assert not bases & MADE, file
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name | ast.Attribute):
                assert not names(node.value) & MADE, file
    for file, call, name in calls():
        if name in {"replace", "partial"}:
            assert "proof" not in {word.arg for word in call.keywords}, file
            assert not {each for given in call.args for each in names(given)} & MADE, file


@pytest.mark.clause("4.10")
def test_platforms_are_asked_to_act_only_by_lanes_and_only_with_a_made_operation() -> None:
    performed = {file for file, _, name in calls() if name in {"perform", "resolve"}}
    performed = {file for file in performed if not file.startswith(("platforms/", "policy/"))}

    assert performed == {"moderation/work.py", "publishing/work.py"}
