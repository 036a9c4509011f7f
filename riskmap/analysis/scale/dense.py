"""Sets of vertices as Python's big integers, one bit per label.

Labels are numbered in the order in which vertices are solved, members first, so that rows near the
bottom are short; a row is dropped once nothing unsolved looks at it.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

from riskmap.analysis.components import components
from riskmap.analysis.scale import hub
from riskmap.analysis.scale.contraction import contract
from riskmap.analysis.scale.network import Network

Rows = dict[int, int] | list[int]

_BITS = bytes.maketrans(b"01", b"\x00\x01")


def solve(network: Network, starts: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return for each start the labels each of which makes it hold alone.

    Notes
    -----
    Each edge is looked at once, or on a cycle as often as the row at its far end grows, at one
    machine word per 64 labels below it. Space is that of the rows still looked at.
    """
    network = contract(network)
    order = components(network.members)
    kept = {start: network.place[start] for start in starts}
    rows, columns = solve_in(network, order, set(kept.values()))
    known: dict[int, frozenset[str]] = {}
    for vertex in kept.values():
        if vertex not in known:
            known[vertex] = frozenset(chosen(rows[vertex], columns))
    return {start: known[vertex] for start, vertex in kept.items()}


def chosen(row: int, columns: Sequence[str]) -> Iterable[str]:
    """Return the columns whose bit is set, in order; linear in the columns."""
    return compress(columns, bin(row)[:1:-1].encode().translate(_BITS))


def solve_in(
    network: Network, order: Sequence[Sequence[int]], kept: set[int]
) -> tuple[list[int], list[str]]:
    """Return the row of every kept vertex, and the label of each bit."""
    rows = [0] * len(network)
    columns: list[str] = []
    left = _lookers(network, range(len(network)))
    left.update(kept)
    for component in order:
        places: dict[int, int] = {}
        for vertex in component:
            if (label := network.labels[vertex]) is not None:
                places[vertex] = len(columns)
                columns.append(label)
        if len(component) == 1:
            vertex = component[0]
            rows[vertex] = value(network, vertex, rows)
            if places:
                rows[vertex] |= 1 << places[vertex]
        elif len(component) < hub.LARGE or not network.assumed.isdisjoint(component):
            own = {vertex: 1 << place for vertex, place in places.items()}
            settle(network, component, own, rows, (1 << len(columns)) - 1)
        else:
            within = _lookers(network, component)
            wanted = [vertex for vertex in component if left[vertex] > within.get(vertex, 0)]
            hub.settle(network, component, places, rows, wanted)
        for vertex in component:
            for member in network.members[vertex]:
                left[member] -= 1
                if not left[member]:
                    rows[member] = 0
    return rows, columns


def _lookers(network: Network, vertices: Iterable[int]) -> Counter[int]:
    """Return how often some vertices look at each."""
    return Counter(member for vertex in vertices for member in network.members[vertex])


def settle(
    network: Network,
    component: Sequence[int],
    own: Mapping[int, int],
    rows: Rows,
    everything: int,
) -> None:
    """Solve one component with a cycle in place, given what it looks at outside.

    With ``s`` assumed vertices inside, at most ``s + 1`` times the least fixpoint of the others.
    """
    assumed = {vertex: everything for vertex in component if vertex in network.assumed}
    while True:
        for vertex in component:
            rows[vertex] = assumed.get(vertex, 0)
        grow(network, [v for v in component if v not in assumed], own, rows)
        found = {vertex: value(network, vertex, rows) for vertex in assumed}
        if found == assumed:
            return
        assumed = found


def grow(network: Network, vertices: Sequence[int], own: Mapping[int, int], rows: Rows) -> None:
    """Raise the rows of some vertices to the least fixpoint at or above where they are."""
    lookers: dict[int, list[int]] = {vertex: [] for vertex in vertices}
    for vertex in vertices:
        for member in network.members[vertex]:
            if member in lookers:
                lookers[member].append(vertex)
    # Tarjan lists a component from where it was entered; the far end is better known at first.
    queue = deque(reversed(vertices))
    queued = set(vertices)
    while queue:
        vertex = queue.popleft()
        queued.discard(vertex)
        row = rows[vertex] | own.get(vertex, 0) | value(network, vertex, rows)
        if row != rows[vertex]:
            rows[vertex] = row
            for looker in lookers[vertex]:
                if looker not in queued:
                    queued.add(looker)
                    queue.append(looker)


def value(network: Network, vertex: int, rows: Rows) -> int:
    """Return what the members of a vertex make of it, without its own label."""
    members = network.members[vertex]
    need = network.need[vertex]
    weights = network.weights.get(vertex)
    if weights is not None:
        return _weighing(need, [rows[member] for member in members], weights)
    row = 0
    if need == 1:
        for member in members:
            row |= rows[member]
        return row
    if need == len(members):
        row = rows[members[0]]
        for member in members:
            row &= rows[member]
            if not row:
                break
        return row
    return votes(need, [rows[member] for member in members])


def votes(need: int, rows: Sequence[int]) -> int:
    """Return the bits set in at least ``need`` rows; ``need`` times the rows operations."""
    at_least = [0] * need
    for row in rows:
        if row:
            for count in range(need - 1, 0, -1):
                at_least[count] |= at_least[count - 1] & row
            at_least[0] |= row
    return at_least[-1]


def _weighing(need: int, rows: Sequence[int], weights: Sequence[int]) -> int:
    """Return the bits whose rows weigh at least ``need`` together.

    One mask per sum of weights below ``need`` that some bit reaches, so at most one per bit.
    """
    enough, reached = 0, {0: -1}
    for row, weight in zip(rows, weights, strict=True):
        open_row = row & ~enough
        if not open_row:
            continue
        following: dict[int, int] = {}
        for total, bits in reached.items():
            without, with_it = bits & ~open_row, bits & open_row
            if without:
                following[total] = following.get(total, 0) | without
            if with_it and total + weight >= need:
                enough |= with_it
            elif with_it:
                following[total + weight] = following.get(total + weight, 0) | with_it
        reached = following
    return enough
