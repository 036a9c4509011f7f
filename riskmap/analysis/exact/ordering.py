"""Orders in which a diagram may test its variables.

No order wins everywhere, and the order matters more than anything else; so several are tried under
growing budgets. Orders are of variables and of modules that stand for variables.
"""

import heapq
import math
import random
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate

from riskmap.analysis.exact.formula import Formulas
from riskmap.analysis.limits import Limits

_BEST = 4
"""How many orders are worth a diagram."""
_MOST_VARIANTS = 32
_STEPS_OF_A_VARIANT = 10
"""Diagram nodes that cost as much as one more order of one leaf or gate, about."""


def orders(
    formulas: Formulas, root: int, leaves: Collection[int], limits: Limits
) -> list[tuple[int, ...]]:
    """Return the most promising orders of what is below ``root``, best first.

    Parameters
    ----------
    leaves : collection of int
        Gates that stand for variables, besides the variables themselves.
    limits : Limits
        Of the diagram to be built: the more nodes it may have, the longer it pays to look.

    Notes
    -----
    Depth first, min-degree elimination with ties broken in several ways, and FORCE from the best of
    them, each also from its end, compared by :func:`overlap`.
    """
    graph = _adjacency(formulas, root, leaves)
    variants = max(2, min(_MOST_VARIANTS, limits.nodes // (_STEPS_OF_A_VARIANT * len(graph))))
    depth = depth_first(formulas, root, leaves)
    found = {depth: overlap(formulas, root, leaves, depth)}
    for seed in range(variants):
        order = min_degree(formulas, root, leaves, graph, seed, limits)
        found[order] = overlap(formulas, root, leaves, order)
    for start in (depth, min(found, key=lambda order: (found[order], order))):
        order = force(graph, start)
        found[order] = overlap(formulas, root, leaves, order)
    ways = {way: size for order, size in found.items() for way in (order, order[::-1])}
    return sorted(ways, key=lambda order: (ways[order], order))[:_BEST]


def _is_leaf(formulas: Formulas, node: int, root: int, leaves: Collection[int]) -> bool:
    return not formulas.gates[node].children or (node != root and node in leaves)


def inside(formulas: Formulas, gate: int, leaves: Collection[int]) -> list[int]:
    """Return the gates of a module, its smaller modules and variables left out, children first."""
    seen, found = {gate}, []
    stack = [(gate, iter(formulas.gates[gate].children))]
    while stack:
        node, rest = stack[-1]
        for child in rest:
            if child not in seen and child not in leaves and formulas.gates[child].children:
                seen.add(child)
                stack.append((child, iter(formulas.gates[child].children)))
                break
        else:
            stack.pop()
            found.append(node)
    return found


def depth_first(formulas: Formulas, root: int, leaves: Collection[int]) -> tuple[int, ...]:
    """Order of first visit in a walk from the root, left to right."""
    seen: set[int] = set()
    found: list[int] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        if _is_leaf(formulas, node, root, leaves):
            found.append(node)
        else:
            stack.extend(reversed(formulas.gates[node].children))
    return tuple(found)


def _adjacency(formulas: Formulas, root: int, leaves: Collection[int]) -> dict[int, set[int]]:
    """The undirected graph of gates and leaves."""
    graph: dict[int, set[int]] = {root: set()}
    stack = [root]
    while stack:
        node = stack.pop()
        if _is_leaf(formulas, node, root, leaves):
            continue
        for child in formulas.gates[node].children:
            if child not in graph:
                graph[child] = set()
                stack.append(child)
            graph[node].add(child)
            graph[child].add(node)
    return graph


def overlap(
    formulas: Formulas, root: int, leaves: Collection[int], order: tuple[int, ...]
) -> float:
    """Guess the logarithm, to base two, of a diagram's size under an order.

    A gate is undecided from the first to the last of its leaves; each undecided gate may double the
    diagram.
    """
    first = {leaf: index for index, leaf in enumerate(order)}
    last = dict(first)
    change = [0] * len(order)
    for node in inside(formulas, root, leaves):
        children = formulas.gates[node].children
        first[node] = min(first[child] for child in children)
        last[node] = max(last[child] for child in children)
        change[first[node]] += 1
        change[last[node]] -= 1
    undecided = list(accumulate(change))
    most = max(undecided)
    return most + math.log2(sum(math.pow(2.0, number - most) for number in undecided))


def min_degree(
    formulas: Formulas,
    root: int,
    leaves: Collection[int],
    start: Mapping[int, set[int]],
    seed: int = 0,
    limits: Limits | None = None,
) -> tuple[int, ...]:
    """Order from a tree decomposition found by min-degree elimination of gates and leaves.

    Leaves are visited along the elimination tree, smaller subtrees first. Ties are broken by id, or
    at random for a seed other than zero.
    """
    limits = limits or Limits()
    graph = {node: set(near) for node, near in start.items()}
    source = random.Random(seed)  # noqa: S311 - a way to break ties
    rank = {node: source.random() if seed else float(node) for node in graph}
    heap = [(len(near), rank[node], node) for node, near in graph.items()]
    heapq.heapify(heap)
    eliminated: dict[int, int] = {}
    bags: dict[int, set[int]] = {}
    while heap:
        degree, _, node = heapq.heappop(heap)
        if node in eliminated:
            continue
        if degree != len(graph[node]):
            heapq.heappush(heap, (len(graph[node]), rank[node], node))
            continue
        limits.check()
        eliminated[node] = len(eliminated)
        near = bags[node] = graph.pop(node)
        for other in near:
            graph[other] |= near
            graph[other] -= {node, other}
            heapq.heappush(heap, (len(graph[other]), rank[other], other))
    return tuple(
        node for node in _along(eliminated, bags) if _is_leaf(formulas, node, root, leaves)
    )


def _along(eliminated: Mapping[int, int], bags: Mapping[int, set[int]]) -> Iterator[int]:
    """Walk the elimination tree: a node hangs below the first eliminated of its neighbours."""
    below: dict[int, list[int]] = {}
    stack: list[int] = []
    for node in eliminated:
        if bags[node]:
            below.setdefault(min(bags[node], key=eliminated.__getitem__), []).append(node)
        else:
            stack.append(node)
    size: dict[int, int] = {}
    for node in eliminated:
        size[node] = 1 + sum(size[child] for child in below.get(node, ()))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(sorted(below.get(node, ()), key=size.__getitem__))


def force(graph: Mapping[int, set[int]], start: tuple[int, ...]) -> tuple[int, ...]:
    """FORCE: pull leaves towards the centre of the gates that use them.

    Aloul, Markov and Sakallah, "FORCE: a fast and easy-to-implement variable-ordering heuristic",
    GLSVLSI 2003; here on gates and leaves together, twenty rounds.
    """
    place: dict[int, float] = {node: float(index) for index, node in enumerate(start)}
    for node in sorted(graph):
        if node not in place:
            known = [place[near] for near in graph[node] if near in place]
            place[node] = sum(known) / len(known) if known else 0.0
    for _ in range(20):
        place = {
            node: (place[node] + sum(place[near] for near in graph[node])) / (1 + len(graph[node]))
            for node in graph
        }
        ranked = sorted(graph, key=lambda node: (place[node], node))
        place = {node: float(index) for index, node in enumerate(ranked)}
    return tuple(sorted(start, key=lambda node: (place[node], node)))
