"""What must be impossible, whoever writes the next page or step (clause 4.10)."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

import torget
from torget.moderation.models import Decision, DecisionGround, Ground, Reading

pytestmark = pytest.mark.clause("4.10")
ROOT = Path(torget.__path__[0])


def callers_of(*names: str) -> set[str]:
    """Return the files that call something by one of these names."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in names
    }


def test_only_a_persons_request_decides_never_work_or_screening() -> None:
    deciders = callers_of("decide")

    assert "moderation/views.py" in deciders
    assert all(name == "moderation/views.py" or name.startswith("practice/") for name in deciders)


def test_no_one_is_given_a_score_and_no_author_is_tied_to_another_message() -> None:
    fields = {
        f"{model.__name__}.{field.name}"
        for model in (Decision, DecisionGround, Reading)
        for field in model._meta.get_fields()
    }

    assert not {name for name in fields if re.search(r"author(?!ity)|score", name)}
    tables = {model._meta.db_table for model in apps.get_models()}
    assert not {name for name in tables if re.search(r"author(?!ity)", name)}


def test_a_decision_can_rest_on_the_guidelines_grounds_alone() -> None:
    clause = DecisionGround._meta.get_field("clause")

    assert {value for value, _ in clause.choices or ()} == set(Ground.values)


def test_a_reading_holds_codes_and_figures_only() -> None:
    kinds = {field.name: field.get_internal_type() for field in Reading._meta.get_fields()}

    assert "TextField" not in kinds.values()
    assert [name for name, kind in kinds.items() if kind == "JSONField"] == ["labels"]
