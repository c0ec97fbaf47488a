"""The public directory of the municipality's channels."""

from collections import defaultdict
from dataclasses import dataclass

from torget.channels.models import Channel
from torget.organisation.models import Unit
from torget.policy.clauses import carries_out
from torget.web.order import sort_key

WHOLE = "Hela kommunen"


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the municipality, and its channels in Swedish order."""

    name: str
    channels: list[Channel]


@dataclass(frozen=True, slots=True)
class Directory:
    """All channels: those in use by part of the municipality, and those that are closed."""

    groups: list[Group]
    closed: list[Channel]
    total: int

    @property
    def found(self) -> int:
        """How many channels it holds."""
        return len(self.closed) + sum(len(group.channels) for group in self.groups)


@carries_out("4.4")
def directory(words: str = "") -> Directory:
    """Return every channel of the municipality, or those that hold all of ``words``. Two queries.

    Names no staff. Closed channels stay, with their last day and where their records are, since
    what was written there is still to be found.

    Source: guideline 4.4. OSL 5:1: a public record may go without registration as long as it is
    kept in order, and the platform's own order serves only if one can find out which accounts
    there are. OSL 4:1-2 (search and description), FL 7 § (easy to reach), BBS 3 § (whose it is).
    """
    everything = list(Channel.objects.select_related("unit"))
    found = sorted(
        (channel for channel in everything if _holds(channel, words)),
        key=lambda channel: sort_key(channel.name),
    )
    parts = _parts()
    grouped: dict[str, list[Channel]] = defaultdict(list)
    closed: list[Channel] = []
    for channel in found:
        in_use = channel.status != Channel.Status.CLOSED
        (grouped[parts[channel.unit_id]] if in_use else closed).append(channel)
    groups = [Group(name, grouped[name]) for name in sorted(grouped, key=_whole_first)]
    return Directory(groups, closed, total=len(everything))


def _holds(channel: Channel, words: str) -> bool:
    told = (channel.name, channel.platform_name, channel.purpose, channel.unit.name, channel.url)
    text = " ".join(told).casefold()
    return all(word in text for word in words.casefold().split())


def _parts() -> dict[int, str]:
    """Return, by unit, the name of the part right under the municipality that it lies in."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    tops = [unit for unit in units.values() if unit.parent_id is None]
    names: dict[int, str] = {}
    for unit in units.values():
        at, met = unit, {unit.pk}
        while (above := units.get(at.parent_id or 0)) and above.parent_id and above.pk not in met:
            at = above
            met.add(at.pk)
        whole = at.parent_id is None and len(tops) == 1
        names[unit.pk] = WHOLE if whole else at.name
    return names


def _whole_first(name: str) -> tuple[bool, tuple[str, str]]:
    return name != WHOLE, sort_key(name)
