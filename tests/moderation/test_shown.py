"""Clause 4.10: what someone wrote is shown safely, with what screening makes of it."""

import re

import pytest
from django.test import Client

from tests import make
from tests.fakes import FakePlatform
from tests.moderation.pages import QUEUE, answer, place
from torget.moderation.work import carry_out, read_new
from torget.platforms.contract import Snapshot
from torget.records.services import capture

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.10")]


def test_only_swearing_and_advertising_are_ticked_the_rest_is_a_suggestion(maj: Client) -> None:
    message = make.version("Din jävla idiot").message

    page = maj.get(place(message)).text

    ticked = re.findall(r'value="(4\.10\.\w+)"[^>]*checked', page)
    assert set(ticked) <= {"4.10.f", "4.10.g"}
    assert page.count(">Förslag</span>") >= 2
    assert "[4:10 a," in page


def test_the_proof_names_what_was_saved_and_what_the_platform_withheld(maj: Client) -> None:
    whole = maj.get(place(make.version(remote_id="1").message)).text
    nameless = maj.get(place(make.version(name=None, remote_id="2").message)).text

    assert "text, författare, tråd" in whole
    assert "plattformen lämnade inte författare" in nameless


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script><b>fet</b>",
        "snäll \u202etxet \u2066hej\u2069",
        "ner\u200b\ufefför",
        "halv \ud800 text",
        "noll\x00tecken",
        "",
        "🧑‍🧑‍🧒 familj",
    ],
)
def test_whatever_someone_writes_is_shown_safely_in_list_and_detail(maj: Client, text: str) -> None:
    message = make.version(text, name=f"<i>{text[:20]}").message

    for address in (QUEUE, place(message)):
        page = maj.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<i>" not in page.text
        assert "\u202e" not in page.text
    reply = maj.post(f"{place(message)}beslut/", answer(maj, message))
    assert reply.status_code == 302


def test_a_very_long_comment_is_shown_in_part_and_decided_on_in_whole(maj: Client) -> None:
    message = make.version("Så långt! " * 400_000).message

    page = maj.get(place(message))

    assert len(page.content) < 400_000
    assert "Kommentaren är mycket lång" in page.text
    assert maj.post(f"{place(message)}beslut/", answer(maj, message)).status_code == 302


def test_a_comment_of_nothing_but_oaths_is_still_shown_at_once(maj: Client) -> None:
    message = make.version("jävla idiot " * 2000).message

    page = maj.get(place(message)).text

    assert 0 < page.count("<mark") <= 400


def test_addresses_that_are_no_web_pages_are_not_linked(maj: Client) -> None:
    from dataclasses import replace

    sly = replace(make.incoming(), permalink="javascript:alert(1)", thread_url="data:text/html,hej")
    message = capture(make.channel(), Snapshot(sly), at=make.MONDAY).message

    page = maj.get(place(message)).text

    assert "javascript:" not in page
    assert "data:text" not in page


def test_someone_in_distress_is_met_with_help_and_not_with_grounds(maj: Client) -> None:
    message = make.version("Jag orkar inte leva längre.").message

    page = maj.get(place(message)).text

    assert "ring 112" in page
    assert "1177" in page
    assert ">Förslag</span>" not in page


def test_lawful_criticism_is_marked_as_allowed(maj: Client) -> None:
    text = "Det sämsta beslut nämnden har fattat. Ni borde skämmas!"
    message = make.version(text).message
    read_new(9)

    assert "Kritik är tillåten" in maj.get(place(message)).text
    assert "Kritik är tillåten" in maj.get(QUEUE).text


def test_the_thread_around_a_comment_is_shown_with_what_is_hidden(maj: Client) -> None:
    hidden = make.version("Först ut", remote_id="1").message
    message = make.version("Svar på tal", remote_id="2").message
    maj.post(f"{place(hidden)}beslut/", answer(maj, hidden))
    carry_out(9, connect=lambda _: FakePlatform(make.incoming("Först ut")))

    page = maj.get(place(message)).text

    around = page[page.index("Tråden omkring") :]
    assert "Först ut" in around
    assert "Dold" in around
