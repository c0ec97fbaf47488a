"""The cases of tests/cases/comments.toml, which registrars can read and correct, run for real."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.fakes import FakePlatform
from torget.moderation.detail import detail
from torget.moderation.models import Basis, Decision, Ground, Reading
from torget.moderation.selectors import sight
from torget.moderation.services import Judgement, decide, standard_reason
from torget.moderation.work import carry_out, read_new
from torget.records.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.10")]

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "comments.toml").read_text(encoding="utf-8")
)["case"]
BECOMES = {"keep": "public", "pass_on": "public", "hide": "hidden", "remove": "removed"}
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"case-{case['number']}")


def judgement_of(case: dict[str, Any]) -> Judgement:
    grounds = {Ground(f"4.10.{letter}"): "" for letter in case.get("grounds", ())}
    if Ground.LAW in grounds:
        grounds[Ground.LAW] = case["citation"]
    return Judgement(
        measure=Decision.Measure(case["measure"]),
        grounds=grounds,
        basis=Basis(case.get("basis", "guideline")),
        reason=standard_reason(grounds) or "Strider inte mot riktlinjen.",
        passed_to=case.get("passed_to", ""),
        urgent=case["measure"] == "remove",
    )


@each_case
def test_the_case_is_handled_as_it_says(case: dict[str, Any]) -> None:
    version = make.version(case["text"])
    blog = FakePlatform(make.incoming(case["text"]))

    decision = decide(
        sight=sight(version.message),
        judgement=judgement_of(case),
        by=make.moderator(),
        now=make.MONDAY,
    )
    carry_out(9, connect=lambda _: blog)

    assert Message.objects.get().seen == BECOMES[case["measure"]]
    assert [g.clause for g in decision.grounds.all()] == [
        f"4.10.{letter}" for letter in case.get("grounds", ())
    ]


@each_case
def test_screening_suggests_what_it_should_and_nothing_more_is_ticked(case: dict[str, Any]) -> None:
    make.version(case["text"])
    read_new(9)

    reading = Reading.objects.get()
    page = detail(Message.objects.get(), make.moderator(), now=make.MONDAY)

    assert set(case.get("found", ())) <= set(reading.labels)
    assert reading.lawful_criticism or not case.get("criticism")
    ticked = {tile.ground.value.rpartition(".")[2] for tile in page.tiles if tile.ticked}
    assert ticked <= {"f", "g"} & set(case.get("grounds", ()))
    assert not Decision.objects.exists()


@each_case
def test_a_case_is_whole(case: dict[str, Any]) -> None:
    told = set(case.get("found", ())) | set(case.get("by_person", ()))

    assert told == set(case.get("grounds", ()))
    assert case["why"]
    assert (case["measure"] in ("hide", "remove")) == bool(told)


def test_there_is_no_ground_that_opinion_could_hide_behind(client: Client) -> None:
    message = make.version(CASES[0]["text"]).message
    client.force_login(make.moderator())

    page = client.get(f"/kommentarer/{message.pk}/").text

    offered = [f'value="{ground.value}"' for ground in Ground]
    assert all(choice in page for choice in offered)
    assert page.count('name="grounds"') == len(offered)
    for word in ("olämplig", "övrigt", "politisk", "utanför ämnet"):
        assert word not in page.casefold()
