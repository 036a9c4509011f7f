"""Limits are answers: what was cut off, and what still holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class LimitReachedError(Exception):
    """Work was cut short; callers turn this into an :class:`AnalysisLimit`."""


class BudgetExceededError(LimitReachedError):
    """A diagram grew past its budget; another order of its variables may still fit."""


class TimeExceededError(LimitReachedError):
    """The time for one top is over."""


class LimitKind(StrEnum):
    """What was reached."""

    NODES = "nodes"
    TIME = "time"


def never() -> bool:
    """Tell that time is not over: there is no limit."""
    return False


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
    seconds : float or None
        What ``expired`` measures, for the wording only; None without a time limit.
    expired : callable
        Tells whether time is over. Whoever sets it owns the clock; it is asked often, so that it
        should be quick.
    """

    nodes: int = 1_500_000
    samples: int = 1_000_000
    seed: int = 0
    seconds: float | None = None
    expired: Callable[[], bool] = field(default=never, compare=False)

    def check(self) -> None:
        """Go on only while there is time.

        Raises
        ------
        TimeExceededError
        """
        if self.expired():
            raise TimeExceededError


@dataclass(frozen=True, slots=True)
class AnalysisLimit:
    """A result that was cut short.

    Attributes
    ----------
    kind : LimitKind
    what : str
        Which limit was reached, in words.
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

    kind: LimitKind
    what: str
    cut_off: str
    lower: float | None = None
    upper: float | None = None
    estimate: float | None = None
    error: float | None = None
    samples: int = 0
