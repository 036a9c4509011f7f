"""Putting an assessment together: results, findings, and what was decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from riskmap.model import Function, Model, Severity, Treatment, TreatmentStatus
from riskmap.rules.finding import Finding
from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.support import ranked, worst_impacts
from riskmap.rules.verdict import Impact

QUIETS = frozenset(
    {TreatmentStatus.ACCEPTED, TreatmentStatus.MITIGATING, TreatmentStatus.TRANSFERRED}
)
"""Decisions that take a finding out of the gate while they hold; a dispute does not."""


@dataclass(frozen=True, slots=True)
class Treated:
    """A finding with what was decided about it.

    Attributes
    ----------
    treatment : Treatment or None
        The decision, expired or not.
    expired : bool
        Whether the decision no longer holds.
    """

    finding: Finding
    treatment: Treatment | None = None
    expired: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody still has to act or decide."""
        return self.treatment is None or self.expired or self.treatment.status not in QUIETS


@dataclass(frozen=True)
class Assessment:
    """Everything riskmap has to say about one model on one day.

    Attributes
    ----------
    results : Results
        What was computed.
    findings : tuple of Treated
        Most severe first.
    orphans : tuple of Treatment
        Decisions about findings that do not exist (any more).
    """

    results: Results
    findings: tuple[Treated, ...]
    orphans: tuple[Treatment, ...]

    @property
    def model(self) -> Model:
        """The model that was assessed."""
        return self.results.model

    @property
    def today(self) -> date:
        """The day of the assessment."""
        return self.results.today

    @cached_property
    def worst_impacts(self) -> Mapping[str, Impact | None]:
        """For each function the single failure that hurts it most, None when nothing does."""
        return worst_impacts(self.results)

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Functions, the one that matters most and fares worst first."""
        hurt = [impact for impact in self.worst_impacts.values() if impact is not None]
        ordered = [impact.function for impact in ranked(self.results, hurt)]
        others = [name for name in self.results.structure.tops if name not in ordered]
        return tuple(self.results.functions[name] for name in (*ordered, *others))

    def open_at_least(self, threshold: Severity) -> tuple[Treated, ...]:
        """Return the open findings of this severity or worse."""
        return tuple(
            treated
            for treated in self.findings
            if treated.open and treated.finding.severity.rank >= threshold.rank
        )


def assess(model: Model, today: date) -> Assessment:
    """Assess a model.

    Parameters
    ----------
    model : Model
    today : date
        The day on which contracts, tests and decisions are looked at; always given, so that the
        same input gives the same result.
    """
    results = Results(model, today)
    decided: dict[str, Treatment] = {}
    for treatment in model.treatments:
        known = decided.get(treatment.finding)
        if known is None or _expired(known, today):
            decided[treatment.finding] = treatment
    findings = tuple(
        Treated(
            finding,
            decided.get(finding.key),
            expired=finding.key in decided and _expired(decided[finding.key], today),
        )
        for finding in find(results)
    )
    keys = {treated.finding.key for treated in findings}
    orphans = tuple(t for t in model.treatments if t.finding not in keys)
    return Assessment(results, findings, orphans)


def _expired(treatment: Treatment, today: date) -> bool:
    return treatment.expires is not None and treatment.expires <= today
