"""The course of an outage, hour by hour, from nothing but the hours before it.

Independent of :mod:`riskmap.analysis.outage`: levels are worked out from the model's own success
logic, one hour after the other, and all that is remembered from one hour to the next is since when
something is down, since when what a plan uses is up, and how much of a plan is used up.

:func:`course_without_cycles` handles partial levels but needs models whose needs, plans included,
only point forward. :func:`course_all_or_nothing` handles cycles but needs plans that carry all.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from riskmap.model import (
    Contingency,
    Element,
    Function,
    Hardness,
    Model,
    Need,
    NeedExpression,
    Service,
    ThirdParty,
)
from tests.support import logic_oracle

Failures = Mapping[str, Sequence[tuple[int, int]]]
"""Half-open intervals of whole hours."""


def in_hours(value: object) -> float:
    """Return a timedelta as hours, infinite when it is None."""
    return math.inf if value is None else value.total_seconds() / 3600  # type: ignore[attr-defined]


def fails(failures: Failures, name: str, now: int) -> bool:
    return any(start <= now < end for start, end in failures.get(name, ()))


@dataclass
class Plan:
    """What is remembered of one plan covering one element."""

    plan: Contingency
    covers: str
    used: int = 0
    up_since: int | None = None
    out_since: int | None = None
    serving: list[int] = field(default_factory=list)

    @property
    def level(self) -> Fraction:
        return self.plan.capacity or Fraction(0)

    def could_serve(self, now: int, *, out: bool, up: bool) -> bool:
        """Tell whether it serves now, if the element is out and what it uses is up."""
        if not (out and up):
            return False
        out_since = now if self.out_since is None else self.out_since
        up_since = now if self.up_since is None else self.up_since
        used = 0 if self.out_since is None else self.used
        times = (self.plan.detect, self.plan.decide, self.plan.activate)
        stated = sum(in_hours(time) for time in times)
        # A measured time beats a stated one that is shorter; random plans have one test at most.
        measured = [in_hours(test.took) for test in self.plan.tests if test.took is not None]
        lead = max([stated, *measured])
        sustains = 0.0 if self.plan.sustains is None else in_hours(self.plan.sustains)
        return now >= max(out_since, up_since) + lead and used < sustains

    def remember(self, now: int, *, out: bool, up: bool, serves: bool) -> None:
        if not out or self.out_since is None:
            self.used = 0
        self.out_since = None if not out else now if self.out_since is None else self.out_since
        self.up_since = None if not up else now if self.up_since is None else self.up_since
        if serves:
            self.used += 1
            self.serving.append(now)


@dataclass
class Story:
    """Levels of every element in every hour, and the hours in which plans served."""

    levels: dict[str, list[Fraction]]
    plans: list[Plan]

    def services(self) -> set[tuple[str, str, int, int]]:
        """Return plan, element, first hour and hour after the last, of every stretch."""
        found = set()
        for memory in self.plans:
            for now in memory.serving:
                if now - 1 not in memory.serving:
                    end = now
                    while end in memory.serving:
                        end += 1
                    found.add((memory.plan.id, memory.covers, now, end))
        return found


def memories(model: Model) -> list[Plan]:
    return [Plan(plan, covered) for plan in model.contingencies for covered in plan.covers]


# -- partial levels, no cycles -----------------------------------------------------------------


def level_of(expression: NeedExpression, levels: Mapping[str, Fraction]) -> Fraction:
    """Return how far a need is met: k of n is as good as the k-th best."""
    if isinstance(expression, Need):
        return Fraction(1) if expression.hardness is Hardness.SOFT else levels[expression.target]
    found = sorted((level_of(m, levels) for m in expression.members), reverse=True)
    return found[expression.count - 1]


def raw_level(element: Element, levels: Mapping[str, Fraction]) -> Fraction:
    """Return the level of an element that does not fail by itself, plans left out."""
    found = [Fraction(1), *(level_of(need, levels) for need in element.needs)]
    if isinstance(element, Service | ThirdParty) and element.provider is not None:
        found.append(levels[element.provider])
    if isinstance(element, Function) and any(levels[s.target] < 1 for s in element.shares):
        found.append(sum((s.share * levels[s.target] for s in element.shares), Fraction(0)))
    return min(found)


def least(element: Element) -> Fraction:
    if not isinstance(element, Function):
        return Fraction(0)
    stated = element.objectives.minimum
    return Fraction(1) if stated is None else stated


def stopped(element: Element, level: Fraction) -> bool:
    return level == 0 or level < least(element)


def course_without_cycles(model: Model, failures: Failures, horizon: int) -> Story:
    """Return what happens when elements only need what comes after them in the model."""
    plans = memories(model)
    elements = list(model.elements())
    elements.sort(key=lambda e: ("fsp".index(e.id[0]), e.id), reverse=True)
    story = Story({element.id: [] for element in elements}, plans)
    for now in range(horizon):
        visible: dict[str, Fraction] = {}
        for element in elements:
            level = raw_level(element, visible)
            if fails(failures, element.id, now):
                level = Fraction(0)
            offers = [level]
            for memory in plans:
                if memory.covers != element.id:
                    continue
                uses = [Fraction(1), *(level_of(use, visible) for use in memory.plan.uses)]
                out = stopped(element, level) or level < memory.level
                up = min(uses) > 0
                serves = memory.could_serve(now, out=out, up=up)
                memory.remember(now, out=out, up=up, serves=serves)
                if serves:
                    offers.append(memory.level * min(uses))
            level = max(offers)
            story.levels[element.id].append(level)
            visible[element.id] = Fraction(0) if stopped(element, level) else level
    return story


# -- all or nothing, with cycles ---------------------------------------------------------------


def course_all_or_nothing(
    model: Model, failures: Failures, horizon: int, *, holding: bool
) -> Story:
    """Return what happens when every plan carries everything; needs may form cycles.

    In every hour plans are let in from nothing, each only on what is up without it.

    Parameters
    ----------
    holding : bool
        Whether a plan that served in the hour before goes on while what it uses is up, even if
        that is thanks to itself. Docs do not say; both answers can be defended.
    """
    plans = memories(model)
    story = Story({element.id: [] for element in model.elements()}, plans)
    served: set[int] = set()
    for now in range(horizon):
        hour = _Hour(model, plans, {name for name in story.levels if fails(failures, name, now)})
        ready = {n for n, m in enumerate(plans) if m.could_serve(now, out=True, up=True)}
        going = {n for n in served & ready if plans[n].up_since is not None} if holding else set()
        serving = hour.let_in(ready, going)
        down, usable = hour.down_with(serving), hour.usable_with(serving)
        raw = _raw(model, hour.failed, down)
        served = {n for n in serving if plans[n].covers in raw}
        for number, memory in enumerate(plans):
            out, up = memory.covers in raw, number in usable
            memory.remember(now, out=out, up=up, serves=number in served)
        for name, levels in story.levels.items():
            levels.append(Fraction(0 if name in down else 1))
    return story


@dataclass(frozen=True)
class _Hour:
    """One hour: what fails by itself in it, and what follows from which plans serve."""

    model: Model
    plans: list[Plan]
    failed: set[str]

    def down_with(self, serving: set[int]) -> set[str]:
        return _down(self.model, self.failed, {self.plans[n].covers for n in serving})

    def usable_with(self, serving: set[int]) -> set[int]:
        down = self.down_with(serving)
        return {n for n, m in enumerate(self.plans) if _up(m.plan, down)}

    def let_in(self, ready: set[int], going: set[int]) -> set[int]:
        """Let plans in from nothing, and keep those going that keep each other going."""
        serving: set[int] = set()
        while True:
            before = set(serving)
            while more := (ready & self.usable_with(serving)) - serving:
                serving |= more
            kept = set(going)
            while lost := kept - self.usable_with(serving | kept):
                kept -= lost
            serving |= kept
            if serving == before:
                return serving


def _up(plan: Contingency, down: set[str]) -> bool:
    return all(logic_oracle.met(use, down) for use in plan.uses)


def _down(model: Model, failed: set[str], covered: set[str]) -> set[str]:
    down: set[str] = set()
    while True:
        more = _raw(model, failed, down) - covered - down
        if not more:
            return down
        down |= more


def _raw(model: Model, failed: set[str], down: set[str]) -> set[str]:
    return {e.id for e in model.elements() if e.id in failed or not logic_oracle.works(e, down)}
