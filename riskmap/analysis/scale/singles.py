"""Labels that make a vertex hold alone, by the engine that suits the network."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from riskmap.analysis.scale import dense
from riskmap.analysis.scale.contraction import contract
from riskmap.analysis.scale.network import Network

if TYPE_CHECKING:
    from riskmap.analysis.scale.graph import Graph, Integers, Level
    from riskmap.analysis.scale.sparse import Rows

_ALWAYS_DENSE = 20_000
"""Vertices up to which numpy would not pay for itself."""
_LONGEST = 2_000
"""Levels beyond which a level is too small for numpy to be quicker."""
_CYCLE = 1_000
"""Vertices on cycles from which merging them first pays for itself."""


def singles(network: Network, starts: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return for each start the labels each of which makes it hold alone.

    Parameters
    ----------
    network : Network
        What ``starts`` depend on; more costs time.

    Notes
    -----
    Nobody knows beforehand how large the sets are. So a large network goes to the sparse engine
    first, which gives up once it has cost what the dense one would: at worst twice the time of the
    better of the two.
    """
    starts = list(starts)
    if len(network) > _ALWAYS_DENSE:
        found = _sparsely(network, starts)
        if found is not None:
            return found
    return dense.solve(network, starts)


def single_rows(graph: "Graph", starts: "Integers") -> "list[Integers]":
    """Return for each start the vertices each of which makes it hold alone, sorted.

    The same as :func:`singles`, on arrays from beginning to end.
    """
    import numpy as np  # noqa: PLC0415 - a small network need not pay for it

    from riskmap.analysis.scale.graph import levels, reached  # noqa: PLC0415

    inside = reached(graph, starts)
    part = graph.take(inside)
    kept = np.searchsorted(inside, starts)
    order = levels(part, _LONGEST)
    rows = None if order is None else _rows(part, order, kept)
    if rows is not None:
        return [inside[rows.of(vertex)] for vertex in kept.tolist()]
    network = part.network(np.arange(len(part)), kept[:0])
    basic = part.basic.tolist()
    network.labels = [str(vertex) if basic[vertex] else None for vertex in range(len(part))]
    network.place = {str(vertex): vertex for vertex in kept.tolist()}
    found = dense.solve(network, network.place)
    return [inside[sorted(map(int, found[str(vertex)]))] for vertex in kept.tolist()]


def dense_cost(vertices: int, edges: int) -> float:
    """Return how many numbers the sparse engine looks at in the time the dense one takes.

    About 0.5 microseconds for an edge and 0.1 nanoseconds for each byte of a row, against 20
    nanoseconds for a number.
    """
    return edges * (25.0 + vertices / 1600)


def _rows(graph: "Graph", order: "list[Level]", kept: "Integers") -> "Rows | None":
    from riskmap.analysis.scale import sparse  # noqa: PLC0415

    try:
        return sparse.solve(graph, order, kept, dense_cost(len(graph), len(graph.member)))
    except sparse.TooLargeError:
        return None


def _sparsely(network: Network, starts: list[str]) -> dict[str, frozenset[str]] | None:
    """Return what :func:`singles` does, or None where the dense engine should do it."""
    import numpy as np  # noqa: PLC0415

    from riskmap.analysis.scale.graph import Graph, TooWideError, levels  # noqa: PLC0415

    try:
        graph = Graph.of(network)
    except TooWideError:
        return None
    order = levels(graph, _LONGEST)
    if order and sum(len(level.vertices) for level in order if level.cyclic) > _CYCLE:
        network = contract(network)
        graph = Graph.of(network)
        order = levels(graph, _LONGEST)
    if order is None:
        return None
    kept = np.array([network.place[start] for start in starts], np.int64)
    rows = _rows(graph, order, kept)
    if rows is None:
        return None
    labels = network.labels
    known: dict[int, frozenset[str]] = {}
    for vertex in set(kept.tolist()):
        row = (labels[label] for label in rows.of(vertex).tolist())
        known[vertex] = frozenset(label for label in row if label is not None)
    return {start: known[network.place[start]] for start in starts}
