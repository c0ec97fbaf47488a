"""Checks of Swedish text against clause 4.10 and 4.9: pure, explained, and never a verdict."""

from torget.screening.findings import Finding, Kind, Route, Screening
from torget.screening.screener import VERSION, screen

__all__ = ["VERSION", "Finding", "Kind", "Route", "Screening", "screen"]
