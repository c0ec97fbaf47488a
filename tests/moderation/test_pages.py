"""Clause 4.10 in the browser, without JavaScript: read, decide, undo. Nothing typed is lost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tests.fakes import FakePlatform
from tests.moderation.pages import QUEUE, answer, place
from torget.journal.models import Entry
from torget.journal.triggers import remove
from torget.moderation.models import Basis, Decision, Flag, Ground
from torget.moderation.selectors import sight
from torget.moderation.services import decide, standard_reason
from torget.moderation.work import carry_out
from torget.organisation.models import RoleName
from torget.platforms.contract import Snapshot
from torget.records.models import Payload
from torget.records.services import capture
from torget.records.triggers import GUARDS

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.10")]


def test_the_whole_journey_without_javascript(maj: Client) -> None:
    first = make.version("Ditt svin", remote_id="1").message
    second = make.version("Trevligt!", remote_id="2").message
    blog = FakePlatform(make.incoming("Ditt svin"), make.incoming("Trevligt!", remote_id="2"))

    assert "2 att granska" in maj.get(QUEUE).text
    went = maj.post(f"{place(first)}beslut/", answer(maj, first), follow=True)
    carry_out(9, connect=lambda _: blog)

    assert went.redirect_chain[0][0].startswith(place(second))
    assert "är sparade som T" in went.text
    assert Decision.objects.get().grounds.get().clause == Ground.DEFAMATION
    shown = maj.get(place(first)).text
    assert "sidan visar den inte längre" in shown
    assert "1 att granska" in shown


def test_a_decision_is_undone_in_one_press_from_the_next_page(maj: Client) -> None:
    message = make.version().message
    went = maj.post(f"{place(message)}beslut/", answer(maj, message), follow=True)
    form = re.search(r'action="([^"]+/angra/)".*?name="seen" value="([^"]+)"', went.text, re.S)
    assert form

    undone = maj.post(form[1], {"seen": form[2]}, follow=True)

    assert undone.redirect_chain[0][0] == place(message)
    standing = Decision.objects.standing().get()
    assert (standing.measure, standing.reason, standing.flag) == ("keep", "Ångrat.", Flag.UNDONE)
    assert "1 att granska" in maj.get(QUEUE).text


def test_an_undoing_that_came_too_late_shows_the_decision_that_stands(maj: Client) -> None:
    message = make.version().message
    maj.post(f"{place(message)}beslut/", answer(maj, message))
    old = sight(message).token
    decide(
        sight=sight(message),
        judgement=make.judgement("remove"),
        by=make.moderator("Bo"),
        now=timezone.now(),
    )

    late = maj.post(f"{place(message)}angra/", {"seen": old})

    assert late.status_code == 422
    assert "Någon annan hann besluta." in late.text
    assert Decision.objects.standing().get().measure == "remove"


def test_of_two_moderators_the_second_sees_the_firsts_decision_and_is_asked_again(
    maj: Client,
) -> None:
    message = make.version().message
    mine = answer(maj, message, reason="Min egen motivering.")
    decide(
        sight=sight(message),
        judgement=make.judgement("keep"),
        by=make.moderator("Bo"),
        now=timezone.now(),
    )

    late = maj.post(f"{place(message)}beslut/", mine)
    token = re.search(r'name="seen" value="([^"]+)"', late.text)

    assert late.status_code == 422
    assert "Någon annan hann besluta." in late.text
    assert "Beslutat av Bo" in late.text
    assert "Min egen motivering." in late.text
    assert token
    again = maj.post(f"{place(message)}beslut/", mine | {"seen": token[1]})
    assert again.status_code == 302
    assert Decision.objects.standing().get().measure == "hide"


def test_what_has_changed_meanwhile_is_shown_in_its_new_version(maj: Client) -> None:
    message = make.version("Du ljuger").message
    mine = answer(maj, message)
    capture(make.channel(), Snapshot(make.incoming("Förlåt mig")), at=timezone.now())

    late = maj.post(f"{place(message)}beslut/", mine)

    assert late.status_code == 422
    assert "har ändrats sedan du öppnade den" in late.text
    assert "Förlåt mig" in late.text
    assert not Decision.objects.exists()


def test_a_decision_that_came_back_shows_what_was_changed(maj: Client) -> None:
    message = make.version("Du ljuger om bron").message
    maj.post(f"{place(message)}beslut/", answer(maj, message))
    blog = FakePlatform(make.incoming("Du ljuger om vägen"))
    carry_out(9, connect=lambda _: blog)

    page = maj.get(place(message)).text

    assert "Åter till dig: kommentaren ändrades" in page
    assert re.search(r"<del>.*bron.*</del>", page)
    assert re.search(r"<ins>.*vägen.*</ins>", page)
    assert "Åter till dig" in maj.get(f"{QUEUE}?vy=ater").text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"grounds": []}, "Beslutet saknar skäl."),
        ({"grounds": ["4.10.law"]}, "Skälet lag saknar lagrum."),
        ({"measure": "pass_on"}, "Det står inte till vem"),
        ({"measure": ""}, "Välj ett beslut."),
        ({"measure": "olämpligt"}, "Välj ett beslut."),
        ({"grounds": ["annat"]}, "annat"),
        ({"reason": "x" * 3000}, "Motiveringen är för lång."),
        ({"reason": "Skriver elakheter om vår chef i dag igen."}, "citerar kommentaren"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    maj: Client, change: dict[str, object], told: str
) -> None:
    message = make.version("Elakheter om vår chef i dag").message
    kept = {"passed_to": "", "citation": "", "reason": "Angriper en person."}
    if "reason" in change:
        kept.pop("reason")

    reply = maj.post(f"{place(message)}beslut/", answer(maj, message, **kept | change))

    assert reply.status_code == 422
    assert told in reply.text
    assert str((kept | change)["reason"]) in reply.text
    assert not Decision.objects.exists()


@pytest.mark.parametrize("ground", Ground)
def test_an_empty_reason_is_filled_in_with_the_guidelines_own_words(
    maj: Client, ground: Ground
) -> None:
    message = make.version().message
    citation = "4 kap. 5 § brottsbalken" if ground == Ground.LAW else ""

    maj.post(
        f"{place(message)}beslut/",
        answer(maj, message, grounds=[ground], ready=citation, reason=""),
    )

    decision = Decision.objects.get()
    assert decision.reason == standard_reason({ground: citation})
    assert decision.grounds.get().citation == citation


def test_what_is_kept_has_no_ground_whatever_was_ticked_for_you(maj: Client) -> None:
    message = make.version("Vilken jävla skitväg").message
    page = maj.get(place(message)).text
    assert re.search(r'value="4.10.f"[^>]*checked', page)
    filled = standard_reason({Ground.SWEARING: ""})

    maj.post(
        f"{place(message)}beslut/",
        answer(maj, message, measure="keep", grounds=["4.10.f"], reason=filled),
    )

    decision = Decision.objects.get()
    assert not decision.grounds.exists()
    assert decision.reason == "Strider inte mot riktlinjen."


def test_the_first_opening_by_a_person_is_noted_and_a_page_writes_nothing_else(
    maj: Client,
) -> None:
    message = make.version().message
    maj.get(QUEUE)
    message.refresh_from_db()
    assert message.knowledge_at is None
    maj.get(place(message))
    lines = Entry.objects.count()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        maj.get(place(message))

    message.refresh_from_db()
    assert message.knowledge_at is not None
    assert Entry.objects.filter(event="records.opened").count() == 1
    assert Entry.objects.count() == lines
    wrote = [q["sql"] for q in asked if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not wrote


@pytest.mark.parametrize("part", ["", "beslut/", "angra/"])
def test_a_comment_outside_ones_reach_does_not_exist(client: Client, part: str) -> None:
    elsewhere = make.unit("Socialnämnden")
    message = make.version(at=make.channel("Socialbloggen", at=elsewhere)).message
    stranger = make.user("Främling", RoleName.COMMUNICATIONS, at=make.unit("Bygg", board=True))
    client.force_login(stranger)
    ask = client.post if part else client.get

    reply = ask(place(message) + part, {"seen": sight(message).token, "measure": "hide"})

    assert reply.status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.clause("4.2")
def test_without_a_mandate_one_reads_but_is_offered_no_decision(client: Client) -> None:
    message = make.version().message
    client.force_login(make.user("Läsare", RoleName.COMMUNICATIONS))

    page = client.get(place(message)).text
    forced = client.post(
        f"{place(message)}beslut/",
        {"seen": sight(message).token, "measure": "hide", "grounds": ["4.10.a"], "reason": "x"},
    )

    assert 'name="measure"' not in page
    assert "inget uppdrag" in page
    assert forced.status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "1", "999999:", ":", "1:999", "9" * 40 + ":", "²:"])
def test_a_token_that_is_not_from_the_page_decides_nothing(maj: Client, token: str) -> None:
    message = make.version().message

    reply = maj.post(f"{place(message)}beslut/", answer(maj, message, seen=token))

    assert reply.status_code in (404, 422)
    assert not Decision.objects.exists()


def test_what_is_not_saved_in_full_cannot_be_removed_and_the_page_says_why(maj: Client) -> None:
    message = make.version().message
    remove(connection, GUARDS)
    Payload.objects.update(raw=b"changed")

    page = maj.get(place(message)).text

    assert "Kan inte tas bort förrän den är sparad." in page
    assert re.search(r'value="hide"[^>]*disabled', page)
    assert re.search(r'value="remove"[^>]*disabled', page)
    assert "Sparad som allmän handling" not in page


def test_a_part_is_asked_for_and_a_part_is_given(maj: Client) -> None:
    message = make.version().message

    part = maj.get(place(message), headers={"HX-Request": "true"})
    stored = maj.post(
        f"{place(message)}beslut/", answer(maj, message), headers={"HX-Request": "true"}
    )

    assert part.text.lstrip().startswith("<article")
    assert "<html" not in part.text
    assert stored.status_code == 204
    assert stored.headers["HX-Redirect"].startswith(QUEUE)


def test_the_choice_of_basis_is_stored(maj: Client) -> None:
    message = make.version().message

    maj.post(f"{place(message)}beslut/", answer(maj, message, grounds=["4.10.h"], basis="gdpr"))

    assert Decision.objects.get().basis == Basis.GDPR
