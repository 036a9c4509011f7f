"""Comparing two assessments by what they mean, not by how they are written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from riskmap.assessment.comparing.entries import (
    CoverChange,
    EntryChanges,
    FactChange,
    cover_changes,
    entry_changes,
)
from riskmap.assessment.comparing.findings import (
    Change,
    Decided,
    FindingChange,
    finding_changes,
)
from riskmap.assessment.comparing.functions import FunctionChange, function_changes
from riskmap.assessment.comparing.plans import PlanChange, plan_changes
from riskmap.assessment.comparing.renames import Renames, renames_between
from riskmap.assessment.comparing.snapshot import FunctionState, Snapshot
from riskmap.model import Gate, matches

_MEASURES = frozenset({"mtd_hours", "rto_hours", "minimum_share", "criticality"})
"""Facts by which the organisation says how much a function matters and what it can bear."""


@dataclass(frozen=True, slots=True)
class MetricChange:
    """One figure over the whole that is not what it was; None where there is nothing to measure."""

    name: str
    old: float | None
    new: float | None


@dataclass(frozen=True, slots=True)
class JudgingChange:
    """What the two assessments were judged by otherwise.

    Attributes
    ----------
    newly_run, no_longer_run : tuple of str
        Ids of rules that ran on one side only.
    facts : tuple of (str, old, new)
        Thresholds and settings that differ.
    """

    newly_run: tuple[str, ...]
    no_longer_run: tuple[str, ...]
    facts: tuple[tuple[str, Any, Any], ...]

    @property
    def empty(self) -> bool:
        """Whether both were judged alike."""
        return not (self.newly_run or self.no_longer_run or self.facts)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one assessment to another.

    Attributes
    ----------
    findings : tuple of FindingChange
        Every finding of either side, also those that are the same.
    functions : tuple of FunctionChange
        Functions in both models that fare otherwise.
    entries : EntryChanges
        What changed in the model.
    covers : tuple of CoverChange
        What other contracts in force cover.
    metrics : tuple of MetricChange
        Figures that differ.
    """

    old: Snapshot
    new: Snapshot
    renames: Renames
    findings: tuple[FindingChange, ...]
    functions: tuple[FunctionChange, ...]
    entries: EntryChanges
    covers: tuple[CoverChange, ...]
    plans: tuple[PlanChange, ...]
    metrics: tuple[MetricChange, ...]
    judging: JudgingChange

    @property
    def model_changed(self) -> bool:
        """Whether anything that the model states changed."""
        found = self.entries
        return bool(found.added or found.removed or found.renamed or found.facts)

    @property
    def empty(self) -> bool:
        """Whether nothing changed at all."""
        return not (
            self.model_changed
            or any(change.changed for change in self.findings)
            or self.functions
            or self.covers
            or self.plans
            or self.metrics
            or not self.judging.empty
        )

    @property
    def only_time(self) -> bool:
        """Whether the day is all that differs, so that it alone is behind every change."""
        alike = not self.model_changed and self.judging.empty
        return alike and self.old.today != self.new.today and self.old.version == self.new.version

    @property
    def functions_added(self) -> tuple[FunctionState, ...]:
        """Functions that only the newer model has."""
        known = {self.renames.id(name) for name in self.old.functions}
        return tuple(f for name, f in self.new.functions.items() if name not in known)

    @property
    def functions_removed(self) -> tuple[FunctionState, ...]:
        """Functions that only the older model has."""
        kept = self.new.functions
        return tuple(f for n, f in self.old.functions.items() if self.renames.id(n) not in kept)

    def of(self, *changes: Change) -> tuple[FindingChange, ...]:
        """Return the findings of which one of these became."""
        return tuple(found for found in self.findings if found.change in changes)

    def decided(self, *decided: Decided) -> tuple[FindingChange, ...]:
        """Return the findings about which a decision was taken, expired or was withdrawn."""
        return tuple(found for found in self.findings if found.decided in decided)

    def gated(self, gate: Gate) -> tuple[FindingChange, ...]:
        """Return the open findings that are new or worse and do not pass a gate."""
        return tuple(found for found in self.findings if found.open and _stopped(found, gate))


def compare(old: Snapshot, new: Snapshot, aged: Snapshot | None = None) -> Comparison:
    """Compare two assessments.

    Parameters
    ----------
    old, new : Snapshot
        Which of them was made first does not matter to the mathematics: exchanged, what is new is
        resolved and what is worse is better.
    aged : Snapshot, optional
        The older model looked at on the day of the newer: it tells what the day alone brought.
    """
    renames = renames_between(old, new)
    entries = entry_changes(old, new, renames)
    return Comparison(
        old=old,
        new=new,
        renames=renames,
        findings=finding_changes(old, new, renames, _restated(entries.facts, new), aged),
        functions=function_changes(old, new, renames),
        entries=entries,
        covers=cover_changes(old, new, renames),
        plans=plan_changes(old, new, renames),
        metrics=tuple(_metrics(old, new)),
        judging=_judging(old, new),
    )


def _restated(facts: Iterable[FactChange], new: Snapshot) -> Iterator[str]:
    for change in facts:
        if change.entry in new.functions and change.fact in _MEASURES:
            yield change.entry


def _metrics(old: Snapshot, new: Snapshot) -> Iterator[MetricChange]:
    """Yield the figures that both sides have and that differ, in the order of the newer."""
    for name, value in new.metrics.items():
        if name in old.metrics and old.metrics[name] != value:
            yield MetricChange(name, old.metrics[name], value)


def _judging(old: Snapshot, new: Snapshot) -> JudgingChange:
    before, after = old.judging, new.judging
    return JudgingChange(
        tuple(sorted(after.rules - before.rules)),
        tuple(sorted(before.rules - after.rules)),
        tuple(_unlike(before.facts, after.facts)),
    )


def _unlike(old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _unlike(before, after)
        elif before != after:
            yield name, before, after


def _stopped(change: FindingChange, gate: Gate) -> bool:
    """Tell whether a finding counts at the gate of a comparison."""
    rule = change.state.rule
    if matches(rule, gate.exempt) or not matches(rule, gate.rules or ("",)):
        return False
    if gate.expired and change.decided is Decided.EXPIRED:
        return True
    return gate.new is not None and change.fresh and change.state.severity.rank >= gate.new.rank
