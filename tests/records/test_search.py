"""Search: what is written is found by its words, and nothing of what is disposed of is left."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from tests.storage import guards
from torget.journal import triggers
from torget.organisation.models import RoleName, User
from torget.platforms.contract import Kind, Media, Shown, Snapshot
from torget.records import search_index
from torget.records import services as records
from torget.records.listing import PAGE, Wanted, listing
from torget.records.models import Message, MessageVersion, Payload
from torget.records.search import excerpt, matching, stems_of
from torget.records.selectors import content
from torget.records.stems import Term, stem, stems, terms
from torget.records.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]

TODAY = date(2026, 3, 2)
LETTERS = str.maketrans("0123456789", "bcdfghjklm")


def found(query: str) -> set[str]:
    return set(Message.objects.filter(matching(query)).values_list("remote_id", flat=True))


def kept(*texts: str) -> None:
    for number, text in enumerate(texts, start=1):
        make.version(text, remote_id=str(number))


def registrar(name: str = "Reg") -> User:
    return make.user(name, RoleName.REGISTRAR)


def page(client: Client, query: str = "") -> str:
    client.force_login(registrar())
    answer = client.get(f"/handlingar/{query}")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("skolan", "skola"),
        ("skolans", "skolorna"),
        ("vattenläckan", "vattenläcka"),
        ("frågan", "frågor"),
        ("kommunernas", "kommun"),
        ("öppettiderna", "öppettid"),
        ("lekplatserna", "lekplats"),
        ("lekplatsen", "lekplatser"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["man", "kan", "utan", "han", "gran"])
def test_a_short_word_is_not_cut_to_nothing(word: str) -> None:
    assert stem(word) == word


def test_words_are_found_in_any_form_and_all_must_be_there() -> None:
    kept("Vattenläckan på Storgatan", "Läckan är lagad", "En vattenläcka vid skolan")

    assert found("vattenläcka") == {"1", "3"}
    assert found("vattenläckor skola") == {"3"}
    assert found("cykel") == set()


def test_a_with_a_ring_is_not_a_and_capitals_and_composition_do_not_matter() -> None:
    kept("Får på ängen", "Far på vift", "FA\u030aR i hagen")

    assert found("får i hagen") == {"3"}
    assert found("får") == {"1", "3"}
    assert found("far") == {"2"}


def test_the_last_word_may_be_half_written_and_only_the_last() -> None:
    kept("Lekplatsen i parken")

    assert found("lekp") == {"1"}
    assert found("lekp parken") == set()
    assert found("parken lekp") == {"1"}


def test_what_is_quoted_must_stand_in_a_row() -> None:
    kept("Den nya lekplatsen", "Lekplatsen är inte nya tider", "nya fina lekplatsen")

    assert found('"nya lekplatsen"') == {"1"}
    assert found("nya lekplatsen") == {"1", "2", "3"}
    assert found("”nya lekplats”") == {"1"}


@pytest.mark.parametrize("query", ["", "!!", "*", '"', '""', "- OR (", "\x00", "\ud800"])
def test_signs_alone_find_nothing_and_break_nothing(query: str) -> None:
    kept("Hej du")

    assert found(query) == set()


@pytest.mark.parametrize(
    "query", ['du" OR "x', "stem:du", "du*", "NEAR(du hej)", "du'); --", "hej & du"]
)
def test_what_an_engine_would_read_as_its_own_language_is_words(query: str) -> None:
    kept("Hej du")

    assert found(query) in ({"1"}, set())


def test_every_version_is_searched_and_an_older_hit_is_said_to_be(client: Client) -> None:
    kept("Om snöröjningen")
    changed = Snapshot(make.incoming("Om något annat", remote_id="1"))
    records.capture(make.channel(), changed, at=make.MONDAY + timedelta(minutes=5))

    shown = page(client, "?q=snöröjning")

    assert "Om något annat" in shown
    assert "Orden finns i en tidigare version." in shown
    assert "tidigare version." not in page(client, "?q=annat").partition("Visa alla")[2]


def test_titles_of_posts_and_descriptions_of_pictures_are_searched_and_no_names() -> None:
    picture = Media("http://127.0.0.1:1/a.png", "image/png", "En gunga", b"x")
    post = make.incoming("Text", name="Klas Klättermus", media=(picture,))
    whole = Snapshot(replace(post, kind=Kind.POST, ours=True))
    records.capture(make.channel(), whole, at=make.MONDAY)
    make.version("Ett svar", remote_id="2")

    assert found("gungor") == {"1"}
    assert found("lekplatsen") == {"1"}  # the title of the post, and not the thread of the answer
    assert found("klas") == found("klättermus") == set()
    assert "klas" not in "".join(Payload.objects.values_list("stem", flat=True))


def test_the_page_says_that_names_are_not_searched(client: Client) -> None:
    assert "Avsändarens namn söks inte." in page(client)


@settings(max_examples=60, deadline=None)
@given(
    text=st.lists(st.sampled_from(["skolan", "skola", "vägen", "24", "Åre", "å", "läcka"])),
    query=st.lists(st.sampled_from(["skol", "skolan", '"å', 'läcka"', "vägar", "2", "åre"])),
)
def test_the_index_finds_what_reading_the_words_finds(text: list[str], query: list[str]) -> None:
    asked = " ".join(query)
    version = make.version(" ".join(text), remote_id="x" + str(hash(tuple(text))))

    hit = Message.objects.filter(matching(asked), pk=version.message_id).exists()

    wanted = terms(asked)
    said = stems(" ".join(text))
    assert hit == (bool(wanted) and all(term.found_in(said) for term in wanted))


def test_one_finds_only_what_one_may_read() -> None:
    school = make.unit("Skolan", make.unit())
    make.version("Om gungan", at=make.channel("Skolbloggen", at=school), remote_id="1")
    make.version("Om gungan", at=make.channel(), remote_id="2")
    theirs = make.user("Siv", RoleName.REGISTRAR, at=school)

    mine = listing(theirs, Wanted(query="gunga"), TODAY)

    assert [row.message.remote_id for row in mine.rows] == ["1"]
    assert listing(make.user("It", RoleName.IT), Wanted(query="gunga"), TODAY).rows == []


def test_the_list_is_narrowed_by_channel_direction_state_kind_and_days(client: Client) -> None:
    kept("Gungan ett", "Gungan två")
    channel = make.channel()
    records.capture(
        channel, Snapshot(make.incoming("Gungan två", remote_id="2"), Shown.HIDDEN), at=make.MONDAY
    )
    records.capture(channel, Snapshot(make.answer("Gungan tre", remote_id="3")), at=make.MONDAY)

    def hits(query: str) -> str:
        return "".join(
            sorted(
                set(
                    re.findall(
                        r"ett|två|tre", page(client, query).partition("Torget-nr Innehåll")[2]
                    )
                )
            )
        )

    assert hits("?q=gunga") == "etttretvå"
    assert hits("?q=gunga&slag=reply") == "tre"
    assert hits("?q=gunga&lage=hidden") == "två"
    assert hits("?q=gunga&riktning=out") == ""
    assert hits("?fran=2+mars+2026&till=2026-03-02") == "etttretvå"
    assert hits("?fran=3+mars+2026") == ""
    assert hits("?till=2026-03-01") == ""


def test_a_day_that_cannot_be_read_is_asked_for_again(client: Client) -> None:
    kept("Gungan")

    shown = page(client, "?fran=strax")

    assert "Skriv en dag. Som 2026-01-31 eller 31 januari 2026." in shown
    assert "Gungan" in shown


def test_nothing_found_says_what_to_try(client: Client) -> None:
    kept("Hej")

    assert "Inga handlingar har de orden" in page(client, "?q=cykel")
    assert "Skriv minst ett ord" in page(client, "?q=%21%21")


def test_what_was_asked_for_goes_along_to_the_next_page(client: Client) -> None:
    kept(*[f"Gungan {number}" for number in range(PAGE + 5)])
    first = page(client, "?q=gungor")

    link = re.search(r'rel="next"\s+href="(\?[^"]+)"', client.get("/handlingar/?q=gungor").text)
    assert link
    second = page(client, link[1].replace("&amp;", "&"))

    numbers = re.findall(r"\bT(\d+)\b", first + second)
    assert len(set(numbers)) == PAGE + 5


def test_every_row_is_reached_once_newest_first() -> None:
    _many(1000)

    seen = _all_pages("")

    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 1000


@pytest.mark.nightly
def test_every_row_of_ten_thousand_is_reached_once() -> None:
    _many(10_000)

    assert len(_all_pages("")) == len(set(_all_pages("gunga"))) == 10_000


def test_the_excerpt_stands_around_the_first_hit() -> None:
    text = "Hej " * 100 + "gungan är trasig " + "och så vidare " * 40

    told = excerpt(text, terms("gunga"))

    assert told.startswith("…")
    assert "gungan är trasig" in told
    assert told.endswith("…")
    assert len(told) < 150
    assert excerpt("Kort", terms("annat")) == "Kort"


def test_a_very_long_text_is_kept_up_to_what_every_engine_takes() -> None:
    long = "ord " * 300_000

    assert len(stems(long)) <= 200_000
    assert stems("x" * 500) == "x" * 60


def test_a_query_is_cut_where_nobody_would_type_more() -> None:
    assert len(terms("ord " * 500)) == 12
    assert terms("nya väg") == [Term(("nya",)), Term(("väg",), prefix=True)]


def test_the_list_asks_eight_questions_also_when_searching(client: Client) -> None:
    kept(*[f"Gungan {number} " * 30 for number in range(PAGE + 5)])
    page(client)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/handlingar/?q=gungor&fran=2026-01-01&slag=comment")

    assert len(asked) <= 8
    assert len(answer.content) <= 60_000
    assert all(query["sql"].lstrip("( ").startswith("SELECT") for query in asked)


def test_verify_names_a_record_whose_words_are_not_those_of_its_text() -> None:
    version = make.version("Om gungan")
    _past_the_guard("UPDATE records_payload SET stem = 'annat'")

    told = [str(fault) for fault in verify()]

    assert any(f"T{version.message_id}" in line and "sökning" in line for line in told)
    if connection.vendor == "sqlite":
        assert any("Sökregistret" in line for line in told)


def test_what_is_kept_for_search_is_made_from_the_version_alone() -> None:
    version = make.version("Om gungan", name="Klas")

    assert Payload.objects.get(pk=version.pk).stem == "om gung"
    assert stems_of(content(version)) == "om gung"


def test_a_disposed_record_is_found_no_more() -> None:
    version = make.version("Om gungan")
    make.destroyed(version.message)

    assert found("gungan") == set()
    assert search_index.agrees()
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL: vacuum, and its own files")
def test_no_byte_of_a_disposed_text_is_left_in_the_database_file() -> None:
    # Words of both kinds on each page of the index, which keeps the first word of every page.
    words = ["ord" + f"{number:05}".translate(LETTERS) for number in range(4000)]
    texts = [" ".join(words[n::8]) for n in range(8)]
    channel = make.channel()
    found = [Snapshot(make.incoming(text, remote_id=str(n))) for n, text in enumerate(texts)]
    versions = records.capture_many(channel, found, at=make.MONDAY).versions
    assert _left(words) == set(words)

    for version in versions[::2]:
        make.destroyed(version.message)

    assert _left(words) == set(words[1::2])


def _left(words: list[str]) -> set[str]:
    """Return those of the words whose bytes are in the database's files."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(str(connection.settings_dict["NAME"]))
    files = [path, path.with_name(path.name + "-wal")]
    raw = b"".join(file.read_bytes() for file in files if file.exists())
    return {word.decode() for word in re.findall(rb"ord[b-m]{5}", raw)} & set(words)


def _past_the_guard(sql: str) -> None:
    triggers.remove(connection, guards())
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _many(number: int) -> None:
    channel = make.channel()
    found = [Snapshot(make.incoming(f"Gungan {n}", remote_id=str(n))) for n in range(number)]
    for start in range(0, number, 500):
        records.capture_many(channel, found[start : start + 500], at=make.MONDAY)
    assert MessageVersion.objects.count() == number


def _all_pages(query: str) -> list[int]:
    person, seen, before = registrar(), list[int](), 0
    while True:
        shown = listing(person, Wanted(query=query, before=before), TODAY)
        seen += [row.message.pk for row in shown.rows]
        before = shown.older
        if not before:
            return seen
