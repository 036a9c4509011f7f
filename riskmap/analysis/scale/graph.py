"""A network as numpy arrays, and its vertices in levels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from riskmap.analysis.components import components
from riskmap.analysis.scale.network import Network

Integers = NDArray[np.int64]
Small = NDArray[np.int32]
Flags = NDArray[np.bool_]

_PYTHON_BELOW = 20_000
"""Vertices below which Tarjan's algorithm in Python is quicker than peeling off levels."""
_LARGEST = 1 << 62


class TooWideError(ValueError):
    """Weights that do not fit the machine's integers."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A network as arrays; see :class:`~riskmap.analysis.scale.network.Network`.

    Attributes
    ----------
    pointer : array of n + 1 int64
        Where the members of each vertex begin in ``member``.
    member : array of m int32
    need : array of n int64
    basic : array of n bool
        Whether the vertex carries a label; the label is then the vertex's own number.
    assumed : array of n bool
    weight : array of m int64, or None when every member weighs one
    """

    pointer: Integers
    member: Small
    need: Integers
    basic: Flags
    assumed: Flags
    weight: Integers | None = None

    def __len__(self) -> int:
        return len(self.need)

    @classmethod
    def of(cls, network: Network) -> "Graph":
        """Return a network as arrays; linear."""
        sizes = np.fromiter((len(m) for m in network.members), np.int64, len(network))
        pointer = np.zeros(len(network) + 1, np.int64)
        np.cumsum(sizes, out=pointer[1:])
        flat = (member for members in network.members for member in members)
        assumed = np.zeros(len(network), np.bool_)
        assumed[list(network.assumed)] = True
        if max(map(sum, network.weights.values()), default=0) >= _LARGEST:
            raise TooWideError("weights beyond 62 bits")
        weight = None
        if network.weights:
            weight = np.ones(pointer[-1], np.int64)
            for vertex, weights in network.weights.items():
                weight[pointer[vertex] : pointer[vertex + 1]] = weights
        return cls(
            pointer,
            np.fromiter(flat, np.int32, int(pointer[-1])),
            # What needs more than all its members weigh together never holds, whatever it needs.
            np.array([min(need, _LARGEST) for need in network.need], np.int64),
            np.fromiter((label is not None for label in network.labels), np.bool_, len(network)),
            assumed,
            weight,
        )

    def edges(self, vertices: Integers) -> tuple[Integers, Integers]:
        """Return the positions in ``member`` of all members of some vertices, and how many each."""
        begin = self.pointer[vertices]
        sizes = self.pointer[vertices + 1] - begin
        return spread(begin, sizes), sizes

    def take(self, vertices: Integers) -> "Graph":
        """Return the part made of some vertices, numbered anew; they contain their members."""
        new = np.zeros(len(self), np.int32)
        new[vertices] = np.arange(len(vertices), dtype=np.int32)
        edges, sizes = self.edges(vertices)
        pointer = np.zeros(len(vertices) + 1, np.int64)
        np.cumsum(sizes, out=pointer[1:])
        return replace(
            self,
            pointer=pointer,
            member=new[self.member[edges]],
            need=self.need[vertices],
            basic=self.basic[vertices],
            assumed=self.assumed[vertices],
            weight=None if self.weight is None else self.weight[edges],
        )

    def network(self, vertices: Integers, around: Integers) -> Network:
        """Return some vertices, then what they look at besides, as a network without labels."""
        known = (*vertices.tolist(), *around.tolist())
        new = {vertex: place for place, vertex in enumerate(known)}
        found = Network()
        for place, vertex in enumerate(vertices.tolist()):
            piece = slice(int(self.pointer[vertex]), int(self.pointer[vertex + 1]))
            found.add(int(self.need[vertex]), [new[m] for m in self.member[piece].tolist()])
            if self.weight is not None and (self.weight[piece] != 1).any():
                found.weights[place] = self.weight[piece].tolist()
            if self.assumed[vertex]:
                found.assumed.add(place)
        for _ in around:
            found.add(1)
        return found


def spread(begin: Integers, sizes: Integers) -> Integers:
    """Return the ranges that begin at ``begin`` with given sizes, one after the other."""
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(begin - ends + sizes, sizes)


def reached(graph: Graph, starts: Integers) -> Integers:
    """Return what some vertices depend on, themselves included, sorted; linear."""
    seen = np.zeros(len(graph), np.bool_)
    place = np.zeros(len(graph), np.int64)
    frontier = np.unique(starts)
    while len(frontier):
        seen[frontier] = True
        edges, _ = graph.edges(frontier)
        frontier = _distinct(graph.member[edges], seen, place)
    return np.flatnonzero(seen)


def _distinct(found: Small, out: Flags, place: Integers) -> Integers:
    """Return each found vertex once that is not ``out``; ``place`` is working space."""
    fresh = found[~out[found]].astype(np.int64)
    numbers = np.arange(len(fresh))
    place[fresh] = numbers
    chosen: Integers = fresh[place[fresh] == numbers]
    return chosen


@dataclass(frozen=True, slots=True)
class Level:
    """Vertices that can be solved at once, given all levels before.

    Attributes
    ----------
    vertices : array of int64
    cyclic : bool
        Whether they look at each other as well.
    assumed : bool
        Whether they are one component with a cycle and assumed vertices on it.
    """

    vertices: Integers
    cyclic: bool = False
    assumed: bool = False


def levels(graph: Graph, longest: int) -> list[Level] | None:
    """Return all vertices in levels, members before what looks at them.

    Levels are peeled off from what nothing looks at, then from what looks at nothing; the rest,
    which contains all cycles, is ordered by Tarjan's algorithm. Linear, but the last part, and a
    part that is deeper than wide, at the speed of Python.

    Parameters
    ----------
    longest : int
        Give up and return None where there would be more levels.
    """
    upper: list[Level] = []
    left = np.ones(len(graph), np.bool_)
    if len(graph) >= _PYTHON_BELOW:
        _peel(graph, left, upper, longest)
    lower: list[Level] = []
    rest = np.flatnonzero(left)
    if len(rest) >= _PYTHON_BELOW:
        _peel(_turned(graph, left), left, lower, longest)
        rest = np.flatnonzero(left)
    middle = _ordered(graph, rest, longest) if len(rest) else []
    if middle is None or len(upper) + len(lower) + len(middle) > longest:
        return None
    return lower + middle + upper[::-1]


def _peel(graph: Graph, left: Flags, found: list[Level], most: int) -> None:
    """Take away what nothing left looks at, level by level."""
    inside = left[np.repeat(np.arange(len(graph)), np.diff(graph.pointer))]
    looked = np.bincount(graph.member[inside], minlength=len(graph))
    place = np.zeros(len(graph), np.int64)
    frontier = np.flatnonzero(left & (looked == 0))
    while len(frontier) and len(found) <= most:
        found.append(Level(frontier))
        left[frontier] = False
        edges, _ = graph.edges(frontier)
        members = graph.member[edges]
        np.subtract.at(looked, members, 1)
        frontier = _distinct(members, ~left | (looked != 0), place)


def _turned(graph: Graph, left: Flags) -> Graph:
    """Return the part between vertices left, with every edge the other way round."""
    source = np.repeat(np.arange(len(graph), dtype=np.int32), np.diff(graph.pointer))
    inside = left[source] & left[graph.member]
    source, target = source[inside], graph.member[inside]
    pointer = np.zeros(len(graph) + 1, np.int64)
    np.cumsum(np.bincount(target, minlength=len(graph)), out=pointer[1:])
    return replace(graph, pointer=pointer, member=source[np.argsort(target, kind="stable")])


def _ordered(graph: Graph, rest: Integers, longest: int) -> list[Level] | None:
    """Order what is left by components, each at one more than the highest it looks at."""
    new = np.full(len(graph), -1, np.int64)
    new[rest] = np.arange(len(rest))
    edges, sizes = graph.edges(rest)
    flat = new[graph.member[edges]]
    source = np.repeat(np.arange(len(rest)), sizes)
    source, flat = source[flat >= 0], flat[flat >= 0]
    bounds = np.searchsorted(source, np.arange(len(rest) + 1)).tolist()
    targets = flat.tolist()
    members = [targets[a:b] for a, b in pairwise(bounds)]
    height = [0] * len(rest)
    plain: dict[int, list[int]] = {}
    cyclic: dict[int, list[int]] = {}
    apart: dict[int, list[list[int]]] = {}
    held = graph.assumed[rest].tolist()
    for component in components(members):
        # Members of the component itself still have height zero.
        high = 1 + max((height[m] for vertex in component for m in members[vertex]), default=0)
        for vertex in component:
            height[vertex] = high
        alone = len(component) == 1 and component[0] not in members[component[0]]
        if not alone and any(held[vertex] for vertex in component):
            apart.setdefault(high, []).append(component)
        else:
            (plain if alone else cyclic).setdefault(high, []).extend(component)
        if high > longest:
            return None
    found: list[Level] = []
    for high in range(1, max(height) + 1):
        if high in plain:
            found.append(Level(rest[_array(plain[high])]))
        if high in cyclic:
            found.append(Level(rest[_array(cyclic[high])], cyclic=True))
        found.extend(
            Level(rest[_array(component)], cyclic=True, assumed=True)
            for component in apart.get(high, ())
        )
    return found


def _array(numbers: Sequence[int]) -> Integers:
    return np.array(numbers, np.int64)
