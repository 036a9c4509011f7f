"""The course of an outage: what works at which level, from the first failure until all is well.

Failures are given as intervals; what follows is computed exactly. A standby serves from its lead
time after the start of an outage, counted from when what it needs has been up, until it is
exhausted, what it needs fails, or the outage ends. An outage, to a standby, lasts while what it
covers is down or works below the level the standby offers: a poorer fallback never keeps a better
one from starting. What serves at a time depends only on what went
before, so the rounds below settle on one answer; standbys are let in from nothing, so none holds
itself up.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from riskmap.analysis.levels import Levels, Serving, is_down
from riskmap.analysis.structure import Node, Standby, Structure
from riskmap.analysis.timeline import (
    ALWAYS,
    FULL,
    NONE,
    Course,
    Interval,
    combine,
    during,
    longest,
    union,
)


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
        return self.courses[name].when(lambda level: is_down(level, minimum))

    def longest_down(self, name: str) -> float:
        """Return the longest time a node is down without a break, in seconds."""
        return longest(self.down(name))


def evolve(
    structure: Structure,
    failures: Mapping[str, Iterable[Interval]],
    within: AbstractSet[str] | None = None,
) -> Evolution:
    """Compute the course of an outage.

    Parameters
    ----------
    failures : mapping of str to iterable of Interval
        When each node fails by itself.
    within : set of str, optional
        Look at these nodes only; they must contain whatever they need, standbys included.

    Returns
    -------
    Evolution
        Exact for the given failures.
    """
    own = {name: during(times, NONE, FULL) for name, times in failures.items()}
    levels = Levels(structure, own, within)
    serving: Serving = {}
    previous: Mapping[str, Course] = {}
    rounds = 2 * (len(structure.standbys) + 2) * (2 + sum(len(c.steps) for c in own.values()))
    for _ in range(rounds):
        services = tuple(sorted(_services(levels)))
        found = _serving(levels, services)
        if found == serving:
            return _evolution(structure, levels.seen, services)
        serving, previous = found, dict(levels.seen)
        levels.serve(serving)
    worse = {
        name: combine((course, previous.get(name, ALWAYS)), min)
        for name, course in levels.seen.items()
    }
    return _evolution(structure, worse, ())


def _evolution(
    structure: Structure, courses: Mapping[str, Course], services: tuple[Service, ...]
) -> Evolution:
    return Evolution(courses, services, {name: structure.nodes[name].minimum for name in courses})


def _services(levels: Levels) -> Iterable[Service]:
    """When each standby serves, given what is down and what the standby itself can rely on."""
    raw, nodes = levels.raw, levels.structure.nodes
    covered_by = levels.structure.covered_by
    helpers = {name for covered in covered_by.keys() & raw for name in covered_by[covered]}
    for name in sorted(helpers):
        standby = levels.structure.standbys[name]
        called = [covered for covered in standby.covers if covered in raw]
        up = levels.needs(standby.terms).when(lambda level: level > 0)
        for covered in called:
            for outage in _outages(nodes[covered], raw[covered], standby):
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
    return course.when(lambda level: is_down(level, node.minimum) or level < standby.level)


def _serving(levels: Levels, services: Iterable[Service]) -> Serving:
    """The level at which each standby serves each node over time."""
    times: dict[tuple[str, str], list[Interval]] = {}
    for service in services:
        times.setdefault((service.standby, service.node), []).append((service.start, service.end))
    found = {}
    for (name, node), intervals in times.items():
        standby = levels.structure.standbys[name]
        reliable = levels.needs(standby.terms)
        switched_on = during(union(intervals), standby.level, NONE)
        found[name, node] = combine((switched_on, reliable), lambda levels: levels[0] * levels[1])
    return found
