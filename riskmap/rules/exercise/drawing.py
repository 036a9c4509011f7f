"""Which outage an exercise plays: a scenario of the model, or one failure that does harm.

What matters more is drawn more often; the seed alone decides, so that a script can be made again.
"""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass

from riskmap.analysis.timeline import Interval
from riskmap.model import Severity
from riskmap.rules.results import Results, Simulation
from riskmap.rules.support import harmful, ranked
from riskmap.rules.verdict import severity_of

_WEIGHTS = {Severity.CRITICAL: 8, Severity.HIGH: 4, Severity.MEDIUM: 2, Severity.LOW: 1}
"""How often an outage is drawn, by what it would do."""

_WRITTEN = 3
"""A scenario that somebody wrote down is drawn this much more often than a single failure."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The outage that is played.

    Attributes
    ----------
    scenario : str or None
        Id of the scenario of the model; None when a single failure was drawn.
    failures : mapping of str to tuple of Interval
        What fails by itself, and when, in seconds from the beginning.
    """

    scenario: str | None
    failures: Mapping[str, tuple[Interval, ...]]


def draw(results: Results, chance: random.Random) -> Drawn | None:
    """Draw an outage; None when nothing that is known stops any function for too long."""
    pool = [*_scenarios(results), *_singles(results)]
    if not pool:
        return None
    return chance.choices([drawn for drawn, _ in pool], [weight for _, weight in pool])[0]


def of_scenario(results: Results, scenario: str) -> Drawn:
    """Return a scenario of the model as an outage to play."""
    found = next(s for s in results.model.scenarios if s.id == scenario)
    return Drawn(scenario, results.scenario(found).failures)


def of_element(results: Results, element: str) -> Drawn:
    """Return the worst plausible outage of one element as an outage to play."""
    return Drawn(None, {element: ((0.0, results.worst_outage(element)),)})


def _scenarios(results: Results) -> list[tuple[Drawn, int]]:
    found = []
    for scenario in sorted(results.model.scenarios, key=lambda s: s.id):
        course = results.scenario(scenario)
        if course.impacts:
            weight = _WRITTEN * _weight(results, course)
            found.append((Drawn(scenario.id, course.failures), weight))
    return found


def _singles(results: Results) -> list[tuple[Drawn, int]]:
    """Each element that alone stops a function for too long, with what it does at its worst."""
    worst: dict[str, int] = {}
    for impact in ranked(results, harmful(results.impacts.values())):
        severity = severity_of(results.functions[impact.function], impact.verdict)
        worst.setdefault(impact.element, _WEIGHTS[severity])
    return [(of_element(results, name), weight) for name, weight in sorted(worst.items())]


def _weight(results: Results, course: Simulation) -> int:
    verdicts = (severity_of(results.functions[n], i.verdict) for n, i in course.impacts.items())
    return max(_WEIGHTS[severity] for severity in verdicts)


def lasts(failures: Mapping[str, tuple[Interval, ...]]) -> float:
    """Return when all that fails works again, in seconds; infinite when nothing known ends it."""
    return max((end for times in failures.values() for _, end in times), default=math.inf)
