"""The practice blog works for a person, keeps what it was told, and stays on this machine."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from torget.practice.blog import control
from torget.practice.blog.faults import Fault
from torget.practice.blog.server import Coming, PracticeBlog, visitor_writes

NASTY = "<script>alert(1)</script> & <b>fet</b>"


@pytest.fixture
def blog() -> Iterator[PracticeBlog]:
    with PracticeBlog(name="Björkbobloggen") as blog:
        blog.store.add_post("Isbanan öppnar på lördag", "Välkomna & <välkomna>.")
        yield blog


def page(blog: PracticeBlog, path: str = "/isbanan-oppnar-pa-lordag/") -> str:
    reply = httpx.get(blog.url + path)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    return reply.text


def write(blog: PracticeBlog, **form: str) -> httpx.Response:
    fields = {"comment_post_ID": "1", "author": "Kim", "comment": "Hej"} | form
    return httpx.post(f"{blog.url}/wp-comments-post.php", data=fields)


def order(blog: PracticeBlog, **asked: object) -> httpx.Response:
    return httpx.post(blog.url + control.PATH, json=asked, headers={control.HEADER: "1"})


def test_a_visitor_writes_in_the_form_and_reads_it_on_the_page(blog: PracticeBlog) -> None:
    reply = write(blog, comment=f"Hej!\n{NASTY}", author="Kim & <Kompani>")

    assert reply.status_code == 302
    assert reply.headers["location"] == f"{blog.url}/isbanan-oppnar-pa-lordag/#comment-1"
    shown = page(blog)
    assert "Hej!\n&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;fet&lt;/b&gt;" in shown
    assert "Kim &amp; &lt;Kompani&gt;" in shown
    assert "<script" not in shown
    assert "1 kommentar<" in shown


def test_only_open_comments_are_shown(blog: PracticeBlog) -> None:
    for status in ("approved", "hold", "spam", "trash"):
        blog.store.add_comment(1, "Kim", f"en {status}", status=status)

    shown = page(blog)

    assert "en approved" in shown
    assert not any(f"en {status}" in shown for status in ("hold", "spam", "trash"))


def test_answers_follow_what_they_answer_and_hide_with_it(blog: PracticeBlog) -> None:
    question = visitor_writes(blog.store, 1, "Kim", "frågan")
    visitor_writes(blog.store, 1, "Kim", "annat")
    visitor_writes(blog.store, 1, "Alex", "svaret", parent=question)

    shown = page(blog)
    blog.store.change(question, status="hold")
    hidden = page(blog)
    blog.store.delete(question)
    deleted = page(blog)

    assert shown.index("frågan") < shown.index("svaret") < shown.index("annat")
    assert "svaret" not in hidden and "1 kommentar<" in hidden
    assert "svaret" in deleted


@pytest.mark.parametrize("path", ["/", "/isbanan-oppnar-pa-lordag/", "/finns-inte/"])
def test_every_page_says_that_it_is_for_practice_and_reaches_for_nothing_else(
    blog: PracticeBlog, path: str
) -> None:
    reply = httpx.get(blog.url + path)

    assert "Övningssida." in reply.text
    assert '<html lang="sv">' in reply.text
    assert "http://" not in reply.text and "https://" not in reply.text
    policy = reply.headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_the_front_page_leads_to_each_post(blog: PracticeBlog) -> None:
    shown = page(blog, "/")

    assert '<a href="/isbanan-oppnar-pa-lordag/">Isbanan öppnar på lördag</a>' in shown
    assert "Välkomna &amp; &lt;välkomna&gt;." in shown


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"comment": "  "}, 400),
        ({"comment": "x" * 65_526}, 400),
        ({"comment_post_ID": "99"}, 403),
        ({"comment_post_ID": "nej"}, 403),
    ],
)
def test_what_cannot_be_taken_is_said_in_swedish(
    blog: PracticeBlog, form: dict[str, str], status: int
) -> None:
    reply = write(blog, **form)

    assert reply.status_code == status
    assert "Till bloggens startsida" in reply.text
    assert blog.store.comments() == []


def test_it_listens_on_this_machine_only(blog: PracticeBlog) -> None:
    with socket.socket() as other:
        assert other.connect_ex(("127.0.0.2", blog.port)) != 0


@pytest.mark.parametrize("path", ["/", "/wp-json/", control.PATH])
def test_it_answers_to_no_name_but_its_own(blog: PracticeBlog, path: str) -> None:
    """A page elsewhere could otherwise lead a browser here."""
    headers = {"Host": f"elak.example:{blog.port}", control.HEADER: "1"}

    assert httpx.post(blog.url + path, headers=headers, json={"do": "acts"}).status_code == 421


def test_another_sites_form_is_refused(blog: PracticeBlog) -> None:
    reply = httpx.post(
        f"{blog.url}/wp-comments-post.php",
        data={"comment_post_ID": "1", "author": "Kim", "comment": "Hej"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert reply.status_code == 403
    assert blog.store.comments() == []


def test_steering_needs_what_no_form_can_send(blog: PracticeBlog) -> None:
    reply = httpx.post(blog.url + control.PATH, json={"do": "delete", "number": 1})

    assert reply.status_code == 405


def test_another_process_can_steer_it(blog: PracticeBlog) -> None:
    post = order(blog, do="post", title="Ny", text="Hej").json()["result"]
    number = order(blog, do="comment", post=post, name="Kim", source="Ett").json()["result"]
    order(blog, do="change", number=number, source="Två", status="hold")
    order(blog, do="fault", fault="busy", times=1)

    assert httpx.get(f"{blog.url}/wp-json/").status_code == 429
    assert httpx.get(f"{blog.url}/wp-json/").status_code == 200
    (comment,) = blog.store.comments()
    assert (comment.source, comment.status) == ("Två", "hold")
    order(blog, do="delete", number=number)
    assert blog.store.comments() == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"do": "nothing"}', b'{"do": "delete"}', b'{"do": "fault", "fault": 1}']
)
def test_an_order_that_makes_no_sense_is_refused(blog: PracticeBlog, body: bytes) -> None:
    reply = httpx.post(blog.url + control.PATH, content=body, headers={control.HEADER: "1"})

    assert reply.status_code == 400


def test_a_restart_keeps_everything(tmp_path: Path) -> None:
    state = tmp_path / "blog.sqlite3"
    with PracticeBlog(state) as blog:
        post = blog.store.add_post("Ett inlägg", "Text")
        visitor_writes(blog.store, post, "Kim", "Hej \ud800 där")
    with PracticeBlog(state) as again:
        (comment,) = again.store.comments()

        assert comment.source == "Hej \ud800 där"
        assert [one.title for one in again.store.posts()] == ["Ett inlägg"]


def test_comments_come_by_themselves_and_a_restart_repeats_none(tmp_path: Path) -> None:
    state = tmp_path / "blog.sqlite3"
    coming = [Coming(1, "Kim", "först", 0), Coming(1, "Kim", "sedan", 0.05)]
    for _ in range(2):
        blog = PracticeBlog(state).start(coming)
        _until(partial(_have_come, blog, 2))
        texts = [one.source for one in blog.store.comments()]
        blog.stop()

        assert texts == ["först", "sedan"]


def test_stopping_does_not_wait_for_what_is_to_come() -> None:
    blog = PracticeBlog().start([Coming(1, "Kim", "om en timme", 3600)])

    blog.stop()

    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", blog.port)) != 0


def test_a_silent_blog_can_be_stopped(blog: PracticeBlog) -> None:
    blog.faults.order(Fault.SILENT)

    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{blog.url}/wp-json/", timeout=0.2)


def test_each_act_tells_when_it_began_took_effect_and_was_answered(blog: PracticeBlog) -> None:
    number = blog.store.add_comment(1, "Kim", "Hej")
    blog.faults.slow_down(20, 40)
    blog.faults.order(Fault.LOST, writes=True)
    address = f"{blog.url}/wp-json/wp/v2/comments/{number}"
    auth = (blog.username, blog.password)

    with pytest.raises(httpx.RemoteProtocolError):
        httpx.post(address, json={"status": "hold"}, auth=auth)
    httpx.post(address, json={"status": "approve"}, auth=auth)

    lost, answered = blog.faults.acts
    assert lost.effect and lost.answered is None
    assert lost.began < lost.effect
    assert answered.effect and answered.answered
    assert answered.began < answered.effect < answered.answered
    assert json.loads(answered.body) == {"status": "approve"}
    assert order(blog, do="acts").json()["result"][0]["path"] == f"/wp/v2/comments/{number}"


def _have_come(blog: PracticeBlog, count: int) -> bool:
    return blog.store.noted("came") == str(count)


def _until(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.01)
