"""Reads the practice municipality's own files."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

type Table = Mapping[str, Any]


@cache
def municipality() -> Table:
    """Return units, people, channels and mandates, and the one password of the practice."""
    return _read("municipality.toml")


@cache
def traffic() -> Table:
    """Return a week of posts and comments, and those that come while someone practises."""
    return _read("traffic.toml")


def _read(name: str) -> Table:
    text = files("torget.practice").joinpath("data", name).read_text(encoding="utf-8")
    return tomllib.loads(text)
