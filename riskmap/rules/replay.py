"""What outages that happened would have done to a model."""

from collections.abc import Iterable
from dataclasses import dataclass

from riskmap.model.incident import Incident
from riskmap.rules.results import Results, Simulation
from riskmap.rules.support import ranked
from riskmap.rules.verdict import Impact


@dataclass(frozen=True, slots=True)
class Replayed:
    """One incident that touches the model.

    Attributes
    ----------
    elements : tuple of str
        What failed of what functions here need, sorted.
    impacts : tuple of Impact
        What it would have done to each function that loses capacity, the worst first.
    """

    incident: Incident
    elements: tuple[str, ...]
    course: Simulation
    impacts: tuple[Impact, ...]


def replay(results: Results, incidents: Iterable[Incident]) -> tuple[Replayed, ...]:
    """Run each incident that touches what a function needs, in the order given."""
    needed = frozenset[str]().union(*results.reach.values())
    found = []
    for incident in incidents:
        failures = incident.failures(needed)
        if failures:
            course = results.simulate(failures)
            impacts = tuple(ranked(results, course.impacts.values()))
            found.append(Replayed(incident, tuple(sorted(failures)), course, impacts))
    return tuple(found)
