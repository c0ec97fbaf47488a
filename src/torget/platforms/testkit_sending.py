"""Promises of every adapter that publishes. Adapters outside this repository use it too.

Subclass ``SendingPromises`` beside ``PlatformPromises``, and hand it a stage.
"""

from abc import ABC, abstractmethod

from torget.errors import PlatformUnavailable
from torget.platforms.contract import (
    Done,
    Found,
    Gone,
    IncomingMessage,
    Kind,
    Outcome,
    Platform,
    Rejected,
    Send,
    Shown,
    Snapshot,
    UnknownOutcome,
    Verb,
)
from torget.platforms.stage import SendingStage
from torget.platforms.testkit import RECEIPT, everything
from torget.platforms.testkit_orders import (
    LONG_AGO,
    TEXT,
    TITLE,
    TURNED,
    alts,
    done,
    edit,
    picture,
    publish,
    reply,
    take_down,
    visible,
)


class SendingPromises(ABC):
    """What publishing relies on."""

    @abstractmethod
    def make(self) -> SendingStage:
        """Return a platform without a single message of ours."""

    def test_what_is_published_reads_as_the_record(self) -> None:
        """The public sees what was saved, and so do we."""
        stage = self.make()
        platform = stage.connect()

        ref = done(platform.perform(publish()))

        now = _message(platform.fetch(ref))
        assert (now.text, now.thread_title) == (TEXT, TITLE)
        assert (now.kind, now.ours, now.remote_id) == (Kind.POST, True, ref)
        assert now.permalink.startswith("http")
        seen = visible(stage.public_page(ref))
        assert TITLE in seen
        assert all(line in seen for line in TEXT.splitlines())

    def test_no_sign_of_a_text_is_turned_into_another(self) -> None:
        """Not on the way out, not on the page, not on the way back."""
        stage = self.make()
        platform = stage.connect()
        for number, text in enumerate(TURNED, start=50):
            title, *_ = text.splitlines()

            ref = done(platform.perform(publish(text, title=title, number=number)))

            now = _message(platform.fetch(ref))
            assert (now.text, now.thread_title) == (text, title)
            seen = visible(stage.public_page(ref))
            assert [line for line in text.splitlines() if line not in seen] == []

    def test_a_published_post_comes_in_as_ours(self) -> None:
        """A sweep that meets it first must know it."""
        stage = self.make()
        platform = stage.connect()
        ref = done(platform.perform(publish()))

        (seen,) = everything(stage.connect())

        assert (seen.message.remote_id, seen.message.ours, seen.shown) == (ref, True, Shown.PUBLIC)
        assert platform.reconcile([ref]) == {ref: seen}

    def test_a_picture_is_seen_with_its_description(self) -> None:
        """Also by one who cannot see it."""
        stage = self.make()
        platform = stage.connect()
        media = picture()

        ref = done(platform.perform(publish(media=(media,))))

        now = _message(platform.fetch(ref))
        assert now.text == TEXT
        assert [(one.alt, one.media_type) for one in now.media] == [(media.alt, "image/png")]
        assert media.alt in alts(stage.public_page(ref))
        assert stage.file_at(now.media[0].source_url) == media.data

    def test_a_picture_is_uploaded_once(self) -> None:
        """Also when the first answer was lost."""
        stage = self.make()
        platform = stage.connect()
        send = publish(media=(picture(),))
        stage.goes_wrong("lost", writes=True)

        assert platform.perform(send) == UnknownOutcome()
        done(platform.perform(send))
        done(platform.perform(publish("Ett till", media=(picture(),), number=12)))

        assert stage.sent().count("image/png›") == 1

    def test_sending_the_same_twice_says_it_once(self) -> None:
        """A step that died before it saved comes back."""
        stage = self.make()
        platform = stage.connect()
        comment = stage.visitor_writes("Fråga")
        for send in (publish(), reply(comment, "Svar")):
            first = platform.perform(send)
            writes = stage.writes()

            assert platform.perform(send) == first == Done(done(first))
            assert stage.writes() == writes

    def test_a_lost_answer_is_found_and_not_sent_again(self) -> None:
        """The outcome is unknown until someone looks."""
        stage = self.make()
        platform = stage.connect()
        comment = stage.visitor_writes("Fråga")
        for send in (publish(), reply(comment, "Svar")):
            stage.goes_wrong("lost", writes=True)

            assert platform.perform(send) == UnknownOutcome()

            writes = stage.writes()
            ref = done(platform.resolve(send))
            assert _message(platform.fetch(ref)).text == send.record.text
            assert stage.writes() == writes

    def test_a_bad_answer_is_no_answer(self) -> None:
        """What stands there is found; what does not may never be taken for done."""
        for number, how in enumerate(("cut", "html", "broken"), start=60):
            stage = self.make()
            platform = stage.connect()
            send = publish(how, number=number)
            stage.goes_wrong(how, writes=True)

            outcome = _outcome(platform, send)

            there = [one.message.remote_id for one in everything(platform)
                     if one.message.text == how]  # fmt: skip
            known = platform.resolve(send)
            assert known == (Done(there[0]) if there else UnknownOutcome()), how
            assert outcome in {None, UnknownOutcome(), known}, how
            assert outcome is not None or not there, how

    def test_what_was_never_sent_is_known_not_to_be_there(self) -> None:
        """Then it may be sent. A moment ago is too soon to tell."""
        stage = self.make()
        platform = stage.connect()
        comment = stage.visitor_writes("Fråga")

        for send in (publish, lambda **when: reply(comment, "Svar", **when)):
            assert platform.resolve(send(ago=LONG_AGO)) == Rejected("not_carried_out")
            assert platform.resolve(send()) == UnknownOutcome()
        assert stage.writes() == 0

    def test_of_two_with_the_same_words_each_is_itself(self) -> None:
        """An older one is never taken for the one that is looked for."""
        stage = self.make()
        platform = stage.connect()
        first, second = publish(number=11), publish(number=12, ago=LONG_AGO)
        older = done(platform.perform(first))

        assert platform.resolve(second) == Rejected("not_carried_out")
        newer = done(platform.perform(second))

        assert newer != older
        assert (platform.resolve(first), platform.resolve(second)) == (Done(older), Done(newer))

    def test_a_reply_stands_under_what_it_answers(self) -> None:
        """The same goes for an answer to a post of ours."""
        stage = self.make()
        platform = stage.connect()
        post = done(platform.perform(publish()))
        for target, text in ((stage.visitor_writes("Fråga"), "Svar ett"), (post, "Svar två")):
            ref = done(platform.perform(reply(target, text, number=len(text) + len(target))))

            now = _message(platform.fetch(ref))
            assert (now.parent, now.text, now.ours) == (target, text, True)
            assert now.kind == Kind.REPLY
        assert "Svar två" in visible(stage.public_page(post))

    def test_a_reply_to_what_is_gone_is_refused(self) -> None:
        """Nothing is said to nobody."""
        stage = self.make()
        platform = stage.connect()
        comment = stage.visitor_writes("Fråga")
        stage.staff_bins(comment)

        assert platform.perform(reply(comment, "Svar")) == Rejected("gone")
        assert stage.writes() == 0

    def test_an_edit_changes_what_is_seen(self) -> None:
        """Of a post and of an answer. Editing twice does no harm."""
        stage = self.make()
        platform = stage.connect()
        post = done(platform.perform(publish()))
        answer = done(platform.perform(reply(post, "Svar")))
        for ref, title in ((post, "Ny rubrik"), (answer, "")):
            send = edit(ref, "Ändrat & klart", title=title)

            assert [platform.perform(send) for _ in range(2)] == [Done(ref), Done(ref)]

            now = _message(platform.fetch(ref))
            assert now.text == "Ändrat & klart"
            assert not title or now.thread_title == title
            assert platform.resolve(send) == Done(ref)
        assert TEXT.splitlines()[0] not in visible(stage.public_page(post))

    def test_an_edit_whose_answer_was_lost_is_found(self) -> None:
        """As is one that never came."""
        stage = self.make()
        platform = stage.connect()
        ref = done(platform.perform(publish()))
        send = edit(ref, "Ändrat", title=TITLE, ago=LONG_AGO)
        assert platform.resolve(send) == Rejected("not_carried_out")
        stage.goes_wrong("lost", writes=True)

        assert platform.perform(send) == UnknownOutcome()
        assert platform.resolve(send) == Done(ref)

    def test_a_change_made_on_the_platform_is_seen(self) -> None:
        """Both versions are records."""
        stage = self.make()
        platform = stage.connect()
        ref = done(platform.perform(publish()))
        first = everything(platform)

        stage.visitor_edits(ref, "Ändrat i smyg")

        assert [one.message.text for one in everything(platform)] == ["Ändrat i smyg"]
        assert [one.message.text for one in first] == [TEXT]

    def test_what_we_take_down_is_gone(self) -> None:
        """Taking down twice does no harm; nothing of its proof leaves."""
        stage = self.make()
        platform = stage.connect()
        post = done(platform.perform(publish()))
        answer = done(platform.perform(reply(stage.visitor_writes("Fråga"), "Svar")))
        for ref in (answer, post):
            outcomes = [platform.perform(take_down(ref)) for _ in range(2)]

            assert outcomes == [Done(ref), Done(ref)]
            assert platform.fetch(ref) == Gone()
            assert platform.resolve(take_down(ref)) == Done(ref)
        assert TITLE not in visible(stage.public_page(post))
        assert RECEIPT.commitment.decode() not in stage.sent()

    def test_a_lost_answer_to_taking_down_is_looked_up(self) -> None:
        """Never taken for done."""
        stage = self.make()
        platform = stage.connect()
        ref = done(platform.perform(publish()))
        assert platform.resolve(take_down(ref)) == Rejected("not_carried_out")
        stage.goes_wrong("lost", writes=True)

        assert platform.perform(take_down(ref)) == UnknownOutcome()
        assert platform.resolve(take_down(ref)) == Done(ref)

    def test_anothers_words_are_neither_edited_nor_taken_down_as_ours(self) -> None:
        """Putting words in a citizen's mouth is no edit."""
        stage = self.make()
        platform = stage.connect()
        comment = stage.visitor_writes("Mina ord")

        assert platform.perform(edit(comment, "Era ord")) == Rejected("not_ours")
        assert platform.perform(take_down(comment)) == Rejected("not_ours")
        assert _message(platform.fetch(comment)).text == "Mina ord"
        assert stage.writes() == 0

    def test_what_is_gone_is_not_edited_back(self) -> None:
        """Whoever took it away meant it."""
        stage = self.make()
        platform = stage.connect()
        ref = done(platform.perform(publish()))
        stage.staff_bins(ref)

        assert platform.fetch(ref) == Gone()
        assert platform.perform(edit(ref, "Åter")) == Rejected("gone")
        assert platform.fetch(ref) == Gone()

    def test_the_preview_of_a_sending_is_what_leaves(self) -> None:
        """But for what only the platform can tell, which stands between ‹ and ›."""
        stage = self.make()
        platform = stage.connect()
        comment = stage.visitor_writes("Fråga")
        post = done(platform.perform(publish(number=10)))
        for send in (
            publish(media=(picture(),)),
            reply(comment, "Svar ‹ett›"),
            reply(post, "Svar", number=22),
            edit(post, "Nytt", title="Rubrik"),
        ):
            told = platform.preview(send).decode()
            platform.perform(send)

            assert str(send.id.hex) in told or send.verb == Verb.EDIT
            at = 0
            for part in _known(told):
                at = stage.sent().find(part, at)
                assert at >= 0, part

    def test_nobody_there_means_that_nothing_was_sent(self) -> None:
        """It may be tried again."""
        assert _outcome(self.make().connect_to_nobody(), publish()) is None


def _outcome(platform: Platform, send: Send) -> Outcome | None:
    try:
        return platform.perform(send)
    except PlatformUnavailable:
        return None


def _message(found: Found) -> IncomingMessage:
    assert isinstance(found, Snapshot)
    return found.message


def _known(preview: str) -> list[str]:
    """Return the parts of a preview that do not wait for the platform."""
    parts = preview.split("‹")
    return [parts[0], *(part.partition("›")[2] for part in parts[1:])]
