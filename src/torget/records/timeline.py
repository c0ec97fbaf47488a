"""Everything that is known about one record, in order, for its page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from torget.journal.models import Entry
from torget.journal.services import SYSTEM
from torget.organisation.models import User
from torget.policy.clauses import clauses
from torget.policy.guideline import Clause
from torget.records import canonical, words
from torget.records.canonical import Content, KeptMedia
from torget.records.difference import Part, difference
from torget.records.models import Attachment, Disposed, Message, MessageVersion, Visibility

SHOWN = 20_000  # of a text; the whole of it is a file to fetch
THREAD = 10  # half before it, half after


@dataclass(slots=True)
class File:
    """A picture or file: its row, and what the payload says of it (None when disposed of)."""

    row: Attachment
    kept: KeptMedia | None

    @property
    def reason(self) -> str:
        """Why there is no file, or why it was not fetched anew, in words."""
        return words.REASONS.get(self.row.reason, "")


@dataclass(slots=True)
class Version:
    """A version, what it said, and how it differs from the one before."""

    row: MessageVersion
    content: Content | None
    disposed: Disposed | None
    files: list[File]
    changes: list[Part] = field(default_factory=list)
    author_changes: list[str] = field(default_factory=list)
    files_changed: bool = False

    @property
    def text(self) -> str:
        """The text, cut where a page can no longer show it."""
        return self.content.text[:SHOWN] if self.content else ""

    @property
    def cut(self) -> bool:
        """Whether there is more than the page shows."""
        return self.content is not None and len(self.content.text) > SHOWN


@dataclass(slots=True)
class Line:
    """A journal line in words."""

    entry: Entry
    event: str
    who: str
    clauses: list[Clause]


@dataclass(slots=True)
class Shown:
    """A note on who made the message seen or unseen."""

    row: Visibility
    words: str
    grounds: list[Clause]


@dataclass(slots=True)
class Neighbour:
    """Another message in the same thread."""

    message: Message
    content: Content | None


@dataclass(slots=True)
class Timeline:
    """One record, whole."""

    message: Message
    versions: list[Version]
    shown: list[Shown]
    lines: list[Line]
    thread: list[Neighbour]

    @property
    def latest(self) -> Version:
        """The version that is the last."""
        return self.versions[-1]

    @property
    def kind(self) -> str:
        """What it is on its platform, in a word."""
        return words.KINDS.get(self.message.kind, "Meddelande")

    @property
    def withheld(self) -> list[str]:
        """What the platform did not tell of the author, in words."""
        author = self.latest.content.author if self.latest.content else None
        return [words.AUTHOR.get(name, name) for name in sorted(author.withheld)] if author else []

    @property
    def clauses(self) -> list[Clause]:
        """The clauses that the journal's lines name, each once, in the guideline's order."""
        named = {clause.id for line in self.lines for clause in line.clauses}
        return [clause for clause in clauses().values() if clause.id in named]


def timeline(message: Message) -> Timeline:
    """Return everything about a record: five queries, and one for the people in the journal."""
    versions = _versions(message)
    notes = list(Visibility.objects.filter(message=message).order_by("pk"))
    keys = [message.key]
    keys += [file.row.key for version in versions for file in version.files]
    keys += [note.decision for note in notes if note.decision]
    entries = list(Entry.objects.filter(about__in=keys).order_by("seq"))
    return Timeline(
        message=message,
        versions=versions,
        shown=[Shown(note, words.SEEN[note.state], _clauses(note.grounds)) for note in notes],
        lines=_lines(entries),
        thread=_thread(message),
    )


def _versions(message: Message) -> list[Version]:
    rows = MessageVersion.objects.filter(message=message).order_by("n")
    versions: list[Version] = []
    for row in rows.select_related("entry", "payload", "disposed").defer("payload__raw"):
        payload, disposed = getattr(row, "payload", None), getattr(row, "disposed", None)
        content = canonical.read(bytes(payload.canonical)) if payload else None
        version = Version(row, content, disposed, [])
        before = versions[-1] if versions else None
        if before and before.content and content:
            _compare(before.content, content, version)
        versions.append(version)
    _add_files(message, versions)
    return versions


def _add_files(message: Message, versions: Sequence[Version]) -> None:
    if all(version.content and not version.content.media for version in versions):
        return  # most messages: no question for what is known not to be there
    by_version = {version.row.pk: version for version in versions}
    for row in Attachment.objects.filter(version__message=message).order_by("n"):
        version = by_version[row.version_id]
        kept = version.content.media if version.content else ()
        version.files.append(File(row, next((item for item in kept if item.key == row.key), None)))


def _compare(old: Content, new: Content, version: Version) -> None:
    if old.text != new.text:
        version.changes = difference(old.text[:SHOWN], new.text[:SHOWN])
    version.author_changes = words.author_changes(old.author, new.author)
    version.files_changed = [(f.source_url, f.digest) for f in old.media] != [
        (f.source_url, f.digest) for f in new.media
    ]


def _lines(entries: Sequence[Entry]) -> list[Line]:
    actors = {entry.actor for entry in entries} - {SYSTEM}
    people = User.objects.filter(opaque_id__in=actors).values_list("opaque_id", "name")
    names = dict(people) if actors else {}
    names[SYSTEM] = "Torget"
    return [
        Line(entry, words.event(entry.event), names.get(entry.actor, ""), _clauses(entry.clauses))
        for entry in entries
    ]


def _clauses(ids: Sequence[str]) -> list[Clause]:
    known = clauses()
    return [known[each] for each in ids if each in known]


def _thread(message: Message) -> list[Neighbour]:
    """Return the messages around this one in its thread, oldest first."""
    if not message.thread:
        return []
    rows = Message.objects.filter(channel=message.channel_id, thread=message.thread)
    before = rows.filter(pk__lt=message.pk).order_by("-pk").values("pk")[: THREAD // 2]
    after = rows.filter(pk__gt=message.pk).order_by("pk").values("pk")[: THREAD // 2]
    found = Message.objects.filter(Q(pk__in=before) | Q(pk__in=after)).order_by("pk")
    with_words = found.select_related("latest__payload").defer("latest__payload__raw")
    return [Neighbour(each, _said(each)) for each in with_words]


def _said(message: Message) -> Content | None:
    payload = getattr(message.latest, "payload", None)
    return canonical.read(bytes(payload.canonical)) if payload else None
