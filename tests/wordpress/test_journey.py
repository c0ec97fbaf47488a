"""The core duty against a real WordPress: it comes in, is kept, is decided on, and comes down."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from tests import make
from tests.verified import verify_says
from tests.wordpress.server import WordPress
from torget.channels.models import Attempt, Channel
from torget.channels.services import save_connection
from torget.journal.models import Entry
from torget.moderation import selectors, services
from torget.moderation.models import Decision, Reading
from torget.organisation.models import User
from torget.project.loop import LANES, turn
from torget.records.models import Message, MessageVersion
from torget.records.selectors import content

pytestmark = [
    pytest.mark.wordpress,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("4.6"),
    pytest.mark.clause("4.10"),
]

INSULT = "Din idiot, du ljuger om allt."
type Order = Callable[..., Decision]


@pytest.fixture(autouse=True)
def blog(wordpress: WordPress, monkeypatch: pytest.MonkeyPatch) -> Channel:
    """Return the channel of the real blog, signed in."""
    monkeypatch.setattr(settings.TORGET, "allow_private_addresses", True)
    blog = make.channel("Bloggen")
    save_connection(
        blog, base_url=wordpress.url, username=wordpress.username, secret=wordpress.password
    )
    return blog


@pytest.fixture
def order(blog: Channel) -> Order:
    """Return a way to decide, as someone with a mandate, from what is to be seen now."""
    by = make.moderator()

    def order(message: Message, measure: str = "hide") -> Decision:
        return services.decide(
            sight=selectors.sight(message),
            judgement=make.judgement(measure),
            by=by,
            now=timezone.now(),
        )

    return order


def read() -> None:
    _, failed = turn(LANES["read"])
    assert failed == 0 and not Attempt.objects.exists()


def act() -> None:
    _, failed = turn(LANES["act"])
    assert failed == 0


def the_message() -> Message:
    return Message.objects.get(direction=Message.Direction.IN)


def latest(message: Message) -> MessageVersion:
    assert message.latest
    return message.latest


def texts(message: Message) -> list[str]:
    return [content(version).text for version in message.versions.all()]


def line(event: str, about: UUID) -> Entry:
    return Entry.objects.filter(event=event, about=about).latest("seq")


def test_a_visitors_comment_is_in_the_queue_after_one_turn_of_the_read_lane(
    wordpress: WordPress,
) -> None:
    post = wordpress.new_post("Badplatsen öppnar")
    wordpress.visitor_writes(post, INSULT, name="Kim Berg", email="kim@example.test")

    read()

    waiting = selectors.queue(make.moderator(), on=timezone.localdate()).rows
    assert [content(latest(row.message)).text for row in waiting] == [INSULT]
    assert "a" in Reading.objects.get().labels
    kept = content(latest(the_message()))
    assert (kept.author.name, kept.thread_title) == ("Kim Berg", "Badplatsen öppnar")
    raw = bytes(latest(the_message()).payload.raw)
    assert b"kim@example.test" not in raw
    assert b'127.0.0.1"' not in raw


def test_changed_in_wordpress_both_versions_are_kept(wordpress: WordPress) -> None:
    comment = wordpress.visitor_writes(wordpress.new_post(), "Först så här.")
    read()
    wordpress.edits(comment, "Sedan så här.")

    read()

    assert texts(the_message()) == ["Först så här.", "Sedan så här."]
    assert not verify_says()


def test_hidden_restored_and_hidden_again(wordpress: WordPress, order: Order) -> None:
    post = wordpress.new_post()
    wordpress.visitor_writes(post, INSULT)
    read()
    message = the_message()
    assert INSULT in wordpress.page(post)

    for measure, shown, seen in (
        ("hide", False, "hidden"),
        ("keep", True, "public"),
        ("hide", False, "hidden"),
    ):
        decision = order(message, measure)
        act()
        decision.refresh_from_db()
        message.refresh_from_db()
        assert (decision.state, message.seen) == (Decision.State.CONFIRMED, seen)
        assert (INSULT in wordpress.page(post)) is shown
        assert decision.receipt_at < line("moderation.performed", decision.key).at
        receipt = Entry.objects.get(id=decision.receipt_entry)
        assert receipt.seq < line("moderation.performed", decision.key).seq

    kept = content(latest(message))
    assert (kept.text, kept.author.name) == (INSULT, "Kim Berg")
    assert list(message.visibilities.values_list("state", "by")) == [
        ("hidden", "us"),
        ("public", "us"),
        ("hidden", "us"),
    ]
    read()
    assert message.versions.count() == 1
    assert not verify_says()


def test_removed_it_is_gone_from_wordpress_and_kept_here(
    wordpress: WordPress, order: Order
) -> None:
    post = wordpress.new_post()
    comment = wordpress.visitor_writes(post, INSULT)
    read()
    decision = order(the_message(), "remove")

    act()
    assert INSULT not in wordpress.page(post)
    assert wordpress.rest("GET", f"/comments/{comment}").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        act()

    decision.refresh_from_db()
    assert decision.state == Decision.State.CONFIRMED
    assert wordpress.rest("GET", f"/comments/{comment}").status_code == 404
    assert texts(the_message()) == [INSULT]
    assert the_message().seen == Message.Seen.REMOVED


def test_changed_between_decision_and_act_it_comes_back_to_the_person(
    wordpress: WordPress, order: Order
) -> None:
    post = wordpress.new_post()
    comment = wordpress.visitor_writes(post, INSULT)
    read()
    decision = order(the_message())
    wordpress.edits(comment, "Förlåt, jag menade inte så.")

    act()

    decision.refresh_from_db()
    assert decision.state == Decision.State.RETURNED
    assert "Förlåt" in wordpress.page(post)
    assert texts(the_message()) == [INSULT, "Förlåt, jag menade inte så."]
    waiting = selectors.queue(make.moderator(), on=timezone.localdate()).rows
    assert [row.message.pk for row in waiting] == [the_message().pk]


def test_binned_in_wordpress_itself_it_is_gone_kept_and_not_called_our_act(
    wordpress: WordPress,
) -> None:
    comment = wordpress.visitor_writes(wordpress.new_post(), INSULT)
    read()
    wordpress.bins(comment)

    read()

    message = the_message()
    assert message.seen == Message.Seen.GONE
    assert list(message.visibilities.values_list("state", "by", "decision")) == [
        ("gone", "unknown", None)
    ]
    assert texts(message) == [INSULT]
    assert not verify_says()


def test_what_a_stranger_writes_as_code_stays_text(wordpress: WordPress) -> None:
    nasty = 'Hej \u202egnaro\u202c o\u200bch 5 < 7 & "citat"'
    wordpress.visitor_writes(wordpress.new_post(), nasty)

    read()

    assert texts(the_message()) == [nasty]


def test_a_wrong_password_is_told_and_nothing_is_lost(wordpress: WordPress, blog: Channel) -> None:
    wordpress.visitor_writes(wordpress.new_post(), "Hej")
    save_connection(blog, base_url=wordpress.url, username="torget", secret="fel fel fel")

    turn(LANES["read"])

    trouble = Attempt.objects.get()
    assert trouble.message and trouble.remedy
    save_connection(
        blog, base_url=wordpress.url, username=wordpress.username, secret=wordpress.password
    )
    Attempt.objects.all().delete()
    read()
    assert texts(the_message()) == ["Hej"]


def test_one_who_has_lost_the_mandate_takes_nothing_down(
    wordpress: WordPress, order: Order
) -> None:
    from torget.errors import NoMandate

    wordpress.visitor_writes(wordpress.new_post(), INSULT)
    read()
    User.objects.get(name="Maj").mandates.update(revoked_at=timezone.now())

    with pytest.raises(NoMandate):
        order(the_message())
