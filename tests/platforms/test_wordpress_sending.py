"""What sending through WordPress does beyond the promises, against the practice blog."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.platforms.stages import PracticeStage, RealStage
from tests.wordpress.server import WordPress
from torget.errors import PlatformUnavailable
from torget.platforms.contract import (
    Done,
    Media,
    Rejected,
    RemoteId,
    Restrain,
    Send,
    Shown,
    Snapshot,
    Unknown,
    UnknownOutcome,
    Verb,
)
from torget.platforms.testkit import hide
from torget.platforms.testkit_orders import (
    LONG_AGO,
    TEXT,
    TITLE,
    done,
    edit,
    picture,
    publish,
    reply,
    take_down,
)
from torget.platforms.wordpress import compose, sending, traces
from torget.practice.blog.faults import Fault
from torget.practice.blog.posts import Posts
from torget.practice.blog.rest import Refused
from torget.practice.blog.server import PracticeBlog


@pytest.fixture
def stage() -> Iterator[PracticeStage]:
    with PracticeBlog() as blog:
        yield PracticeStage(blog)


def post_number(ref: RemoteId) -> int:
    return int(ref.removeprefix("post-"))


@pytest.mark.parametrize(
    ("media", "code"),
    [
        (Media("a.pdf", "application/pdf", "", b"%PDF-1.7"), "wordpress.not_a_picture"),
        (Media("a.svg", "image/svg+xml", "", b"<svg/>"), "wordpress.not_a_picture"),
        (Media("a.png", "image/png", "", b"GIF89a"), "wordpress.not_a_picture"),
        (Media("a.png", "image/png", "", None), "wordpress.not_a_picture"),
        (replace(picture(), data=(picture().data or b"") + bytes(10**7)),
         "wordpress.picture_too_large"),
    ],
)  # fmt: skip
def test_only_pictures_of_fair_size_are_sent(stage: PracticeStage, media: Media, code: str) -> None:
    send = publish(media=(media,))

    assert stage.connect().perform(send) == Rejected(code)
    assert stage.connect().preview(send) == b""
    assert stage.sent() == ""


def test_an_answer_holds_text_alone(stage: PracticeStage) -> None:
    send = reply(stage.visitor_writes("Fråga"), "Svar")
    titled = replace(send, record=replace(send.record, title="Rubrik"))
    pictured = replace(send, record=replace(send.record, media=(picture(),)))

    for one in (titled, pictured):
        assert stage.connect().perform(one) == Rejected("wordpress.comment_holds_text_only")
    assert stage.writes() == 0


@pytest.mark.parametrize("target", ["../users/1", "post-", "post-1-2", "sida-1", "٣"])
def test_only_names_that_wordpress_gave_are_asked_for(stage: PracticeStage, target: str) -> None:
    ref, platform = RemoteId(target), stage.connect()

    for operation in (reply(ref, "Svar"), edit(ref, "Nytt"), take_down(ref), hide(ref)):
        assert platform.perform(operation) == Rejected("wordpress.not_a_comment")
    assert platform.fetch(ref) == Unknown("wordpress.not_a_comment")
    assert stage.writes() == 0


def test_publishing_answers_nothing_and_all_else_does(stage: PracticeStage) -> None:
    aimed = replace(publish(), target=RemoteId("post-1"))
    aimless = replace(publish(), verb=Verb.REPLY)

    for send in (aimed, aimless):
        assert stage.connect().perform(send) == Rejected("not_supported")


def test_a_post_cannot_be_hidden_but_taken_down(stage: PracticeStage) -> None:
    platform = stage.connect()
    ref = done(platform.perform(publish()))

    assert platform.perform(hide(ref)) == Rejected("wordpress.not_a_comment")
    assert platform.perform(take_down(ref)) == Done(ref)
    assert stage.blog.store.post(post_number(ref)), "it can be found in the bin"


@pytest.mark.parametrize("status", ["draft", "private", "pending", "future"])
def test_what_was_taken_back_is_hidden(stage: PracticeStage, status: str) -> None:
    platform = stage.connect()
    ref = done(platform.perform(publish()))
    stage.blog.store.change_post(post_number(ref), status=status)

    found = platform.reconcile([ref])[ref]

    assert isinstance(found, Snapshot) and found.shown == Shown.HIDDEN


def test_posts_that_others_wrote_are_none_of_ours(stage: PracticeStage) -> None:
    platform, theirs = stage.connect(), RemoteId(f"post-{stage.post}")

    assert platform.fetch(theirs) == Unknown("wordpress.not_ours")
    assert platform.perform(edit(theirs, "Nytt", title="x")) == Rejected("not_ours")
    assert platform.perform(take_down(theirs)) == Rejected("not_ours")
    assert stage.writes() == 0


def test_an_old_post_that_is_edited_comes_in_again(stage: PracticeStage) -> None:
    platform = stage.connect()
    last_year = datetime.now(UTC) - timedelta(days=400)
    number = stage.blog.store.write_post("Rubrik", "Gammal", author=1, at=last_year)
    cursor = platform.sync(platform.sync(RemoteId("")).next).next  # type: ignore[arg-type]
    stage.blog.store.change_post(number, source="Ändrad")

    page = platform.sync(cursor)

    assert [one.message.text for one in page.messages] == ["Ändrad"]


def test_the_same_words_without_our_number_are_for_a_person_to_judge(stage: PracticeStage) -> None:
    platform, send = stage.connect(), publish(ago=LONG_AGO)
    stage.blog.store.write_post(TITLE, compose.linked(TEXT), author=1)

    assert platform.resolve(send) == UnknownOutcome()


def test_the_same_words_from_last_week_are_not_ours(stage: PracticeStage) -> None:
    platform, send = stage.connect(), publish(ago=LONG_AGO)
    last_week = datetime.now(UTC) - timedelta(days=7)
    stage.blog.store.write_post(TITLE, compose.linked(TEXT), author=1, at=last_week)

    assert platform.resolve(send) == Rejected("not_carried_out")


def test_our_number_is_found_behind_a_hundred_others(stage: PracticeStage) -> None:
    platform, send = stage.connect(), publish()
    ref = done(platform.perform(send))
    for number in range(120):
        stage.blog.store.write_post(f"Nr {number}", "x", author=1)

    assert platform.resolve(send) == Done(ref)


def test_what_staff_binned_was_sent_all_the_same(stage: PracticeStage) -> None:
    platform, send = stage.connect(), publish()
    ref = done(platform.perform(send))
    stage.staff_bins(ref)

    assert platform.resolve(send) == Done(ref)
    assert platform.perform(send) == Done(ref), "it is not put up again"


def test_the_same_answer_twice_is_what_wordpress_calls_it(stage: PracticeStage) -> None:
    platform, comment = stage.connect(), stage.visitor_writes("Fråga")
    done(platform.perform(reply(comment, "Svar", number=21)))

    assert platform.perform(reply(comment, "Svar", number=22)) == Rejected("wordpress.duplicate")


def test_an_answer_that_came_through_while_we_sent_it_again_is_found(
    stage: PracticeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WordPress takes the same answer once; the first look may come a moment too early."""
    platform, comment = stage.connect(), stage.visitor_writes("Fråga")
    send = reply(comment, "Svar")
    ref = done(platform.perform(send))
    looks = iter([(None, False)])
    monkeypatch.setattr(sending, "find", lambda *asked: next(looks, None) or traces.find(*asked))

    assert platform.perform(send) == Done(ref)


def test_what_goes_into_the_bin_while_we_put_it_there_is_there(
    stage: PracticeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = stage.connect()
    ref = done(platform.perform(publish()))
    now = platform.fetch(ref)
    monkeypatch.setattr(sending.Sending, "own", lambda *_asked: now)
    stage.staff_bins(ref)

    assert platform.perform(take_down(ref)) == Done(ref)


def test_a_site_without_a_bin_deletes_nothing(
    stage: PracticeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = stage.connect()
    ref = done(platform.perform(publish()))
    monkeypatch.setattr(Posts, "_delete", _refuse(501, "rest_trash_not_supported"))

    assert platform.perform(take_down(ref)) == Rejected("wordpress.no_bin")


def test_an_answer_to_what_was_deleted_for_good_is_refused(stage: PracticeStage) -> None:
    for target in ("987654", "post-987654"):
        assert stage.connect().perform(reply(RemoteId(target), "Svar")) == Rejected("gone")


def test_an_edit_keeps_the_pictures_it_names_and_adds_new_ones(stage: PracticeStage) -> None:
    platform = stage.connect()
    ref = done(platform.perform(publish(media=(picture(), picture("Två", 1)))))
    first, second = _media(platform.fetch(ref))
    kept = Media(second.source_url, second.media_type, "Ny beskrivning")
    send = edit(ref, "Ny text", title=TITLE)
    send = replace(send, record=replace(send.record, media=(kept, picture("Tre", 2))))

    assert platform.perform(send) == Done(ref)

    now = _media(platform.fetch(ref))
    assert [one.alt for one in now] == ["Ny beskrivning", "Tre"]
    assert now[0].source_url == second.source_url
    assert first.source_url not in stage.public_page(ref)
    assert platform.resolve(send) == Done(ref)


def test_an_edit_that_names_a_picture_that_is_not_there_is_refused(stage: PracticeStage) -> None:
    platform = stage.connect()
    ref = done(platform.perform(publish()))
    send = edit(ref, "Ny text", title=TITLE)
    gone = Media("https://annan.example/a.png", "image/png")

    refused = platform.perform(replace(send, record=replace(send.record, media=(gone,))))

    assert refused == Rejected("wordpress.picture_missing")


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.MOVED])
def test_a_fault_before_the_act_leaves_it_to_be_tried_again(
    stage: PracticeStage, fault: Fault
) -> None:
    platform, send = stage.connect(), publish()
    stage.blog.faults.order(fault, writes=True)

    with pytest.raises(PlatformUnavailable):
        platform.perform(send)
    done(platform.perform(send))


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.CUT, Fault.BROKEN_AFTER])
@pytest.mark.parametrize("verb", ["publish", "reply", "edit", "take_down"])
def test_a_fault_after_the_act_never_makes_two(
    stage: PracticeStage, fault: Fault, verb: str
) -> None:
    platform = stage.connect()
    post = done(platform.perform(publish(number=10)))
    orders: dict[str, Send | Restrain] = {
        "publish": publish("Två"),
        "reply": reply(post, "Svar"),
        "edit": edit(post, "Nytt", title="Nytt"),
        "take_down": take_down(post),
    }
    acts = len(stage.blog.faults.acts)
    stage.blog.faults.order(fault, writes=True)

    outcomes = {type(platform.perform(orders[verb])), type(platform.resolve(orders[verb]))}
    done(platform.perform(orders[verb]))

    assert Done in outcomes and outcomes <= {Done, UnknownOutcome}
    assert len(stage.blog.faults.acts) == acts + 1


def test_where_nobody_says_who_we_are_nothing_is_sent(
    stage: PracticeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = stage.connect()
    monkeypatch.setattr("torget.practice.blog.api.Api._me", _refuse(404, "rest_no_route"))
    send = publish(ago=LONG_AGO)

    assert platform.perform(send) == Rejected("wordpress.no_own_user")
    assert platform.resolve(send) == UnknownOutcome()
    assert stage.writes() == 0


def _refuse(status: int, code: str) -> Callable[..., None]:
    def refuse(*_asked: object) -> None:
        raise Refused(status, code)

    return refuse


def _media(found: object) -> tuple[Media, ...]:
    assert isinstance(found, Snapshot)
    return found.message.media


@pytest.mark.wordpress
def test_what_is_behind_a_password_is_hidden(wordpress: WordPress) -> None:
    platform = RealStage(wordpress).connect()
    ref = done(platform.perform(publish()))
    wordpress.rest("POST", f"/posts/{post_number(ref)}", password="hemligt").raise_for_status()

    found = platform.fetch(ref)

    assert isinstance(found, Snapshot) and found.shown == Shown.HIDDEN


@pytest.mark.wordpress
def test_a_post_that_is_closed_takes_no_answers(wordpress: WordPress) -> None:
    stage = RealStage(wordpress)
    platform, comment = stage.connect(), stage.visitor_writes("Fråga")
    wordpress.rest("POST", f"/posts/{stage.post}", comment_status="closed").raise_for_status()

    assert platform.perform(reply(comment, "Svar")) == Rejected("wordpress.comments_closed")


@pytest.mark.wordpress
def test_one_who_may_not_publish_publishes_nothing(wordpress: WordPress) -> None:
    stage = RealStage(wordpress)
    stage.username, stage.password = wordpress.reader, wordpress.reader_password

    with pytest.raises(PlatformUnavailable):
        stage.connect().perform(publish())

    assert stage.writes() == 0
    assert stage.connect().probe().trouble == "platform.may_not"
