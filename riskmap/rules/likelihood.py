"""How likely an element is to be down by itself, from what somebody stated."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from riskmap.model import Element

YEAR = timedelta(days=365)


class Basis(StrEnum):
    """Where an unavailability comes from."""

    STATED = "stated"
    OUTAGES = "outages"


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The share of time an element is down by itself.

    Attributes
    ----------
    p_down : float
        Between zero and one.
    basis : Basis
        ``stated`` as (un)availability, or computed from ``outage``.
    """

    p_down: float
    basis: Basis


def likelihood_of(element: Element) -> Likelihood | None:
    """Return the share of time an element is down by itself, None when nobody gave a figure.

    A stated figure wins. Otherwise it is outages a year times the typical length of one (the worst
    where no typical one is stated), over a year; at most one.
    """
    if element.unavailability is not None:
        return Likelihood(float(element.unavailability), Basis.STATED)
    outage = element.outage
    length = outage.typical if outage.typical is not None else outage.worst
    if outage.per_year is None or length is None:
        return None
    return Likelihood(min(1.0, outage.per_year * (length / YEAR)), Basis.OUTAGES)
