"""The failure logic of a system, free of any domain word.

A node is down when it fails by itself, or when one of its terms holds. Terms say which other nodes
must be down; there is no negation, so everything is coherent (Rauzy 1993; Vesely et al.,
NUREG-0492, chapter VII). A standby takes the place of nodes it covers once it runs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from riskmap.analysis.components import components


@dataclass(frozen=True, slots=True)
class Down:
    """Holds when the target is down."""

    target: str


@dataclass(frozen=True, slots=True)
class Votes:
    """Holds when at least ``threshold`` of the members hold: one is OR, all of them AND."""

    threshold: int
    members: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """Holds when the parts that are down weigh more than ``limit``.

    Attributes
    ----------
    parts : tuple of (str, Fraction)
        Node and weight.
    limit : Fraction
        Weight that may be lost without the term holding.
    """

    parts: tuple[tuple[str, Fraction], ...]
    limit: Fraction


Term = Down | Votes | Weighted


@dataclass(frozen=True, slots=True)
class Node:
    """One node: down by itself if ``basic``, or when any term holds.

    Attributes
    ----------
    minimum : Fraction
        Level below which the node counts as down; zero means only a level of zero does.
    soft : tuple of str
        Nodes whose loss degrades this one without stopping it.
    """

    id: str
    basic: bool
    terms: tuple[Term, ...] = ()
    minimum: Fraction = Fraction(0)
    soft: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standby:
    """Something that can serve in place of other nodes.

    Attributes
    ----------
    covers : tuple of str
        Nodes it stands in for.
    terms : tuple of Term
        It cannot run while any of these holds.
    lead : float
        Seconds from the start of an outage until it serves; infinite when unknown.
    sustains : float
        Seconds it can serve within one outage.
    level : Fraction
        Share of what it covers that it serves, between zero and one.
    """

    id: str
    covers: tuple[str, ...]
    terms: tuple[Term, ...]
    lead: float
    sustains: float
    level: Fraction


def targets(terms: tuple[Term, ...]) -> Iterator[str]:
    """Yield every node that the terms mention."""
    for term in terms:
        match term:
            case Down(target):
                yield target
            case Votes(_, members):
                yield from targets(members)
            case Weighted(parts, _):
                yield from (name for name, _ in parts)


def _split(terms: Iterable[Term]) -> tuple[tuple[str, ...], tuple[Term, ...]]:
    """Return the targets that make one of the terms hold alone, and all other terms."""
    alone: dict[str, None] = {}
    others: list[Term] = []
    queue = list(terms)
    for term in queue:
        if isinstance(term, Down):
            alone[term.target] = None
        elif isinstance(term, Votes) and term.threshold == 1:
            queue.extend(term.members)
        else:
            others.append(term)
    return tuple(alone), tuple(others)


@dataclass(frozen=True)
class Structure:
    """All nodes and standbys of one system.

    Attributes
    ----------
    nodes : mapping of str to Node
    standbys : mapping of str to Standby
    tops : tuple of str
        Nodes whose failure is asked about, sorted.
    """

    nodes: Mapping[str, Node]
    standbys: Mapping[str, Standby] = field(default_factory=dict)
    tops: tuple[str, ...] = ()

    @cached_property
    def successors(self) -> Mapping[str, tuple[str, ...]]:
        """What each node needs, sorted and without repetition."""
        return {name: tuple(sorted(set(targets(node.terms)))) for name, node in self.nodes.items()}

    @cached_property
    def predecessors(self) -> Mapping[str, tuple[str, ...]]:
        """What needs each node, sorted."""
        found: dict[str, list[str]] = {name: [] for name in self.nodes}
        for name in sorted(self.nodes):
            for target in self.successors[name]:
                found[target].append(name)
        return {name: tuple(sources) for name, sources in found.items()}

    @cached_property
    def stoppers(self) -> Mapping[str, tuple[tuple[str, ...], tuple[Term, ...]]]:
        """Nodes each of which alone stops a node, and terms that may take more, by node."""
        return {name: _split(node.terms) for name, node in self.nodes.items()}

    @cached_property
    def covered_by(self) -> Mapping[str, tuple[str, ...]]:
        """Standbys of each node that has any, sorted."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.standbys):
            for target in self.standbys[name].covers:
                found.setdefault(target, []).append(name)
        return {target: tuple(names) for target, names in found.items()}

    def with_standbys(self, standbys: Iterable[Standby]) -> "Structure":
        """Return the same structure with other standbys; what does not depend on them is shared."""
        found = Structure(self.nodes, {standby.id: standby for standby in standbys}, self.tops)
        for shared in ("successors", "predecessors", "stoppers", "order", "place"):
            found.__dict__[shared] = getattr(self, shared)
        return found

    @cached_property
    def bare(self) -> "Structure":
        """The same structure without any standby: the inherent reading."""
        return self.with_standbys(())

    @cached_property
    def order(self) -> tuple[tuple[str, ...], ...]:
        """Strongly connected components, what is needed before what needs it.

        Linear in nodes and edges (Tarjan 1972).
        """
        names = sorted(self.nodes)
        number = {name: index for index, name in enumerate(names)}
        needed = [[number[target] for target in self.successors[name]] for name in names]
        return tuple(
            tuple(names[index] for index in sorted(component)) for component in components(needed)
        )

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where in :attr:`order` the component of each node stands."""
        return {name: index for index, members in enumerate(self.order) for name in members}

    def closure(self, start: str, *, standbys: bool = False) -> frozenset[str]:
        """Return every node that ``start`` reaches through needs, itself included.

        Parameters
        ----------
        standbys : bool
            Whether to follow what standbys of the nodes met need as well.
        """
        seen, queue = {start}, [start]
        while queue:
            name = queue.pop()
            following = list(self.successors[name])
            if standbys:
                for standby in self.covered_by.get(name, ()):
                    following.extend(targets(self.standbys[standby].terms))
            for target in following:
                if target not in seen:
                    seen.add(target)
                    queue.append(target)
        return frozenset(seen)

    def above(self, names: Iterable[str]) -> frozenset[str]:
        """Return every node that needs one of these at any depth, they included."""
        queue = list(names)
        seen = set(queue)
        for name in queue:
            for source in self.predecessors[name]:
                if source not in seen:
                    seen.add(source)
                    queue.append(source)
        return frozenset(seen)

    def closure_of_terms(self, standby: str) -> frozenset[str]:
        """Return every node that a standby needs, at any depth."""
        direct = set(targets(self.standbys[standby].terms))
        return frozenset().union(*(self.closure(name) for name in direct))

    def degraded_by(self, down: frozenset[str]) -> frozenset[str]:
        """Return what is not down itself but softly needs, at any depth, something that is."""
        softly: dict[str, list[str]] = {}
        for name in sorted(self.nodes):
            for target in self.nodes[name].soft:
                softly.setdefault(target, []).append(name)
        seen: set[str] = set()
        queue = [source for name in sorted(down) for source in softly.get(name, ())]
        for name in queue:
            if name in seen or name in down:
                continue
            seen.add(name)
            queue.extend(self.predecessors[name])
            queue.extend(softly.get(name, ()))
        return frozenset(seen)
