"""What the page where one writes shows: where it can be seen, and what the checks say of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from torget.channels.models import Channel
from torget.channels.services import connect
from torget.errors import TorgetError
from torget.platforms.contract import Verb
from torget.publishing.findings import read_draft
from torget.publishing.found import Finding, Findings, Level, Words
from torget.publishing.selectors import approval_asked
from torget.publishing.services import longest, must_be_able, takes_title

EASY, ORDINARY = 40, 50  # LIX: up to here easy, up to here as in newspapers


@dataclass(frozen=True, slots=True)
class Place:
    """A channel that can be chosen, and why not if it cannot."""

    channel: Channel
    chosen: bool
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """How much of a channel's room a text takes. ``most`` is 0 where there is no known end."""

    name: str
    used: int
    most: int

    @property
    def left(self) -> int:
        """How many characters are left; less than none is too long."""
        return self.most - self.used


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as the page shows it: with what the author has said of it."""

    finding: Finding
    ticked: bool
    reason: str
    where: str

    @property
    def sign(self) -> str:
        """The icon."""
        if self.finding.code.startswith("picture"):
            return "image"
        return {Level.STOP: "lock", Level.ASK: "circle-alert", Level.ADVISE: "info"}[
            self.finding.level
        ]

    @property
    def answerable(self) -> bool:
        """Whether the author can say that they have looked at it."""
        return self.finding.level != Level.ADVISE and not self.finding.final


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What stands beside the text."""

    words: Words
    found: Findings
    lines: Sequence[Line]
    lengths: Sequence[Length]
    second: bool
    later: bool
    when: datetime | None = None

    @property
    def summary(self) -> str:
        """The checks in a few words."""
        if self.found.final or self.found.needs_second:
            return "Något måste åtgärdas"
        left = sum(1 for line in self.lines if line.answerable and not line.ticked)
        if left:
            return f"{left} att se över"
        advice = len(self.found.at(Level.ADVISE))
        return f"{advice} råd" if advice else "Allt ser bra ut"

    @property
    def no_secrets(self) -> bool:
        """Whether nothing was found that may be secret."""
        return not any(finding.clause == "4.9" for finding in self.found.all)

    @property
    def readable(self) -> str:
        """How the text reads, in words; nothing when it is hard, which is a finding of its own."""
        if not self.found.lix or self.found.lix > ORDINARY:
            return ""
        return "lättläst" if self.found.lix <= EASY else "som i en tidning"

    @property
    def button(self) -> str:
        """What the button that orders says."""
        if self.second:
            return "Skicka för godkännande"
        if self.words.answers:
            return "Skicka svaret"
        return "Schemalägg" if self.later else "Publicera nu"

    @property
    def blocked(self) -> str:
        """Why nothing can be ordered, in a few words, or nothing."""
        if self.found.final:
            return "Ta bort det som är sekretessbelagt först."
        over = next((length for length in self.lengths if length.most and length.left < 0), None)
        return f"Texten är för lång för {over.name}." if over else ""


def places(channels: Collection[Channel], chosen: Collection[int], verb: Verb) -> list[Place]:
    """Return the channels, with what stands in the way on each. No network."""
    found = []
    for channel in channels:
        try:
            must_be_able(connect(channel), verb)
        except TorgetError as error:
            found.append(Place(channel, False, f"{error.message} {error.remedy}"))
        else:
            found.append(Place(channel, channel.pk in chosen))
    return found


def panel(
    words: Words, chosen: Collection[Channel], checked: Mapping[str, str], *, later: bool = False
) -> Panel:
    """Return what the checks say of a text on its way to some channels."""
    found = read_draft(words)
    return Panel(
        words=words,
        found=found,
        lines=[_line(finding, words, checked) for finding in found.all],
        lengths=[Length(c.name, len(words.text), longest(c)) for c in chosen],
        second=found.needs_second or any(approval_asked(channel) for channel in chosen),
        later=later,
    )


def titled(channels: Collection[Channel]) -> bool:
    """Say whether a post there has a title."""
    return any(takes_title(channel) for channel in channels)


def _line(finding: Finding, words: Words, checked: Mapping[str, str]) -> Line:
    where = words.text[finding.start : finding.end]
    where = "" if finding.clause == "4.9" or len(where) > 60 else where
    return Line(finding, finding.id in checked, checked.get(finding.id, ""), where)
