"""Listing minimal cut sets lazily: by order, then the most probable first.

The sets of one size below one node are a stream, produced on demand: those without the node's
variable merged with those with it, each stream in falling order of probability. Nothing is
computed beyond what is asked for, so the first ten of a billion sets cost little.
"""

import heapq
from collections.abc import Iterator, Mapping

from riskmap.analysis.exact.diagram import deep
from riskmap.analysis.exact.formula import FALSE, TRUE
from riskmap.analysis.exact.solution import ModuleDiagram, Solution

Item = tuple[float, tuple[str, ...]]
"""Negative probability, and members in order of name, so that items sort as they are listed."""


class _Stream:
    """A sequence computed as far as it was read."""

    def __init__(self, source: Iterator[Item]) -> None:
        self._source = source
        self._read: list[Item] = []

    def at(self, index: int) -> Item | None:
        while len(self._read) <= index:
            following = next(self._source, None)
            if following is None:
                return None
            self._read.append(following)
        return self._read[index]

    def __iter__(self) -> Iterator[Item]:
        index = 0
        while (item := self.at(index)) is not None:
            yield item
            index += 1


def cut_sets(
    solution: Solution, p: Mapping[str, float] | None = None, most_order: int | None = None
) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yield minimal cut sets with their probability, smaller ones first, then likelier ones.

    Parameters
    ----------
    p : mapping of str to float, optional
        Probability of each basic event; without it every event counts as certain, and sets of one
        size come in a fixed order.
    most_order : int, optional
        Largest order to list.
    """
    if solution.root in (FALSE, TRUE):
        return
    lister = _Lister(solution, p or dict.fromkeys(solution.variables, 1.0))
    highest = len(solution.by_order)
    for order in range(1, min(highest, most_order or highest) + 1):
        stream = lister.of_leaf(solution.root, order)
        index = 0
        while True:
            with deep():
                item = stream.at(index)
            if item is None:
                break
            yield item[1], -item[0]
            index += 1


class _Lister:
    """Streams by module, node and size, shared where they are used twice."""

    def __init__(self, solution: Solution, p: Mapping[str, float]) -> None:
        self._solution = solution
        self._p = p
        self._parts = {part.gate: part for part in solution.parts}
        self._known: dict[tuple[int, int, int], _Stream] = {}

    def of_leaf(self, leaf: int, size: int) -> _Stream:
        """Sets of one size of a variable or a module."""
        part = self._parts.get(leaf)
        if part is not None:
            return self._of_node(part, part.family, size)
        name = self._solution.formulas.gates[leaf].name
        single: list[Item] = [(-self._p[name], (name,))] if size == 1 else []
        return _Stream(iter(single))

    def _of_node(self, part: ModuleDiagram, node: int, size: int) -> _Stream:
        key = (part.gate, node, size)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = _Stream(self._sets(part, node, size))
        return found

    def _size_possible(self, part: ModuleDiagram, node: int, size: int) -> bool:
        table = self._solution.polynomials[part.gate][node]
        return size < len(table) and table[size] > 0

    def _sets(self, part: ModuleDiagram, node: int, size: int) -> Iterator[Item]:
        if node <= 1:
            if node == 1 and size == 0:
                yield (-1.0, ())
            return
        diagrams = part.diagrams
        low, high = diagrams.low[node], diagrams.high[node]
        sources: list[Iterator[Item]] = []
        if self._size_possible(part, low, size):
            sources.append(iter(self._of_node(part, low, size)))
        leaf = part.order[diagrams.level[node]]
        for taken in range(1, size + 1):
            if self._takes(leaf, taken) and self._size_possible(part, high, size - taken):
                first = self.of_leaf(leaf, taken)
                sources.append(_product(first, self._of_node(part, high, size - taken)))
        yield from heapq.merge(*sources)

    def _takes(self, leaf: int, size: int) -> bool:
        part = self._parts.get(leaf)
        return size == 1 if part is None else self._size_possible(part, part.family, size)


def _product(first: _Stream, second: _Stream) -> Iterator[Item]:
    """Unions of a set of each stream, in falling order of probability."""

    def pair(i: int, j: int) -> Item | None:
        a, b = first.at(i), second.at(j)
        if a is None or b is None:
            return None
        return -(a[0] * b[0]), tuple(sorted((*a[1], *b[1])))

    start = pair(0, 0)
    if start is None:
        return
    heap = [(start, 0, 0)]
    while heap:
        item, i, j = heapq.heappop(heap)
        yield item
        following: list[tuple[int, int]] = [(i, j + 1)] + ([(i + 1, j)] if j == 0 else [])
        for k, m in following:
            new = pair(k, m)
            if new is not None:
                heapq.heappush(heap, (new, k, m))
