"""Writing, approving, changing and taking down in the browser, without JavaScript."""

import struct
import zlib
from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tests.publishing import write
from tests.publishing.blog import FakeBlog
from tests.publishing.write import to
from torget.channels.models import Channel
from torget.organisation.models import RoleName, User
from torget.publishing.models import Dispatch, Post, PostMedia
from torget.publishing.work import dispatch
from torget.records.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2"), pytest.mark.clause("4.3")]
SECRET = "Kalle har 811228-9874."


@pytest.fixture
def blog() -> Iterator[FakeBlog]:
    """Let every channel lead to one blog in memory."""
    there = FakeBlog()
    with (
        patch("torget.publishing.services.orders.connect", to(there)),
        patch("torget.publishing.composer.connect", to(there)),
    ):
        yield there


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def maj(blog: FakeBlog) -> Client:
    """Someone with a mandate to write on the blog."""
    return signed_in(write.author())


def typed(text: str = write.TEXT, **more: object) -> dict[str, object]:
    return {"channels": write.blog_channel().pk, "title": "Isbanan", "text": text, **more}


def test_the_whole_journey_of_a_post_without_javascript(maj: Client, blog: FakeBlog) -> None:
    saved = maj.post("/skriv/", typed(do="save"), follow=True)
    post = Post.objects.get()
    assert saved.redirect_chain[0][0] == f"/skriv/{post.pk}/"
    assert "Utkast sparat" in saved.text

    ordered = maj.post(f"/skriv/{post.pk}/", typed(do="order"), follow=True)
    assert ordered.redirect_chain[0][0] == f"/inlagg/{post.pk}/"
    assert "Skickas så snart det går." in ordered.text
    dispatch(9, connect=to(blog))

    shown = maj.get(f"/inlagg/{post.pk}/").text
    assert "Står på sidan och är sparat." in shown
    assert f"handling {Message.objects.get().torget_nr}" in shown
    assert blog.texts() == {"post-100": write.TEXT}
    assert "Bekräftades på sidan" in shown


@pytest.mark.clause("4.9")
def test_an_identity_number_stops_it_and_what_was_typed_is_there(
    maj: Client, blog: FakeBlog
) -> None:
    asked = maj.post("/skriv/", typed(SECRET, do="order"))

    assert asked.status_code == 422
    assert "Personnummer i texten" in asked.text
    assert SECRET in asked.text
    assert asked.text.count("811228") == 2  # in the field and in the preview, in no finding
    assert not Dispatch.objects.exists()


@pytest.mark.clause("4.9")
def test_what_is_asked_about_goes_through_with_a_tick_and_a_reason(
    maj: Client, blog: FakeBlog
) -> None:
    text = "Ring Anna på 070-123 45 67."
    asked = maj.post("/skriv/", typed(text, do="order"))
    name = asked.text.partition('name="kollat-')[2].partition('"')[0]
    assert (asked.status_code, bool(name)) == (422, True)
    post = Post.objects.get()

    bare = maj.post(f"/skriv/{post.pk}/", typed(text, do="order", **{f"kollat-{name}": "on"}))
    told = {f"kollat-{name}": "on", f"varfor-{name}": "Tjänstetelefon."}
    went = maj.post(f"/skriv/{post.pk}/", typed(text, do="order", **told))

    assert (bare.status_code, went.status_code) == (422, 302)
    assert Dispatch.objects.get().checks == [
        {"code": "number.phone", "clause": "4.9", "level": "ask", "reason": "Tjänstetelefon."}
    ]


@pytest.mark.clause("4.1")
def test_the_checks_answer_while_one_writes_and_save_nothing(maj: Client, blog: FakeBlog) -> None:
    panel = maj.post("/skriv/kontroller/", typed(SECRET), headers={"HX-Request": "true"})

    assert panel.status_code == 200
    assert panel.text.lstrip().startswith('<aside class="tg-kontroller"')
    assert "Ta bort det som är sekretessbelagt först." in panel.text
    assert not Post.objects.exists()


def test_a_later_time_is_written_in_swedish(maj: Client, blog: FakeBlog) -> None:
    day = timezone.localdate() + timedelta(days=2)

    maj.post("/skriv/", typed(do="order", later="1", day=day.isoformat(), clock="16.05"))

    at = timezone.localtime(Dispatch.objects.get().not_before)
    assert (at.date(), at.hour, at.minute) == (day, 16, 5)
    page = maj.get(f"/inlagg/{Post.objects.get().pk}/").text
    assert "kl. 16.05" in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"day": "", "clock": ""}, "Skriv vilken dag."),
        ({"day": "31/1", "clock": "16.00"}, "Skriv dagen som 2026-01-31."),
        ({"day": "2020-01-31", "clock": "16.00"}, "Tiden har redan varit."),
        ({"day": "2026-12-31", "clock": "kl 4"}, "Skriv tiden som 16.00."),
    ],
)
def test_a_time_that_cannot_be_is_told_at_once(
    maj: Client, blog: FakeBlog, given: dict[str, str], told: str
) -> None:
    answer = maj.post("/skriv/", typed(do="order", later="1", **given))

    assert answer.status_code == 422
    assert told in answer.text
    assert write.TEXT in answer.text


def test_without_a_channel_nothing_is_ordered(maj: Client, blog: FakeBlog) -> None:
    write.mandate(write.author(), make.channel("Andra bloggen"))

    answer = maj.post("/skriv/", {"text": write.TEXT, "do": "order"})

    assert (answer.status_code, "Ingen kanal är vald." in answer.text) == (422, True)


def test_who_has_no_mandate_is_told_how_to_get_one(blog: FakeBlog) -> None:
    client = signed_in(make.user("Ny", RoleName.AUTHOR))

    page = client.get("/skriv/")

    assert page.status_code == 200
    assert "Du har inget uppdrag att skriva" in page.text


@pytest.mark.parametrize("role", [RoleName.REGISTRAR, RoleName.IT, RoleName.WEB_OWNER])
def test_for_other_roles_the_pages_do_not_exist(role: RoleName) -> None:
    client = signed_in(make.user("Annan", role))

    pages = ["/skriv/", "/inlagg/", f"/inlagg/{write.draft().pk}/"]

    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_anothers_draft_is_not_there_and_an_ordered_post_is(maj: Client, blog: FakeBlog) -> None:
    post = write.draft(by=write.author("Ali"))
    before = [maj.get(f"/{part}/{post.pk}/").status_code for part in ("skriv", "inlagg")]

    write.ordered(post, blog=blog)

    assert before == [404, 404]
    assert maj.get(f"/inlagg/{post.pk}/").status_code == 200
    assert maj.get(f"/skriv/{post.pk}/").status_code == 404
    away = make.user("Långt bort", RoleName.AUTHOR, at=make.unit("En annan nämnd"))
    assert signed_in(away).get(f"/inlagg/{post.pk}/").status_code == 404


def act(client: Client, one: Dispatch, what: str, **told: str) -> int:
    return client.post(f"/inlagg/{one.post_id}/{what}/{one.key}/", told).status_code


def test_another_person_approves_and_may_take_it_back(maj: Client, blog: FakeBlog) -> None:
    Channel.objects.update(needs_approval=True)
    per = signed_in(write.approver())
    maj.post("/skriv/", typed(do="order"))
    one = Dispatch.objects.get()

    assert "Godkänn" in per.get(f"/inlagg/{one.post_id}/").text
    assert act(maj, one, "godkann") == 422
    assert act(per, one, "godkann") == 302
    one.refresh_from_db()
    assert (one.state, one.approved_by) == ("scheduled", write.approver())
    assert act(per, one, "ta-tillbaka") == 302
    one.refresh_from_db()
    assert (one.state, one.approved_by) == ("waiting_approval", None)
    assert act(maj, one, "aterta") == 302
    assert dispatch(9, connect=to(blog)) == 0


def test_a_published_post_is_changed_and_taken_down(maj: Client, blog: FakeBlog) -> None:
    one = write.ordered(blog=blog)
    dispatch(9, connect=to(blog))
    place = f"/inlagg/{one.post_id}/andra/{one.key}/"
    assert write.TEXT in maj.get(place).text

    same = maj.post(place, {"title": "Isbanan", "text": write.TEXT})
    went = maj.post(place, {"title": "Isbanan", "text": "Öppnar klockan tio."})
    dispatch(9, connect=to(blog))
    nothing = act(maj, one, "ta-ner", reason="  ")
    down = act(maj, one, "ta-ner", reason="Fel uppgift.")
    dispatch(9, connect=to(blog))

    assert (same.status_code, went.status_code, nothing, down) == (422, 302, 422, 302)
    assert blog.texts() == {}
    assert "Borttaget från sidan." in maj.get(f"/inlagg/{one.post_id}/").text


def test_an_answer_is_written_to_what_it_answers(maj: Client, blog: FakeBlog) -> None:
    write.blog_channel()
    question = make.version("När öppnar ni?").message
    page = maj.get(f"/skriv/?svar_pa={question.pk}").text
    assert "När öppnar ni?" in page

    maj.post(f"/skriv/?svar_pa={question.pk}", {"text": "Klockan nio.", "do": "order"})

    one = Dispatch.objects.get()
    assert (one.verb, one.post.answers, one.text) == ("reply", question, "Klockan nio.")
    assert maj.get("/skriv/?svar_pa=999999").status_code == 404


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a small picture with some more chunks in it."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), *chunks]
    parts += [(b"IDAT", zlib.compress(b"\0\1\2\3")), (b"IEND", b"")]
    made = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def test_a_picture_is_described_shown_and_sent_without_where_it_was_taken(
    maj: Client, blog: FakeBlog
) -> None:
    file = SimpleUploadedFile("is.png", png((b"tEXt", b"GPS\x0064.9,19.4")), "image/png")
    asked = maj.post("/skriv/", typed(do="order", picture=file))
    assert "Bilden saknar alternativtext" in asked.text
    post = Post.objects.get()

    maj.post(f"/skriv/{post.pk}/", typed(do="order", alt="Barn på is"))
    dispatch(9, connect=to(blog))

    picture = PostMedia.objects.get()
    shown = maj.get(f"/inlagg/{post.pk}/bild/{picture.key}/")
    (sent,) = blog.took
    assert shown.content == png() == sent[1].record.media[0].data
    assert shown["Content-Type"] == "image/png"
    assert (sent[1].record.media[0].alt, sent[1].record.media[0].source_url) == (
        "Barn på is",
        "is.png",
    )
    other = signed_in(write.author("Ali"))
    assert other.get(f"/skriv/{post.pk}/").status_code == 404


def test_what_is_no_picture_is_refused_and_the_text_is_there(maj: Client, blog: FakeBlog) -> None:
    file = SimpleUploadedFile("is.png", b"<svg onload=alert(1)>", "image/png")

    answer = maj.post("/skriv/", typed(do="save", picture=file))

    assert (answer.status_code, "ingen bild som går att använda" in answer.text) == (422, True)
    assert not PostMedia.objects.exists()


def test_a_draft_is_weeded_with_its_picture(maj: Client, blog: FakeBlog) -> None:
    file = SimpleUploadedFile("is.png", png(), "image/png")
    maj.post("/skriv/", typed(do="save", picture=file))
    post = Post.objects.get()

    assert maj.post(f"/skriv/{post.pk}/slang/").status_code == 302

    assert (Post.objects.count(), PostMedia.objects.count()) == (0, 0)


def test_the_list_keeps_each_state_apart(maj: Client, blog: FakeBlog) -> None:
    write.draft("Ett utkast.", title="Utkastet")
    write.ordered(write.draft("Ett inlägg.", title="Schemalagt inlägg"), blog=blog)

    assert "Utkastet" in maj.get("/inlagg/").text
    assert "Schemalagt inlägg" in maj.get("/inlagg/?vy=schemalagda").text
    dispatch(9, connect=to(blog))
    assert "Schemalagt inlägg" in maj.get("/inlagg/?vy=publicerade").text
    assert "Här är det tomt" in maj.get("/inlagg/?vy=vantar").text


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_pages_ask_little_of_the_database_and_no_more_with_more_in_them(
    maj: Client, blog: FakeBlog
) -> None:
    one = write.ordered(blog=blog)
    dispatch(9, connect=to(blog))
    pages = ["/skriv/", "/inlagg/", "/inlagg/?vy=publicerade", f"/inlagg/{one.post_id}/"]
    most = [8, 8, 8, 10]
    few = [queries(maj, page) for page in pages]

    for n in range(5):
        write.ordered(write.draft(f"Nummer {n}."), blog=blog)
    dispatch(9, connect=to(blog))

    assert [queries(maj, page) for page in pages] == few
    assert all(count <= bound for count, bound in zip(few, most, strict=True)), few
