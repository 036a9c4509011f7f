"""The order of boxes, and of edges that pass them, within each column.

Edges that skip columns get a place in each; crossings are then reduced by barycentre sweeps
(Sugiyama, Tagawa and Toda 1981) with exchanges of neighbours. Connected parts of the graph stay
apart.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from riskmap.report.figures.layering import Edge

Slot = tuple[str, str, int]
"""A place in a column: ("", box, 0) for a box, (source, target, column) where an edge passes."""
Links = dict[Slot, list[tuple[Slot, float]]]
"""What each place is connected with in the columns beside it, and how much straightness matters."""

_SWEEPS = 10
_PULLS = (2.0, 1.5, 8.0)
"""How much straightness matters between boxes, between box and lane, and along lanes."""


def with_lanes(
    column: Mapping[str, int], edges: Mapping[Edge, float]
) -> tuple[list[list[Slot]], Links]:
    """Cut edges into steps from column to column."""
    stacks: list[list[Slot]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for name in sorted(column):
        stacks[column[name]].append(("", name, 0))
    links: Links = {slot: [] for stack in stacks for slot in stack}
    for (source, target), weight in sorted(edges.items()):
        chain: list[Slot] = [("", source, 0)]
        for at in range(column[source] + 1, column[target]):
            lane = (source, target, at)
            stacks[at].append(lane)
            links[lane] = []
            chain.append(lane)
        chain.append(("", target, 0))
        for left, right in pairwise(chain):
            lanes = bool(left[0]) + bool(right[0])
            pull = weight * _PULLS[lanes]
            links[left].append((right, pull))
            links[right].append((left, pull))
    return stacks, links


def connected_parts(column: Mapping[str, int], edges: Iterable[Edge]) -> dict[str, int]:
    """Number the connected parts, the largest first."""
    part = {name: name for name in column}

    def find(name: str) -> str:
        while part[name] != name:
            name = part[name]
        return name

    for source, target in edges:
        one, other = sorted((find(source), find(target)))
        part[other] = one
    members: dict[str, int] = {}
    for name in column:
        members[find(name)] = members.get(find(name), 0) + 1
    ranked = sorted(members, key=lambda root: (-members[root], root))
    number = {root: index for index, root in enumerate(ranked)}
    return {name: number[find(name)] for name in column}


def ordered(stacks: list[list[Slot]], links: Links, part: Mapping[Slot, int]) -> list[list[Slot]]:
    """Order each column so that few edges cross: barycentre sweeps, the best order seen wins."""
    side = {slot: at for at, stack in enumerate(stacks) for slot in stack}
    order = [sorted(stack, key=lambda s: (part[s], s)) for stack in stacks]
    best, fewest = [list(stack) for stack in order], _crossings(order, links, side)
    for sweep in range(_SWEEPS):
        rightwards = sweep % 2 == 0
        todo = range(1, len(order)) if rightwards else range(len(order) - 2, -1, -1)
        for at in todo:
            before = at - 1 if rightwards else at + 1
            rank = {slot: index for index, slot in enumerate(order[before])}
            own = {slot: index for index, slot in enumerate(order[at])}

            def key(
                slot: Slot, rank: Mapping[Slot, int] = rank, own: Mapping[Slot, int] = own
            ) -> tuple[int, float, int]:
                near = [rank[other] for other, _ in links[slot] if other in rank]
                return part[slot], sum(near) / len(near) if near else own[slot], own[slot]

            order[at].sort(key=key)
        _swap(order, links, side)
        crossings = _crossings(order, links, side)
        if crossings < fewest:
            best, fewest = [list(stack) for stack in order], crossings
    return best


def _swap(order: list[list[Slot]], links: Links, side: Mapping[Slot, int]) -> None:
    """Exchange neighbours in a column while that lessens crossings with the columns beside it."""
    rank = {slot: index for stack in order for index, slot in enumerate(stack)}
    for at, stack in enumerate(order):
        for index in range(len(stack) - 1):
            upper, lower = stack[index], stack[index + 1]
            gain = 0
            for beside in (at - 1, at + 1):
                ups = [rank[other] for other, _ in links[upper] if side[other] == beside]
                lows = [rank[other] for other, _ in links[lower] if side[other] == beside]
                gain += sum((up > low) - (up < low) for up in ups for low in lows)
            if gain > 0:
                stack[index], stack[index + 1] = lower, upper
                rank[lower], rank[upper] = index, index + 1


def _crossings(order: Sequence[Sequence[Slot]], links: Links, side: Mapping[Slot, int]) -> int:
    """Count crossings between neighbouring columns, in O(edges log edges) comparisons."""
    total = 0
    for at, stack in enumerate(order[:-1]):
        rank = {slot: index for index, slot in enumerate(order[at + 1])}
        seen: list[int] = []
        for slot in stack:
            ends = sorted(rank[other] for other, _ in links[slot] if side[other] == at + 1)
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total
