"""What a person brings in becomes a record once, with what the page showed and no more."""

import json
from datetime import timedelta

import pytest

from tests import make
from tests.make import MONDAY
from tests.records.byhand.files import jpeg, png
from tests.records.byhand.hand import WHERE, channel, maj, pasted, saved, version
from torget.channels.models import Channel
from torget.errors import ChannelRefused, NotPreserved, PictureRefused
from torget.journal.models import Entry
from torget.platforms.contract import Author, Kind
from torget.records import services as records
from torget.records.byhand.matching import Status, author, match
from torget.records.byhand.models import HandEntry
from torget.records.byhand.services import mark_wrong, paste
from torget.records.byhand.times import moment
from torget.records.models import Attachment, Message, MessageVersion
from torget.records.selectors import content
from torget.records.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.6")]
LATER = MONDAY + timedelta(hours=2)


def test_a_pasted_comment_is_a_record_with_all_that_the_page_showed() -> None:
    seen = version(
        "Hej\n\npå er!",
        shown="Kim Berg (@kim)",
        time="3 tim",
        address=WHERE,
        post="https://facebook.example/bjorkbo/posts/1",
    )

    said = content(seen)
    assert (said.text, said.author) == ("Hej\n\npå er!", Author(None, "Kim Berg", "@kim"))
    assert said.permalink == WHERE
    assert said.thread_url == "https://facebook.example/bjorkbo/posts/1"
    assert said.written_at == MONDAY - timedelta(hours=3)
    assert (seen.evidence, seen.message.direction) == ("manual", Message.Direction.IN)
    told = json.loads(bytes(seen.payload.raw))
    assert (told["time_as_shown"], told["time_within_seconds"]) == ("3 tim", 3600)
    assert records.preserve(seen).author_complete
    assert list(verify()) == []


def test_who_brought_it_in_is_in_the_journal_and_the_municipality_knows_of_it() -> None:
    seen = version()

    line = Entry.objects.get(event="records.pasted")
    assert (line.about, line.actor) == (seen.message.key, maj().actor)
    assert Message.objects.get().knowledge_at == MONDAY
    assert HandEntry.objects.get().entered_by == maj()


def test_a_name_that_the_page_does_not_show_is_withheld() -> None:
    seen = version(shown="")

    assert content(seen).author == Author(None, None, withheld=frozenset({"name"}))
    assert not records.preserve(seen).author_complete


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("Kim Berg", Author(None, "Kim Berg")),
        ("@kimb", Author(None, "@kimb", "@kimb")),
        ("Kim Berg (@kimb)", Author(None, "Kim Berg", "@kimb")),
        (" Kim (Kimpan) Berg ", Author(None, "Kim (Kimpan) Berg")),
    ],
)
def test_an_author_is_as_the_page_shows_it(shown: str, meant: Author) -> None:
    assert author(shown) == meant


@pytest.mark.parametrize(
    "again",
    [
        pasted(address=f"{WHERE}&fbclid=Iw", time="igår 14:05"),
        pasted(address=WHERE.replace("https://", "http://www."), shown=""),
        pasted(time="3 tim"),
        pasted(shown="kim berg"),
    ],
)
def test_the_same_comment_twice_is_one_record(again: object) -> None:
    first = version(address=WHERE, time="3 tim")

    (second,) = saved(again)  # type: ignore[arg-type]

    assert second.version.message == first.message
    assert Message.objects.count() == 1
    assert Entry.objects.filter(event="records.pasted").count() == 2


def test_by_author_text_and_time_the_same_comment_is_known_again_later_the_same_day() -> None:
    first = version(time="3 tim")
    (second,) = saved(pasted(time="5 tim", moment=moment("5 tim", LATER)), now=LATER)

    assert (second.status, second.version) == (Status.SAME, first)
    assert MessageVersion.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        pasted("Hej då!", time="3 tim"),
        pasted(shown="Bo Ek", time="3 tim"),
        pasted(time="24 februari 2026 kl. 08.00"),
        pasted(time="3 tim", post="ett annat inlägg"),
        pasted(address=f"{WHERE}9", time="3 tim"),
    ],
)
def test_another_comment_is_another_record(other: object) -> None:
    first = version(address=WHERE, time="3 tim", post="lekplatsen")

    (second,) = saved(other)  # type: ignore[arg-type]

    assert second.version.message != first.message
    assert second.status == Status.NEW


def test_a_changed_text_at_the_same_address_is_a_new_version() -> None:
    first = version("Först", address=WHERE, time="3 tim")

    (second,) = saved(pasted("Sedan", address=WHERE, time="5 tim"), now=LATER)

    assert second.status == Status.CHANGED
    assert second.version.message == first.message
    assert [row.n for row in MessageVersion.objects.order_by("n")] == [1, 2]
    assert list(verify()) == []


def test_one_address_for_two_authors_gives_two_records_unless_a_person_says_otherwise() -> None:
    first = version("Ett", shown="Kim", address=WHERE)
    other = pasted("Två", shown="Bo", address=WHERE)

    assert match(channel(), other).status == Status.OTHER_AUTHOR
    (second,) = saved(other)
    (third,) = saved(pasted("Ett", shown="Kim Ek", address=WHERE, same=True))

    assert second.version.message != first.message
    assert third.version.message == first.message
    assert content(third.version).author.name == "Kim Ek"


def test_the_address_of_the_post_is_not_the_comments_own() -> None:
    post = "https://instagram.example/p/1"
    ett, tva = saved(
        pasted("Ett", address=f"{post}/", post=post), pasted("Två", address=post, post=post)
    )

    assert ett.version.message != tva.version.message
    assert ett.version.message.thread == tva.version.message.thread == post


def test_a_post_of_ours_that_was_written_past_torget_goes_out() -> None:
    seen = version("Isbanan öppnar.", shown="", address=WHERE, kind=Kind.POST)

    assert seen.message.direction == Message.Direction.OUT
    assert content(seen).author.name == "Facebook"
    assert seen.message.thread == seen.message.remote_id
    assert seen.message.knowledge_at is None


def test_a_picture_is_kept_encrypted_and_counts_as_opened_by_whoever_pasted_it() -> None:
    data = png()
    seen = version(pictures=(data,))

    row = Attachment.objects.get()
    assert (row.version, row.state, row.media_type) == (seen, "opened", "image/png")
    assert records.read_attachment(row) == data
    assert Entry.objects.get(event="records.attachment_opened").actor == maj().actor
    assert list(verify()) == []


def test_a_second_picture_makes_a_version_that_has_both_and_a_paste_without_makes_none() -> None:
    first = version(pictures=(png(),))

    (same,) = saved(pasted())
    (second,) = saved(pasted(pictures=(jpeg(),)))

    assert same.version == first
    assert second.status == Status.CHANGED
    kinds = [row.media_type for row in Attachment.objects.filter(version=second.version)]
    assert kinds == ["image/png", "image/jpeg"]
    assert list(verify()) == []


def test_what_is_no_picture_stops_the_whole_paste() -> None:
    with pytest.raises(PictureRefused):
        saved(pasted("Ett"), pasted("Två", pictures=(b"MZ",)))

    assert not Message.objects.exists()
    assert not Attachment.objects.exists()


def test_many_at_once_are_saved_in_their_order() -> None:
    found = saved(*(pasted(f"Kommentar {n}") for n in range(5)))

    numbers = [one.version.message.pk for one in found]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 5


@pytest.mark.parametrize("facts", [{"capture_basis": "api"}, {"status": "closed"}])
def test_nothing_is_brought_into_a_channel_that_is_closed_or_fetched(facts: dict[str, str]) -> None:
    where = channel()
    Channel.objects.update(**facts)
    where.refresh_from_db()

    with pytest.raises(ChannelRefused):
        paste(where, [pasted()], by=maj(), now=MONDAY)

    assert not Message.objects.exists()


def test_a_wrong_paste_is_marked_and_kept() -> None:
    seen = version()

    mark_wrong(seen.message, why="trial", by=maj(), now=LATER)
    mark_wrong(seen.message, why="twice", by=maj(), now=LATER)

    entry = HandEntry.objects.get()
    assert (entry.wrong, entry.wrong_at, entry.wrong_by) == ("trial", LATER, maj())
    assert Entry.objects.get(event="records.misfiled").actor == maj().actor
    assert content(seen).text == "Hej!"


def test_only_what_was_brought_in_by_hand_is_marked_wrong() -> None:
    with pytest.raises(NotPreserved):
        mark_wrong(make.version().message, why="trial", by=maj(), now=LATER)


def test_what_is_disposed_of_is_known_again_by_its_address_and_not_saved_anew() -> None:
    seen = version(address=WHERE)
    make.destroyed(seen.message)

    (again,) = saved(pasted("Annat", address=WHERE))

    assert again.version == seen
    assert MessageVersion.objects.count() == 1
