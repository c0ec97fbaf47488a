"""The guideline's page: every clause, and the truth about what is done."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from torget.desk.guideline import chapters, does, states
from torget.organisation.models import RoleName
from torget.policy.guideline import CarriedBy, guideline
from torget.policy.parameters import parameters

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> str:
    client.force_login(make.user("Ny", RoleName.IT))
    return client.get("/riktlinje/").text


def test_every_clause_has_its_anchor_its_words_and_its_strength(page: str) -> None:
    for clause in guideline().clauses.values():
        assert page.count(f'id="{clause.id}"') == 1
        assert clause.text in page
        assert all(f">{strength.label}</span>" in page for strength in clause.strength)


def test_what_is_not_built_is_said_not_to_be_and_what_is_coming(page: str) -> None:
    for clause_id, coming in guideline().not_built.items():
        card = page.partition(f'id="{clause_id}"')[2].partition("</article>")[0]
        assert "Inte byggt än" in card
        assert coming in card


def test_what_is_built_in_part_says_both_what_is_done_and_what_is_not(page: str) -> None:
    assert guideline().partly
    for clause_id, missing in guideline().partly.items():
        card = page.partition(f'id="{clause_id}"')[2].partition("</article>")[0]
        assert does()[clause_id]["text"] in card
        assert missing in card
        assert "Torget gör en del" in card
        assert "Torget gör det" not in card


def test_what_is_deliberately_not_done_is_told_with_the_reason(page: str) -> None:
    left = [c for c in guideline().clauses.values() if CarriedBy.NOT_CARRIED_OUT in c.carried_by]

    assert left
    assert all(clause.reason in page for clause in left)
    assert page.count("Görs inte, därför att") == len(left)


def test_all_that_is_built_is_told_of_and_nothing_else() -> None:
    built = set(guideline().clauses) - set(guideline().not_built)

    assert set(does()) == built, "Say in desk/does.toml what Torget does about it, or take it away."
    found = states(chapters())
    assert found["done"] == len(built) - len(guideline().partly)
    assert found["partly"] == len(guideline().partly)
    assert found["coming"] == len(guideline().not_built)


def test_each_page_that_is_pointed_to_exists() -> None:
    named = {told["page"] for told in does().values() if "page" in told}

    assert all(reverse(name).startswith("/") for name in named)


def test_every_parameter_is_shown_in_force_and_what_is_laxer_is_said(page: str) -> None:
    for parameter in parameters().values():
        assert parameter.text in page
    text = re.sub(r"<[^>]+>", " ", page)
    assert re.search(r"godkänner varje inlägg.*?nej\s+Strängast: ja", text, re.DOTALL)
    assert re.search(r"sparas så här ofta.*?12 månader\s+(?!Strängast)", text, re.DOTALL)


def test_whoever_is_signed_in_may_read_it_and_no_stranger(client: Client) -> None:
    assert client.get("/riktlinje/")["Location"] == "/logga-in/?next=/riktlinje/"

    client.force_login(make.user("Utan roll"))

    assert client.get("/riktlinje/").status_code == 200


def test_the_page_asks_the_database_for_nothing_of_its_own(client: Client) -> None:
    client.force_login(make.user("Ny", RoleName.IT))
    client.get("/riktlinje/")

    with CaptureQueriesContext(connection) as asked:
        client.get("/riktlinje/")

    assert len(asked) <= 6
