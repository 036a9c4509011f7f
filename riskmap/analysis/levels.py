"""At which level each node works over time, for given failures and given standbys.

Down is the least fixpoint: a node is at full level unless something lowers it. Only what a change
reaches is looked at, what is needed before what needs it; when standbys change, only what lies
above the nodes they serve. Equal courses are one object wherever that is cheap, so that most
minima over needs are a look at identities.
"""

import heapq
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction

from riskmap.analysis.structure import Down, Node, Structure, Term, Votes, Weighted
from riskmap.analysis.timeline import ALWAYS, FULL, NEVER, NONE, Course, combine

_MAX_PASSES = 10_000
"""Passes inside one cycle before it is taken to be down; far more than any cycle takes."""

Serving = Mapping[tuple[str, str], Course]
"""The level at which each standby serves each node, by standby and node."""


def is_down(level: Fraction, minimum: Fraction) -> bool:
    """Tell whether a level counts as down."""
    return level == 0 or level < minimum


def _visible(node: Node, level: Fraction) -> Fraction:
    """What those who need a node get of it: nothing once it counts as down."""
    return NONE if is_down(level, node.minimum) else level


def _whole(node: Node, course: Course) -> Course:
    """The same, without degrees: whole until it counts as down."""
    if not node.minimum:
        return course
    return combine((course,), lambda levels: NONE if is_down(levels[0], node.minimum) else FULL)


@dataclass
class Levels:
    """The level of every node that a failure reaches; what is missing is always at full level.

    Parameters
    ----------
    own : mapping of str to Course
        Level of each node that fails by itself, all else working.
    within : set of str, optional
        Look at these nodes only; they must contain whatever they need, standbys included.

    Attributes
    ----------
    raw, seen : dict of str to Course
        Levels before standbys, and as those who need a node see it.
    """

    structure: Structure
    own: Mapping[str, Course]
    within: AbstractSet[str] | None = None
    raw: dict[str, Course] = field(default_factory=dict, init=False)
    seen: dict[str, Course] = field(default_factory=dict, init=False)
    _serving: Serving = field(default_factory=dict, init=False)
    _known: dict[tuple[int, ...], tuple[Sequence[Course], Course]] = field(
        default_factory=dict, init=False
    )

    def __post_init__(self) -> None:
        """Settle without any standby."""
        self._settle(self.own)

    def serve(self, serving: Serving) -> None:
        """Let these standbys serve, and no others."""
        before, self._serving = self._serving, serving
        keys = before.keys() | serving.keys()
        self._settle({key[1] for key in keys if before.get(key) != serving.get(key)})

    def needs(self, terms: Iterable[Term]) -> Course:
        """Return how far the needs behind some terms are met."""
        return self._all_of([self._term(term, self.seen) for term in terms])

    def _settle(self, changed: Iterable[str]) -> None:
        """Look again at some nodes, and at what lies above those whose level is another now."""
        structure = self.structure
        waiting = sorted({structure.place[name] for name in changed})
        queued = set(waiting)
        while waiting:
            component = structure.order[heapq.heappop(waiting)]
            before = [self.seen.get(name, ALWAYS) for name in component]
            if len(component) == 1:
                self._put(component[0], self._course(component[0], self.seen))
            else:
                self._settle_cycle(component)
            for name, was in zip(component, before, strict=True):
                now = self.seen[name]
                if now is was or (was is not ALWAYS and now == was):
                    continue
                for source in structure.predecessors[name]:
                    place = structure.place[source]
                    if place not in queued and (self.within is None or source in self.within):
                        queued.add(place)
                        heapq.heappush(waiting, place)

    def _settle_cycle(self, component: tuple[str, ...]) -> None:
        """Settle the members of a cycle of needs.

        Among themselves a node with a minimum counts as whole until it is down. Otherwise what it
        lost would come back to it round the cycle, a little less each time, without end.
        """
        self.raw.update(dict.fromkeys(component, ALWAYS))
        self.seen.update(dict.fromkeys(component, ALWAYS))
        inside = ChainMap[str, Course]({}, self.seen)
        for attempt in range(_MAX_PASSES + 1):
            changed = False
            for name in component:
                course = self._course(name, inside)
                if attempt == _MAX_PASSES:
                    course = NEVER
                if course != self.raw[name]:
                    self._put(name, course)
                    inside[name] = _whole(self.structure.nodes[name], self.seen[name])
                    changed = True
            if not changed:
                return

    def _put(self, name: str, course: Course) -> None:
        """Note the level of a node, before and after standbys."""
        serving = [
            self._serving[standby, name]
            for standby in self.structure.covered_by.get(name, ())
            if (standby, name) in self._serving
        ]
        self.raw[name] = course
        self.seen[name] = combine((course, *serving), max) if serving else course

    def _course(self, name: str, seen: Mapping[str, Course]) -> Course:
        alone, others = self.structure.stoppers[name]
        parts = [self._target(target, seen) for target in alone if target in seen]
        parts += [self._term(term, seen) for term in others]
        if name in self.own:
            parts.append(self.own[name])
        return self._all_of(parts)

    def _target(self, name: str, seen: Mapping[str, Course]) -> Course:
        course = seen.get(name, ALWAYS)
        if course is ALWAYS:
            return course
        node = self.structure.nodes[name]
        if not node.minimum:
            return course
        return combine((course,), lambda levels: _visible(node, levels[0]))

    def _term(self, term: Term, seen: Mapping[str, Course]) -> Course:
        match term:
            case Down(target):
                return self._target(target, seen)
            case Votes(threshold, members):
                courses = [self._term(member, seen) for member in members]
                if len([course for course in courses if course is not ALWAYS]) < threshold:
                    return ALWAYS
                return self._once(threshold, courses, lambda found: sorted(found)[threshold - 1])
            case Weighted(parts, _):
                courses = [self._target(name, seen) for name, _ in parts]
                weights = [weight for _, weight in parts]

                def capacity(levels: Sequence[Fraction]) -> Fraction:
                    if all(level == FULL for level in levels):
                        return FULL
                    kept = zip(weights, levels, strict=True)
                    return sum((weight * level for weight, level in kept), NONE)

                return combine(courses, capacity)

    def _all_of(self, courses: Iterable[Course]) -> Course:
        """Pointwise minimum; most often there is but one course to speak of."""
        distinct = {id(course): course for course in courses if course is not ALWAYS}
        if len(distinct) > 1:
            return self._once(1, tuple(distinct.values()), min)
        return next(iter(distinct.values()), ALWAYS)

    def _once(
        self,
        rank: int,
        courses: Sequence[Course],
        value: Callable[[Sequence[Fraction]], Fraction],
    ) -> Course:
        """Combine courses by rank of their levels, unless these very courses have been before.

        The answer is one of them where it equals one.
        """
        key = (rank, *map(id, courses))
        if key not in self._known:
            found = combine(courses, value)
            found = next((course for course in courses if course == found), found)
            self._known[key] = courses, found  # the courses are kept, and with them their ids
        return self._known[key][1]
