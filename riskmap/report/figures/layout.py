"""How far down everything in a layered graph stands.

Columns are straightened one after another, from left to right and back, each by an exact
least-squares fit that keeps its order and distances (pooling of adjacent violators): everything
moves towards what it is connected with. Then edges that skip columns are drawn level.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from riskmap.report.figures.layering import Edge
from riskmap.report.figures.ordering import Links, Slot, connected_parts, ordered, with_lanes

_PASSES, _LEVELLINGS = 20, 3
_BOX_GAP, _MIXED_GAP, _LANE_GAP = 3.2, 2.4, 1.5
"""Least distances in millimetres: between boxes, box and passing edge, passing edges."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How far down everything is, in millimetres.

    Attributes
    ----------
    middle : mapping of str to float
        Of each box.
    lanes : mapping of (str, str) to tuple of float
        Where an edge passes each column between its ends, from left to right.
    height : float
        Of the whole.
    """

    middle: Mapping[str, float]
    lanes: Mapping[Edge, tuple[float, ...]]
    height: float

    def moved(self, down: float) -> "Arrangement":
        """Return the same further down."""
        middle = {name: y + down for name, y in self.middle.items()}
        lanes = {edge: tuple(y + down for y in ys) for edge, ys in self.lanes.items()}
        return Arrangement(middle, lanes, self.height)


def arrange(
    column: Mapping[str, int], heights: Mapping[str, float], edges: Mapping[Edge, float]
) -> Arrangement:
    """Place boxes in their columns.

    Parameters
    ----------
    heights : mapping of str to float
        In millimetres.
    edges : mapping of Edge to float
        From a column to one further right, with how much straightness matters.
    """
    stacks, links = with_lanes(column, edges)
    parts = connected_parts(column, edges)
    order = ordered(stacks, links, {slot: parts[slot[1]] for stack in stacks for slot in stack})
    down = _straightened(order, links, heights)
    for _ in range(_LEVELLINGS):
        _level(order, edges, heights, down)
    half = {slot: _height(slot, heights) / 2 for slot in down}
    top = min((y - half[slot] for slot, y in down.items()), default=0.0)
    middle = {slot[1]: y - top for slot, y in down.items() if not slot[0]}
    lanes = {
        (source, target): tuple(
            down[source, target, at] - top for at in range(column[source] + 1, column[target])
        )
        for source, target in edges
    }
    height = max((y - top + half[slot] for slot, y in down.items()), default=0.0)
    return Arrangement(middle, lanes, height)


def _height(slot: Slot, heights: Mapping[str, float]) -> float:
    return 0.0 if slot[0] else heights[slot[1]]


def _distance(upper: Slot, lower: Slot, heights: Mapping[str, float]) -> float:
    """Least distance between the middles of neighbours in a column."""
    gap = (_BOX_GAP, _MIXED_GAP, _LANE_GAP)[bool(upper[0]) + bool(lower[0])]
    return gap + (_height(upper, heights) + _height(lower, heights)) / 2


def _straightened(
    order: Sequence[Sequence[Slot]], links: Links, heights: Mapping[str, float]
) -> dict[Slot, float]:
    """Move everything towards its neighbours without changing any order."""
    down: dict[Slot, float] = {}
    offsets: list[list[float]] = []
    for stack in order:
        total, offset = 0.0, []
        for index, slot in enumerate(stack):
            total += _distance(stack[index - 1], slot, heights) if index else 0.0
            offset.append(total)
            down[slot] = total
        offsets.append(offset)
    for sweep in range(_PASSES):
        step = 1 if sweep % 2 == 0 else -1
        for stack, offset in list(zip(order, offsets, strict=True))[::step]:
            wanted, pull = [], []
            for slot in stack:
                weight = sum(w for _, w in links[slot])
                mean = sum(down[other] * w for other, w in links[slot])
                wanted.append(mean / weight if weight else down[slot])
                pull.append(weight or 0.01)
            down.update(zip(stack, spread(wanted, pull, offset), strict=True))
    return down


def _level(
    order: Sequence[Sequence[Slot]],
    edges: Mapping[Edge, float],
    heights: Mapping[str, float],
    down: dict[Slot, float],
) -> None:
    """Draw the lanes of each edge level with each other, and with its ends, where there is room."""
    above = {lower: upper for stack in order for upper, lower in pairwise(stack)}
    below = {upper: lower for stack in order for upper, lower in pairwise(stack)}
    lanes: dict[Edge, list[Slot]] = {}
    for slot in sorted(down):
        if slot[0]:
            lanes.setdefault((slot[0], slot[1]), []).append(slot)
    for edge in sorted(lanes, key=lambda e: (-edges[e], e)):
        low, high = -math.inf, math.inf
        for slot in lanes[edge]:
            upper, lower = above.get(slot), below.get(slot)
            if upper is not None:
                low = max(low, down[upper] + _distance(upper, slot, heights))
            if lower is not None:
                high = min(high, down[lower] - _distance(slot, lower, heights))
        level = sum(down[slot] for slot in lanes[edge]) / len(lanes[edge])
        for name in edge:
            half = max(0.0, heights[name] / 2 - _BOX_GAP)
            middle = down["", name, 0]
            level = min(max(level, middle - half), middle + half)
        if low <= high:
            down.update(dict.fromkeys(lanes[edge], min(max(level, low), high)))


def spread(
    wanted: Sequence[float], weights: Sequence[float], offsets: Sequence[float]
) -> list[float]:
    """Return the positions nearest to those wanted that keep the distances between neighbours.

    Weighted least squares by pooling adjacent violators (Ayer and others 1955); linear.

    Parameters
    ----------
    offsets : sequence of float
        Positions at the least distances: neighbours may come no closer than their offsets are.

    Examples
    --------
    >>> spread([5.0, 5.0], [1.0, 1.0], [0.0, 2.0])
    [4.0, 6.0]
    """
    blocks: list[tuple[float, float, int]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        mean, total, count = want - offset, weight, 1
        while blocks and blocks[-1][0] > mean:
            other, mass, members = blocks.pop()
            mean = (mean * total + other * mass) / (total + mass)
            total, count = total + mass, count + members
        blocks.append((mean, total, count))
    flat = [mean for mean, _, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=True)]
