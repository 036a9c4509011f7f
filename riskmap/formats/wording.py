"""What several formats say alike about findings, decisions and functions.

Sentences come from :mod:`riskmap.rules.statement`; this module only puts them together.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass

from riskmap.assessment import Assessment, Orphan, Treated
from riskmap.assessment.decisions import decision
from riskmap.model import Function, Model, Severity
from riskmap.rules.registry import RULES, rule
from riskmap.rules.statement import duration, join, render
from riskmap.rules.verdict import Impact, Verdict

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Whatever XML 1.0 cannot hold (section 2.2, production 2)."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet may take for a formula."""


def printable(text: str) -> str:
    r"""Return text with every character that XML cannot hold replaced by a mark.

    >>> printable("a\x00b")
    'a\ufffdb'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula."""
    return text.startswith(_FORMULA)


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words.

    Attributes
    ----------
    title : str
        Title of the rule.
    subject : str
        What people call the entry it is about.
    summary, because, recommendation : str
        Sentences without a full stop.
    decision : str
        What was decided about it, in words; empty when nothing was.
    """

    title: str
    subject: str
    summary: str
    because: str
    recommendation: str
    decision: str

    @property
    def whole(self) -> str:
        """What was found, why it matters and what to do, as three sentences."""
        return f"{self.summary}. {self.because}. {self.recommendation}."


def said(assessment: Assessment, treated: Treated) -> Said:
    """Put a finding into words."""
    finding, model = treated.finding, assessment.model
    return Said(
        rule(finding.rule).title,
        model.title(finding.subject),
        render(finding.summary, model),
        render(finding.because, model),
        render(finding.recommendation, model),
        decision(treated),
    )


def where(model: Model, entry_id: str) -> str:
    """Return the place an entry is written at, empty when it was not read from a file."""
    location = model.entry(entry_id).where
    return "" if location is None else str(location)


def counts(assessment: Assessment) -> str:
    """Say how many findings there are, by severity, and how many were decided on."""
    open_findings = [treated.finding for treated in assessment.findings if treated.open]
    by_severity = Counter(finding.severity for finding in open_findings)
    word = "finding" if len(open_findings) <= 1 else "findings"
    text = f"{len(open_findings) or 'No'} open {word}"
    if open_findings:
        found = [f"{by_severity[s]} {s}" for s in reversed(Severity) if by_severity[s]]
        text += f": {join(found)}"
    decided = len(assessment.findings) - len(open_findings)
    if decided:
        text += f"; {decided} more decided on"
    silent = not_looked_for(assessment)
    return f"{text}. {silent}" if silent else text


def not_looked_for(assessment: Assessment) -> str:
    """Say how many rules did not run, lest silence about them be taken for a good sign."""
    number, every = len(assessment.left_out), len(RULES)
    if not number:
        return ""
    return (
        f"{number} of {every} rules did not run (policy, --select or --ignore): what they look for"
        " may be there all the same"
    )


_VERDICTS = {
    Verdict.TOLERABLE: "within the recovery time objective",
    Verdict.STRAINED: "past the recovery time objective, still bearable",
    Verdict.BREACHED: "longer than can be borne",
    Verdict.UNBOUNDED: "no known end",
}


def verdict(function: Function, impact: Impact | None) -> str:
    """Say how a function fares at its worst single failure; what is not known is no comfort."""
    if not function.needs and not function.shares:
        return "not known: the model does not say what it needs"
    if impact is None or not impact.stopped:
        return "no single failure stops it"
    return _VERDICTS[impact.verdict]


def length(seconds: float | None, unknown: str) -> str:
    """Say a length of time, or that nobody stated it."""
    return unknown if seconds is None else duration(seconds)


def stop(impact: Impact | None) -> str:
    """Say for how long the worst single failure stops a function; empty when it does not."""
    if impact is None or not impact.stopped:
        return ""
    return "no known end" if math.isinf(impact.stopped) else duration(impact.stopped)


def orphans(assessment: Assessment) -> list[str]:
    """Say which decisions are about findings that do not exist, a sentence each."""
    found = []
    for orphan in assessment.orphans:
        treatment = orphan.treatment
        end = "" if orphan.near else "."
        found.append(f"Decision {treatment.id}: {no_finding(orphan)}{end}")
    return found


def no_finding(orphan: Orphan) -> str:
    """Say that what a decision is about does not exist, and what may have been meant."""
    treatment = orphan.treatment
    none = "there are no" if treatment.finding is None else "there is no finding"
    meant = f"; did you mean {orphan.near[0]}?" if orphan.near else ""
    return f"{none} {treatment.about}{meant}"
