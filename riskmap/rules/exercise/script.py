"""The script of an exercise: what is told to the table, when, what to ask, what the plan says.

The cause is not told before somebody could know it: an exercise begins with what people notice.
What the model does not say is a gap, named where the table will find it.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from riskmap.model import Contingency
from riskmap.rules.exercise import drawing, moments
from riskmap.rules.exercise.inject import Inject, Told
from riskmap.rules.results import Results, Simulation
from riskmap.rules.statement import DAY
from riskmap.rules.verdict import tolerated


@dataclass(frozen=True, slots=True)
class Exercise:
    """One table-top exercise.

    Attributes
    ----------
    seed : int
        The same seed draws the same exercise from the same model.
    scenario : str or None
        Id of the scenario played.
    course : Simulation
        What follows from the failures.
    ends : float
        When the exercise ends, in seconds; the outage may go on.
    functions : tuple of str
        Functions that lose something, the one hit hardest first.
    plans : tuple of str
        Contingencies that stand in for something that is lost.
    roles : tuple of str
        Who should sit at the table, as the model names them.
    injects : tuple of Inject
        In order of time.
    """

    seed: int
    scenario: str | None
    course: Simulation
    ends: float
    functions: tuple[str, ...]
    plans: tuple[str, ...]
    roles: tuple[str, ...]
    injects: tuple[Inject, ...]


def script_of(
    results: Results, seed: int, *, scenario: str | None = None, element: str | None = None
) -> Exercise | None:
    """Return an exercise; None when there is nothing to play, since no function loses anything.

    Parameters
    ----------
    seed : int
        Draws the outage, unless one is named, and what goes wrong besides.
    scenario, element : str, optional
        Play this scenario, or the worst plausible outage of this element.
    """
    chance = random.Random(seed)  # noqa: S311 - a drawing that can be repeated, no secret
    if scenario is not None:
        drawn: drawing.Drawn | None = drawing.of_scenario(results, scenario)
    elif element is not None:
        drawn = drawing.of_element(results, element)
    else:
        drawn = drawing.draw(results, chance)
    if drawn is None:
        return None
    course = results.simulate(drawn.failures)
    if not course.impacts:
        return None
    ends = _end(results, course)
    functions = tuple(sorted(course.impacts, key=lambda n: (-course.impacts[n].stopped, n)))
    plans = _plans(results, course)
    told = Told(results, course, functions, plans, ends, chance)
    injects = tuple(sorted(moments.injects(told), key=lambda inject: (inject.at, inject.order)))
    roles = tuple(dict.fromkeys(_roles(results, functions, plans)))
    return Exercise(
        seed, drawn.scenario, course, ends, functions, tuple(p.id for p in plans), roles, injects
    )


def _end(results: Results, course: Simulation) -> float:
    """When to stop: all works again, or twice what can be borne where nothing known ends it."""
    ends = drawing.lasts(course.failures)
    if not math.isinf(ends):
        return ends
    limits = [tolerated(results.functions[name], "mtd") for name in course.impacts]
    carried = [service.start for service in course.evolution.services]
    return 2 * max([*limits, *carried, DAY])


def _plans(results: Results, course: Simulation) -> tuple[Contingency, ...]:
    """Return the plans that stand in for something that is lost, whether or not they carry."""
    lost = {name for name in course.evolution.courses if course.evolution.course(name).lowest < 1}
    needed = frozenset[str]().union(*(results.closures[name] for name in course.impacts))
    return tuple(
        sorted(
            (p for p in results.model.contingencies if lost & needed & set(p.covers)),
            key=lambda plan: plan.id,
        )
    )


def _roles(
    results: Results, functions: tuple[str, ...], plans: tuple[Contingency, ...]
) -> Iterator[str]:
    for name in functions:
        owner = results.functions[name].owner
        if owner:
            yield owner
    for plan in plans:
        named = (plan.decides, plan.deputy, plan.owner, *(step.owner for step in plan.steps))
        yield from (role for role in named if role)
        yield from (message.owner for message in plan.communications if message.owner)
