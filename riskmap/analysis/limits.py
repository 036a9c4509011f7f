"""Limits are answers: what was cut off, and what still holds."""

from dataclasses import dataclass


class BudgetExceededError(Exception):
    """A diagram grew past its budget; callers turn this into an :class:`AnalysisLimit`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much work an analysis may do.

    Attributes
    ----------
    nodes : int
        Most nodes of one decision diagram; about 300 bytes each.
    samples : int
        Samples drawn for an estimate where exact computation was cut off.
    seed : int
        Makes the estimate reproducible.
    """

    nodes: int = 1_500_000
    samples: int = 1_000_000
    seed: int = 0


@dataclass(frozen=True, slots=True)
class AnalysisLimit:
    """A result that was cut short.

    Attributes
    ----------
    what : str
        Which limit was reached.
    cut_off : str
        What is therefore missing.
    lower, upper : float
        Bounds on the probability that certainly hold.
    estimate : float
        Monte Carlo estimate of it.
    error : float
        Half the width of the estimate's 95% interval (Wilson).
    samples : int
        How many samples the estimate rests on.
    """

    what: str
    cut_off: str
    lower: float | None = None
    upper: float | None = None
    estimate: float | None = None
    error: float | None = None
    samples: int = 0
