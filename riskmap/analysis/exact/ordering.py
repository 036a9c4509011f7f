"""Orders in which a diagram may test its variables.

No order wins everywhere, and the order matters more than anything else; so several are tried under
growing budgets. Orders are of variables and of modules that stand for variables.
"""

import heapq
from collections.abc import Collection, Iterator

from riskmap.analysis.exact.formula import Formulas


def orders(formulas: Formulas, root: int, leaves: Collection[int]) -> Iterator[tuple[int, ...]]:
    """Yield orders of what is below ``root``, the most promising first.

    Parameters
    ----------
    leaves : collection of int
        Gates that stand for variables, besides the variables themselves.
    """
    depth = depth_first(formulas, root, leaves)
    yield depth
    elimination = min_degree(formulas, root, leaves)
    yield elimination
    yield elimination[::-1]
    yield depth[::-1]
    yield force(formulas, root, leaves, depth)


def _is_leaf(formulas: Formulas, node: int, root: int, leaves: Collection[int]) -> bool:
    return not formulas.gates[node].children or (node != root and node in leaves)


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


def min_degree(formulas: Formulas, root: int, leaves: Collection[int]) -> tuple[int, ...]:
    """Order from a tree decomposition found by min-degree elimination of gates and leaves.

    Leaves are visited along the elimination tree, smaller subtrees first.
    """
    graph = _adjacency(formulas, root, leaves)
    heap = [(len(near), node) for node, near in graph.items()]
    heapq.heapify(heap)
    eliminated: dict[int, int] = {}
    bags: dict[int, set[int]] = {}
    while heap:
        degree, node = heapq.heappop(heap)
        if node in eliminated:
            continue
        if degree != len(graph[node]):
            heapq.heappush(heap, (len(graph[node]), node))
            continue
        eliminated[node] = len(eliminated)
        near = bags[node] = graph.pop(node)
        for other in near:
            graph[other] |= near
            graph[other] -= {node, other}
            heapq.heappush(heap, (len(graph[other]), other))
    below: dict[int, list[int]] = {}
    roots: list[int] = []
    for node in eliminated:
        if bags[node]:
            below.setdefault(min(bags[node], key=eliminated.__getitem__), []).append(node)
        else:
            roots.append(node)
    size: dict[int, int] = {}
    for node in eliminated:
        size[node] = 1 + sum(size[child] for child in below.get(node, ()))
    found: list[int] = []
    stack = roots
    while stack:
        node = stack.pop()
        if _is_leaf(formulas, node, root, leaves):
            found.append(node)
        stack.extend(sorted(below.get(node, ()), key=size.__getitem__))
    return tuple(found)


def force(
    formulas: Formulas, root: int, leaves: Collection[int], start: tuple[int, ...]
) -> tuple[int, ...]:
    """FORCE: pull leaves towards the centre of the gates that use them.

    Aloul, Markov and Sakallah, "FORCE: a fast and easy-to-implement variable-ordering heuristic",
    GLSVLSI 2003; here on gates and leaves together, twenty rounds.
    """
    graph = _adjacency(formulas, root, leaves)
    place: dict[int, float] = {node: float(index) for index, node in enumerate(start)}
    for node in formulas.below(root):
        if node in graph and node not in place:
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
