"""Our practice blog may not make things up: it answers as a real WordPress says it does."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from tests.platforms.stages import OnTheWire, PracticeStage, RealStage
from tests.platforms.wire import Exchange
from tests.platforms.wordpress_schema import Description
from tests.wordpress.server import WordPress
from torget.platforms.contract import Cursor, IncomingMessage, RemoteId, Shown
from torget.platforms.http import Reply
from torget.platforms.testkit import delete, hide, unhide
from torget.platforms.testkit_orders import done, edit, picture, publish, reply, take_down
from torget.practice.blog.rest import User
from torget.practice.blog.server import PracticeBlog

pytestmark = pytest.mark.wordpress

READER = "lasare"
TEXTS = ("Hej & välkommen <3", "Två\n\nrader", "\"citat\" 'x' 🎉 \u202egnivs\u202c")
# What a client may do wrong, and be told. The number is one that no comment has.
WRONGS = (
    ("GET", "/users/me?context=edit", None),
    ("GET", "/users/me?context=edit", "wrong"),
    ("GET", "/comments?context=edit&status=any", None),
    ("GET", "/comments?context=edit&status=any", "wrong"),
    ("GET", "/comments?context=edit&status=any", READER),
    ("GET", "/comments/987654", None),
    ("GET", "/comments/987654?context=edit", "wrong"),
    ("DELETE", "/comments/987654?force=true", "torget"),
    ("POST", "/comments/987654", "torget"),
    ("GET", "/comments?per_page=101", "torget"),
    ("GET", "/comments?after=nonsens", "torget"),
    ("GET", "/nothing", "torget"),
    ("GET", "/posts?context=edit", None),
    ("GET", "/posts?context=edit", READER),
    ("GET", "/posts?status=draft", None),
    ("GET", "/posts?status=nonsens", "torget"),
    ("GET", "/posts?per_page=101", "torget"),
    ("GET", "/posts?modified_after=nonsens", "torget"),
    ("GET", "/posts/987654?context=edit", "torget"),
    ("POST", "/posts/987654", "torget"),
    ("DELETE", "/posts/987654", "torget"),
    ("POST", "/posts", None),
    ("POST", "/posts", READER),
    ("GET", "/media?context=edit", None),
    ("POST", "/media", None),
    ("POST", "/media", READER),
    ("POST", "/media", "torget"),
    ("POST", "/comments", None),
    ("POST", "/comments", "torget"),
)


@pytest.fixture
def practice(wordpress: WordPress) -> Iterator[PracticeStage]:
    """Return the practice blog, with the same two accounts as the real one."""
    reader = User(2, READER, wordpress.reader_password, moderates=False)
    with PracticeBlog(password=wordpress.password, others=[reader]) as blog:
        yield PracticeStage(blog)


@pytest.fixture
def real(wordpress: WordPress) -> RealStage:
    return RealStage(wordpress)


@pytest.fixture
def description(wordpress: WordPress) -> Description:
    def told(method: str, path: str) -> Reply:
        reply = httpx.request(
            method,
            f"{wordpress.url}/wp-json{path}",
            auth=(wordpress.username, wordpress.password),
            timeout=30,
        )
        return Reply(reply.status_code, reply.content)

    def schema(path: str) -> Mapping[str, Any]:
        answer = told("OPTIONS", f"/wp/v2/{path}").json()
        assert isinstance(answer, dict)
        return dict(answer["schema"])

    index = told("GET", "").json()
    assert isinstance(index, dict)
    schemas = {name: schema(name) for name in ("comments", "posts", "media")}
    return Description(index["routes"], {**schemas, "users": schema("users/me")})


def everything_once(stage: PracticeStage | RealStage) -> list[IncomingMessage]:
    """Let the adapter do all it can; return what it saw."""
    platform = stage.connect()
    post = done(platform.perform(publish(media=(picture(),))))
    refs = [stage.visitor_writes(text, f"Kim & {number}") for number, text in enumerate(TEXTS)]
    assert platform.probe().ok
    answer = done(platform.perform(reply(refs[0], "Svar till Kim")))
    under = done(platform.perform(reply(post, "Svar under inlägget", number=22)))
    page = platform.sync(Cursor(""))
    platform.sync(page.next)
    for send in (publish(), reply(post, "Nytt", number=23)):
        platform.resolve(send)
    for change in (edit(post, "Ny text", title="Ny rubrik"), edit(answer, "Nytt svar")):
        platform.perform(change)
        platform.resolve(change)
    for operation in (hide(refs[0]), hide(refs[0]), unhide(refs[0]), delete(refs[1])):
        platform.perform(operation)
    stage.staff_bins(refs[2])
    for ref in (under, post, post):
        platform.perform(take_down(ref))
    platform.perform(edit(post, "För sent", title="Rubrik"))
    lost = ("987654", "post-987654")
    platform.reconcile([*refs, post, answer, under, *map(RemoteId, lost)])
    return [snapshot.message for snapshot in page.messages]


def log(stage: OnTheWire) -> list[Exchange]:
    return [exchange for wire in stage.wires for exchange in wire.log]


def test_the_practice_blog_answers_as_wordpress_describes_itself(
    practice: PracticeStage, description: Description
) -> None:
    everything_once(practice)

    assert len(log(practice)) > 10
    assert [one for exchange in log(practice) for one in description.objections(exchange)] == []


def test_wordpress_answers_as_it_describes_itself(
    real: RealStage, description: Description
) -> None:
    everything_once(real)

    assert [one for exchange in log(real) for one in description.objections(exchange)] == []


@pytest.mark.parametrize(
    ("exchange", "objection"),
    [
        (Exchange("GET", "/wp-json/wp/v2/nothing", {}, {}), "no such route"),
        (Exchange("GET", "/wp-json/wp/v2/comments", {"sort": "id"}, {}), "takes no sort"),
        (Exchange("GET", "/wp-json/wp/v2/comments", {"per_page": "101"}, {}), "101"),
        (Exchange("GET", "/wp-json/wp/v2/comments", {"orderby": "karma"}, {}), "karma"),
        (Exchange("GET", "/wp-json/wp/v2/comments/1", {}, {}, Reply(200, b'{"x": 1}')), "called x"),
        (Exchange("GET", "/wp-json/wp/v2/comments/1", {}, {}, Reply(200, b'{"id": "1"}')), "'1'"),
    ],
)
def test_the_check_sees_what_is_wrong(
    description: Description, exchange: Exchange, objection: str
) -> None:
    (told,) = description.objections(exchange)

    assert objection in told


def test_both_answer_each_request_with_the_same_fields(
    practice: PracticeStage, real: RealStage
) -> None:
    for stage in (practice, real):
        everything_once(stage)

    def shape(exchange: Exchange) -> tuple[str, int, list[str]]:
        assert exchange.reply is not None
        answer = exchange.reply.json()
        item = answer[0] if isinstance(answer, list) and answer else answer
        # Only what the adapter asked for: a write answers with much that it does not read.
        fields = sorted(item) if isinstance(item, dict) and "_fields" in exchange.query else []
        return exchange.method, exchange.reply.status, fields

    assert [shape(one) for one in log(practice)] == [shape(one) for one in log(real)]


def test_the_adapter_sees_the_same_on_both(practice: PracticeStage, real: RealStage) -> None:
    def seen(message: IncomingMessage) -> tuple[object, ...]:
        author = (message.author.id, message.author.name, message.author.withheld)
        media = [(one.media_type, one.alt) for one in message.media]
        parent = bool(message.parent)
        return message.kind, author, message.text, message.ours, message.thread_title, media, parent

    assert [seen(one) for one in everything_once(practice)] == [
        seen(one) for one in everything_once(real)
    ]


@pytest.mark.parametrize(("method", "path", "who"), WRONGS)
def test_both_refuse_in_the_same_words(
    practice: PracticeStage,
    wordpress: WordPress,
    method: str,
    path: str,
    who: str | None,
) -> None:
    passwords = {
        "torget": wordpress.password,
        READER: wordpress.reader_password,
        "wrong": "wrong",
    }

    def told(url: str) -> tuple[int, str]:
        auth = (who.replace("wrong", "torget"), passwords[who]) if who else None
        reply = httpx.request(method, f"{url}/wp-json/wp/v2{path}", auth=auth, timeout=30)
        return reply.status_code, reply.json()["code"]

    assert told(practice.url) == told(wordpress.url)


def test_what_we_say_of_answers_to_a_hidden_comment_is_true(real: RealStage) -> None:
    question, platform = real.visitor_writes("Frågan"), real.connect()
    answer = done(platform.perform(reply(question, "Svaret")))
    assert real.public_sees("Svaret")

    platform.perform(hide(question))
    assert not real.public_sees("Svaret")
    now = platform.reconcile([answer])[answer]
    assert getattr(now, "shown", None) == Shown.PUBLIC, "in itself it is not hidden"

    platform.perform(delete(question))
    assert real.public_sees("Svaret"), "it moves up a step"


def test_each_thing_that_stands_in_the_way_is_told_apart_for_real(wordpress: WordPress) -> None:
    def trouble(url: str, username: str, password: str) -> str:
        return OnTheWire(url, username, password).connect().probe().trouble

    assert trouble(wordpress.url, wordpress.username, wordpress.password) == ""
    assert trouble(wordpress.url, wordpress.username, "fel") == "platform.sign_in_refused"
    assert trouble(wordpress.url, wordpress.reader, wordpress.reader_password) == "platform.may_not"
    assert (
        trouble(f"{wordpress.url}/annan", wordpress.username, wordpress.password)
        == "platform.no_interface"
    )
