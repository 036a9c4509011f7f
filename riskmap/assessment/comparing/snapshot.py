"""What a comparison needs to know of one assessment, whatever it was read from.

A snapshot is made from the JSON form of an assessment alone (:mod:`.shapes`), also where the
assessment itself is at hand: a model, its JSON and its PDF cannot compare differently.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from riskmap.model import Severity, TreatmentStatus
from riskmap.rules.verdict import Verdict

MODEL = ""
"""Stands for the top of the model file where a fact belongs to no entry."""


class Standing(StrEnum):
    """How a function stands against what it can bear, at its worst single failure."""

    TOLERABLE = "tolerable"
    STRAINED = "strained"
    BREACHED = "breached"
    UNBOUNDED = "unbounded"
    UNKNOWN = "unknown"

    @property
    def bearable(self) -> bool:
        """Whether the worst stop is known to be within what can be borne."""
        return self in {Standing.TOLERABLE, Standing.STRAINED}

    @property
    def beyond(self) -> bool:
        """Whether the worst stop is known to be longer than can be borne."""
        return self in {Standing.BREACHED, Standing.UNBOUNDED}

    @classmethod
    def of(cls, verdict: Verdict) -> "Standing":
        """Return the standing that a verdict means."""
        return cls(str(verdict))


@dataclass(frozen=True, slots=True)
class FunctionState:
    """A function against what it can bear.

    Attributes
    ----------
    mtd, rto : float or None
        In hours; None when nobody stated them.
    minimum : float or None
        Least share of its capacity it needs; None when nobody stated it.
    stopped : float
        How long the worst single failure stops it, in hours; infinite when nothing ends it.
    element : str or None
        Whose failure that is.
    """

    id: str
    title: str
    mtd: float | None
    rto: float | None
    minimum: float | None
    stopped: float
    element: str | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class DecisionState:
    """What was decided about a finding."""

    id: str
    status: TreatmentStatus
    reason: str | None
    owner: str | None
    approved_by: str | None
    expires: date | None
    expired: bool


@dataclass(frozen=True, slots=True)
class FindingState:
    """A finding in words, with what ranks it.

    Attributes
    ----------
    stop : float
        Longest interruption among its evidence, in hours; zero when it shows none.
    open : bool
        Whether somebody still has to act or decide.
    """

    rule: str
    key: str
    subject: str
    subject_title: str
    severity: Severity
    functions: tuple[str, ...]
    summary: str
    because: str
    recommendation: str
    stop: float
    decision: DecisionState | None
    open: bool

    @property
    def expired(self) -> bool:
        """Whether what was decided about it no longer holds."""
        return self.decision is not None and self.decision.expired


@dataclass(frozen=True, slots=True)
class EntryState:
    """One entry of the model.

    Attributes
    ----------
    section : str
        Of the model file, such as ``third_parties``.
    was : tuple of str
        Ids it had before.
    covered_by : tuple of str
        Ids of the contracts in force that cover it.
    facts : mapping
        Plain values by key, with the unit in the name; what nobody stated is not there.
    """

    id: str
    section: str
    title: str
    was: tuple[str, ...]
    covered_by: tuple[str, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judging:
    """By what findings were judged.

    Attributes
    ----------
    rules : frozenset of str
        Ids of the rules that ran.
    facts : mapping
        Whether strictly, which clauses, and every threshold.
    """

    policy: str
    rules: frozenset[str]
    facts: Mapping[str, Any]

    @property
    def test_age(self) -> float:
        """How long a passed test of a plan counts, in hours; without end when not stated."""
        return float(self.facts.get("thresholds", {}).get("test_age_hours", math.inf))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One assessment, as far as a comparison looks at it.

    Attributes
    ----------
    version : str
        Of the riskmap that made the assessment.
    findings : tuple of FindingState
        The most severe first.
    metrics : mapping of str to (float or None)
        Figures over the whole; None where there is nothing to measure.
    facts : mapping
        What stands at the top of the model file.
    """

    organisation: str
    today: date
    currency: str | None
    digest: str
    version: str
    judging: Judging
    functions: Mapping[str, FunctionState]
    findings: tuple[FindingState, ...]
    entries: Mapping[str, EntryState]
    metrics: Mapping[str, float | None]
    facts: Mapping[str, Any]

    def __contains__(self, entry_id: str) -> bool:
        """Tell whether there is an entry of this id."""
        return entry_id in self.entries

    def title(self, entry_id: str, /) -> str:
        """Return what people call an entry; the id where there is none."""
        found = self.entries.get(entry_id)
        return entry_id if found is None else found.title

    def is_party(self, entry_id: str, /) -> bool:
        """Tell whether an entry is an organisation."""
        found = self.entries.get(entry_id)
        return found is not None and found.section == "providers"
