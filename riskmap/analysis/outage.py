"""The course of an outage: what works at which level, from the first failure until all is well.

Failures are given as intervals; what follows is computed exactly. A standby serves from its lead
time after the start of an outage, counted from when what it needs has been up, until it is
exhausted, what it needs fails, or the outage ends. An outage, to a standby, lasts while what it
covers is down or works below the level the standby offers: a poorer fallback never keeps a better
one from starting. What serves at a time depends only on what went
before, so the rounds below settle on one answer; standbys are let in from nothing, so none holds
itself up.
"""

import heapq
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from riskmap.analysis.structure import Down, Node, Standby, Structure, Term, Votes, Weighted
from riskmap.analysis.timeline import (
    ALWAYS,
    FULL,
    NEVER,
    NONE,
    Course,
    Interval,
    combine,
    during,
    longest,
    union,
)

_MAX_PASSES = 10_000
"""Passes inside one cycle before it is taken to be down; far more than any cycle takes."""


class Ended(StrEnum):
    """Why a standby stopped serving."""

    REPAIRED = "repaired"
    EXHAUSTED = "exhausted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, order=True)
class Service:
    """One stretch during which a standby serves in place of a node.

    Attributes
    ----------
    start, end : float
        Seconds from the beginning; the end is infinite when nothing ends it.
    """

    start: float
    end: float
    standby: str
    node: str
    ended: Ended


@dataclass(frozen=True, slots=True)
class Evolution:
    """How every affected node fares over time.

    Attributes
    ----------
    courses : mapping of str to Course
        Level of each affected node as those who need it see it; others are always at full level.
    services : tuple of Service
        When standbys served, in order of time.
    minimums : mapping of str to Fraction
        Level below which each affected node counts as down.
    """

    courses: Mapping[str, Course]
    services: tuple[Service, ...]
    minimums: Mapping[str, Fraction]

    def course(self, name: str) -> Course:
        """Return the level of a node over time."""
        return self.courses.get(name, ALWAYS)

    def down(self, name: str) -> tuple[Interval, ...]:
        """Return when a node is down."""
        if name not in self.courses:
            return ()
        minimum = self.minimums[name]
        return self.courses[name].when(lambda level: _is_down(level, minimum))

    def longest_down(self, name: str) -> float:
        """Return the longest time a node is down without a break, in seconds."""
        return longest(self.down(name))


def evolve(structure: Structure, failures: Mapping[str, Iterable[Interval]]) -> Evolution:
    """Compute the course of an outage.

    Parameters
    ----------
    failures : mapping of str to iterable of Interval
        When each node fails by itself.

    Returns
    -------
    Evolution
        Exact for the given failures.
    """
    own = {name: during(times, NONE, FULL) for name, times in failures.items()}
    served_by: dict[tuple[str, str], Course] = {}
    previous: Mapping[str, Course] = {}
    rounds = 2 * (len(structure.standbys) + 2) * (2 + sum(len(c.steps) for c in own.values()))
    for _ in range(rounds):
        raw, seen = _settle(structure, own, served_by)
        services = tuple(sorted(_services(structure, raw, seen)))
        found = _serving(structure, services, seen)
        if found == served_by:
            return _evolution(structure, seen, services)
        served_by, previous = found, seen
    _, seen = _settle(structure, own, served_by)
    worse = {
        name: combine((seen.get(name, ALWAYS), previous.get(name, ALWAYS)), min)
        for name in {**seen, **previous}
    }
    return _evolution(structure, worse, ())


def _evolution(
    structure: Structure, courses: Mapping[str, Course], services: tuple[Service, ...]
) -> Evolution:
    return Evolution(courses, services, {name: structure.nodes[name].minimum for name in courses})


def _is_down(level: Fraction, minimum: Fraction) -> bool:
    return level == 0 or level < minimum


def _visible(node: Node, level: Fraction) -> Fraction:
    """What those who need a node get of it: nothing once it counts as down."""
    return NONE if _is_down(level, node.minimum) else level


def _whole(node: Node, course: Course) -> Course:
    """The same, without degrees: whole until it counts as down."""
    if not node.minimum:
        return course
    return combine((course,), lambda levels: NONE if _is_down(levels[0], node.minimum) else FULL)


def _settle(
    structure: Structure,
    own: Mapping[str, Course],
    served_by: Mapping[tuple[str, str], Course],
) -> tuple[dict[str, Course], dict[str, Course]]:
    """Least fixpoint of what is down, for given standbys: levels before and after standbys.

    Whatever is missing from the answer is at full level throughout: only nodes that a change
    reaches are looked at, what is needed before what needs it.
    """
    raw: dict[str, Course] = {}
    seen: dict[str, Course] = {}
    waiting = sorted({structure.place[name] for name in own})
    queued = set(waiting)
    while waiting:
        component = structure.order[heapq.heappop(waiting)]
        if len(component) == 1:
            raw[component[0]] = course = _course(structure, component[0], own, seen)
            seen[component[0]] = _with_standbys(structure, component[0], course, served_by)
        else:
            _settle_cycle(structure, component, own, served_by, raw, seen)
        for name in component:
            if seen[name] == ALWAYS:
                continue
            for source in structure.predecessors[name]:
                place = structure.place[source]
                if place not in queued:
                    queued.add(place)
                    heapq.heappush(waiting, place)
    return raw, seen


def _settle_cycle(
    structure: Structure,
    component: tuple[str, ...],
    own: Mapping[str, Course],
    served_by: Mapping[tuple[str, str], Course],
    raw: dict[str, Course],
    seen: dict[str, Course],
) -> None:
    """Add the members of a cycle of needs.

    Among themselves a node with a minimum counts as whole until it is down. Otherwise what it lost
    would come back to it round the cycle, a little less each time, without end.
    """
    raw.update(dict.fromkeys(component, ALWAYS))
    seen.update(dict.fromkeys(component, ALWAYS))
    inside = ChainMap[str, Course]({}, seen)
    for attempt in range(_MAX_PASSES + 1):
        changed = False
        for name in component:
            course = _course(structure, name, own, inside)
            if attempt == _MAX_PASSES:
                course = NEVER
            if course != raw[name]:
                raw[name] = course
                seen[name] = _with_standbys(structure, name, course, served_by)
                inside[name] = _whole(structure.nodes[name], seen[name])
                changed = True
        if not changed:
            return


def _with_standbys(
    structure: Structure, name: str, course: Course, served_by: Mapping[tuple[str, str], Course]
) -> Course:
    serving = [
        served_by[standby, name]
        for standby in structure.covered_by.get(name, ())
        if (standby, name) in served_by
    ]
    return combine((course, *serving), max) if serving else course


def _course(
    structure: Structure, name: str, own: Mapping[str, Course], seen: Mapping[str, Course]
) -> Course:
    node = structure.nodes[name]
    parts = [_term(structure, term, seen) for term in node.terms]
    if name in own:
        parts.append(own[name])
    return _all_of(parts)


def _all_of(courses: Iterable[Course]) -> Course:
    """Pointwise minimum; most often there is but one course to speak of."""
    distinct: list[Course] = []
    for course in courses:
        if course is not ALWAYS and not any(course is other for other in distinct):
            distinct.append(course)
    if len(distinct) > 1:
        return combine(distinct, min)
    return distinct[0] if distinct else ALWAYS


def _target(structure: Structure, name: str, seen: Mapping[str, Course]) -> Course:
    course = seen.get(name, ALWAYS)
    node = structure.nodes[name]
    if course is ALWAYS or not node.minimum:
        return course
    return combine((course,), lambda levels: _visible(node, levels[0]))


def _term(structure: Structure, term: Term, seen: Mapping[str, Course]) -> Course:
    match term:
        case Down(target):
            return _target(structure, target, seen)
        case Votes(threshold, members):
            courses = [_term(structure, member, seen) for member in members]
            lacking = [course for course in courses if course is not ALWAYS and course != ALWAYS]
            if len(lacking) < threshold:
                return ALWAYS
            return combine(courses, lambda levels: sorted(levels)[threshold - 1])
        case Weighted(parts, _):
            courses = [_target(structure, name, seen) for name, _ in parts]
            weights = [weight for _, weight in parts]

            def capacity(levels: Sequence[Fraction]) -> Fraction:
                if all(level == FULL for level in levels):
                    return FULL
                kept = zip(weights, levels, strict=True)
                return sum((weight * level for weight, level in kept), NONE)

            return combine(courses, capacity)


def _needs_of(
    standby_terms: tuple[Term, ...], structure: Structure, seen: Mapping[str, Course]
) -> Course:
    return _all_of([_term(structure, term, seen) for term in standby_terms])


def _services(
    structure: Structure, raw: Mapping[str, Course], seen: Mapping[str, Course]
) -> Iterable[Service]:
    """When each standby serves, given what is down and what the standby itself can rely on."""
    for name, standby in structure.standbys.items():
        called = [covered for covered in standby.covers if covered in raw]
        if not called:
            continue
        up = _needs_of(standby.terms, structure, seen).when(lambda level: level > 0)
        for covered in called:
            for outage in _outages(structure.nodes[covered], raw[covered], standby):
                left = standby.sustains
                for usable in up:
                    start = max(outage[0], usable[0]) + standby.lead
                    limit = min(outage[1], usable[1])
                    end = min(limit, start + left)
                    if start >= end:
                        continue
                    ended = Ended.REPAIRED
                    if end < limit:
                        ended = Ended.EXHAUSTED
                    elif usable[1] < outage[1]:
                        ended = Ended.FAILED
                    left -= end - start
                    yield Service(start, end, name, covered, ended)


def _outages(node: Node, course: Course, standby: Standby) -> tuple[Interval, ...]:
    """When a standby is called for: the node is down, or works below what the standby offers."""
    return course.when(lambda level: _is_down(level, node.minimum) or level < standby.level)


def _serving(
    structure: Structure, services: Iterable[Service], seen: Mapping[str, Course]
) -> dict[tuple[str, str], Course]:
    """The level at which each standby serves each node over time."""
    times: dict[tuple[str, str], list[Interval]] = {}
    for service in services:
        times.setdefault((service.standby, service.node), []).append((service.start, service.end))
    found = {}
    for (name, node), intervals in times.items():
        standby = structure.standbys[name]
        reliable = _needs_of(standby.terms, structure, seen)
        switched_on = during(union(intervals), standby.level, NONE)
        found[name, node] = combine((switched_on, reliable), lambda levels: levels[0] * levels[1])
    return found
