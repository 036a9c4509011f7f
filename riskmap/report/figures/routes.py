"""Where edges leave and enter boxes, and the curves between.

Edges bend only between columns and cross columns straight, in lanes that the layout kept free; so
no edge runs through a box.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.path import Path

from riskmap.report.figures.canvas import Area, Point
from riskmap.report.figures.layering import Edge
from riskmap.report.figures.layout import Arrangement, spread

_INSET = 1.5
_PORT_GAP = 2.4
_STRAIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one edge.

    Attributes
    ----------
    points : tuple of Point
        Ends of its level pieces, from left to right: out of a box, through lanes, into a box. It
        bends between them.
    """

    points: tuple[Point, ...]

    @property
    def start(self) -> Point:
        """Where it leaves the box on the left."""
        return self.points[0]

    @property
    def end(self) -> Point:
        """Where it enters the box on the right."""
        return self.points[-1]

    def path(self, before: float, after: float) -> Path:
        """Return the curve, cut short by room for arrow heads at its start and end."""
        x, y = self.start
        cut = self.end[0] - after
        vertices: list[Point] = [(x + before, y)]
        codes = [Path.MOVETO]
        for point in self.points[1:]:
            left, right = vertices[-1], (min(point[0], cut), point[1])
            if right[0] <= left[0]:
                continue
            if abs(left[1] - right[1]) < _STRAIGHT:
                vertices.append(right)
                codes.append(Path.LINETO)
            else:
                middle = (left[0] + right[0]) / 2
                vertices += [(middle, left[1]), (middle, right[1]), right]
                codes += [Path.CURVE4] * 3
        return Path(vertices, codes)


def routes(
    areas: Mapping[str, Area],
    sides: Sequence[tuple[float, float]],
    column: Mapping[str, int],
    placed: Arrangement,
) -> dict[Edge, Route]:
    """Return the way of every edge.

    Parameters
    ----------
    areas : mapping of str to Area
        Boxes, and words on lines, which may be narrower than their column.
    sides : sequence of (float, float)
        Left and right of each column.
    """
    leaving = _ports(areas, placed, right=True)
    entering = _ports(areas, placed, right=False)
    found = {}
    for edge, lanes in sorted(placed.lanes.items()):
        source, target = edge
        start, end = leaving[edge], entering[edge]
        points = [(areas[source].right, start), (sides[column[source]][1], start)]
        for offset, y in enumerate(lanes, start=1):
            left, right = sides[column[source] + offset]
            points += [(left, y), (right, y)]
        points += [(sides[column[target]][0], end), (areas[target].left, end)]
        found[edge] = Route(tuple(points))
    return found


def _ports(areas: Mapping[str, Area], placed: Arrangement, *, right: bool) -> dict[Edge, float]:
    """Return how far down each edge touches its box, on one side of all boxes."""
    touching: dict[str, list[tuple[float, Edge]]] = {}
    for edge, lanes in placed.lanes.items():
        own, other = edge if right else edge[::-1]
        away = (lanes[0] if right else lanes[-1]) if lanes else None
        middle = placed.middle[own]
        # Two boxes meet half way, so that an edge is straight whenever it can be.
        wanted = (middle + placed.middle[other]) / 2 if away is None else away
        touching.setdefault(own, []).append((wanted, edge))
    found = {}
    for name, ends in touching.items():
        ends.sort()
        ys = _fit([y for y, _ in ends], placed.middle[name], areas[name])
        found.update({edge: y for (_, edge), y in zip(ends, ys, strict=True)})
    return found


def _fit(wanted: Sequence[float], middle: float, area: Area) -> list[float]:
    """Spread ends along the side of a box, or join them in its middle when there are too many."""
    half = (area.bottom - area.top) / 2 - _INSET
    count = len(wanted)
    if (count - 1) * _PORT_GAP > 2 * half:
        return [middle] * count
    top, bottom = middle - half, middle + half
    inside = [min(max(y, top), bottom) for y in wanted]
    placed = spread(inside, [1.0] * count, [_PORT_GAP * index for index in range(count)])
    return [
        min(max(y, top + index * _PORT_GAP), bottom - (count - 1 - index) * _PORT_GAP)
        for index, y in enumerate(placed)
    ]
