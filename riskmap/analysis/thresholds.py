"""Degrees written as logic: "works at less than 70%" becomes a node of its own.

Logic knows up and down. Where a node works by shares and another needs it, that is too little: what
is left of the one may be enough for itself and too little for the other. So every question "is this
below that level" which somebody's minimum asks becomes a node, and what works by shares adds up its
parts by degrees: a part that may be at 0, 60% or 100% loses 60% of its weight once it is below 60%
and the other 40% once it is below 100%.

Exact, with the same reading of cycles as :mod:`riskmap.analysis.levels`: among themselves, nodes
with a minimum count as whole until they are down. Only where a part has more degrees than
:data:`MOST_DEGREES` are they rounded down, which can make things worse and never better. A standby
that runs counts in full.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from riskmap.analysis.structure import Down, Node, Structure, Term, Votes, Weighted
from riskmap.analysis.timeline import FULL, NONE

MOST_DEGREES = 100
"""Levels between nothing and full that are told apart of one part."""

Degrees = frozenset[Fraction]


@dataclass(frozen=True, slots=True)
class ByLevel:
    """A structure whose logic knows degrees.

    Attributes
    ----------
    structure : Structure
        The nodes there were, under their names, and those that stand for a level.
    rounded : frozenset of str
        Nodes that add up a part with more degrees than are told apart; they may come out worse.
    """

    structure: Structure
    rounded: frozenset[str]


def by_level(structure: Structure, most: int = MOST_DEGREES) -> ByLevel:
    """Return a structure whose logic knows how far things work; the same where it need not.

    Parameters
    ----------
    most : int
        How many degrees of one part are told apart.

    Notes
    -----
    Linear in nodes and needs, times the degrees of what works by shares.
    """
    shared = any(
        structure.predecessors[name] and any(isinstance(term, Weighted) for term in node.terms)
        for name, node in structure.nodes.items()
    )
    return _Writer(structure, most).written() if shared else ByLevel(structure, frozenset())


@dataclass
class _Writer:
    """What has been found and written so far."""

    structure: Structure
    most: int
    degrees: dict[str, Degrees] = field(default_factory=dict)
    many: set[str] = field(default_factory=set)
    rounded: set[str] = field(default_factory=set)
    nodes: dict[str, Node] = field(default_factory=dict)
    waiting: list[tuple[str, str, Fraction]] = field(default_factory=list)

    def written(self) -> ByLevel:
        """Write every node, and then those that stand for a level as somebody asks for them."""
        structure = self.structure
        for component in structure.order:
            self._find(component)
        self.nodes.update(structure.nodes)
        for name in self._above():
            node = structure.nodes[name]
            self.nodes[name] = replace(node, terms=self._terms(name, node.minimum))
        levels: dict[str, list[str]] = {}
        while self.waiting:
            gate, name, level = self.waiting.pop()
            self.nodes[gate] = Node(gate, False, (Down(name), *self._terms(name, level)))
            levels.setdefault(name, []).append(gate)
        standbys = {
            name: replace(s, covers=(*s.covers, *(g for c in s.covers for g in levels.get(c, ()))))
            for name, s in structure.standbys.items()
        }
        found = Structure(self.nodes, standbys, structure.tops)
        return ByLevel(found, frozenset(self.rounded))

    def _above(self) -> Iterable[str]:
        """Name the nodes that need anything that may work in part."""
        partial = (name for name in self.structure.nodes if self._may_be_partial(name))
        return sorted({s for name in partial for s in self.structure.predecessors[name]})

    def _may_be_partial(self, name: str) -> bool:
        return bool(self.degrees[name]) or name in self.many

    # -- which levels there are ------------------------------------------------------------

    def _find(self, component: tuple[str, ...]) -> None:
        """Find the degrees of mutually dependent nodes; all they need outside is known."""
        self.degrees.update(dict.fromkeys(component, frozenset()))
        changed = True
        while changed:
            changed = False
            for name in component:
                node = self.structure.nodes[name]
                found = frozenset().union(*(self._levels(name, term) for term in node.terms))
                found = frozenset(level for level in found if level >= node.minimum)
                if len(found) > self.most:
                    self.many.add(name)
                    found = _thinned(found, self.most)
                if not self.many.isdisjoint(self.structure.successors[name]):
                    self.many.add(name)
                if name not in self.many or not self.degrees[name]:
                    changed |= found != self.degrees[name] and len(component) > 1
                    self.degrees[name] = found

    def _levels(self, source: str, term: Term) -> Degrees:
        """Return the levels between nothing and full at which a term may leave its source."""
        match term:
            case Down(target):
                return self._seen(source, target)
            case Votes(_, members):
                return frozenset().union(*(self._levels(source, member) for member in members))
            case Weighted(parts, _):
                sums = {NONE}
                for target, weight in parts:
                    steps = [weight * level for level in (NONE, *self._seen(source, target), FULL)]
                    sums = {one + step for one in sums for step in steps}
                    if len(sums) > 2 * self.most + 2:
                        self.many.add(source)
                        sums = set(_thinned(sums, 2 * self.most))
                return frozenset(level for level in sums if NONE < level < FULL)

    def _seen(self, source: str, target: str) -> Degrees:
        """Return the degrees of a node as one that needs it sees them."""
        return frozenset() if self._is_whole(source, target) else self.degrees[target]

    def _is_whole(self, source: str, target: str) -> bool:
        """Tell whether a node counts as whole, to one that needs it, until it is down."""
        place = self.structure.place
        return place[source] == place[target] and bool(self.structure.nodes[target].minimum)

    # -- what they mean --------------------------------------------------------------------

    def _terms(self, source: str, level: Fraction) -> tuple[Term, ...]:
        """Return when a node works at less than a level, or not at all where that is zero."""
        return tuple(self._term(source, t, level) for t in self.structure.nodes[source].terms)

    def _term(self, source: str, term: Term, level: Fraction) -> Term:
        match term:
            case Down(target):
                return Down(self._gate(source, target, level))
            case Votes(threshold, members):
                return Votes(threshold, tuple(self._term(source, m, level) for m in members))
            case Weighted(parts, _):
                total = sum((weight for _, weight in parts), NONE)
                found = tuple(part for t, w in parts for part in self._parts(source, t, w))
                return Weighted(found, max(total - level, NONE))

    def _parts(self, source: str, target: str, weight: Fraction) -> Iterable[tuple[str, Fraction]]:
        """Yield what is lost of one part with each level that it falls below."""
        if target in self.many and not self._is_whole(source, target):
            self.rounded.add(source)
        below = NONE
        for level in (*sorted(self._seen(source, target)), FULL):
            yield self._gate(source, target, level), weight * (level - below)
            below = level

    def _gate(self, source: str, target: str, level: Fraction) -> str:
        """Return the node that is down where a target works at less than a level."""
        if level <= self.structure.nodes[target].minimum or self._is_whole(source, target):
            return target
        if target not in self.many:  # levels between the same two degrees are one question
            degrees = (*sorted(self.degrees[target]), FULL)
            level = next(degree for degree in degrees if degree >= level)
            if level == degrees[0]:
                return target
        gate = f"{target}<{level}"
        if gate not in self.nodes:
            self.nodes[gate] = Node(gate, False)
            self.waiting.append((gate, target, level))
        return gate


def _thinned(levels: Iterable[Fraction], most: int) -> Degrees:
    """Keep so many of some levels, evenly."""
    ordered = sorted(levels)
    return frozenset(ordered[place * len(ordered) // most] for place in range(most))
