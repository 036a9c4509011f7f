"""The course of an outage: what works at which level, from the first failure until all is well.

Failures are given as intervals; what follows is computed exactly. A standby serves from its lead
time after the start of an outage, counted from when what it needs has been up, until it is
exhausted, what it needs fails, or the outage ends. An outage, to a standby, lasts while what it
covers is down or works below the level the standby offers: a poorer fallback never keeps a better
one from starting. What serves at a time depends only on what went
before, so the rounds below settle on one answer; standbys are let in from nothing, so none holds
itself up.
"""

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
    affected = _affected(structure, own)
    served_by: dict[tuple[str, str], Course] = {}
    previous: Evolution | None = None
    rounds = 2 * (len(structure.standbys) + 2) * (2 + sum(len(c.steps) for c in own.values()))
    for _ in range(rounds):
        raw, seen = _settle(structure, own, affected, served_by)
        services = tuple(sorted(_services(structure, raw, seen)))
        found = _serving(structure, services, seen)
        evolution = Evolution(seen, services, {n: structure.nodes[n].minimum for n in affected})
        if found == served_by:
            return evolution
        served_by, previous = found, evolution
    assert previous is not None
    raw, seen = _settle(structure, own, affected, served_by)
    worse = {name: combine((seen[name], previous.courses[name]), min) for name in affected}
    return Evolution(worse, previous.services, previous.minimums)


def _affected(structure: Structure, own: Mapping[str, Course]) -> frozenset[str]:
    """Everything that needs, through any chain, something that fails."""
    seen, queue = set(own), list(own)
    for name in queue:
        for source in structure.predecessors[name]:
            if source not in seen:
                seen.add(source)
                queue.append(source)
    return frozenset(seen)


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
    affected: frozenset[str],
    served_by: Mapping[tuple[str, str], Course],
) -> tuple[dict[str, Course], dict[str, Course]]:
    """Least fixpoint of what is down, for given standbys: levels before and after standbys.

    Inside a cycle a node with a minimum counts as whole until it is down. Otherwise what it lost
    would come back to it round the cycle, a little less each time, without end.
    """
    raw = dict.fromkeys(affected, ALWAYS)
    seen = dict.fromkeys(affected, ALWAYS)
    for component in structure.order:
        members = [name for name in component if name in affected]
        inside = ChainMap[str, Course]({}, seen) if len(component) > 1 else seen
        for attempt in range(_MAX_PASSES + 1):
            changed = False
            for name in members:
                course = _course(structure, name, own, inside)
                if attempt == _MAX_PASSES:
                    course = NEVER
                if course != raw[name]:
                    raw[name] = course
                    seen[name] = _with_standbys(structure, name, course, served_by)
                    if inside is not seen:
                        inside[name] = _whole(structure.nodes[name], seen[name])
                    changed = True
            if not changed or len(component) == 1:
                break
    return raw, seen


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
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else combine(parts, min)


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
    parts = [_term(structure, term, seen) for term in standby_terms]
    return combine(parts, min) if parts else ALWAYS


def _services(
    structure: Structure, raw: Mapping[str, Course], seen: Mapping[str, Course]
) -> Iterable[Service]:
    """When each standby serves, given what is down and what the standby itself can rely on."""
    for name, standby in structure.standbys.items():
        up = _needs_of(standby.terms, structure, seen).when(lambda level: level > 0)
        for covered in standby.covers:
            if covered not in raw:
                continue
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
