"""The list of records and one record: who may read what, and what stands there."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from torget.journal.models import Entry
from torget.organisation.models import RoleName
from torget.platforms.contract import Author, Media, Shown, Snapshot
from torget.records import services as records
from torget.records.models import Attachment, Message, MessageVersion
from torget.records.selectors import records_for

pytestmark = pytest.mark.django_db

LATER = make.MONDAY + timedelta(minutes=5)


@pytest.fixture
def reader(client: Client) -> Client:
    """Someone who may read what the whole municipality keeps."""
    client.force_login(make.user("Reg", RoleName.REGISTRAR))
    return client


def capture(text: str = "Hej!", remote_id: str = "1", *media: Media) -> MessageVersion:
    found = replace(make.incoming(text, remote_id=remote_id), media=media)
    return records.capture(make.channel(), Snapshot(found), at=make.MONDAY)


def page(reader: Client, version: MessageVersion, query: str = "") -> str:
    answer = reader.get(f"/handlingar/{version.message_id}/{query}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.clause("4.6")
def test_the_record_shows_what_was_kept_of_text_author_and_times(reader: Client) -> None:
    found = replace(
        make.incoming("Ni <b>ljuger</b> \u202e"),
        author=Author(id=None, name="Kim & Co", handle="@kim", withheld=frozenset({"id"})),
    )
    version = records.capture(make.channel(), Snapshot(found), at=make.MONDAY)

    shown = page(reader, version)

    assert "Ni &lt;b&gt;ljuger&lt;/b&gt;" in shown
    assert "U+202E" in shown
    assert "Kim &amp; Co" in shown
    assert "Plattformen lämnade inte ut konto-id." in shown
    assert "2 mars 2026 kl. 10.00.00" in shown
    assert f"Journalrad {version.entry_id}" in shown


@pytest.mark.clause("4.6")
def test_a_change_is_told_in_words_and_not_by_colour_alone(reader: Client) -> None:
    capture("Du är dum")
    changed = replace(make.incoming("Du är klok"), author=Author(id="u1", name="Kim L"))
    version = records.capture(make.channel(), Snapshot(changed), at=LATER)

    shown = page(reader, version)

    assert '<del><span class="ds-sr-only">[struket: </span>dum' in shown
    assert '<ins><span class="ds-sr-only">[tillagt: </span>klok' in shown
    assert "Avsändarens namn: Kim blev Kim L." in shown


@pytest.mark.clause("4.10")
def test_who_made_it_vanish_is_told_with_grounds_that_lead_to_the_guideline(
    reader: Client,
) -> None:
    version = capture()
    records.capture(make.channel(), Snapshot(make.incoming(), Shown.HIDDEN), at=LATER)
    act = records.Act(name="hide", grounds=["4.10.f"], decision=uuid4())
    records.note_visibility(version.message, "hidden", act=act, at=LATER)

    shown = page(reader, version)

    assert "Utanför Torget: det var inte kommunens åtgärd här." in shown
    assert "Kommunen, efter beslut enligt" in shown
    assert 'href="#punkt-4.10.f"' in shown
    assert 'id="punkt-4.10.f"' in shown
    assert 'href="/riktlinje/#4.10.f"' in shown


def test_opening_a_record_writes_that_it_was_opened_once_and_nothing_else(reader: Client) -> None:
    version = capture()
    page(reader, version)
    kept = Message.objects.values().get(), Entry.objects.count()

    page(reader, version)
    page(reader, version, "?utskrift")
    reader.get("/handlingar/")

    assert (Message.objects.values().get(), Entry.objects.count()) == kept
    assert Entry.objects.get(event="records.opened").about == version.message.key


def test_what_is_disposed_of_is_said_to_be(reader: Client) -> None:
    version = capture("Hemligt innehåll", "1", make.picture())
    make.destroyed(version.message)

    shown = page(reader, version)

    assert "Innehållet är gallrat" in shown
    assert "Hemligt" not in shown
    assert "Hemligt" not in reader.get("/handlingar/").text
    assert reader.get(f"/handlingar/{version.message_id}/version/1/text/").status_code == 404
    assert reader.post(f"/handlingar/{version.message_id}/bilaga/1/").status_code == 404


def test_the_print_view_has_nothing_to_press(reader: Client) -> None:
    shown = page(reader, capture("På papper", "1", make.picture()), "?utskrift")

    assert "På papper" in shown
    assert "<nav" not in shown
    assert "<button" not in shown


def test_a_very_long_text_is_cut_on_the_page_and_whole_in_the_file(reader: Client) -> None:
    text = "a" * 30_000 + "slutet \ud800"
    version = capture(text)

    shown = page(reader, version)
    answer = reader.get(f"/handlingar/{version.message_id}/version/1/text/")

    assert "slutet" not in shown
    assert "Hämta hela texten" in shown
    assert answer.content.decode() == text.replace("\ud800", "\\ud800")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert reader.get(f"/handlingar/{version.message_id}/version/9/text/").status_code == 404


@pytest.mark.clause("4.6")
def test_a_file_is_given_to_whoever_chooses_to_open_it_and_never_shown(reader: Client) -> None:
    version = capture("Se", "1", make.picture(b"<script>alert(1)</script>"), make.picture(None))
    address = f"/handlingar/{version.message_id}/bilaga/1/"
    assert "Öppna bilaga 1" in page(reader, version)

    followed_link = reader.get(address)
    assert followed_link.status_code == 302
    assert Attachment.objects.get(n=1).state == "quarantined"
    answer = reader.post(address)

    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert Attachment.objects.get(n=1).state == "opened"
    assert reader.get(address).content == answer.content
    assert "Hämta bilaga 1" in page(reader, version)
    assert reader.post(f"/handlingar/{version.message_id}/bilaga/2/").status_code == 404
    assert reader.get(f"/handlingar/{version.message_id}/bilaga/7/").status_code == 404


def test_a_file_of_an_earlier_version_can_still_be_opened(reader: Client) -> None:
    version = capture("Ett", "1", make.picture(b"gammal"))
    capture("Två", "1", make.picture(b"ny"))
    address = f"/handlingar/{version.message_id}/bilaga/1/"

    assert reader.post(address).content == b"ny"
    assert reader.post(f"{address}?version=1").content == b"gammal"


@pytest.mark.parametrize("path", ["", "version/1/text/", "bilaga/1/"])
def test_outside_ones_units_there_is_no_record(client: Client, path: str) -> None:
    version = capture("Hej", "1", make.picture())
    other = make.unit("Bygg", make.unit())
    client.force_login(make.user("Bo", RoleName.REGISTRAR, at=other))

    assert client.get(f"/handlingar/{version.message_id}/{path}").status_code == 404
    assert client.post(f"/handlingar/{version.message_id}/bilaga/1/").status_code == 404
    assert "Inga handlingar än" in client.get("/handlingar/").text
    assert Attachment.objects.get().state == "quarantined"


def test_a_role_that_may_not_read_records_has_no_such_page(client: Client) -> None:
    version = capture()
    client.force_login(make.user("It", RoleName.IT))

    assert client.get("/handlingar/").status_code == 404
    assert client.get(f"/handlingar/{version.message_id}/").status_code == 404


def test_whoever_is_signed_out_is_asked_to_sign_in(client: Client) -> None:
    version = capture()

    for path in ("/handlingar/", f"/handlingar/{version.message_id}/"):
        assert client.get(path).headers["Location"].startswith("/logga-in/")


def test_records_reach_down_from_a_unit_and_not_up() -> None:
    below = make.unit("Skolan", make.unit())
    channel = make.channel("Skolbloggen", at=below)
    mine = records.capture(channel, Snapshot(make.incoming()), at=make.MONDAY).message
    above = capture().message

    def seen(name: str, *, at: str) -> set[int]:
        user = make.user(name, RoleName.ARCHIVIST, at=make.unit(at))
        return set(records_for(user, make.MONDAY.date()).values_list("pk", flat=True))

    assert seen("Uppe", at="Björkbo kommun") == {mine.pk, above.pk}
    assert seen("Nere", at="Skolan") == {mine.pk}


def test_the_list_is_newest_first_and_every_row_is_reached(reader: Client) -> None:
    found = [Snapshot(make.incoming(f"Text {n}", remote_id=str(n))) for n in range(120)]
    records.capture_many(make.channel(), found, at=make.MONDAY)
    expected = list(Message.objects.order_by("-pk").values_list("pk", flat=True))

    reached: list[int] = []
    address = "/handlingar/"
    for _ in range(9):
        listed = reader.get(address).context["listing"]
        reached += [row.message.pk for row in listed.rows]
        if not listed.older:
            break
        address = f"/handlingar/?fore={listed.older}"

    assert reached == expected


def test_the_list_narrows_by_channel_state_and_direction(reader: Client) -> None:
    hidden = capture("Dold text", "1")
    records.note_visibility(hidden.message, "hidden", act=None, at=LATER)
    other = make.channel("Andra bloggen")
    records.capture(other, Snapshot(make.incoming("Annan text", remote_id="2")), at=make.MONDAY)
    ours = replace(make.incoming("Vår text", remote_id="3"), ours=True)
    records.capture(other, Snapshot(ours), at=make.MONDAY)

    def texts(query: str) -> set[str]:
        rows = reader.get(f"/handlingar/?{query}").context["listing"].rows
        return {row.content.text for row in rows}

    assert texts("lage=hidden") == {"Dold text"}
    assert texts("kanal=andra-bloggen") == {"Annan text", "Vår text"}
    assert texts("kanal=andra-bloggen&riktning=in") == {"Annan text"}
    assert texts("riktning=out") == {"Vår text"}
    assert texts("lage=x&riktning=y&fore=z") == {"Dold text", "Annan text", "Vår text"}
    assert texts("kanal=saknas") == set()
    assert "Inget stämmer med valet" in reader.get("/handlingar/?lage=gone").text


def test_fifty_rows_take_eight_queries_and_one_record_ten(reader: Client) -> None:
    found = [Snapshot(make.incoming(f"Text {n}", remote_id=str(n))) for n in range(60)]
    version = records.capture_many(make.channel(), found, at=make.MONDAY).versions[0]
    page(reader, version)

    with CaptureQueriesContext(connection) as listed:
        reader.get("/handlingar/")
    with CaptureQueriesContext(connection) as one:
        page(reader, version)

    assert len(listed) <= 8
    assert len(one) <= 10
