"""The other way on a real WordPress: written here, it stands there, once, and is kept."""

from datetime import timedelta

import httpx
import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from tests import make
from tests.publishing import write
from tests.publishing.test_pages import png
from tests.verified import verify_says
from tests.wordpress.server import WordPress
from torget.channels.models import Attempt, Channel
from torget.channels.services import connect, save_connection
from torget.organisation.models import User
from torget.platforms.contract import Operation, Outcome, Platform, UnknownOutcome
from torget.project.loop import LANES, turn
from torget.publishing import services
from torget.publishing.models import Dispatch
from torget.publishing.services import Draft, Upload, order, save_draft
from torget.publishing.work import dispatch
from torget.records.models import Message, MessageVersion, Visibility
from torget.records.selectors import content

pytestmark = [
    pytest.mark.wordpress,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("4.2"),
    pytest.mark.clause("4.6"),
]
TEXT = "Nu öppnar vi isen – välkomna!\n\nBelyst till kl. 21. Läs mer: https://bjorkbo.example/is"


@pytest.fixture(autouse=True)
def blog(wordpress: WordPress, monkeypatch: pytest.MonkeyPatch) -> Channel:
    """Return the channel of the real blog, signed in."""
    monkeypatch.setattr(settings.TORGET, "allow_private_addresses", True)
    channel = make.channel("Bloggen")
    save_connection(
        channel, base_url=wordpress.url, username=wordpress.username, secret=wordpress.password
    )
    return channel


@pytest.fixture
def author(blog: Channel) -> User:
    """Return someone with a mandate to write."""
    return write.author("Maj", blog)


def publish(author: User, blog: Channel, text: str = TEXT, **more: object) -> Dispatch:
    draft = Draft(text=text, title="Isbanan", channels=[blog], **more)  # type: ignore[arg-type]
    post = save_draft(draft, by=author, now=timezone.now())
    (one,) = order(post, by=author, now=timezone.now())
    return one


def act(lane: str = "act") -> None:
    _, failed = turn(LANES[lane])
    assert failed == 0
    assert not Attempt.objects.exists(), Attempt.objects.values_list("code", "message")


def page(wordpress: WordPress) -> str:
    return httpx.get(wordpress.url, follow_redirects=True).text


def ours() -> Message:
    return Message.objects.get(direction=Message.Direction.OUT)


def said(message: Message) -> list[tuple[str, str]]:
    return [
        (version.evidence, content(version).text)
        for version in MessageVersion.objects.filter(message=message).order_by("n")
    ]


def test_a_post_stands_on_the_public_page_and_is_kept_as_sent_and_as_it_stands(
    wordpress: WordPress, blog: Channel, author: User
) -> None:
    one = publish(author, blog)

    act()
    act("read")

    one.refresh_from_db()
    shown = page(wordpress)
    assert one.state == "confirmed"
    assert "Nu öppnar vi isen – välkomna!" in shown
    assert "Isbanan" in shown
    message = ours()
    assert said(message) == [("sending", TEXT), ("api", TEXT)]
    assert (message.seen, message.kind) == ("public", "post")
    assert message.remote_id.startswith("post-")
    assert [note.by for note in Visibility.objects.filter(message=message)] == ["us", "us"]
    assert content(message.latest).thread_title == "Isbanan"  # type: ignore[arg-type]
    assert not verify_says()


@pytest.mark.clause("4.1")
def test_a_picture_is_sent_with_its_description(
    wordpress: WordPress, blog: Channel, author: User
) -> None:
    publish(author, blog, picture=Upload(name="is.png", data=png()), alt="Barn på is")

    act()

    assert 'alt="Barn på is"' in page(wordpress)
    assert content(ours().latest).media[0].alt == "Barn på is"  # type: ignore[arg-type]


@pytest.mark.clause("4.10")
def test_a_change_is_a_new_version_and_a_removal_keeps_them_all(
    wordpress: WordPress, blog: Channel, author: User
) -> None:
    first = publish(author, blog)
    act()
    first.refresh_from_db()

    wanted = services.Change(text="Isen bär inte. Vänta.", title="Isbanan stängd")
    second = services.edit(first, wanted, by=author, now=timezone.now())
    act()
    act("read")

    second.refresh_from_db()
    assert second.state == "confirmed"
    assert "Isen bär inte. Vänta." in page(wordpress)
    assert [text for _, text in said(ours())] == [TEXT, TEXT, "Isen bär inte. Vänta."]

    first.refresh_from_db()
    down = services.take_down(first, reason="Fel.", by=author, now=timezone.now())
    act()
    act("read")

    down.refresh_from_db()
    assert down.state == "confirmed"
    assert "Isen bär inte" not in page(wordpress)
    assert ours().seen == "removed"
    assert len(said(ours())) == 3
    assert not verify_says()


def test_an_answer_stands_under_the_comment(
    wordpress: WordPress, blog: Channel, author: User
) -> None:
    post = wordpress.new_post("Lekplatsen")
    wordpress.visitor_writes(post, "När öppnar den?")
    act("read")
    question = Message.objects.get(direction=Message.Direction.IN)
    draft = save_draft(Draft(text="På måndag.", answers=question), by=author, now=timezone.now())
    order(draft, by=author, now=timezone.now())

    act()
    act("read")

    answer = ours()
    assert (answer.parent, answer.kind, answer.seen) == (question, "reply", "public")
    shown = wordpress.page(post)
    assert shown.index("När öppnar den?") < shown.index("På måndag.")
    assert not verify_says()


class Lost:
    """The real blog, over a line that loses the answer to what it was sent."""

    def __init__(self, real: Platform, *, after: bool) -> None:
        self._real, self._after = real, after

    def perform(self, operation: Operation) -> Outcome:
        """Send, or not; the answer is lost."""
        if self._after:
            self._real.perform(operation)
        return UnknownOutcome()

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


@pytest.mark.parametrize("after", [True, False], ids=["after effect", "before effect"])
def test_a_lost_answer_is_settled_by_looking_and_it_stands_there_once(
    wordpress: WordPress, blog: Channel, author: User, after: bool
) -> None:
    one = publish(author, blog)
    dispatch(9, connect=lambda c: Lost(connect(c), after=after))  # type: ignore[arg-type, return-value]
    one.refresh_from_db()
    assert one.state == "sent"
    turn(LANES["read"])  # meets it before we know: it is left for later

    for minutes in (5, 20, 60):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            dispatch(9)

    one.refresh_from_db()
    assert one.state == "confirmed"
    assert page(wordpress).count("Nu öppnar vi isen") == 1
    assert said(ours()) == [("sending", TEXT), ("api", TEXT)]
    assert not verify_says()
