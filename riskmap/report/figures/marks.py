"""Small signs that say a state by their shape, and fills that say it without colour."""

from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from riskmap.report.figures.canvas import Area, Canvas, Point, Stroke
from riskmap.report.figures.palette import PAPER

_UNIT_CIRCLE = Path.circle()
_POLYGONS = {
    "diamond": ((0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)),
    "triangle": ((0.0, -1.15), (1.2, 0.95), (-1.2, 0.95)),
    "arrow": ((-0.9, -1.15), (1.3, 0.0), (-0.9, 1.15)),
}


def mark(
    canvas: Canvas, at: Point, shape: str, colour: str, *, radius: float, hollow: bool = False
) -> None:
    """Draw a circle, diamond, triangle or arrow head; hollow means that it is untested."""
    stroke = Stroke(colour, 1.6 if hollow else 0.6)
    fill = PAPER if hollow else colour
    if shape == "circle":
        path = _UNIT_CIRCLE.transformed(Affine2D().scale(radius).translate(*at))
        canvas.path(path, fill=fill, stroke=stroke, above=4)
        return
    points = [(at[0] + x * radius, at[1] + y * radius) for x, y in _POLYGONS[shape]]
    canvas.shape(points, fill=fill, stroke=stroke, above=4)


def bar(
    canvas: Canvas, area: Area, *, fill: str | None, stroke: Stroke | None = None, above: int = 2
) -> None:
    """Draw a rectangle."""
    corners = (
        (area.left, area.top),
        (area.right, area.top),
        (area.right, area.bottom),
        (area.left, area.bottom),
    )
    canvas.shape(corners, fill=fill, stroke=stroke, above=above)


def hatch(canvas: Canvas, area: Area, stroke: Stroke, *, gap: float = 1.3) -> None:
    """Draw slanting lines across a rectangle, all in one path."""
    height = area.bottom - area.top
    points: list[Point] = []
    start = area.left - height + gap / 2
    while start < area.right:
        first, last = max(start, area.left), min(start + height, area.right)
        points.append((first, area.bottom - (first - start)))
        points.append((last, area.bottom - (last - start)))
        start += gap
    if points:
        codes = [Path.MOVETO, Path.LINETO] * (len(points) // 2)
        canvas.path(Path(points, codes), stroke=stroke, above=2)


def rounded(area: Area, radius: float) -> Path:
    """Return the outline of a rectangle with round corners."""
    left, top, right, bottom = area.left, area.top, area.right, area.bottom
    vertices = (
        *((left + radius, top), (right - radius, top)),
        *((right, top), (right, top + radius), (right, bottom - radius)),
        *((right, bottom), (right - radius, bottom), (left + radius, bottom)),
        *((left, bottom), (left, bottom - radius), (left, top + radius)),
        *((left, top), (left + radius, top), (left + radius, top)),
    )
    curve = (Path.CURVE3, Path.CURVE3)
    codes = (
        *(Path.MOVETO, Path.LINETO, *curve, Path.LINETO, *curve),
        *(Path.LINETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY),
    )
    return Path(vertices, codes)
