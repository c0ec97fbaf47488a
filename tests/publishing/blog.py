"""A blog in memory that can be written on, and that loses, delays and refuses as real ones do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tests.fakes import FakePlatform
from torget.errors import PlatformUnavailable
from torget.platforms.contract import (
    Author,
    Done,
    Gone,
    IncomingMessage,
    Kind,
    Media,
    Operation,
    Outcome,
    Problem,
    Rejected,
    RemoteId,
    Restrain,
    Send,
    UnknownOutcome,
    Verb,
)

ACCOUNT = Author(id="7", name="Björkbo kommun")


class FakeBlog(FakePlatform):
    """Keeps what was sent, and tells each sending from the next by its id, as adapters promise.

    Args:
        loses: so many answers are lost before anything happens.
        lose: so many answers are lost after it happened.
    """

    def __init__(self, *messages: IncomingMessage, loses: int = 0, **promises: object) -> None:
        super().__init__(*messages, **promises)  # type: ignore[arg-type]
        self.loses = loses
        self.sent: dict[UUID, RemoteId] = {}
        self.took: list[tuple[datetime, Send]] = []  # every text that took effect, and when
        self.deaf = False  # a lookup says nothing

    def validate(self, text: str) -> Sequence[Problem]:
        """Take everything but nothing."""
        return [] if text.strip() else [Problem("text.empty")]

    def perform(self, operation: Operation) -> Outcome:
        """Carry out, unless the answer is to be lost first."""
        if not isinstance(operation, Send) and operation.verb != Verb.DELETE_OWN:
            return super().perform(operation)
        self._answer()
        if self.dies:
            raise PlatformUnavailable("Borta.", remedy="Vänta.")
        self.before_act(operation)
        self.asked.append(operation)
        if self.refuse or operation.verb in self.cannot:
            return Rejected(self.refuse or "not_supported")
        if self.loses:
            self.loses -= 1
            return UnknownOutcome()
        outcome = self._carry_out(operation)
        if self.lose:
            self.lose -= 1
            return UnknownOutcome()
        return outcome

    def resolve(self, operation: Operation) -> Outcome:
        """Look, and send nothing."""
        self._answer()
        if self.deaf:
            return UnknownOutcome()
        match operation:
            case Send(id=key, verb=Verb.EDIT, target=target, record=record):
                post = self.posts.get(target or RemoteId(""))
                there = post is not None and post.text == record.text
                return Done(self.sent[key]) if there else Rejected("not_carried_out")
            case Send(id=key):
                return Done(self.sent[key]) if key in self.sent else Rejected("not_carried_out")
            case Restrain(verb=Verb.DELETE_OWN, target=target):
                gone = isinstance(self.fetch(target), Gone)
                return Done(target) if gone else Rejected("not_carried_out")
        return super().resolve(operation)

    def texts(self) -> Mapping[str, str]:
        """Return what stands on the page."""
        return {ref: post.text for ref, post in self.posts.items()}

    def _carry_out(self, operation: Operation) -> Outcome:
        match operation:
            case Send(verb=Verb.EDIT, target=target, record=record):
                if target is None or target not in self.posts:
                    return Rejected("gone")
                was = self.posts[target]
                title = record.title or was.thread_title
                self.posts[target] = replace(was, text=record.text, thread_title=title)
                self.sent[operation.id] = target
                self.took.append((timezone.now(), operation))
                return Done(target)
            case Send():
                # No look for the id first: whoever sends twice is found out.
                ref = RemoteId(f"post-{len(self.took) + 100}")
                self.sent[operation.id] = ref
                self.posts[ref] = _message(ref, operation)
                self.took.append((timezone.now(), operation))
                return Done(ref)
            case Restrain(target=target):
                self.posts.pop(target, None)
                return Done(target)
        return Rejected("not_supported")


def _message(ref: RemoteId, sent: Send) -> IncomingMessage:
    number = ref.removeprefix("post-")
    media = tuple(
        Media(f"http://127.0.0.1:1/{m.source_url}", m.media_type, m.alt, m.data)
        for m in sent.record.media
    )
    return IncomingMessage(
        remote_id=ref,
        kind=Kind.POST if sent.verb == Verb.PUBLISH else Kind.REPLY,
        author=ACCOUNT,
        text=sent.record.text,
        written_at=timezone.now(),
        raw=b'{"id": 1}',
        ours=True,
        permalink=f"http://127.0.0.1:1/?p={number}",
        parent=sent.target,
        thread=number,
        thread_title=sent.record.title,
        media=media,
    )
