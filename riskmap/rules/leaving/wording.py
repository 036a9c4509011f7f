"""What phases, costs and limits of an exit are called, wherever they are printed."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from types import MappingProxyType

from riskmap.rules.leaving.costs import CostKind
from riskmap.rules.leaving.limits import LimitKind
from riskmap.rules.leaving.phases import PhaseKind
from riskmap.rules.statement import percent

COSTS: Mapping[CostKind, str] = MappingProxyType(
    {
        CostKind.LABOUR: "Labour",
        CostKind.MOVE: "Money for the move",
        CostKind.RETRAINING: "Retraining",
        CostKind.DUAL_RUNNING: "Old and new side by side",
        CostKind.TERMINATION: "Ending it early",
        CostKind.SWITCHING: "Switching charges",
    }
)
PHASES: Mapping[PhaseKind, str] = MappingProxyType(
    {
        PhaseKind.NOTICE: "Notice",
        PhaseKind.PROCUREMENT: "Procurement",
        PhaseKind.BUILD: "Build",
        PhaseKind.TRANSFER: "Data transfer",
        PhaseKind.PARALLEL_RUN: "Parallel run",
        PhaseKind.CUT_OVER: "Cut-over",
    }
)
LIMITS: Mapping[LimitKind, str] = MappingProxyType(
    {
        LimitKind.OUR_NOTICE: "our notice",
        LimitKind.PROVIDER_NOTICE: "the provider's notice to us",
        LimitKind.REMAINING_TERM: "days left of the term",
        LimitKind.RETRIEVAL: "time in which data can be fetched",
        LimitKind.TOLERANCE: "how long it may be down",
    }
)


def at_least(text: str, *, is_open: bool, unknown: bool = False) -> str:
    """Say that something is a least, or not known at all.

    >>> at_least("3 days", is_open=True), at_least("no time", is_open=True, unknown=True)
    ('at least 3 days', 'not known')
    """
    return "not known" if unknown else f"at least {text}" if is_open else text


def percent_of(share: float) -> str:
    """Write a share in whole per cent, rounded up so that it never flatters.

    >>> percent_of(0.0401)
    '5%'
    """
    return percent(Fraction(ceil(share * 100 - 1e-9), 100))
