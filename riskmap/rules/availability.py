"""How available a function is: by the outages people expect, and by what contracts promise.

The two are different questions and are never mixed: a promise says what is paid for, an outage
figure what somebody has seen or assumed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from riskmap.model import Model, Service, ServiceLevel
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


@dataclass(frozen=True, slots=True)
class Promise:
    """The availability that somebody promised for one element.

    Attributes
    ----------
    source : str
        Id of the contract or service that states it.
    availability : Fraction
    allows : float
        Longest single stop that keeps it, in seconds.
    """

    element: str
    source: str
    level: ServiceLevel
    availability: Fraction
    allows: float


def promises(results: Results) -> dict[str, Promise]:
    """Return what is promised for each element that a service level covers.

    Of several contracts in force the best promise counts, since we may insist on it. A service's
    own ``sla`` counts where no contract promises less: two statements about one promise are a
    contradiction (RM007), and the worse may be the true one. What the shipped library says is
    promised to everybody counts only where no contract says anything.
    """
    found: dict[str, Promise] = {}
    for contract in results.model.contracts:
        if not in_force(contract, results.today):
            continue
        for element in contract.covers:
            made = _promise(element, contract.id, contract.sla)
            if made is not None and (element not in found or _better(made, found[element])):
                found[element] = made
    for service in results.model.services:
        made = _promise(service.id, service.id, service.sla)
        if made is None:
            continue
        known = found.get(service.id)
        if known is None or (not is_general(results.model, service) and _better(known, made)):
            found[service.id] = made
    return found


def is_general(model: Model, service: Service) -> bool:
    """Tell whether a service's ``sla`` is what the library says is promised to everybody."""
    return model.from_library(service.id) is not None and "sla" not in model.own_facts(service.id)


def _promise(element: str, source: str, level: ServiceLevel | None) -> Promise | None:
    if level is None or level.availability is None or level.allows is None:
        return None
    allows = level.allows.total_seconds()
    return Promise(element, source, level, level.availability, allows)


def _better(one: Promise, other: Promise) -> bool:
    return (one.availability, -one.allows) > (other.availability, -other.allows)


def promised(results: Results, elements: Iterable[str]) -> dict[str, float]:
    """Return the unavailability that service levels allow, for those elements that have one."""
    levels = promises(results)
    return {name: float(1 - levels[name].availability) for name in elements if name in levels}
