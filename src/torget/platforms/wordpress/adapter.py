"""WordPress: reads comments and own posts, and writes, hides, shows or takes away."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import ClassVar

from torget.errors import PlatformUnavailable
from torget.platforms.contract import (
    Account,
    Capability,
    Cursor,
    Done,
    Found,
    Gone,
    Health,
    Operation,
    Outcome,
    Page,
    Problem,
    Rejected,
    RemoteId,
    Restore,
    Restrain,
    Send,
    Snapshot,
    Unknown,
    UnknownOutcome,
    Verb,
)
from torget.platforms.door import Limits
from torget.platforms.http import AnswerLost, Http, Reply, connect_http
from torget.platforms.troubles import NotAsAgreed, OutOfOrder
from torget.platforms.wordpress import acts, compose, orders
from torget.platforms.wordpress.answers import checked, clock, code
from torget.platforms.wordpress.capabilities import CAN, LONGEST
from torget.platforms.wordpress.listings import Comments, Posts
from torget.platforms.wordpress.orders import is_post
from torget.platforms.wordpress.place import Places
from torget.platforms.wordpress.sending import GONE, Sending
from torget.platforms.wordpress.site import MOST, Site

# One comment of 10 MB, where JSON may take six bytes for a letter and WordPress gives it twice.
LIMITS = Limits(answer=128_000_000, total=60)
SKEW = timedelta(minutes=5)
REF = re.compile(r"(?:post-)?[0-9]{1,18}")
UNSHOWN = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")  # signs that no page shows
AWAY = {Verb.DELETE_OTHER, Verb.DELETE_OWN}
NO_BIN = 501

type Act = Restrain | Restore


def connect(account: Account) -> "WordPress":
    """Return the adapter for one blog. Nothing is sent yet."""
    return WordPress(
        connect_http(
            account.base_url,
            username=account.username,
            secret=account.secret,
            allow_private=account.allow_private,
            limits=LIMITS,
        )
    )


class WordPress:
    """One WordPress, through the account that the municipality gave Torget there.

    WordPress tells neither of edits nor of deletions. Whoever keeps records therefore calls
    ``sync`` each turn until the page is complete (it reads the last day again), ``reconcile``
    with recent and open messages now and then, and ``sync`` from an empty cursor at times.
    """

    key: ClassVar[str] = "wordpress"

    def __init__(self, http: Http) -> None:
        self._site = Site(http)
        self._comments, self._posts = Comments(self._site), Posts(self._site)
        self._sending = Sending(self._site, self._comments, self._posts)

    def capabilities(self) -> Mapping[Verb, Capability]:
        """Return what WordPress and this adapter can do."""
        return CAN

    def probe(self) -> Health:
        """Ask who we are and whether we may moderate, and compare the clocks."""
        try:
            _ = self._site.me
            reply = self._site.ask("/comments", context="edit", per_page="1", _fields="id")
        except PlatformUnavailable as trouble:
            return Health(False, trouble.code, trouble.message, trouble.remedy)
        if abs(clock(reply) - datetime.now(UTC)) > SKEW:
            return Health(
                True,
                "platform.clock",
                "Webbplatsens klocka går inte som den här datorns.",
                "Be den som sköter webbplatsen att ställa klockan.",
            )
        return Health(True)

    def validate(self, text: str) -> Sequence[Problem]:
        """Say whether a text would be empty, too long, or hold what a page cannot show."""
        if not text.strip():
            return [Problem("text.empty")]
        long = len(compose.comment(text).encode()) > LONGEST
        odd = UNSHOWN.search(text) is not None
        told = (("text.too_long", long), ("text.control_characters", odd))
        return [Problem(code) for code, wrong in told if wrong]

    def preview(self, operation: Operation) -> bytes:
        """Return the requests that ``perform`` would send, or nothing if it would send none.

        What only the site can tell, as the address of a picture, stands between ‹ and ›.
        """
        if isinstance(operation, Send):
            return orders.preview(operation)
        return acts.preview(operation)

    def sync(self, cursor: Cursor) -> Page:
        """Return the next comments in every state but the bin, and our own published posts.

        At most 100 of each, oldest first. Posts come by their last change.
        """
        places = Places.read(cursor)
        messages: list[Snapshot] = []
        if not places.posts.ended:
            seen, onward = self._posts.newer(places.posts)
            messages += seen
            places = replace(places, posts=onward)
        if not places.comments.ended:
            seen, onward = self._comments.newer(places.comments)
            messages += seen
            places = replace(places, comments=onward)
        messages.sort(key=lambda one: one.message.written_at)
        return Page(tuple(messages), places.write(), places.complete)

    def fetch(self, ref: RemoteId) -> Found:
        """Return one. What lies in the bin is gone; what waits or is spam or a draft is hidden."""
        if not known(ref):
            return Unknown("wordpress.not_a_comment")
        return (self._posts if is_post(ref) else self._comments).fetch(ref)

    def reconcile(self, refs: Sequence[RemoteId]) -> Mapping[RemoteId, Found]:
        """Return many, a hundred a call. Only what is asked for alone can be gone."""
        answers: dict[RemoteId, Found] = {}
        for some in batched((ref for ref in refs if ref.isdecimal()), MOST):
            answers |= self._comments.many(some)
        for some in batched((ref for ref in refs if known(ref) and is_post(ref)), MOST):
            answers |= self._posts.many(some)
        return {ref: answers[ref] if ref in answers else self.fetch(ref) for ref in refs}

    def perform(self, operation: Operation) -> Outcome:
        """Carry out one operation. Doing it twice does no harm."""
        if operation.target is not None and not known(operation.target):
            return Rejected("wordpress.not_a_comment")
        if isinstance(operation, Send):
            return self._sending.perform(operation)
        if not self.preview(operation):
            return Rejected("not_supported")
        if operation.verb == Verb.DELETE_OWN:
            now = self._sending.own(operation.target)
            if not isinstance(now, Snapshot):
                return Done(operation.target) if isinstance(now, Gone) else Rejected("not_ours")
        elif is_post(operation.target):
            return Rejected("wordpress.not_a_comment")
        return self._act(operation)

    def resolve(self, operation: Operation) -> Outcome:
        """Look whether it is as was asked for. Sends nothing that changes anything."""
        if isinstance(operation, Send):
            return self._sending.resolve(operation)
        now = self.fetch(operation.target)
        if acts.is_as_asked(operation, now):
            return Done(operation.target)
        match now:
            case Unknown():
                return UnknownOutcome()
            case Gone():
                return Rejected("gone")
            case Snapshot():
                return Rejected("not_carried_out")

    def _act(self, operation: Act) -> Outcome:
        try:
            reply = acts.send(self._site.http, operation, operation.target)
        except AnswerLost as lost:
            if lost.status == NO_BIN:
                return Rejected("wordpress.no_bin")
            return self._look(operation, OutOfOrder()) if lost.status else UnknownOutcome()
        return self._judged(reply, operation, operation.target)

    def _judged(self, reply: Reply, operation: Act, ref: RemoteId) -> Outcome:
        """Return what came of an act that was answered."""
        match reply.status:
            case 404 if code(reply) in GONE:
                return Done(ref) if operation.verb in AWAY else Rejected("gone")
            case 410 if code(reply) == "rest_already_trashed":
                return Done(ref)
            case 200 | 401 | 403 | 404:
                if acts.says_so(checked(reply), operation):
                    return Done(ref)
                return self._look(operation, NotAsAgreed())  # a page for maintenance, perhaps
            case status:
                return Rejected(f"http.{status}")

    def _look(self, operation: Act, trouble: PlatformUnavailable) -> Outcome:
        """Look what an answer not to be trusted left behind: a fault may come after the act.

        Raises:
            PlatformUnavailable: nothing happened; ``trouble`` says why.
        """
        try:
            outcome = self.resolve(operation)
        except PlatformUnavailable:
            return UnknownOutcome()
        if outcome == Rejected("not_carried_out"):
            raise trouble
        return outcome


def known(ref: RemoteId) -> bool:
    """Return whether a name is one that WordPress can be asked for."""
    return REF.fullmatch(ref) is not None
