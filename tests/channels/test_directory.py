"""The public directory: every channel, in Swedish order, for everyone and for machines (4.4)."""

import json
import random
import re
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests import make
from torget.channels.models import Channel
from torget.channels.selectors import directory
from torget.organisation.models import RoleName, Unit
from torget.web.order import sort_key

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.4")]

PAGE, DATA = "/kanaler/", "/kanaler.json"


def _channel(name: str, unit: Unit | None = None, **facts: Any) -> Channel:
    channel = make.channel(name, unit)
    Channel.objects.filter(pk=channel.pk).update(**facts)
    return Channel.objects.get(pk=channel.pk)


def _closed(name: str, **facts: Any) -> Channel:
    closed: dict[str, Any] = {
        "status": "closed",
        "closed_on": date(2025, 10, 20),
        "records_kept_at": "Arkivet F7",
    }
    return _channel(name, **(closed | facts))


def _page(client: Client, **query: str) -> str:
    return client.get(PAGE, query).content.decode()


def test_every_channel_is_there_whatever_its_state() -> None:
    for status in Channel.Status:
        _channel(f"Kanal {status}", status=status)

    found = directory()

    shown = [channel for group in found.groups for channel in group.channels]
    assert {channel.status for channel in shown} == {"active", "paused"}
    assert [channel.status for channel in found.closed] == ["closed"]
    assert found.found == found.total == 3


def test_places_stand_in_swedish_order() -> None:
    names = ["Ånge", "Åsele", "Älvsbyn", "Örebro"]
    for name in random.sample(names, len(names)):
        _channel(name)

    (group,) = directory().groups

    assert [channel.name for channel in group.channels] == names


@pytest.mark.parametrize(
    "right",
    [
        ["Zinkgruvan", "Ånge", "Åsele", "Älvsbyn", "Örebro"],
        ["arkiv", "@bibliotek", "Café", "cafét", "Museet", "Müller", "Myran"],
    ],
)
def test_words_are_sorted_as_in_a_swedish_dictionary(right: list[str]) -> None:
    assert sorted(random.sample(right, len(right)), key=sort_key) == right


@given(st.lists(st.text()))
def test_any_words_have_one_order_however_they_came(words: list[str]) -> None:
    backwards = list(reversed(words))

    assert sorted(words, key=sort_key) == sorted(backwards, key=sort_key)


def test_channels_stand_under_the_part_of_the_municipality_they_belong_to() -> None:
    top = make.unit()
    board = make.unit("Barn och utbildning", top)
    _channel("Rektorsbloggen", make.unit("Centralskolan", board, board=False))
    _channel("Vårdbloggen", make.unit("Vård", top))
    _channel("Nämndbloggen", board)
    _channel("Bloggen", top)

    groups = {group.name: [one.name for one in group.channels] for group in directory().groups}

    assert list(groups.items()) == [
        ("Hela kommunen", ["Bloggen"]),
        ("Barn och utbildning", ["Nämndbloggen", "Rektorsbloggen"]),
        ("Vård", ["Vårdbloggen"]),
    ]


def test_several_municipal_bodies_keep_their_own_names() -> None:
    for name in ("Björkbo kommun", "Björkbo Energi"):
        _channel(f"{name}s blogg", make.unit(name))

    assert [group.name for group in directory().groups] == ["Björkbo Energi", "Björkbo kommun"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", 2),
        ("bibliotek", 1),
        ("BIBLIOTEK", 1),
        ("boktips öppettider", 1),
        ("facebook", 1),
        ("kultur", 1),
        ("skriv.example", 1),
        ("åpettider", 0),
        ("oppettider", 0),
        ("boktips plogning", 0),
    ],
)
def test_a_search_finds_channels_that_hold_every_word(words: str, found: int) -> None:
    culture = make.unit("Kultur", make.unit())
    _channel("Biblioteket", culture, platform="facebook", purpose="Boktips och öppettider.")
    _channel("Vägar", purpose="Plogning.", url="https://skriv.example/")

    assert directory(words).found == found


@pytest.mark.parametrize("size", [10, 1000])
def test_the_directory_asks_two_questions_however_many_channels(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    unit = make.unit()
    Channel.objects.bulk_create(
        Channel(
            name=f"Kanal {n}",
            slug=f"k{n}",
            platform="x",
            url="https://x.example/",
            unit=unit,
            authority=unit,
            since=make.YEAR,
        )
        for n in range(size)
    )

    with django_assert_num_queries(2):
        assert directory().found == size


def test_the_page_tells_what_one_needs_before_writing(client: Client) -> None:
    _channel("Bloggen", answer_hours="Vardagar 8–16", purpose="Nyheter.", url="https://b.example/a")
    _channel("Stumma kanalen", comments_open=False)
    _channel("Vilande", status="paused")

    page = _page(client)

    for told in ("Nyheter.", "Vardagar 8–16", "Öppna", "Avstängda", "Pausad just nu"):
        assert told in page
    assert 'href="https://b.example/a"' in page
    assert "allmän handling" in page and "personnummer" in page and "kundtjänst" in page


def test_a_closed_channel_tells_when_and_where_the_records_are_and_is_no_link(
    client: Client,
) -> None:
    _closed("Gamla", url="https://gammal.example/")
    _closed("Äldre", records_kept_at="", closed_on=None)

    page = _page(client)

    assert "20 oktober 2025" in page and "Arkivet F7" in page
    assert "Fråga kommunens registrator" in page
    assert 'href="https://gammal.example/"' not in page


def test_the_page_names_no_staff(client: Client) -> None:
    owner, stand_in = make.user("Siv Ägare"), make.user("Per Ersättare")
    make.mandate(make.user("Maj Skribent"), _channel("Bloggen", owner=owner, stand_in=stand_in))

    told = _page(client) + client.get(DATA).content.decode()

    for name in ("Siv", "Per", "Maj", "Chefen", "bjorkbo.example"):
        assert name not in told


def test_the_pages_are_the_same_signed_in_and_set_and_read_no_cookie(client: Client) -> None:
    _channel("Bloggen")
    stranger = Client().get(PAGE)
    client.force_login(make.user("Maj", RoleName.MANAGER))

    answers = [client.get(PAGE), client.get(DATA)]

    assert answers[0].content == stranger.content
    for answer in [stranger, *answers]:
        assert "Set-Cookie" not in answer
        assert "Cookie" not in answer.get("Vary", "")
    assert "<script" not in stranger.content.decode()


@pytest.mark.parametrize("path", [PAGE, DATA])
def test_the_directory_is_read_only(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


def test_a_search_shows_how_many_and_the_way_back(client: Client) -> None:
    _channel("Bloggen")
    _channel("Biblioteket")

    assert "Visar 1 av 2 kanaler." in _page(client, q="bibliotek")
    none = _page(client, q='"><script>alert(1)</script>')
    assert "Ingen kanal" in none and "Visa alla kanaler" in none
    assert "<script" not in none


@pytest.mark.parametrize("words", ["\x00", "x" * 100_000, "\u202e", "\ud800", "%"])
def test_odd_searches_are_answered(client: Client, words: str) -> None:
    query = words.encode("utf-8", "surrogatepass")

    assert client.get(PAGE, {"q": query}).status_code == 200


def test_what_is_written_in_the_register_cannot_break_the_page(client: Client) -> None:
    _channel("<script>alert(1)</script>", purpose="a\u202eb", url='https://x.example/"><b>')

    page = _page(client)

    assert "<script" not in page and '"><b>' not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example/"])
def test_a_channel_has_an_address_on_the_web(url: str) -> None:
    with pytest.raises(IntegrityError):
        _channel("Bloggen", url=url)


def test_an_empty_directory_says_so(client: Client) -> None:
    assert "Inga kanaler än" in _page(client)


def test_the_data_is_an_organisation_with_its_parts_and_their_pages(client: Client) -> None:
    _channel("Bloggen", url="https://b.example/", purpose="Nyheter.")
    _channel("Bibblan", make.unit("Kultur", make.unit()), url="https://k.example/")
    _closed("Gamla", url="https://gammal.example/")

    answer = client.get(DATA)

    told = json.loads(answer.content)
    parts = {part["name"]: part for part in told["subOrganization"]}
    assert told["@context"] == "https://schema.org"
    assert {told["@type"], *(part["@type"] for part in parts.values())} == {
        "GovernmentOrganization"
    }
    assert told["sameAs"] == ["https://b.example/", "https://k.example/"]
    assert parts["Kultur"]["sameAs"] == ["https://k.example/"]
    pages = {page["name"]: page for page in parts["Björkbo kommun"]["subjectOf"]}
    assert pages["Bloggen"] == {
        "@type": "ProfilePage",
        "name": "Bloggen",
        "url": "https://b.example/",
        "isPartOf": {"@type": "WebSite", "name": "Blogg (WordPress)"},
        "description": "Nyheter.",
        "creativeWorkStatus": "active",
        "dateCreated": "2026-01-01",
    }
    assert (pages["Gamla"]["expires"], pages["Gamla"]["archivedAt"]) == ("2025-10-20", "Arkivet F7")


def test_the_data_may_be_read_from_any_site_and_is_sent_again_only_when_changed(
    client: Client,
) -> None:
    _channel("Bloggen")
    first = client.get(DATA)

    again = client.get(DATA, headers={"If-None-Match": first["ETag"]})
    _channel("Ny kanal")
    changed = client.get(DATA, headers={"If-None-Match": first["ETag"]})

    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Content-Type"].startswith("application/json")
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


def test_fifty_channels_cost_few_questions_and_little_weight(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(50):
        _channel(f"Kanal {n}", purpose="Nyheter från kommunen. " * 3)

    with django_assert_num_queries(2):
        page = _page(client)

    assert len(re.findall("<li class", page)) == 50
    assert len(page.encode()) < 130_000
