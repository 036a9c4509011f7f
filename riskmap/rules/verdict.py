"""What an outage means for a function: verdicts, impacts and their severity.

This is the one definition of severity in riskmap. It follows from the consequence, never from a
table of opinions: how much the function matters, and how its longest interruption compares with
what the business said it can bear.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from riskmap.analysis.outage import Service
from riskmap.analysis.timeline import Interval
from riskmap.analysis.translation import seconds
from riskmap.model import Criticality, Function, Severity
from riskmap.rules.statement import Ref, Seconds, Statement, say


class Verdict(StrEnum):
    """How the longest interruption compares with the objectives, best first."""

    TOLERABLE = "tolerable"
    STRAINED = "strained"
    BREACHED = "breached"
    UNBOUNDED = "unbounded"

    @property
    def rank(self) -> int:
        """Position from zero (tolerable) to three (unbounded)."""
        return _RANKS[self]


_RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}
"""Looked up by the hundred thousand in a large model."""


def verdict_of(function: Function, stopped: float) -> Verdict:
    """Compare an interruption with a function's objectives.

    Parameters
    ----------
    stopped : float
        Time below the minimum in seconds, infinite when nothing known ends it.

    Returns
    -------
    Verdict
        ``tolerable`` within ``rto``, ``strained`` within ``mtd``, ``breached`` past it. A missing
        objective counts as zero: unknown is worse, never better.
    """
    return verdict_within(stopped, tolerated(function, "rto"), tolerated(function, "mtd"))


def verdict_within(stopped: float, rto: float, mtd: float) -> Verdict:
    """Compare an interruption with objectives; all three in one unit, zero for one not stated."""
    if stopped == 0:
        return Verdict.TOLERABLE
    if math.isinf(stopped):
        return Verdict.UNBOUNDED
    if stopped <= rto:
        return Verdict.TOLERABLE
    return Verdict.STRAINED if stopped <= mtd else Verdict.BREACHED


def tolerated(function: Function, objective: str) -> float:
    """Return ``mtd`` or ``rto`` in seconds, zero when nobody stated it."""
    value = getattr(function.objectives, objective)
    return 0.0 if value is None else seconds(value)


def missed(function: Function, verdict: Verdict) -> float:
    """Return the objective that a verdict says is missed, in seconds, zero when nobody stated it.

    That is ``rto`` for a stop that can be borne, and ``mtd`` for any that cannot.
    """
    return tolerated(function, "rto" if verdict is Verdict.STRAINED else "mtd")


@dataclass(frozen=True, slots=True)
class Impact:
    """What the failure of one element, or of several together, does to one function.

    Attributes
    ----------
    elements : tuple of str
        What fails by itself, the first to fail first.
    outage : float
        When the last of them has recovered by itself, in seconds, infinite when unknown.
    down : tuple of Interval
        When the function is below its minimum, in seconds from the failure.
    longest : float
        Longest interruption in seconds.
    stopped : float
        All interruptions together; more than ``longest`` when a contingency carried in between
        and ran out. This is what is compared with the objectives: a function that comes back only
        to stop again has not recovered.
    lowest : Fraction
        Least capacity left at any time.
    services : tuple of Service
        Which contingencies served, from when until when.
    fallback : Service or None
        The first contingency with which enough works, or where none brings that, the one with which
        most does; None when none serves.
    carried : Fraction or None
        Capacity once that one serves; None when none does.
    loss : float
        What the stop costs, in the model's currency, infinite when it has no end.
    """

    function: str
    elements: tuple[str, ...]
    outage: float
    down: tuple[Interval, ...]
    longest: float
    stopped: float
    lowest: Fraction
    services: tuple[Service, ...]
    fallback: Service | None
    carried: Fraction | None
    loss: float
    verdict: Verdict

    @property
    def element(self) -> str:
        """The first that fails, most often the only one; empty when nothing does."""
        return self.elements[0] if self.elements else ""

    @property
    def fallback_from(self) -> float | None:
        """Seconds until the fallback serves, None when there is none."""
        return None if self.fallback is None else self.fallback.start

    def is_down(self, time: float) -> bool:
        """Tell whether the function is below its minimum at a moment, in seconds."""
        return any(start <= time < end for start, end in self.down)

    @property
    def order(self) -> tuple[int, float, float, float]:
        """Sort key: worse impacts are larger."""
        return (self.verdict.rank, self.stopped, -float(self.lowest), self.loss)


_SEVERITY = {
    (Criticality.CRITICAL, Verdict.STRAINED): Severity.MEDIUM,
    (Criticality.CRITICAL, Verdict.BREACHED): Severity.CRITICAL,
    (Criticality.CRITICAL, Verdict.UNBOUNDED): Severity.CRITICAL,
    (Criticality.IMPORTANT, Verdict.BREACHED): Severity.HIGH,
    (Criticality.IMPORTANT, Verdict.UNBOUNDED): Severity.HIGH,
    (Criticality.NORMAL, Verdict.BREACHED): Severity.MEDIUM,
    (Criticality.NORMAL, Verdict.UNBOUNDED): Severity.MEDIUM,
}


def severity_of(function: Function, verdict: Verdict) -> Severity:
    """Return how much a verdict on a function matters; everything else is low.

    ===========  ========  =========  ==========
    verdict      critical  important  normal
    ===========  ========  =========  ==========
    unbounded    critical  high       medium
    breached     critical  high       medium
    strained     medium    low        low
    tolerable    low       low        low
    ===========  ========  =========  ==========

    A function whose criticality nobody stated counts as critical.
    """
    criticality = function.criticality or Criticality.CRITICAL
    return _SEVERITY.get((criticality, verdict), Severity.LOW)


def because(function: Function, impact: Impact) -> Statement:
    """Explain a severity by its consequence."""
    matters = function.criticality or "of unknown criticality, which counts as critical"
    mtd = tolerated(function, "mtd")
    if impact.verdict is Verdict.TOLERABLE:
        return say("{function} would stay within its objectives", function=Ref(function.id))
    limit = "; it tolerates {mtd}" if mtd else "; nobody stated how long it tolerates"
    stops = (
        "would stop with no known end"
        if math.isinf(impact.stopped)
        else "would stop for {longest}" + (" in all" if len(impact.down) > 1 else "")
    )
    return say(
        "{function} is {matters} and " + stops + limit,
        function=Ref(function.id),
        matters=str(matters),
        longest=Seconds(impact.stopped),
        mtd=Seconds(mtd),
    )


def loss_of(function: Function, down: tuple[Interval, ...]) -> float:
    """Return what stops of these lengths cost; each stop starts at the first step again.

    A function counts as stopped in full while it is below its minimum.
    """
    total = 0.0
    for start, end in down:
        length = end - start
        for index, step in enumerate(function.loss):
            begins = step.after.total_seconds()
            last = index + 1 == len(function.loss)
            ends = math.inf if last else function.loss[index + 1].after.total_seconds()
            hours = max(0.0, min(length, ends) - begins) / 3600
            if hours and step.per_hour:
                total += hours * step.per_hour
    return total
