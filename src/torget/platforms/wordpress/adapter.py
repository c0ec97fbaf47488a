"""WordPress: reads comments in every state, and hides, shows or deletes them."""

from collections.abc import Mapping, Sequence
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
    Snapshot,
    Unknown,
    UnknownOutcome,
    Verb,
)
from torget.platforms.door import Limits
from torget.platforms.http import AnswerLost, Http, Reply, connect_http
from torget.platforms.troubles import NoInterface, NotAsAgreed, OutOfOrder, TooLarge
from torget.platforms.wordpress import acts
from torget.platforms.wordpress.acts import API
from torget.platforms.wordpress.answers import checked, clock, code, items, total
from torget.platforms.wordpress.capabilities import CAN, LONGEST
from torget.platforms.wordpress.messages import FIELDS, found, written_at
from torget.platforms.wordpress.place import Place

MOST = 100  # WordPress gives no more at a time
# One comment of 10 MB, where JSON may take six bytes for a letter and WordPress gives it twice.
LIMITS = Limits(answer=128_000_000, total=60)
SKEW = timedelta(minutes=5)


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
        self._http = http
        self._own: int | None = None

    def capabilities(self) -> Mapping[Verb, Capability]:
        """Return what WordPress and this adapter can do."""
        return CAN

    def probe(self) -> Health:
        """Ask who we are and whether we may moderate, and compare the clocks."""
        try:
            self._me()
            reply = self._ask("/comments", context="edit", per_page="1", _fields="id")
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
        """Say whether a comment would be too long, or empty."""
        if not text.strip():
            return [Problem("text.empty")]
        return [Problem("text.too_long")] if len(text.encode()) > LONGEST else []

    def preview(self, operation: Operation) -> bytes:
        """Return the request that ``perform`` would send, or nothing if it would send none."""
        return acts.preview(operation)

    def sync(self, cursor: Cursor) -> Page:
        """Return the next comments in every state but the bin, oldest first, at most 100."""
        place, me = Place.read(cursor), self._me()
        reply, size = self._list(place)
        comments = items(reply)
        complete = place.offset + size >= total(reply)
        last = written_at(comments[-1]) if comments else None
        seen = (found(comment, me=me) for comment in comments)
        messages = tuple(one for one in seen if isinstance(one, Snapshot))
        onward = place.on(last, now=clock(reply), size=size, complete=complete)
        return Page(messages, onward.write(), complete)

    def fetch(self, ref: RemoteId) -> Found:
        """Return one comment. What lies in the bin is gone; what waits or is spam is hidden."""
        if not ref.isdecimal():
            return Unknown("wordpress.not_a_comment")
        reply = self._http.get(acts.path(ref), context="edit", _embed="up", _fields=FIELDS)
        if reply.status == 404 and code(reply) == "rest_comment_invalid_id":
            return Gone()
        return found(checked(reply).json(), me=self._me())

    def reconcile(self, refs: Sequence[RemoteId]) -> Mapping[RemoteId, Found]:
        """Return many, a hundred a call. Only a comment that is asked for alone can be gone."""
        answers: dict[RemoteId, Found] = {}
        for some in batched((ref for ref in refs if ref.isdecimal()), MOST):
            answers |= self._many(some)
        return {ref: answers[ref] if ref in answers else self.fetch(ref) for ref in refs}

    def perform(self, operation: Operation) -> Outcome:
        """Hide, show or delete one comment. Doing it twice does no harm."""
        ref = operation.target
        if ref is None or not self.preview(operation):
            return Rejected("not_supported")
        if not ref.isdecimal():
            return Rejected("wordpress.not_a_comment")
        try:
            reply = acts.send(self._http, operation, ref)
        except AnswerLost as lost:
            return self._look(operation, OutOfOrder()) if lost.status else UnknownOutcome()
        return self._judged(reply, operation, ref)

    def resolve(self, operation: Operation) -> Outcome:
        """Look whether the comment is as was asked for. Sends nothing that changes anything."""
        if operation.target is None:
            return Rejected("not_supported")
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

    def _judged(self, reply: Reply, operation: Operation, ref: RemoteId) -> Outcome:
        """Return what came of an act that was answered."""
        match reply.status:
            case 404 if code(reply) == "rest_comment_invalid_id":
                return Done(ref) if operation.verb == Verb.DELETE_OTHER else Rejected("gone")
            case 200 | 401 | 403 | 404:
                if acts.says_so(checked(reply), operation):
                    return Done(ref)
                return self._look(operation, NotAsAgreed())  # a page for maintenance, perhaps
            case status:
                return Rejected(f"http.{status}")

    def _look(self, operation: Operation, trouble: PlatformUnavailable) -> Outcome:
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

    def _me(self) -> int:
        """Return the number of our own user; 0 when the site keeps its users to itself."""
        if self._own is None:
            reply = self._http.get(f"{API}/users/me", context="edit", _fields="id")
            if reply.status == 404 and code(reply):
                self._own = 0
            else:
                match checked(reply).json():
                    case {"id": int(number)}:
                        self._own = number
                    case _:
                        raise NoInterface
        return self._own

    def _ask(self, path: str, **query: str) -> Reply:
        return checked(self._http.get(API + path, **query))

    def _list(self, place: Place) -> tuple[Reply, int]:
        """Return the next comments and how many were asked for: fewer when they are huge."""
        query = {"offset": str(place.offset)} if place.offset else {}
        if place.start:
            query["after"] = place.start
        for size in (MOST, 10, 1):
            try:
                return self._comments(per_page=str(size), **query), size
            except TooLarge:
                if size == 1:
                    raise
        raise AssertionError

    def _many(self, refs: Sequence[RemoteId]) -> Mapping[RemoteId, Found]:
        """Return those of some comments that WordPress lists."""
        try:
            reply = self._comments(per_page=str(MOST), include=",".join(refs))
        except TooLarge:
            return {}  # then each is asked for alone
        me = self._me()
        return {
            RemoteId(str(comment["id"])): found(comment, me=me)
            for comment in items(reply)
            if isinstance(comment, dict) and "id" in comment
        }

    def _comments(self, **query: str) -> Reply:
        """Ask for comments in every state. Dead sign-in cannot pass for an empty list here.

        Context ``edit`` is refused to whoever may not moderate, where a plain list would only
        leave out what is hidden.
        """
        return self._ask(
            "/comments",
            context="edit",
            status="any",
            orderby="date_gmt",
            order="asc",
            _embed="up",
            _fields=FIELDS,
            **query,
        )
