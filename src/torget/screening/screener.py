"""All the checks together: findings, scores, letters and the place in the queue."""

from collections.abc import Collection, Iterable, Sequence

from torget.policy.clauses import carries_out
from torget.screening.distress import in_distress
from torget.screening.findings import LETTERS, Finding, Kind, Route, Screening
from torget.screening.model import likeness
from torget.screening.patterns import Reviewed
from torget.screening.phrases import phrases
from torget.screening.rules.groups import groups
from torget.screening.rules.incitement import incitement
from torget.screening.rules.insults import insults
from torget.screening.rules.numbers import numbers
from torget.screening.rules.private import private
from torget.screening.rules.swearing import swearing
from torget.screening.rules.threats import threats
from torget.screening.rules.trade import trade
from torget.screening.rules.violence import told
from torget.screening.sentences import Reading, Sentence, read

# Goes into every record of a suggestion, so that it can be made again. Change it with the rules.
VERSION = "2"
_SURE = 0.5


@carries_out("4.9", "4.10")
def screen(
    text: str,
    *,
    kind: Kind = "comment",
    own_domains: Iterable[str] = (),
    own_phones: Iterable[str] = (),
) -> Screening:
    """Suggest which clauses of the guideline a text may break. A person decides.

    Args:
        text: the text as it was written; findings count its code points.
        kind: a *comment* is weighed against 4.10 a to h, a *draft* of ours against 4.9.
        own_domains: mail and web domains that are the municipality's own.
        own_phones: beginnings of telephone numbers that are official.
    """
    reading = read(text)
    domains, phones = tuple(own_domains), tuple(own_phones)
    found = [*numbers(reading, own_domains=domains, own_phones=phones), *private(reading)]
    if kind == "comment":
        found += [
            *swearing(reading),
            *insults(reading),
            *groups(reading),
            *threats(reading),
            *incitement(reading),
            *phrases(reading),
            *trade(reading, domains),
        ]
    settled = {f.letter for f in found if f.score >= _SURE}
    if kind == "comment":
        settled |= _spared(reading, found, settled)
    found += likeness(reading, kind, settled)
    support = in_distress(reading)
    if support:
        found = [finding for finding in found if finding.letter == "h"]
    findings = tuple(sorted(_distinct(found), key=lambda f: (f.start, f.end, f.clause)))
    scores = dict.fromkeys(LETTERS, 0.0)
    for finding in findings:
        scores[finding.letter] = max(scores[finding.letter], finding.score)
    labels = tuple(letter for letter in LETTERS if scores[letter] >= _SURE) or ("ok",)
    return Screening(
        labels,
        _route(findings),
        support,
        scores,
        findings,
        VERSION,
        lawful_criticism=kind == "comment" and _criticises(reading, labels),
    )


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings with the surest one where two of a letter overlap."""
    kept: list[Finding] = []
    last: dict[str, int] = {}
    for finding in sorted(findings, key=lambda f: (f.start, -f.score, -f.end)):
        if finding.start >= last.get(finding.letter, 0):
            kept.append(finding)
            last[finding.letter] = finding.end
    return kept


def _route(findings: Sequence[Finding]) -> Route:
    sure = [finding for finding in findings if finding.score >= _SURE]
    if not sure:
        return "ok"
    if any(finding.weight == "urgent" for finding in sure):
        return "akut"
    return "notis" if all(finding.weight == "mild" for finding in sure) else "granska"


def _spared(reading: Reading, found: Sequence[Finding], settled: Collection[str]) -> set[str]:
    """Return the letters that likeness alone may not suggest for this text."""
    spared = set()
    if _criticises(reading, settled):
        spared.add("a")
    # An own threat is told under b: no attack on somebody's honour besides.
    if any(f.rule.startswith("threat.") for f in found):
        spared.add("a")
    # Who reports a threat against himself makes none.
    if told(reading):
        spared |= {"b", "d"}
    return spared


_DEMAND = Reviewed("screener", "demand")
_DISPUTE = Reviewed("screener", "dispute")
_MATTER = Reviewed("screener", "matter")
_SOURCE = Reviewed("screener", "source")


def _criticises(reading: Reading, labels: Collection[str]) -> bool:
    """Say whether the text is hard on a decision or an authority and attacks nobody."""
    if {"a", "b", "c", "d"}.intersection(labels):
        return False
    sourced = bool(_SOURCE.search(reading.view.text))
    return any(
        (
            sentence.has("harsh")
            and (sentence.has("decision", "circle", "ye") or len(reading.sentences) > 1)
        )
        or (_DEMAND.search(sentence.text) and sentence.has("decision", "circle", "ye", "role"))
        or _disputes(sentence, sourced=sourced)
        for sentence in reading.sentences
    )


def _disputes(sentence: Sentence, *, sourced: bool) -> bool:
    """Say whether someone in public office is contradicted on a matter, or with a source.

    "Skolchefen ljuger om siffrorna, se sidan 14" can be answered with facts.
    """
    return bool(
        _DISPUTE.search(sentence.text)
        and sentence.has("role", "circle", "decision", "ye")
        and (sourced or _MATTER.search(sentence.text))
    )
