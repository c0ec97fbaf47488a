"""The core of ``torget screen``: JSON Lines in, one line of suggestions out for each."""

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from torget.errors import TorgetError
from torget.screening.findings import Kind, Screening
from torget.screening.screener import screen


class UnreadableLine(TorgetError):
    """A line of the input is no text to screen. The other lines are answered."""

    code = "screening.unreadable_line"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``torget screen`` understands to a parser."""
    parser.add_argument(
        "--kind",
        choices=("comment", "draft"),
        default="comment",
        help="kommentar från någon annan (comment) eller eget utkast (draft)",
    )
    parser.add_argument(
        "--own-domain",
        dest="own_domains",
        action="append",
        default=[],
        metavar="DOMÄN",
        help="kommunens egen domän för e-post och webb; kan anges flera gånger",
    )
    parser.add_argument(
        "--own-phone",
        dest="own_phones",
        action="append",
        default=[],
        metavar="NUMMER",
        help="början på kommunens egna telefonnummer; kan anges flera gånger",
    )


def run(
    stdin: TextIO,
    stdout: TextIO,
    *,
    kind: Kind = "comment",
    own_domains: Iterable[str] = (),
    own_phones: Iterable[str] = (),
) -> int:
    """Screen each line ``{"id", "text"}`` and write one line of JSON for it, as soon as it is read.

    A bad line is told of on standard error with its number and a remedy, and the next is read.
    Bytes are read where ``stdin`` has them, so that one line that is not UTF-8 spoils no other.

    Returns:
        0 when every line was answered, otherwise 1.
    """
    domains, phones = tuple(own_domains), tuple(own_phones)
    lines: Iterable[bytes | str] = getattr(stdin, "buffer", stdin)
    bad = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = _record(line)
        except UnreadableLine as error:
            bad += 1
            sys.stderr.write(f"Rad {number}: {error.message} {error.remedy}\n")
            continue
        found = screen(record["text"], kind=kind, own_domains=domains, own_phones=phones)
        answer = {"id": record.get("id"), **as_json(found)}
        stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        stdout.flush()
    return 1 if bad else 0


def as_json(found: Screening) -> dict[str, Any]:
    """Return a screening as plain values for JSON."""
    return {
        "labels": list(found.labels),
        "route": found.route,
        "support": found.support,
        "scores": dict(found.scores),
        "findings": [
            {
                "clause": finding.clause,
                "rule": finding.rule,
                "start": finding.start,
                "end": finding.end,
                "explanation": finding.explanation,
                "score": finding.score,
            }
            for finding in found.findings
        ],
    }


def _record(line: bytes | str) -> dict[str, Any]:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnreadableLine(
            "Raden är inte UTF-8.", remedy="Spara filen med teckenkodningen UTF-8."
        ) from error
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableLine(
            "Raden är inte JSON.", remedy='Skriv ett objekt på en rad: {"id": "1", "text": "…"}.'
        ) from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise UnreadableLine(
            "Raden har ingen text.", remedy='Lägg texten i fältet "text", inom citattecken.'
        )
    if not _writable(record["text"]) or not _writable(
        json.dumps(record.get("id"), ensure_ascii=False)
    ):
        raise UnreadableLine(
            "Raden har ett halvt tecken (ensam surrogat).",
            remedy="Ta bort tecknet eller exportera texten på nytt.",
        )
    return record


def _writable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
