"""Sets of vertices as sorted arrays of numbers, a level at a time in numpy.

All rows of a level are made at once: the rows that its vertices look at are put one after the
other, each number raised by its vertex times the number of vertices, and sorted. Equal neighbours
are then the same label from several members: kept once for OR, kept where there are enough of them
for AND and votes. Rows are sorted already, so a merge sort has little to do.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from riskmap.analysis.scale import dense
from riskmap.analysis.scale.graph import Flags, Graph, Integers, Level, Small, spread

_CHUNK = 1 << 20
"""Numbers sorted at once: what is worked on stays in the cache."""
_NEVER = np.iinfo(np.int32).max


class TooLargeError(Exception):
    """The sets became so large that the other engine is quicker."""


@dataclass(slots=True)
class Rows:
    """The row of each vertex, a sorted piece of ``pool``; several vertices may share one.

    The pool begins with every number once, which is the row of a vertex that has only itself.
    """

    pool: Small
    used: int
    begin: Integers
    size: Integers

    def of(self, vertex: int) -> Small:
        """Return one row."""
        begin = int(self.begin[vertex])
        return self.pool[begin : begin + int(self.size[vertex])]


def solve(graph: Graph, order: list[Level], kept: Integers, budget: float) -> Rows:
    """Return the rows of the kept vertices.

    Parameters
    ----------
    graph : Graph
        Without a vertex that nothing kept depends on, or time is lost.
    order : list of Level
        From :func:`riskmap.analysis.scale.graph.levels`.
    budget : float
        Numbers to look at before giving up.

    Raises
    ------
    TooLargeError
        When the budget is spent.

    Notes
    -----
    Each edge costs the size of the row at its far end, times the logarithm of the number of members
    of its vertex; on a cycle as often as that row grows. Space is that of the rows that later
    levels look at.
    """
    return _Solver(graph, order, kept, budget).run()


class _Solver:
    def __init__(self, graph: Graph, order: list[Level], kept: Integers, budget: float) -> None:
        self.graph, self.order, self.left = graph, order, budget
        count = len(graph)
        capacity = 2 * count + _CHUNK
        pool = np.empty(capacity, np.int32)
        pool[:count] = np.arange(count)
        self.rows = Rows(pool, count, np.zeros(count, np.int64), np.zeros(count, np.int64))
        at = np.zeros(count, np.int32)
        for number, level in enumerate(order):
            at[level.vertices] = number
        self.last = np.zeros(count, np.int32)
        np.maximum.at(self.last, graph.member, np.repeat(at, np.diff(graph.pointer)))
        self.last[kept] = _NEVER
        self.now = 0

    def run(self) -> Rows:
        for number, level in enumerate(self.order):
            self.now = number
            if level.assumed:
                self.constructively(level.vertices)
                continue
            self.step(level.vertices)
            if level.cyclic:
                self.settle(level.vertices)
        return self.rows

    def constructively(self, vertices: Integers) -> None:
        """Solve one component with assumed vertices on a cycle, by the dense engine."""
        graph, rows = self.graph, self.rows
        edges, _ = graph.edges(vertices)
        around = np.setdiff1d(graph.member[edges], vertices)
        known = [rows.of(vertex) for vertex in around.tolist()]
        basic = np.flatnonzero(graph.basic[vertices])
        columns = np.unique(np.concatenate((*known, vertices[basic])))
        local = [0] * len(vertices)
        local += [_packed(np.searchsorted(columns, row), len(columns)) for row in known]
        bits = np.searchsorted(columns, vertices[basic]).tolist()
        own = {vertex: 1 << bit for vertex, bit in zip(basic.tolist(), bits, strict=True)}
        everything = (1 << len(columns)) - 1
        component = range(len(vertices))
        dense.settle(graph.network(vertices, around), component, own, local, everything)
        self.left -= 8.0 * len(edges) * max(1.0, len(columns) / 200)
        found = [columns[_unpacked(local[vertex], len(columns))] for vertex in component]
        raised = [row + place * len(graph) for place, row in enumerate(found)]
        self.store(vertices, np.concatenate(raised).astype(np.int64))

    def settle(self, vertices: Integers) -> None:
        """Repeat what looks at a row that grew, until none does."""
        graph, rows = self.graph, self.rows
        inside = np.zeros(len(graph), np.bool_)
        inside[vertices] = True
        edges, sizes = graph.edges(vertices)
        source, target = np.repeat(vertices, sizes), graph.member[edges]
        source, target = source[inside[target]], target[inside[target]]
        grown = rows.size > 0
        while True:
            again = np.unique(source[grown[target]])
            if not len(again):
                return
            before = rows.size[again]
            self.step(again)
            grown[:] = False
            grown[again[rows.size[again] != before]] = True

    def step(self, vertices: Integers) -> None:
        """Make the rows of some vertices from the rows they look at."""
        graph, rows = self.graph, self.rows
        edges, sizes = graph.edges(vertices)
        member = graph.member[edges]
        local = np.repeat(np.arange(len(vertices)), sizes)
        weight = None if graph.weight is None else graph.weight[edges]
        filled = rows.size[member] > 0
        if not filled.all():
            member, local = member[filled], local[filled]
            weight = None if weight is None else weight[filled]
        weighs = np.bincount(local, weight, len(vertices))
        any_of = graph.need[vertices] == 1
        if weight is not None:
            any_of &= np.bincount(local, weight == 1, len(vertices)) == np.bincount(
                local, minlength=len(vertices)
            )
        self.union(vertices, any_of, member, local)
        votes = ~any_of & (weighs >= graph.need[vertices])
        if votes.any():
            chosen = votes[local]
            self.vote(
                vertices[votes],
                member[chosen],
                (np.cumsum(votes) - 1)[local[chosen]],
                None if weight is None else weight[chosen],
            )

    def union(self, vertices: Integers, any_of: Flags, member: Small, local: Integers) -> None:
        rows = self.rows
        chosen = any_of[local]
        member, local = member[chosen], local[chosen]
        own = np.flatnonzero(any_of & self.graph.basic[vertices])
        # A negative piece is a vertex itself, any other the row of a vertex.
        piece: Integers = np.concatenate((member, ~vertices[own]))
        local = np.concatenate((local, own))
        order = np.argsort(local, kind="stable")
        piece, local = piece[order], local[order]
        begin, size = self.located(piece)
        pieces = np.bincount(local, minlength=len(vertices))
        single = pieces[local] == 1
        rows.begin[vertices[local[single]]] = begin[single]
        rows.size[vertices[local[single]]] = size[single]
        if single.all():
            return
        piece, local = piece[~single], local[~single]
        for first, stop in _chunks(size[~single], local):
            keys, _, names = self.raised(piece[first:stop], local[first:stop])
            keys.sort(kind="stable")
            keys = keys[_heads(keys)]
            self.store(vertices[names], keys)

    def vote(
        self, vertices: Integers, member: Small, local: Integers, weight: Integers | None
    ) -> None:
        rows = self.rows
        need = self.graph.need[vertices]
        for first, stop in _chunks(rows.size[member], local):
            keys, size, names = self.raised(member[first:stop], local[first:stop])
            if weight is None:
                keys.sort(kind="stable")
                heads = np.flatnonzero(_heads(keys))
                weighs = np.diff(np.append(heads, len(keys)))
            else:
                order = np.argsort(keys, kind="stable")
                keys = keys[order]
                heads = np.flatnonzero(_heads(keys))
                weighs = np.add.reduceat(np.repeat(weight[first:stop], size)[order], heads)
            keys = keys[heads]
            keys = keys[weighs >= need[names][keys // len(self.graph)]]
            self.store(vertices[names], keys)

    def located(self, piece: Integers | Small) -> tuple[Integers, Integers]:
        """Return where pieces lie in the pool, until it is next made larger."""
        own = piece < 0
        begin, size = self.rows.begin[piece], self.rows.size[piece]
        begin[own], size[own] = ~piece[own], 1
        return begin, size

    def raised(
        self, piece: Integers | Small, local: Integers
    ) -> tuple[Integers, Integers, Integers]:
        """Return pieces one after the other, each raised by its row; their sizes; the rows."""
        begin, size = self.located(piece)
        self.left -= float(size.sum())
        if self.left < 0:
            raise TooLargeError
        heads = _heads(local)
        keys = np.repeat((np.cumsum(heads) - 1) * len(self.graph), size)
        keys += self.rows.pool[spread(begin, size)]
        return keys, size, local[heads]

    def store(self, vertices: Integers, keys: Integers) -> None:
        """Add rows to the pool, given as raised numbers in order."""
        rows, count = self.rows, len(self.graph)
        if rows.used + len(keys) > len(rows.pool):
            self.compact(len(keys))
        bounds = np.searchsorted(keys, np.arange(len(vertices) + 1) * count)
        sizes = np.diff(bounds)
        keys -= np.repeat(np.arange(len(vertices)) * count, sizes)
        rows.pool[rows.used : rows.used + len(keys)] = keys
        rows.begin[vertices] = rows.used + bounds[:-1]
        rows.size[vertices] = sizes
        rows.used += len(keys)

    def compact(self, more: int) -> None:
        """Make room: drop the rows that no later level looks at, then grow if need be."""
        rows, count = self.rows, len(self.graph)
        live = np.flatnonzero((self.last >= self.now) & (rows.begin >= count) & (rows.size > 0))
        begin, first, shared = np.unique(rows.begin[live], return_index=True, return_inverse=True)
        size = rows.size[live[first]]
        ends = np.cumsum(size)
        needed = count + (int(ends[-1]) if len(ends) else 0) + more
        pool = np.empty(max(len(rows.pool), needed + needed // 2), np.int32)
        pool[:count] = rows.pool[:count]
        bounds = np.searchsorted(ends, np.arange(_CHUNK, needed + _CHUNK, _CHUNK))
        done, at = 0, count
        for stop in (*np.unique(bounds).tolist(), len(size)):
            piece = rows.pool[spread(begin[done:stop], size[done:stop])]
            pool[at : at + len(piece)] = piece
            done, at = stop, at + len(piece)
        rows.begin[live] = count + (ends - size)[shared]
        rows.pool, rows.used = pool, at


def _chunks(size: Integers, local: Integers) -> list[tuple[int, int]]:
    """Return pieces of about equal work that never part what belongs to one row."""
    if not len(size):
        return []
    heads = np.flatnonzero(_heads(local))
    work = np.cumsum(size)[np.append(heads[1:], len(size)) - 1]
    cuts = np.searchsorted(work, np.arange(_CHUNK, int(work[-1]), _CHUNK))
    bounds = np.unique(np.append(heads[np.minimum(cuts, len(heads) - 1)], (0, len(size)))).tolist()
    return list(pairwise(bounds))


def _heads(numbers: Integers) -> Flags:
    """Return where a run of equal numbers begins."""
    heads = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=heads[1:])
    return heads


def _packed(places: Integers, count: int) -> int:
    bits = np.zeros(count, np.bool_)
    bits[places] = True
    return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")


def _unpacked(row: int, count: int) -> Integers:
    octets = np.frombuffer(row.to_bytes(count // 8 + 1, "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(octets, bitorder="little"))
