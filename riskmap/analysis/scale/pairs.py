"""Pairs of labels that make a vertex hold together though neither does alone.

Let ``S(v)`` be the labels that make ``v`` hold alone and ``E(v, x)`` the further ones that do once
``x`` has failed: the partners of ``x``. Both are rows of bits. Where ``x`` is in ``S(v)`` there is
nothing to say; else, with members ``a`` and ``b``,

- an OR has ``E(v, x) = (E(a, x) | E(b, x)) - S(v)``;
- an AND has ``E(v, x) = (A | E(a, x)) & (B | E(b, x))`` with ``A = S(a) - S(v)``, ``B`` alike, and
  ``B | E(b, x)`` alone where ``x`` is in ``S(a)``;
- votes and weights are evaluated with all that has failed, less ``S(v)``.

This is exact, whatever gates a pair must fire one after the other: ``E(a, x)`` already holds what
the two do together below ``a``. Rows exist only where they are not empty, and, since a pair has two
ends, only for labels below ``x``, which lie nearer to the bottom. Labels are taken in blocks, to
bound space; a cycle is solved for each ``x`` that touches it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice, repeat

from riskmap.analysis.components import components
from riskmap.analysis.scale.contraction import contract
from riskmap.analysis.scale.dense import chosen, grow, settle, solve_in, value
from riskmap.analysis.scale.network import Network

_BLOCK = 256
"""Labels that fail first taken at once; the space of their rows is what bounds it."""

Extra = dict[int, int]
"""For each label of a block, by its place in it, the row of its partners, never empty."""


def pairs(network: Network, starts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield every minimal pair of each start as (start, one, other), the two in order of name."""
    partners = Partners(network, starts)
    for start, one, row in partners.rows():
        for other in chosen(row, partners.columns):
            yield (start, one, other) if one < other else (start, other, one)


def count_pairs(network: Network, starts: Iterable[str]) -> dict[str, int]:
    """Return how many minimal pairs each start has, without listing them."""
    starts = list(starts)
    found = dict.fromkeys(starts, 0)
    for start, _, row in Partners(network, starts).rows():
        found[start] += row.bit_count()
    return found


class Partners:
    """The pairs of some starts of a network, as rows.

    Parameters
    ----------
    network : Network
    starts : iterable of str
        Restricting both to what is asked for saves time.

    Attributes
    ----------
    columns : list of str
        The label of each bit of a row.

    Notes
    -----
    For each label the vertices that its failure changes without making them hold, times their
    edges, times a machine word per 64 labels; a quarter of that where labels are spread evenly.
    """

    def __init__(self, network: Network, starts: Iterable[str]) -> None:
        self.network = contract(network)
        self.starts = [(start, self.network.place[start]) for start in dict.fromkeys(starts)]
        self.order = components(self.network.members)
        self.base, self.columns = solve_in(self.network, self.order, set(range(len(self.network))))
        self.place: dict[int, int] = {}
        self.since: list[int] = []
        """Where in ``order`` each label is first seen: nothing before depends on it."""
        for number, component in enumerate(self.order):
            for vertex in component:
                if self.network.labels[vertex] is not None:
                    self.place[vertex] = len(self.place)
                    self.since.append(number)

        self.useful = self._useful()

    def rows(self) -> Iterator[tuple[str, str, int]]:
        """Yield (start, label, partners of the label), every pair once, at its later label."""
        for low in range(0, len(self.columns), _BLOCK):
            block = _Block(self, low, min(low + _BLOCK, len(self.columns)))
            before = [(1 << column) - 1 for column in range(low, low + _BLOCK)]
            for start, vertex in self.starts:
                for index, extra in block.extra[vertex].items():
                    row = extra & before[index]
                    if row:
                        yield start, self.columns[low + index], row

    def _useful(self) -> list[int]:
        """Return for each vertex the labels that a pair may contain which it passes on.

        Those, unless they make it hold alone, that do not make whatever looks at it hold alone.
        """
        members, base = self.network.members, self.base
        useful = [0] * len(self.network)
        for _, vertex in self.starts:
            useful[vertex] = (1 << len(self.columns)) - 1
        for component in reversed(self.order):
            wanted = 0
            for vertex in component:
                wanted |= useful[vertex]
            for vertex in component:
                useful[vertex] = wanted & ~base[vertex]
            inside = set(component)
            for vertex in component:
                for member in members[vertex]:
                    if member not in inside:
                        useful[member] |= useful[vertex]
        return useful


_NONE: Extra = {}


class _Block:
    """What a block of labels adds to every vertex, members first."""

    def __init__(self, whole: Partners, low: int, high: int) -> None:
        self.whole, self.network, self.base = whole, whole.network, whole.base
        self.low, self.everything = low, (1 << high) - 1
        self.ones = (1 << (high - low)) - 1
        self.extra: list[Extra] = [_NONE] * len(self.network)
        for component in islice(whole.order, whole.since[low], None):
            vertex = component[0]
            members = self.network.members[vertex]
            if len(component) > 1:
                self.cycle(component)
            elif members and (first := whole.useful[vertex] >> low & self.ones):
                need = self.network.need[vertex]
                if vertex in self.network.weights:
                    self.general(vertex, members, first)
                elif need == 1:
                    self.any_of(vertex, members, first)
                elif need == len(members) == 2:
                    self.both(vertex, members[0], members[1], first)
                else:
                    self.general(vertex, members, first)

    def down(self, vertex: int) -> int:
        """Return the labels of this block that make a vertex hold alone."""
        return self.base[vertex] >> self.low & self.ones

    def any_of(self, vertex: int, members: Sequence[int], first: int) -> None:
        """OR; ``first`` are the labels of the block to look at."""
        extras = [extra for member in members if (extra := self.extra[member])]
        if not extras:
            return
        found = extras[0]
        if len(extras) > 1:
            # The longest is copied whole, the others gone through.
            extras.sort(key=len, reverse=True)
            found = extras[0].copy()
            for extra in extras[1:]:
                for index, row in extra.items():
                    if index in found:
                        found[index] |= row
                    else:
                        found[index] = row
        second = self.whole.useful[vertex] & self.everything
        self.extra[vertex] = {
            index: more
            for index, row in found.items()
            if first >> index & 1 and (more := row & second)
        }

    def both(self, vertex: int, one: int, other: int, first: int) -> None:
        """AND of two."""
        extra_one, extra_other = self.extra[one], self.extra[other]
        down_one, down_other = self.down(one) & first, self.down(other) & first
        if not (extra_one or extra_other or down_one or down_other):
            return
        second = self.whole.useful[vertex] & self.everything
        alone_one, alone_other = self.base[one] & second, self.base[other] & second
        # Where one member is down, what the other lacks decides.
        found = _lacking(down_one, alone_other, extra_other, second)
        found.update(_lacking(down_other, alone_one, extra_one, second))
        first &= ~(down_one | down_other)
        if not first:
            self.extra[vertex] = found
            return
        met = extra_one.keys() & extra_other.keys()
        for alone, extra in ((alone_other, extra_one), (alone_one, extra_other)):
            if alone:
                for index, row in extra.items():
                    if first >> index & 1 and index not in met and (more := row & alone):
                        found[index] = more
        for index in met:
            if first >> index & 1:
                row = (extra_one[index] | alone_one) & (extra_other[index] | alone_other)
                if more := row & second:
                    found[index] = more
        self.extra[vertex] = found

    def general(self, vertex: int, members: Sequence[int], first: int) -> None:
        """Votes and weights."""
        second = self.whole.useful[vertex] & self.everything
        found: Extra = {}
        for index in _bits(self.touched(members) & first):
            rows = {member: self.row(member, index) for member in members}
            more = value(self.network, vertex, rows) & second
            if more:
                found[index] = more
        self.extra[vertex] = found

    def cycle(self, component: Sequence[int]) -> None:
        """A component with a cycle: solve it once for every label that touches it."""
        network = self.network
        inside = set(component)
        outside = {m for vertex in component for m in network.members[vertex]} - inside
        place, useful = self.whole.place, self.whole.useful
        own = {v: 1 << place[v] for v in component if v in place}
        own = {v: bit & self.everything for v, bit in own.items()}
        held = inside & network.assumed
        found: dict[int, Extra] = {vertex: {} for vertex in component}
        touched, wanted = self.touched(outside), 0
        for vertex in component:
            touched |= self.down(vertex)
            wanted |= useful[vertex] >> self.low
        for index in _bits(touched & wanted):
            rows = {member: self.row(member, index) for member in outside}
            failed = 1 << (self.low + index)
            alone = {v: self.everything if bit == failed else bit for v, bit in own.items()}
            if held:
                settle(network, component, alone, rows, self.everything)
            else:
                rows.update((v, self.base[v] & self.everything) for v in component)
                grow(network, component, alone, rows)
            for vertex in component:
                more = rows[vertex] & useful[vertex]
                if more and useful[vertex] >> (self.low + index) & 1:
                    found[vertex][index] = more
        for vertex, extra in found.items():
            self.extra[vertex] = extra

    def row(self, vertex: int, index: int) -> int:
        """Return all labels that make a vertex hold once one of this block has failed."""
        if self.base[vertex] >> (self.low + index) & 1:
            return self.everything
        return self.base[vertex] & self.everything | self.extra[vertex].get(index, 0)

    def touched(self, members: Iterable[int]) -> int:
        """Return the labels of the block that change any of some vertices."""
        mask = 0
        for member in members:
            mask |= self.down(member)
            for index in self.extra[member]:
                mask |= 1 << index
        return mask


def _lacking(down: int, alone: int, extra: Extra, second: int) -> Extra:
    """Return the rows of an AND for labels that bring one member ``down``, from the other."""
    found: Extra = {}
    if down:
        if alone:
            found.update(zip(_bits(down), repeat(alone)))
        for index, row in extra.items():
            if down >> index & 1 and (more := row & second | alone):
                found[index] = more
    return found


def _bits(mask: int) -> Iterable[int]:
    return compress(range(mask.bit_length()), map(int, bin(mask)[:1:-1]))
