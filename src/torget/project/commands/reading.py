"""Commands that read and report, and change nothing."""

import argparse
import json
import sys
from dataclasses import asdict

from torget.project.commands import set_up


def screen(chosen: argparse.Namespace) -> int:
    """Screen texts from standard input. Needs neither Django nor a data folder."""
    from torget.screening import command

    return command.run(
        sys.stdin,
        sys.stdout,
        kind=chosen.kind,
        own_domains=chosen.own_domains,
        own_phones=chosen.own_phones,
    )


def clauses(chosen: argparse.Namespace) -> int:
    """Print each clause of the guideline with its code and tests."""
    set_up()
    from torget.project import clauses as table

    return table.run(as_json=chosen.json, stdout=sys.stdout)


def verify(chosen: argparse.Namespace) -> int:
    """Check everything kept against the journal. Return 1, and name each object, if it differs."""
    set_up()
    from torget.project.verify import run

    return run(json=chosen.json, stdout=sys.stdout)


def doctor(chosen: argparse.Namespace) -> int:
    """Print what was found, and return 1 if something needs a hand."""
    set_up()
    from torget.project.doctor import examine

    findings = list(examine())
    if chosen.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            mark = "FEL" if finding.remedy else "ok"
            print(f"{mark:4}{finding.about}: {finding.told}. {finding.remedy}".rstrip())
    return int(any(finding.remedy for finding in findings))
