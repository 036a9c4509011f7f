"""Putting an assessment together: results, findings, and what was decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from riskmap.assessment.concerns import Concern, concerns
from riskmap.assessment.treating import Orphan, Treated, treat
from riskmap.model import SHIPPED, Function, Gate, Model, Policy, matches
from riskmap.rules.registry import find, left_out
from riskmap.rules.results import Results
from riskmap.rules.support import ranked, worst_impacts
from riskmap.rules.verdict import Impact


@dataclass(frozen=True)
class Assessment:
    """Everything riskmap has to say about one model on one day.

    Attributes
    ----------
    results : Results
        What was computed.
    findings : tuple of Treated
        Most severe first.
    orphans : tuple of Orphan
        Decisions about findings that do not exist (any more).
    """

    results: Results
    findings: tuple[Treated, ...]
    orphans: tuple[Orphan, ...]

    @property
    def model(self) -> Model:
        """The model that was assessed."""
        return self.results.model

    @property
    def today(self) -> date:
        """The day of the assessment."""
        return self.results.today

    @property
    def policy(self) -> Policy:
        """By which findings were judged."""
        return self.results.policy

    @property
    def left_out(self) -> tuple[str, ...]:
        """Ids of the rules that did not run: nothing is known of what they look for."""
        return left_out(self.policy)

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

    @cached_property
    def concerns(self) -> tuple[Concern, ...]:
        """Open findings gathered by what is behind them, the most pressing first."""
        return concerns(self.results, self.findings)

    def gated(self, gate: Gate) -> tuple[Treated, ...]:
        """Return the open findings that do not pass a gate."""
        return tuple(t for t in self.findings if t.open and _stopped(t, gate))


def assess(model: Model, today: date, policy: Policy = SHIPPED) -> Assessment:
    """Assess a model.

    Parameters
    ----------
    model : Model
    today : date
        The day on which contracts, tests and decisions are looked at; always given, so that the
        same input gives the same result.
    policy : Policy
        Thresholds, gates and which rules run.
    """
    results = Results(model, today, policy)
    findings, orphans = treat(find(results), model, today, left_out(policy))
    return Assessment(results, findings, orphans)


def _stopped(treated: Treated, gate: Gate) -> bool:
    """Tell whether an open finding counts at a gate."""
    finding = treated.finding
    if matches(finding.rule, gate.exempt) or not matches(finding.rule, gate.rules or ("",)):
        return False
    if treated.expired and gate.expired:
        return True
    return gate.severity is not None and finding.severity.rank >= gate.severity.rank
