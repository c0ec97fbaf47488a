"""What a person is told to do on each platform, as data (``instructions.toml``)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from torget.platforms.contract import Capability, Verb

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Instruction:
    """How one verb is carried out on one platform: lines to follow in order, and what it does."""

    steps: tuple[str, ...]
    capability: Capability


def instruction(platform: str, verb: Verb) -> Instruction:
    """Return how to do it there. A platform without instructions of its own gets the general."""
    known = _data()
    told = known.get(platform, known[OTHER])
    mine: Mapping[str, Any] = told.get(verb.value, {})
    plain: Mapping[str, Any] = known[OTHER][verb.value]
    support = mine.get("support", "yes")
    note = mine.get("note", plain["note"])
    steps = [told["open"], *mine.get("steps", plain["steps"]), *plain.get("last", ())]
    return Instruction(
        steps=() if support == "no" else tuple(steps),
        capability=Capability(support, note, told["source"], told["checked"]),
    )


def recognised(address: str) -> str:
    """Return the key of the platform whose address it is; empty when it is not known."""
    host = (urlsplit(address if "://" in address else f"https://{address}").hostname or "").lower()
    for key, told in _data().items():
        for known in told.get("hosts", ()):
            if host == known or host.endswith(f".{known}"):
                return key
    return ""


@cache
def _data() -> Mapping[str, Any]:
    text = files("torget.platforms.manual").joinpath("instructions.toml").read_text("utf-8")
    return tomllib.loads(text)
