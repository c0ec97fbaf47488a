"""The practice blog takes pictures and nothing else, and shows them with their description."""

from collections.abc import Iterator

import httpx
import pytest

from torget.platforms.testkit_orders import picture
from torget.practice.blog.pictures import MOST
from torget.practice.blog.server import PracticeBlog

PNG = picture().data or b""


@pytest.fixture
def blog() -> Iterator[PracticeBlog]:
    with PracticeBlog() as blog:
        yield blog


def upload(blog: PracticeBlog, data: bytes, name: str, **query: str) -> httpx.Response:
    return httpx.post(
        f"{blog.url}/wp-json/wp/v2/media",
        params=query,
        content=data,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
        auth=(blog.username, blog.password),
    )


def test_a_picture_is_kept_told_and_given_to_all(blog: PracticeBlog) -> None:
    told = upload(blog, PNG, "bryggan.png", alt_text="Bryggan").json()

    given = httpx.get(told["source_url"])
    assert (given.content, given.headers["content-type"]) == (PNG, "image/png")
    assert given.headers["x-content-type-options"] == "nosniff"
    listed = httpx.get(f"{blog.url}/wp-json/wp/v2/media?slug=bryggan").json()
    assert [(one["id"], one["alt_text"]) for one in listed] == [(told["id"], "Bryggan")]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.png", "rest_upload_no_data"),
        (PNG, "", "rest_upload_no_content_disposition"),
        (PNG + bytes(MOST), "a.png", "rest_upload_file_too_big"),
        (PNG, "a.svg", "rest_upload_sideload_error"),
        (PNG, "a.jpg", "rest_upload_sideload_error"),
        (b"<svg onload=alert(1)>", "a.png", "rest_upload_sideload_error"),
        (b"<?php", "a.php", "rest_upload_sideload_error"),
    ],
)
def test_nothing_but_pictures_is_taken(
    blog: PracticeBlog, data: bytes, name: str, code: str
) -> None:
    assert upload(blog, data, name).json()["code"] == code
    assert blog.store.pictures() == []


def test_a_name_leads_nowhere_and_is_given_once(blog: PracticeBlog) -> None:
    told = [upload(blog, PNG, "../../etc/a.png").json()["source_url"] for _ in range(2)]

    assert told == [f"{blog.url}/wp-content/uploads/a{end}.png" for end in ("", "-2")]
    assert httpx.get(f"{blog.url}/wp-content/uploads/ingen.png").status_code == 404


def test_a_post_shows_its_picture_and_can_be_followed(blog: PracticeBlog) -> None:
    source = (
        "<figure><img src='/wp-content/uploads/a.png' alt='En &quot;katt&quot;' onerror='x()'>"
        "</figure><p>Se https://x.example</p><script>alert(1)</script>"
    )
    blog.store.write_post("Rubrik", source, author=1)

    page = httpx.get(f"{blog.url}/rubrik/").text

    assert '<img src="/wp-content/uploads/a.png" alt="En &quot;katt&quot;">' in page
    assert '<a href="https://x.example">https://x.example</a>' in page
    assert "onerror" not in page and "<script>" not in page
    assert "img-src 'self'" in httpx.get(f"{blog.url}/rubrik/").headers["content-security-policy"]


def test_drafts_and_what_is_in_the_bin_are_seen_by_nobody(blog: PracticeBlog) -> None:
    for status in ("draft", "private", "trash"):
        blog.store.write_post(f"Inlägg {status}", "Hemligt", author=1, status=status)

    assert "Hemligt" not in httpx.get(blog.url).text
    assert httpx.get(f"{blog.url}/inlagg-draft/").status_code == 404


def test_state_outlives_a_restart(tmp_path_factory: pytest.TempPathFactory) -> None:
    state = tmp_path_factory.mktemp("blog") / "state"
    with PracticeBlog(state) as blog:
        upload(blog, PNG, "a.png")
        blog.store.write_post("Rubrik", "Text", author=1, status="draft")

    with PracticeBlog(state) as again:
        assert [one.data for one in again.store.pictures()] == [PNG]
        assert [(one.author, one.status) for one in again.store.posts()] == [(1, "draft")]
