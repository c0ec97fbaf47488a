"""Clause 4.10: the queue shows what waits, the gravest first, to those who may see it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tests.moderation.pages import QUEUE, answer, place
from torget.moderation.models import Decision
from torget.moderation.selectors import sight
from torget.moderation.services import decide
from torget.moderation.work import read_new
from torget.organisation.models import RoleName
from torget.records.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.10")]


@pytest.mark.parametrize("role", [RoleName.IT, RoleName.WEB_OWNER, RoleName.REGISTRAR])
def test_who_may_not_read_comments_finds_no_queue(client: Client, role: RoleName) -> None:
    client.force_login(make.user("Någon", role))

    assert client.get(QUEUE).status_code == 404
    assert client.get(f"{QUEUE}nya/").status_code == 404


def test_who_is_signed_out_is_asked_to_sign_in(client: Client) -> None:
    message = make.version().message

    for address in (QUEUE, place(message), f"{QUEUE}nya/"):
        assert client.get(address).headers["Location"].startswith("/logga-in/")
    assert client.post(f"{place(message)}beslut/").status_code == 302
    assert not Decision.objects.exists()


def test_the_queue_page_of_fifty_asks_at_most_eight_questions(maj: Client) -> None:
    for n in range(60):
        make.version(f"Kommentar {n}", remote_id=str(n))
    read_new(100)
    decide(
        sight=sight(Message.objects.get(remote_id="0")),
        judgement=make.judgement("keep"),
        by=make.moderator(),
        now=timezone.now(),
    )
    Decision.objects.update(state="returned", flag="changed")

    with CaptureQueriesContext(connection) as asked:
        page = maj.get(QUEUE)

    assert page.text.count("tg-utdrag") == 50
    assert re.search(r'tg-antal">60<', page.text)
    assert len(asked) <= 8, [q["sql"][:120] for q in asked]


def test_the_gravest_stand_first_and_then_the_oldest(maj: Client) -> None:
    make.version("Fin lekplats!", remote_id="1")
    make.version("Hon har personnummer 19121212-1212", remote_id="2")
    make.version("Vilken jävla skitväg", remote_id="3")
    read_new(9)

    page = maj.get(QUEUE).text
    urgent = maj.get(f"{QUEUE}?vy=bradskande").text

    order = [page.index(words) for words in ("19121212", "skitväg", "Fin lekplats")]
    assert order == sorted(order)
    assert "19121212" in urgent
    assert "Fin lekplats" not in urgent


def test_what_is_decided_leaves_the_queue_and_stands_among_the_decided(maj: Client) -> None:
    message = make.version("Ditt svin").message
    maj.post(f"{place(message)}beslut/", answer(maj, message))

    assert "Ditt svin" not in maj.get(QUEUE).text
    assert "Ditt svin" in maj.get(f"{QUEUE}?vy=beslutade").text


def test_news_are_told_only_when_there_are_any(maj: Client) -> None:
    old = make.version(remote_id="1").message
    assert maj.get(f"{QUEUE}nya/?sedan={old.pk}&visat=0").status_code == 204
    make.version(remote_id="2")

    told = maj.get(f"{QUEUE}nya/?sedan={old.pk}&visat=0")

    assert "1 ny – visa" in told.text
    assert maj.get(f"{QUEUE}nya/?sedan={old.pk}&visat=1").status_code == 204
    assert maj.get(f"{QUEUE}nya/?sedan=x&visat=²").status_code == 200
