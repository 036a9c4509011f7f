"""A large component with a cycle, one label at a time, with what they have in common done once.

What a label brings down is followed upwards, each edge once. In a large cycle there is often a
*hub*: a vertex that many labels bring down, and that brings down much in turn. A label that does is
followed only until that is known; then what follows is what follows from the hub, and what the two
do together beyond that. So the work is that of small differences, not of a large set many times
over, and most rows of the component are one and the same.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from riskmap.analysis.scale.network import Network

LARGE = 200
"""Vertices of a component from which a hub is looked for."""
_BROAD = 100
"""Vertices that a hub must bring down to be worth it."""
_SAMPLE = 300
"""Labels followed to find out what the broadest bring down."""
_TRIALS = 12
"""Vertices tried as a hub among those."""

_FILLED = re.compile(rb"[^\x00]", re.DOTALL)


def settle(  # noqa: C901, PLR0912 - one loop over a component, told in one place
    network: Network,
    component: Sequence[int],
    places: Mapping[int, int],
    rows: dict[int, int] | list[int],
    wanted: Collection[int],
) -> None:
    """Solve one component without assumed vertices, the rows of ``wanted`` vertices only.

    Parameters
    ----------
    places : mapping of int to int
        The column of each vertex of the component that has a label.
    rows : dict or list
        The rows of what the component looks at outside; those wanted are added.

    Notes
    -----
    The time is that of what the labels that miss the hub bring down, what those that bring it down
    add to it, and the rows that the component looks at outside. Without a hub it is the size of all
    rows of the component together.
    """
    following = _Following(network, component)
    seeds: dict[int, list[int]] = {}
    for vertex, column in places.items():
        seeds.setdefault(column, []).append(vertex)
    outside = {m for vertex in component for m in network.members[vertex]}.difference(component)
    for vertex in outside:
        for column in _columns(rows[vertex]):
            seeds.setdefault(column, []).append(vertex)
    following.choose(list(seeds.values()))
    extra: dict[int, list[int]] = {vertex: [] for vertex in wanted}
    through: list[int] = []
    for column, vertices in seeds.items():
        found = following.up(vertices)
        if found is None:
            through.append(column)
            following.leading(vertices)
        else:
            for vertex in found:
                if vertex in extra:
                    extra[vertex].append(column)
    for column in through:
        for vertex in following.beyond(seeds[column]):
            if vertex in extra:
                extra[vertex].append(column)
    shared = _row(through)
    for vertex, columns in extra.items():
        row = _row(columns)
        if vertex in following.after:
            # Where there is nothing to add, all such vertices share one integer.
            row = row | shared if row & ~shared else shared
        rows[vertex] = row


class _Following:
    """What follows from vertices of a component, or outside it, being down.

    Attributes
    ----------
    hub : int or None
    after : frozenset of int
        What the hub brings down, itself included.
    """

    def __init__(self, network: Network, component: Sequence[int]) -> None:
        self.network = network
        self.lookers: dict[int, list[tuple[int, int]]] = {}
        for vertex in component:
            members = network.members[vertex]
            weights = network.weights.get(vertex) or [1] * len(members)
            for member, weight in zip(members, weights, strict=True):
                self.lookers.setdefault(member, []).append((vertex, weight))
        self.inside = frozenset(component)
        self.hub: int | None = None
        self.after: frozenset[int] = frozenset()
        self.leads: set[int] = set()
        self.counted: dict[int, int] = {}

    def choose(self, seeds: Sequence[Sequence[int]]) -> None:
        """Make a hub of something that labels bring down and that brings down as much, if any does.

        A label that brings down much does so through something further in; what is broadest among
        what it brings down is that, or near.
        """
        widest: set[int] = set()
        broad = 0
        for vertices in seeds[:: max(1, len(seeds) // _SAMPLE)]:
            found = self.up(vertices) or set()
            widest = max(widest, found, key=len)
            broad += len(found) * 20 > len(self.inside)
            if broad == 3:
                break
        candidates = sorted(widest & self.inside)
        best: set[int] = set()
        for vertex in candidates[:: max(1, len(candidates) // _TRIALS)]:
            found = self.up([vertex]) or set()
            if len(found) > len(best):
                best, self.hub = found, vertex
            if len(best) * 10 > len(widest) * 9:
                break
        if self.hub is None or len(best) < _BROAD:
            return
        self.after = frozenset(best)
        self.leading([self.hub])
        for vertex in best:
            for looker, weight in self.lookers.get(vertex, ()):
                self.counted[looker] = self.counted.get(looker, 0) + weight

    def leading(self, vertices: Sequence[int]) -> None:
        """Note that one vertex brings down the hub, and so what alone brings down that vertex."""
        if len(vertices) > 1:
            return
        network, queue = self.network, list(vertices)
        for vertex in queue:
            if vertex in self.leads:
                continue
            self.leads.add(vertex)
            if vertex in self.inside:
                need, members = network.need[vertex], network.members[vertex]
                weights = network.weights.get(vertex) or [1] * len(members)
                queue += [m for m, weight in zip(members, weights, strict=True) if weight >= need]

    def up(self, vertices: Iterable[int]) -> set[int] | None:
        """Return what follows when some vertices are down; None as soon as the hub is."""
        need, leads = self.network.need, self.leads
        found = set(vertices)
        if not leads.isdisjoint(found):
            return None
        counts: dict[int, int] = {}
        queue = list(found)
        for vertex in queue:
            for looker, weight in self.lookers.get(vertex, ()):
                if looker in found:
                    continue
                if weight < need[looker]:
                    counts[looker] = weight + counts.get(looker, 0)
                    if counts[looker] < need[looker]:
                        continue
                if looker in leads:
                    return None
                found.add(looker)
                queue.append(looker)
        return found

    def beyond(self, vertices: Iterable[int]) -> list[int]:
        """Return what is down when some vertices and the hub are, and not with the hub alone."""
        need, after, counted = self.network.need, self.after, self.counted
        queue = [vertex for vertex in vertices if vertex not in after]
        found = set(queue)
        counts: dict[int, int] = {}
        for vertex in queue:
            for looker, weight in self.lookers.get(vertex, ()):
                if looker in after or looker in found:
                    continue
                total = weight + (counts[looker] if looker in counts else counted.get(looker, 0))
                counts[looker] = total
                if total >= need[looker]:
                    found.add(looker)
                    queue.append(looker)
        return queue


def _columns(row: int) -> Iterator[int]:
    """Return the bits of a row that are set; nearly at the speed of memory where they are few."""
    octets = row.to_bytes((row.bit_length() + 7) // 8, "little")
    for match in _FILLED.finditer(octets):
        octet, first = octets[match.start()], 8 * match.start()
        yield from (first + bit for bit in range(8) if octet >> bit & 1)


def _row(columns: Sequence[int]) -> int:
    """Return the row with some bits; linear in the longest, however many there are."""
    if not columns:
        return 0
    octets = bytearray(max(columns) // 8 + 1)
    for column in columns:
        octets[column >> 3] |= 1 << (column & 7)
    return int.from_bytes(octets, "little")
