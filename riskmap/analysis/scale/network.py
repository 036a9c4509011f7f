"""A structure as numbered vertices, each of one simple kind: the form both engines compute on.

A vertex holds when the weights of its members that hold add up to at least ``need``: one is OR,
all of them AND. A vertex with a label also holds when that label fails by itself.

A standby ``c`` becomes a vertex "c cannot run", the OR of its terms. A node ``x`` that standbys
cover becomes two vertices: ``x`` itself, and what those who need ``x`` see, the AND of ``x`` and
"c cannot run" for every ``c`` that covers it. So on a structure whose needs, those of standbys
included, have no cycle, residual sets are inherent sets of a slightly larger network. Where a
cycle leads through "c cannot run", those vertices are ``assumed``: they take the greatest fixpoint
around the least one of all others, which is the constructive reading of
:mod:`riskmap.analysis.propagation`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import lcm

from riskmap.analysis.structure import Down, Structure, Term, Votes, Weighted


@dataclass(slots=True)
class Network:
    """Vertices ``0 .. n-1``; ``n`` is the length of each list.

    Attributes
    ----------
    need : list of int
        Weight of members that must hold for a vertex to hold; at least one.
    members : list of list of int
        What each vertex looks at; a member named twice counts twice.
    weights : dict of int to list of int
        Weights of the members, for the vertices where they are not all one.
    labels : list of (str or None)
        The basic node that makes a vertex hold by itself; every name occurs once.
    assumed : set of int
        Vertices that take the greatest fixpoint.
    place : dict of str to int
        The vertex that shows each node as those who need it see it.
    """

    need: list[int] = field(default_factory=list)
    members: list[list[int]] = field(default_factory=list)
    weights: dict[int, list[int]] = field(default_factory=dict)
    labels: list[str | None] = field(default_factory=list)
    assumed: set[int] = field(default_factory=set)
    place: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.need)

    def add(self, need: int, members: Sequence[int] = (), label: str | None = None) -> int:
        """Add a vertex and return its number."""
        self.need.append(need)
        self.members.append(list(members))
        self.labels.append(label)
        return len(self.need) - 1


def network_of(structure: Structure, starts: Iterable[str]) -> Network:
    """Return the part of a structure that ``starts`` depend on.

    Linear in the nodes and needs reached.
    """
    return _Builder(structure).build(starts)


class _Builder:
    """Numbers what is reached, in the order in which it is met."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.network = Network()
        self.running: dict[str, int] = {}
        self.waiting: list[tuple[int, tuple[Term, ...]]] = []

    def build(self, starts: Iterable[str]) -> Network:
        for start in starts:
            self._seen(start)
        while self.waiting:
            vertex, terms = self.waiting.pop()
            self._fill(vertex, terms)
        return self.network

    def _seen(self, name: str) -> int:
        """Return the vertex of a node as others see it."""
        network = self.network
        vertex = network.place.get(name)
        if vertex is not None:
            return vertex
        node = self.structure.nodes[name]
        raw = network.add(1, (), name if node.basic else None)
        if node.terms:
            self.waiting.append((raw, node.terms))
        network.place[name] = raw
        standbys = self.structure.covered_by.get(name, ())
        if standbys:
            network.place[name] = network.add(len(standbys) + 1)
            idle = [self._idle(standby) for standby in standbys]
            network.members[network.place[name]] = [raw, *idle]
        return network.place[name]

    def _idle(self, standby: str) -> int:
        """Return the vertex that holds where a standby cannot run."""
        if standby not in self.running:
            vertex = self.running[standby] = self.network.add(1)
            self.network.assumed.add(vertex)
            self.waiting.append((vertex, self.structure.standbys[standby].terms))
        return self.running[standby]

    def _fill(self, vertex: int, terms: Iterable[Term]) -> None:
        """Make a vertex the OR of terms; an OR inside is taken apart."""
        found: dict[int, None] = {}
        queue = list(terms)
        for term in queue:
            if isinstance(term, Votes) and term.threshold == 1:
                queue.extend(term.members)
            else:
                found[self._term(term)] = None
        self.network.members[vertex] = list(found)

    def _term(self, term: Term) -> int:
        match term:
            case Down(target):
                return self._seen(target)
            case Votes(threshold, members):
                vertex = self.network.add(threshold)
                if threshold == 1:
                    self._fill(vertex, members)
                else:
                    self.network.members[vertex] = [self._term(member) for member in members]
                return vertex
            case Weighted(parts, limit):
                scale = lcm(limit.denominator, *(weight.denominator for _, weight in parts))
                vertex = self.network.add(int(limit * scale // 1) + 1)
                self.network.members[vertex] = [self._seen(name) for name, _ in parts]
                self.network.weights[vertex] = [int(weight * scale) for _, weight in parts]
                return vertex
