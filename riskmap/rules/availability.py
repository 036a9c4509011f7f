"""How available a function is: by the outages people expect, and by what contracts promise.

The two are different questions and are never mixed: a promise says what is paid for, an outage
figure what somebody has seen or assumed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from riskmap.model import Model
from riskmap.rules.accountability import in_force
from riskmap.rules.likelihood import likelihood_of
from riskmap.rules.results import Results


@dataclass(frozen=True, slots=True)
class Promised:
    """What service levels alone imply for a function.

    Attributes
    ----------
    p_down : float
        Share of time it is down if every promise is just kept and nothing else ever fails.
    covered : tuple of str
        Elements with a promised availability, sorted.
    uncovered : tuple of str
        Elements that nobody promises anything for; they count as never failing, so that the
        figure is the best there can be.
    """

    p_down: float
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]


def expected(model: Model) -> dict[str, float]:
    """Return the share of time each element is down by itself, where somebody gave a figure."""
    return {
        element.id: found.p_down
        for element in model.elements()
        if (found := likelihood_of(element)) is not None
    }


def promised(results: Results, elements: Iterable[str]) -> dict[str, float]:
    """Return the unavailability that service levels allow, for those elements that have one.

    A service's own ``sla`` wins over that of a contract in force that covers it; of several
    contracts the best promise counts.
    """
    levels: dict[str, Fraction] = {}
    for contract in results.model.contracts:
        sla = contract.sla
        if sla is None or sla.availability is None or not in_force(contract, results.today):
            continue
        for element in contract.covers:
            levels[element] = max(levels.get(element, sla.availability), sla.availability)
    for service in results.model.services:
        if service.sla is not None and service.sla.availability is not None:
            levels[service.id] = service.sla.availability
    return {name: float(1 - levels[name]) for name in elements if name in levels}
