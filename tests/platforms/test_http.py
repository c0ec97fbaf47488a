"""The door to the network: time, size, secrets, and what each thing that goes wrong is called."""

import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from torget.platforms import troubles
from torget.platforms.door import Limits
from torget.platforms.http import AnswerLost, Http, Reply, connect_http, post_bytes

type Answer = bytes | Callable[[socket.socket], None]

SECRET = "abcd EFGH ijkl MNOP"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
QUICK = Limits(connect=1, read=0.3, total=1, answer=1000)


@contextmanager
def answering(
    *answers: bytes | Callable[[socket.socket], None],
) -> Iterator[tuple[str, list[bytes]]]:
    """Listen on loopback; give each caller its answer. Yield the address and what was asked."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        for answer in answers:
            caller, _ = listener.accept()
            with caller:
                asked.append(_request(caller))
                if callable(answer):
                    answer(caller)
                else:
                    caller.sendall(answer)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    with closing(listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
        thread.join(5)


def _request(caller: socket.socket) -> bytes:
    """Return all of a request: head and body may come in two parts."""
    head, _, body = caller.recv(65536).partition(b"\r\n\r\n")
    told = re.search(rb"Content-Length: (\d+)", head)
    while told and len(body) < int(told[1]):
        body += caller.recv(65536)
    return head + b"\r\n\r\n" + body


def http(url: str, *, allow_private: bool = True, limits: Limits = QUICK) -> Http:
    return connect_http(
        url, username="torget", secret=SECRET, allow_private=allow_private, limits=limits
    )


def status(line: str, headers: Mapping[str, str] | None = None) -> bytes:
    extra = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    return f"HTTP/1.1 {line}\r\n{extra}Content-Length: 0\r\n\r\n".encode()


def test_an_answer_comes_back_with_its_headers() -> None:
    answer = b"HTTP/1.1 200 OK\r\nX-WP-Total: 3\r\nContent-Length: 7\r\n\r\n\xef\xbb\xbf[1]\n"

    with answering(answer) as (url, asked):
        reply = http(url).get("/wp-json/x", after="2026-01-01T00:00:00Z", text="å&ä")

    assert (reply.status, reply.headers["x-wp-total"], reply.json()) == (200, "3", [1])
    assert asked[0].startswith(
        b"GET /wp-json/x?after=2026-01-01T00%3A00%3A00Z&text=%C3%A5%26%C3%A4 HTTP/1.1\r\n"
    )


def test_a_write_carries_json_and_sign_in() -> None:
    with answering(OK) as (url, asked):
        http(url + "/blogg/").post("/wp-json/x", status="hold")

    head, _, body = asked[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /blogg/wp-json/x HTTP/1.1")
    assert b"\r\nAuthorization: Basic dG9yZ2V0OmFiY2QgRUZHSCBpamtsIE1OT1A=" in head
    assert b"\r\nUser-Agent: Torget" in head
    assert body == b'{"status": "hold"}'


def test_bytes_are_sent_as_what_they_are_to_the_very_address_and_without_sign_in() -> None:
    with answering(OK) as (url, asked):
        reply = post_bytes(
            url + "/tsr/", b"\x30\x00", sent_as="a/b", expected="c/d", allow_private=True
        )

    head, _, body = asked[0].partition(b"\r\n\r\n")
    assert (reply.status, reply.body, body) == (200, b"{}", b"\x30\x00")
    assert head.startswith(b"POST /tsr/ HTTP/1.1")
    assert b"\r\nContent-Type: a/b" in head and b"\r\nAccept: c/d" in head
    assert b"Authorization" not in head


@pytest.mark.parametrize(
    ("url", "trouble"),
    [
        ("https://127.0.0.1/tsr", troubles.PrivateAddress),
        ("http://tid.example/tsr", troubles.NotEncrypted),
        ("https://[::1/", troubles.BadAddress),
        ("https://tid.example/tsr?a=1", troubles.BadAddress),
        ("tid.example", troubles.BadAddress),
    ],
)
def test_bytes_go_through_the_same_door(url: str, trouble: type[troubles.Trouble]) -> None:
    with pytest.raises(trouble):
        post_bytes(url, b"", sent_as="a/b", expected="c/d")


@pytest.mark.parametrize(
    ("url", "trouble"),
    [
        ("http://blogg.example", troubles.NotEncrypted),
        ("https://127.0.0.1", troubles.PrivateAddress),
        ("https://[::1]/", troubles.PrivateAddress),
        ("https://[::ffff:7f00:1]/", troubles.PrivateAddress),
        ("https://localhost", troubles.PrivateAddress),
        ("ftp://blogg.example", troubles.BadAddress),
        ("file:///etc/passwd", troubles.BadAddress),
        ("blogg.example", troubles.BadAddress),
        ("", troubles.BadAddress),
        ("https://", troubles.BadAddress),
        ("https://blogg.example:nej", troubles.BadAddress),
        ("https://kim:hemligt@blogg.example", troubles.BadAddress),
        ("https://blogg.example/?p=1", troubles.BadAddress),
        (f"https://{'å' * 80}.example", troubles.BadAddress),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_before_anything_leaves(
    url: str, trouble: type[troubles.Trouble]
) -> None:
    with pytest.raises(trouble):
        http(url, allow_private=False).get("/")


def test_a_name_that_is_not_there_is_told_apart() -> None:
    with pytest.raises(troubles.NoSuchHost):
        connect_http("https://blogg.invalid", resolve=lambda _host, _port: []).get("/")


def test_plain_http_never_crosses_the_internet_even_where_inner_addresses_are_allowed() -> None:
    door = connect_http(
        "http://blogg.example", allow_private=True, resolve=lambda _host, _port: ["8.8.8.8"]
    )

    with pytest.raises(troubles.NotEncrypted):
        door.get("/")


def test_a_name_that_changes_its_answer_opens_no_inner_network() -> None:
    """The address that was checked is the one connected to: a second look-up never happens."""
    looked_up: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.2"] if len(looked_up) == 1 else ["127.0.0.1"]

    with answering(OK) as (url, asked):
        door = connect_http(
            url.replace("127.0.0.1", "blogg.example"),
            allow_private=True,
            limits=QUICK,
            resolve=rebinding,
        )
        with pytest.raises(troubles.NoAnswer):
            door.get("/")  # nobody listens on the address that was checked
        assert asked == []
        door.get("/")  # each exchange looks up, checks and connects anew

    assert looked_up == ["blogg.example", "blogg.example"]
    assert b"\r\nHost: blogg.example:" in asked[0]


def test_the_next_address_is_tried_when_the_first_does_not_answer() -> None:
    with answering(OK) as (url, _asked):
        door = connect_http(
            url, allow_private=True, limits=QUICK, resolve=lambda *_: ["127.0.0.2", "127.0.0.1"]
        )

        assert door.get("/").status == 200


@pytest.mark.parametrize("code", ["301", "302", "303", "307", "308"])
def test_a_redirect_is_never_followed(code: str) -> None:
    away = status(f"{code} Away", {"Location": "http://169.254.169.254/latest/meta-data/"})

    with answering(away) as (url, asked), pytest.raises(troubles.Moved):
        http(url).get("/")

    assert len(asked) == 1


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("99999999", 86400),
        ("snart", None),
        ("-5", None),
        ("", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
    ],
)
def test_being_asked_to_wait_says_how_long(told: str, seconds: int | None) -> None:
    answer = status("429 Too Many Requests", {"Retry-After": told})

    with answering(answer) as (url, _), pytest.raises(troubles.Busy) as caught:
        http(url).post("/", status="hold")

    assert caught.value.retry_after == seconds


def test_being_asked_to_wait_until_a_time_says_how_long() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    answer = status("503 Service Unavailable", {"Retry-After": later})

    with answering(answer) as (url, _), pytest.raises(troubles.OutOfOrder) as caught:
        http(url).get("/")

    assert caught.value.retry_after in range(290, 301)


def test_a_fault_on_a_write_may_come_after_the_act() -> None:
    with answering(status("502 Bad Gateway")) as (url, _), pytest.raises(AnswerLost) as caught:
        http(url).post("/", status="hold")

    assert caught.value.status == 502


def test_a_refusal_is_an_answer() -> None:
    with answering(status("403 Forbidden")) as (url, _):
        assert http(url).get("/").status == 403


def test_silence_on_a_read_is_no_answer() -> None:
    with answering(_wait) as (url, _), pytest.raises(troubles.NoAnswer):
        http(url).get("/")


def test_silence_after_a_write_left_is_a_lost_answer() -> None:
    with answering(_wait) as (url, _), pytest.raises(AnswerLost):
        http(url).post("/", status="hold")


def test_nobody_there_is_no_answer_even_to_a_write() -> None:
    with answering() as (url, _):
        pass

    with pytest.raises(troubles.NoAnswer):
        http(url).post("/", status="hold")


def test_an_answer_that_drips_ends_at_the_deadline() -> None:
    """Each byte comes in time, but all of them would take for ever."""

    def drip(caller: socket.socket) -> None:
        try:
            for _ in range(100):
                caller.sendall(b"H")
                time.sleep(0.05)
        except OSError:
            pass

    began = time.monotonic()
    with answering(drip) as (url, _), pytest.raises((troubles.NoAnswer, troubles.NotAsAgreed)):
        http(url).get("/")

    assert time.monotonic() - began < 4


@pytest.mark.parametrize("told", [True, False])
def test_more_than_the_largest_answer_is_not_read(*, told: bool) -> None:
    length = b"Content-Length: 5000000\r\n" if told else b""
    answer = b"HTTP/1.1 200 OK\r\n" + length + b"\r\n" + b"x" * 1001

    with answering(answer) as (url, _), pytest.raises(troubles.TooLarge):
        http(url).get("/")


def test_the_largest_answer_is_read() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1000

    with answering(answer) as (url, _):
        assert len(http(url).get("/").body) == 1000


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1, 2",  # cut off
        b"SSH-2.0-OpenSSH_9.2\r\n",  # another kind of server
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000,
    ],
)
def test_an_answer_that_breaks_off_is_not_as_agreed(answer: bytes) -> None:
    with answering(answer) as (url, _), pytest.raises(troubles.NotAsAgreed):
        http(url).get("/")


@pytest.mark.parametrize(
    "body", [b"<html>", b"", b'{"a":', b"\xff\xfe", b"NaN", b"[" * 100_000, b"1" * 5000]
)
def test_what_is_not_json_is_not_as_agreed(body: bytes) -> None:
    with pytest.raises(troubles.NotAsAgreed):
        Reply(200, body).json()


def test_half_a_character_in_json_is_read() -> None:
    assert Reply(200, b'"\\ud800"').json() == "\ud800"


def test_a_certificate_that_nobody_vouches_for_is_told_apart() -> None:
    """A server that does not speak TLS at all fails at the same place."""

    def speak_plainly(caller: socket.socket) -> None:
        caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with answering(speak_plainly) as (url, _), pytest.raises(troubles.BadCertificate):
        http(url.replace("http:", "https:")).get("/")


def test_the_secret_is_in_no_log_no_repr_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = "dG9yZ2V0OmFiY2Qg"

    with answering(status("500 Oops")) as (url, asked):
        door = http(url)
        with pytest.raises(troubles.OutOfOrder) as caught:
            door.get("/")

    assert token in asked[0].decode()
    written = caplog.text + repr(door) + repr(caught.value) + str(vars(caught.value))
    for record in caplog.records:
        written += str(vars(record))
    assert SECRET not in written
    assert token not in written


def test_every_trouble_has_its_own_code_and_words() -> None:
    known = troubles.Trouble.__subclasses__()
    codes = {trouble.code for trouble in known}

    assert len(codes) == len({trouble.words for trouble in known}) == len(known)
    for trouble in known:
        told = trouble()
        assert troubles.explain(trouble.code) == (told.message, told.remedy)
        assert told.message.endswith(".") and told.remedy.endswith(".")


def test_an_unknown_trouble_has_words_too() -> None:
    assert all(troubles.explain("no.such.code"))


def _wait(caller: socket.socket) -> None:
    caller.settimeout(5)
    caller.recv(1)  # until the other side hangs up
