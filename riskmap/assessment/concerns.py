"""Findings that share one cause, gathered: nobody should read of the same hole twelve times.

What fails leads to whoever could repair it, so findings about two services of one provider, about
the provider itself and about the missing plan for losing it are one concern. A plan, a function or
something we run ourselves is a concern of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from riskmap.assessment.treating import Treated
from riskmap.model import Contract, Severity
from riskmap.rules.concentration import ultimate_parent
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.results import Results


@dataclass(frozen=True, slots=True)
class Concern:
    """Open findings behind which one thing stands.

    Attributes
    ----------
    subject : str
        Id of the organisation, element, plan or function behind all of them.
    findings : tuple of Treated
        The one that speaks for the rest first.
    """

    subject: str
    findings: tuple[Treated, ...]

    @property
    def lead(self) -> Finding:
        """The finding that speaks for the rest: the most severe, and of those the longest stop."""
        return self.findings[0].finding

    @property
    def severity(self) -> Severity:
        """How severe the worst of them is."""
        return self.lead.severity

    @property
    def functions(self) -> tuple[str, ...]:
        """Functions concerned, those of the lead first."""
        named = (name for treated in self.findings for name in treated.finding.functions)
        return tuple(dict.fromkeys(named))


def concerns(results: Results, findings: Iterable[Treated]) -> tuple[Concern, ...]:
    """Gather open findings by what is behind them.

    Returns
    -------
    tuple of Concern
        The most severe first; among equals the one with the longest stop, then the most findings.
    """
    gathered: dict[str, list[Treated]] = {}
    for treated in findings:
        if treated.open:
            gathered.setdefault(behind(results, treated.finding), []).append(treated)
    found = [
        Concern(subject, tuple(sorted(members, key=lambda t: _order(t.finding))))
        for subject, members in gathered.items()
    ]
    return tuple(
        sorted(found, key=lambda c: (_order(c.lead)[0], -_longest(c), -len(c.findings), c.subject))
    )


def behind(results: Results, finding: Finding) -> str:
    """Return the id of what stands behind a finding: the owner of the organisation, if any."""
    cause = finding.cause or finding.subject
    entry = results.model.entry(cause)
    if isinstance(entry, Contract):
        return ultimate_parent(results.model, entry.provider)
    stands = results.accountability.get(cause)
    if stands is None or stands.party is None:
        return cause
    return ultimate_parent(results.model, stands.party)


def _order(finding: Finding) -> tuple[int, str, float, str]:
    return -finding.severity.rank, finding.rule, -_stop(finding), finding.subject


def _longest(concern: Concern) -> float:
    return max(_stop(treated.finding) for treated in concern.findings)


def _stop(finding: Finding) -> float:
    """Return the longest interruption a finding shows, in hours; zero when it shows none."""
    shown = (
        item.value
        for item in finding.evidence
        if isinstance(item, Measure) and item.name == "longest_interruption"
    )
    return max(shown, default=0.0)
