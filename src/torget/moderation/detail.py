"""What the page of one comment shows, put together from what is stored."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from torget.channels.models import Power
from torget.channels.selectors import valid_mandate
from torget.errors import NotPreserved
from torget.moderation import selectors
from torget.moderation.history import Told, tell
from torget.moderation.models import Decision, Flag, Ground
from torget.moderation.selectors import READ, Sight
from torget.organisation.models import User
from torget.platforms.contract import Kind
from torget.policy.clauses import clause, grounds
from torget.records import services as records
from torget.records.canonical import Content
from torget.records.models import Message
from torget.screening import Finding, Screening
from torget.web.text import Mark

TICKED = {Ground.SWEARING, Ground.ADVERTISING}  # the rest is for a person to tick
_THREATS = {Ground.INCITEMENT.value, Ground.LAW.value}
_WITHHELD = {"id": "författarens konto-id", "handle": "författarens kontonamn"}
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
POINTED_AT = 100  # places in a text: more than that tells no one anything
_COMPARED = 6000  # code points: longer versions are shown whole, side by side


@dataclass(frozen=True, slots=True)
class Hint:
    """A suggestion of screening in words."""

    letter: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A ground that can be ticked, whether it is suggested, and the words it brings with it."""

    ground: Ground
    letter: str
    name: str
    suggested: bool
    ticked: bool
    reason: str
    bases: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What exactly is saved, or why something is not: shown before anyone can act."""

    saved: Sequence[str]
    withheld: Sequence[str]
    at: datetime | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Another message of the same thread."""

    message: Message
    content: Content | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One comment as a person sees it."""

    message: Message
    content: Content | None
    sight: Sight
    shown: str
    cut: bool
    marks: Sequence[Mark]
    hints: Sequence[Hint]
    found: Screening
    threat: bool
    tiles: Sequence[Tile]
    evidence: Evidence
    thread: Sequence[Line]
    history: Sequence[Told]
    changes: Sequence[tuple[str, str]]
    may_decide: bool

    @property
    def kind(self) -> str:
        """What it is called."""
        reply = self.content and self.content.kind == Kind.REPLY
        return "Svar" if reply else "Kommentar"

    @property
    def permalink(self) -> str:
        """The comment's own address, if it is one that a browser should follow."""
        return _web(self.content.permalink) if self.content else ""

    @property
    def thread_url(self) -> str:
        """The thread's address, likewise."""
        return _web(self.content.thread_url) if self.content else ""

    @property
    def undoable(self) -> Decision | None:
        """The decision that one press takes back; not one whose comment is deleted, or undone."""
        standing = self.sight.standing
        gone = self.message.seen in (Message.Seen.REMOVED, Message.Seen.GONE)
        if standing is None or gone or standing.flag == Flag.UNDONE:
            return None
        return standing

    @property
    def standard_reason(self) -> str:
        """The words that the ticked grounds bring with them."""
        return " ".join(tile.reason for tile in self.tiles if tile.ticked)


def detail(message: Message, person: User, *, now: datetime) -> Detail:
    """Put together the page of one comment."""
    sight = selectors.sight(message)
    content = selectors.said(sight.version)
    text = content.text if content else ""
    shown = text[:READ]
    found = selectors.suggestions(shown)
    suggested = {finding.clause for finding in found.findings}
    pointed_at = found.findings[:POINTED_AT]
    history = list(selectors.history(message))
    return Detail(
        message=message,
        content=content,
        sight=sight,
        shown=shown,
        cut=len(text) > READ,
        marks=[_mark(finding) for finding in pointed_at],
        hints=list(dict.fromkeys(_hint(finding) for finding in pointed_at)),
        found=found,
        threat=any(f.clause in _THREATS or "threat" in f.rule for f in found.findings),
        tiles=[_tile(Ground(ground.id), suggested) for ground in grounds()],
        evidence=_evidence(sight, content),
        thread=[Line(other, selectors.said(other.latest)) for other in selectors.thread(message)],
        history=tell(history, message),
        changes=_changes(history, sight, shown),
        may_decide=valid_mandate(person, message.channel, Power.MODERATE, now) is not None,
    )


def _web(address: str) -> str:
    return address if address.lower().startswith(("https://", "http://")) else ""


def _mark(finding: Finding) -> Mark:
    ground = Ground(finding.clause)
    return Mark(finding.start, finding.end, ground.letter, f"4:10 {ground.letter}, {ground.short}")


def _hint(finding: Finding) -> Hint:
    return Hint(Ground(finding.clause).letter, finding.explanation)


def _tile(ground: Ground, suggested: set[str]) -> Tile:
    rule = clause(ground)
    names = {"bbs_5": "5 § BBS-lagen", "gdpr": "Dataskyddsförordningen"}
    bases = [f"{names[b.key]}? {b.when}" for b in rule.bases if b.key in names]
    return Tile(
        ground=ground,
        letter=ground.letter,
        name=ground.short,
        suggested=ground in suggested,
        ticked=ground in suggested and ground in TICKED,
        reason=rule.standard_reason,
        bases=" ".join(bases),
    )


def _evidence(sight: Sight, content: Content | None) -> Evidence:
    """Prove anew that the version is saved, and say which parts of it there are."""
    try:
        receipt = records.preserve(sight.version)
    except NotPreserved as error:
        return Evidence((), (), None, f"{error.message} {error.remedy}")
    saved = ["text"] if content and content.text else []
    withheld: list[str] = []
    if content:
        author = content.author
        (saved if author.name else withheld).append("författare")
        withheld += [_WITHHELD[part] for part in sorted(author.withheld) if part in _WITHHELD]
        saved += ["tråd"] if content.thread_title or content.thread else []
        fetched = sum(1 for item in content.media if item.address)
        missing = len(content.media) - fetched
        saved += [_files(fetched)] if fetched else []
        withheld += [_files(missing)] if missing else []
    return Evidence(saved, withheld, receipt.at)


def _files(count: int) -> str:
    return "1 bild eller fil" if count == 1 else f"{count} bilder eller filer"


def _changes(history: Sequence[Decision], sight: Sight, shown: str) -> list[tuple[str, str]]:
    """Return what has changed since the standing decision, as ("same" | "gone" | "new", words)."""
    standing = next((d for d in history if sight.standing and d.pk == sight.standing.pk), None)
    if standing is None or standing.seen_id == sight.version.pk:
        return []
    before = selectors.said(standing.seen)
    old = before.text[:READ] if before else ""
    if max(len(old), len(shown)) > _COMPARED:
        return [("gone", old), ("new", shown)]
    was, now = _WORDS.findall(old), _WORDS.findall(shown)
    parts: list[tuple[str, str]] = []
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    for how, a, b, c, d in matcher.get_opcodes():
        if how == "equal":
            parts.append(("same", "".join(was[a:b])))
            continue
        parts += [("gone", "".join(was[a:b]))] if b > a else []
        parts += [("new", "".join(now[c:d]))] if d > c else []
    return parts
