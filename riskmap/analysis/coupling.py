"""What must move together: closures over ties, knots of ties, and the cheapest ties to cut."""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

from riskmap.analysis.components import components


def closure(ties: Mapping[str, Iterable[str]], start: str) -> dict[str, tuple[str, ...]]:
    """Return everything tied to ``start``, directly or through others, with a shortest chain.

    Parameters
    ----------
    ties : mapping of str to iterable of str
        What each thing drags along.

    Returns
    -------
    dict of str to tuple of str
        Each thing reached, ``start`` included, with the chain that leads to it.
    """
    chains: dict[str, tuple[str, ...]] = {start: (start,)}
    queue = [start]
    for name in queue:
        for target in sorted(ties.get(name, ())):
            if target not in chains:
                chains[target] = (*chains[name], target)
                queue.append(target)
    return chains


Tie = tuple[str, str]
"""What drags, and what it drags along."""


def cheapest_cut(
    costs: Mapping[Tie, int], start: str, left_behind: Iterable[str]
) -> frozenset[Tie]:
    """Return the cheapest ties to cut so that ``start`` drags nothing of what is left behind.

    Parameters
    ----------
    costs : mapping of (str, str) to int
        What cutting each tie costs, zero or more. Whole numbers, so that the cut is exact.
    left_behind : iterable of str
        Not ``start`` itself.

    Notes
    -----
    A minimum cut between ``start`` and everything left behind, by the theorem of Ford and
    Fulkerson (1956) a maximum flow; networkx computes it.

    >>> sorted(cheapest_cut({("a", "b"): 3, ("b", "c"): 2, ("a", "c"): 1}, "a", ["c"]))
    [('a', 'c'), ('b', 'c')]
    """
    import networkx as nx  # noqa: PLC0415 - takes a moment, and few models ask for a cut

    graph: nx.DiGraph[tuple[str, ...]] = nx.DiGraph()
    source, sink = (start,), ()
    graph.add_node(source)
    for (tail, head), cost in sorted(costs.items()):
        graph.add_edge((tail,), (head,), capacity=cost)
    for name in sorted(set(left_behind)):
        graph.add_edge((name,), sink)  # without a capacity it cannot be cut
    if sink not in graph:
        return frozenset()
    _, (near, _) = nx.minimum_cut(graph, source, sink)
    return frozenset(tie for tie in costs if (tie[0],) in near and (tie[1],) not in near)


def blocks(ties: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Return what can go one after another, and the knots that can go only as one.

    Parameters
    ----------
    ties : mapping of str to iterable of str
        What each thing drags along.

    Returns
    -------
    tuple of tuple of str
        Strongly connected components, each sorted; whatever one drags comes before it, and of what
        could come next the first by name. More than one member makes a knot: no order leads
        through it.

    >>> blocks({"mail": ["sites"], "sites": ["login"], "login": ["sites"]})
    (('login', 'sites'), ('mail',))
    """
    names = sorted({*ties, *(target for targets in ties.values() for target in targets)})
    place = {name: index for index, name in enumerate(names)}
    found = components([[place[t] for t in sorted(ties.get(name, ()))] for name in names])
    knots = [tuple(sorted(names[index] for index in members)) for members in found]
    knot_of = {name: knot for knot in knots for name in knot}
    drags = {
        knot: {knot_of[t] for name in knot for t in ties.get(name, ())} - {knot} for knot in knots
    }
    dragged_by: dict[tuple[str, ...], list[tuple[str, ...]]] = {knot: [] for knot in knots}
    for knot, targets in drags.items():
        for target in targets:
            dragged_by[target].append(knot)
    ready = [knot for knot in knots if not drags[knot]]
    heapify(ready)
    order = []
    while ready:
        order.append(heappop(ready))
        for knot in dragged_by[order[-1]]:
            drags[knot].remove(order[-1])
            if not drags[knot]:
                heappush(ready, knot)
    return tuple(order)
