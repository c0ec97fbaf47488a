"""What Torget asks of a platform adapter: values, and one protocol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Literal, NewType, Protocol
from uuid import UUID

RemoteId = NewType("RemoteId", str)
Cursor = NewType("Cursor", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What an adapter needs to sign in. The secret never shows in a repr, a log or an error.

    ``allow_private`` lets the address lie on the installation's own network, unencrypted.
    """

    base_url: str
    username: str = ""
    secret: str = field(default="", repr=False)
    allow_private: bool = False


class Verb(StrEnum):
    """What can be asked of a platform."""

    READ_OWN = "read_own"
    READ_COMMENTS = "read_comments"
    PUBLISH = "publish"
    REPLY = "reply"
    EDIT = "edit"
    DELETE_OWN = "delete_own"
    HIDE = "hide"
    UNHIDE = "unhide"
    DELETE_OTHER = "delete_other"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Capability:
    """Whether a platform can do one thing, in words a clerk reads, with source and date."""

    support: Literal["yes", "partial", "no", "needs_approval"]
    note_sv: str
    source_url: str
    checked: date
    limits: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the account answers. ``trouble`` is a code, ``message`` and ``remedy`` Swedish."""

    ok: bool
    trouble: str = ""
    message: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a draft that the platform will not take."""

    code: str


@dataclass(frozen=True, slots=True)
class Author:
    """The author as the platform showed them. What it withheld is None and named in withheld.

    Nothing else is kept: no enrichment, no e-mail, no address of a machine (law.md 1H).
    """

    id: str | None
    name: str | None
    handle: str | None = None
    url: str | None = None
    withheld: frozenset[str] = frozenset()

    @property
    def complete(self) -> bool:
        """Whether the platform gave all that it has to tell the author from every other one."""
        return bool(self.name) and not self.withheld


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or file that belongs to a message. ``data`` is None when it was not fetched."""

    source_url: str
    media_type: str
    alt: str = ""
    data: bytes | None = None


class Kind(StrEnum):
    """What a message is on its platform."""

    POST = "post"
    COMMENT = "comment"
    REPLY = "reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """A message as the platform gave it, before Torget has judged anything about it.

    ``text`` is plain text. ``raw`` is this message's part of the platform's answer, JSON in UTF-8,
    without what Torget may not keep (e-mail, machine address). Times carry a time zone.
    ``ours`` says that the municipality's own account wrote it.
    """

    remote_id: RemoteId
    kind: Kind = Kind.COMMENT
    author: Author
    text: str
    written_at: datetime
    raw: bytes
    ours: bool = False
    permalink: str = ""
    parent: RemoteId | None = None
    thread: str = ""
    thread_title: str = ""
    thread_url: str = ""
    media: tuple[Media, ...] = ()


class Shown(StrEnum):
    """Whether the public can see a message that is there."""

    PUBLIC = "public"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The message is there, looks like this, and the public can or cannot see it."""

    message: IncomingMessage
    shown: Shown = Shown.PUBLIC


@dataclass(frozen=True, slots=True)
class Gone:
    """The platform says that the message is not there: deleted or in the bin."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The platform would not say. ``code`` says why."""

    code: str = ""


type Found = Snapshot | Gone | Unknown


@dataclass(frozen=True, slots=True)
class Page:
    """A run of messages and where to go on from. ``complete``: nothing newer waits."""

    messages: tuple[Snapshot, ...]
    next: Cursor
    complete: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a message and its author are saved. Only ``records.preserve`` makes one.

    ``at`` is when the version was saved, always before any act that the receipt lets through.
    """

    entry: UUID
    commitment: bytes
    author_complete: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class NoCopyOrder:
    """Leave to act without saving: the material is a crime to possess (BrB 16:10 a)."""

    entry: UUID


@dataclass(frozen=True, slots=True)
class OutgoingRecord:
    """A message of ours that is already a record. Only ``records.record_outgoing`` makes one.

    It is sent exactly as it stands here: plain text whose lines end with a line feed alone, and
    pictures with their bytes. A picture's ``source_url`` is the name of the file handed in.
    """

    entry: UUID
    text: str
    title: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restrain:
    """Take a message, or its author, away from the channel: another's, or one of our own."""

    id: UUID
    verb: Literal[Verb.HIDE, Verb.DELETE_OTHER, Verb.BLOCK, Verb.DELETE_OWN]
    target: RemoteId
    proof: Receipt | NoCopyOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """Let a hidden message be seen again."""

    id: UUID
    target: RemoteId
    verb: Literal[Verb.UNHIDE] = Verb.UNHIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Publish, reply or edit.

    ``id`` tells this sending from every other one, also from one with the same words. ``at`` is
    when this attempt began, by our own clock. ``target`` is what is answered or edited.
    """

    id: UUID
    verb: Literal[Verb.PUBLISH, Verb.REPLY, Verb.EDIT]
    record: OutgoingRecord
    at: datetime
    target: RemoteId | None = None


type Operation = Restrain | Restore | Send


@dataclass(frozen=True, slots=True)
class Done:
    """Carried out. Read back before it is believed."""

    remote_id: RemoteId


@dataclass(frozen=True, slots=True)
class Pending:
    """On its way; ask ``resolve`` again. ``state`` is a code."""

    state: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The platform said no, and nothing happened. ``code`` says why."""

    code: str


@dataclass(frozen=True, slots=True)
class UnknownOutcome:
    """The answer was lost: it may have happened. Look with ``resolve``; never send again."""


type Outcome = Done | Pending | Rejected | UnknownOutcome


class Platform(Protocol):
    """One account on one platform. Every adapter passes ``torget.platforms.testkit``."""

    key: ClassVar[str]

    def capabilities(self) -> Mapping[Verb, Capability]:
        """Return what this account can do, as data that pages show."""
        ...

    def probe(self) -> Health:
        """Ask cheaply whether the account answers and may do its work."""
        ...

    def validate(self, text: str) -> Sequence[Problem]:
        """Return what the platform would not take in a draft. No network."""
        ...

    def preview(self, operation: Operation) -> bytes:
        """Return exactly what ``perform`` would send, without secrets."""
        ...

    def sync(self, cursor: Cursor) -> Page:
        """Return messages after ``cursor``, oldest first. Asking twice does no harm.

        Raises:
            PlatformUnavailable: the platform did not answer, or not as agreed.
        """
        ...

    def fetch(self, ref: RemoteId) -> Found:
        """Return one message as it is now.

        Raises:
            PlatformUnavailable: the platform did not answer.
        """
        ...

    def reconcile(self, refs: Sequence[RemoteId]) -> Mapping[RemoteId, Found]:
        """Return many messages as they are now."""
        ...

    def perform(self, operation: Operation) -> Outcome:
        """Carry out one operation. Nothing of its proof is sent.

        A ``Send`` that stands there already (by its ``id``) is Done and not sent again.

        Raises:
            PlatformUnavailable: nothing happened; try again later.
        """
        ...

    def resolve(self, operation: Operation) -> Outcome:
        """Find out how an operation went, after Pending or UnknownOutcome. Sends nothing.

        Done: it stands there. Rejected("not_carried_out"): it does not, and cannot any more, so
        it may be tried again. UnknownOutcome: look again later; a request that was sent a moment
        ago may still be on its way.
        """
        ...
