"""The practice municipality works the real way, and holds what there is to practise on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from tests.verified import verify_says
from torget.channels.models import Attempt, Channel, Connection, GuidedStep, Power
from torget.channels.selectors import valid_mandate
from torget.moderation.models import Decision, Reading
from torget.organisation.models import RoleName, User
from torget.practice import demo
from torget.practice.blog.server import PracticeBlog
from torget.practice.content import traffic
from torget.publishing.models import Dispatch, Post
from torget.records.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("practice")]
SWORE = "Vilket jävla tjat"


@pytest.fixture(scope="module")
def founded(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Path]:
    """Make the municipality ready once, committed as in use. Return the blog's file."""
    state = tmp_path_factory.mktemp("practice") / "blog.sqlite3"
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings.TORGET, "allow_private_addresses", True)
        demo.prepare(state, demo.free_port(0), now=timezone.now())
    yield state
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def blog(founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PracticeBlog]:
    """Return the practice blog as the municipality left it. What a test does to it is undone."""
    monkeypatch.setattr(settings.TORGET, "allow_private_addresses", True)
    state = Path(shutil.copy(founded, tmp_path / "blog.sqlite3"))
    with demo.blog(state, demo.free_port(0)) as answering:
        yield answering


def test_every_role_has_someone_who_can_sign_in(blog: PracticeBlog) -> None:
    people = [authenticate(username=one.email, password=one.password) for one in demo.sign_ins()]

    assert all(isinstance(person, User) for person in people)
    assert {one.role for one in demo.sign_ins()} == {role.label for role in RoleName}


@pytest.mark.clause("4.10")
def test_the_week_is_read_and_the_first_decisions_stand_on_the_blog(blog: PracticeBlog) -> None:
    page = httpx.get(f"{blog.url}/ny-trafikplan-vid-centralskolan/").text

    assert SWORE not in page
    assert "det sämsta beslut nämnden har fattat" in page  # harsh, lawful, kept
    told = traffic()["comment"] + traffic()["pasted"]
    assert Message.objects.filter(direction="in").count() == len(told)
    assert Reading.objects.count() == Message.objects.filter(direction="in").count()
    of_blog = Decision.objects.filter(message__channel__capture_basis="api")
    assert set(of_blog.values_list("state", flat=True)) == {Decision.State.CONFIRMED}
    assert not Attempt.objects.exists()
    assert not verify_says()


@pytest.mark.clause("4.10")
def test_what_was_pasted_waits_for_a_hand(blog: PracticeBlog) -> None:
    step = GuidedStep.objects.get()

    assert (step.state, step.verb) == (GuidedStep.State.OPEN, "hide")
    assert Message.objects.get(remote_id=step.target).awaited == Message.Seen.HIDDEN


@pytest.mark.clause("4.3")
def test_there_are_posts_in_every_state_and_the_first_stands_on_the_blog(
    blog: PracticeBlog,
) -> None:
    states = Dispatch.objects.order_by("pk").values_list("state", flat=True)

    assert list(states) == ["confirmed", "scheduled", "waiting_approval"]
    assert Post.objects.filter(dispatches=None).count() == 1
    assert "belyst till klockan 21" in httpx.get(blog.url).text
    assert Message.objects.get(direction="out").seen == "public"


@pytest.mark.clause("4.2")
def test_the_communications_officer_may_moderate_and_the_author_may_not(
    blog: PracticeBlog,
) -> None:
    channel, now = Channel.objects.get(connection__isnull=False), timezone.now()

    assert valid_mandate(_who(RoleName.COMMUNICATIONS), channel, Power.MODERATE, now)
    assert valid_mandate(_who(RoleName.AUTHOR), channel, Power.MODERATE, now) is None


def test_started_again_elsewhere_nothing_is_doubled_and_the_blog_is_followed(
    blog: PracticeBlog, tmp_path: Path
) -> None:
    before = (User.objects.count(), Message.objects.count(), Decision.objects.count())
    blog.store.note("seen", "1")
    port = demo.free_port(0)

    demo.prepare(tmp_path / "blog.sqlite3", port, now=timezone.now())

    after = (User.objects.count(), Message.objects.count(), Decision.objects.count())
    assert after == before
    assert Connection.objects.get().base_url.endswith(f":{port}")
    assert Channel.objects.get(connection__isnull=False).url.endswith(f":{port}/")


def test_a_port_that_is_taken_is_not_chosen(blog: PracticeBlog) -> None:
    assert demo.free_port(blog.port) != blog.port


def test_what_comes_later_names_posts_that_are_there(blog: PracticeBlog) -> None:
    from torget.practice.traffic import coming

    posts = {post.id for post in blog.store.posts()}

    assert {one.post for one in coming()} <= posts
    assert len({one.after_seconds for one in coming()}) == len(traffic()["later"])


def _who(role: RoleName) -> User:
    return User.objects.get(roles__role=role)
