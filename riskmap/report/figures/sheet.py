"""Setting a graph on a sheet: widths of columns, words on lines, then everything at its place.

Words on lines stand in columns of their own between those of boxes, so that the layout keeps all
other lines clear of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from riskmap.report.figures.boxes import box_height, draw_box, draw_line, explain
from riskmap.report.figures.canvas import Area, Canvas
from riskmap.report.figures.frame import heading, legend, nothing
from riskmap.report.figures.graph import Graph, Line, Node
from riskmap.report.figures.layering import Edge
from riskmap.report.figures.layout import arrange
from riskmap.report.figures.palette import BREACH, SLATE
from riskmap.report.figures.routes import routes
from riskmap.report.figures.typography import NOTE, SMALL, Type, longest_word, text_width, wrap

NARROWEST, _WIDEST = 18.5, 42.0
"""Of a box, in millimetres."""
CHANNEL, _USUAL_CHANNEL, _WIDEST_CHANNEL = 6.5, 9.0, 22.0
"""Between columns of boxes, in millimetres."""
_BESIDE_WORDS = 5.6
"""Between words on a line and the boxes on either side."""
_WORDS_WIDTHS = (26.0, 18.0, 13.0)
_MOST_LINES, _MOST_WORDS = 5, 3
_INSET = 1.3
_ROOMY = 27.0
"""Boxes at least this wide have the larger type."""
_MARGIN = 0.8
_LIT_PULL, _WORDS_PULL = 6.0, 3.0


@dataclass(frozen=True, slots=True)
class _Grid:
    """Columns of boxes and of words.

    Attributes
    ----------
    sides : tuple of (float, float)
        Left and right of each column in millimetres.
    boxes, words : mapping
        Which column each box, and the words of each edge, stand in.
    lines : mapping of Edge to tuple of str
        The words on each edge that has any.
    """

    sides: tuple[tuple[float, float], ...]
    boxes: Mapping[str, int]
    words: Mapping[Edge, int]
    lines: Mapping[Edge, tuple[str, ...]]

    @property
    def type(self) -> Type:
        """The type of words in boxes."""
        widths = [self.sides[at][1] - self.sides[at][0] for at in self.boxes.values()]
        return NOTE if min(widths, default=0.0) >= _ROOMY else SMALL


def draw(graph: Graph, width: float, title: str | None) -> Canvas:
    """Draw a graph; the height of the canvas is what it takes."""
    canvas = Canvas(width)
    top = heading(canvas, title) + _MARGIN
    if not graph.nodes:
        canvas.height = nothing(canvas, top)
        return canvas
    grid = _grid(graph, width - 2 * _MARGIN)
    column, heights, lines = dict(grid.boxes), {}, {}
    for name, node in graph.nodes.items():
        left, right = grid.sides[column[name]]
        lines[name] = _inside(node, grid.type, right - left - 2 * _INSET)
        heights[name] = box_height(len(lines[name]), grid.type)
    for edge, at in grid.words.items():
        column[_stop(edge)] = at
        heights[_stop(edge)] = SMALL.height(len(grid.lines[edge]))
    pieces = dict(_pieces(graph, grid))
    pulls = {
        piece: (_LIT_PULL if graph.lines[edge].lit else 1.0) * (1, _WORDS_PULL)[edge != piece]
        for piece, (edge, _) in pieces.items()
    }
    placed = arrange(column, heights, pulls).moved(top)
    areas = {}
    for name, at in column.items():
        (left, right), middle, half = grid.sides[at], placed.middle[name], heights[name] / 2
        areas[name] = Area(left, middle - half, right, middle + half, name)
    for edge in grid.words:
        areas[_stop(edge)] = _write(canvas, areas[_stop(edge)], grid.lines[edge], graph.lines[edge])
    for piece, route in routes(areas, grid.sides, column, placed).items():
        draw_line(canvas, route, pieces[piece][1])
    for name, words in lines.items():
        draw_box(canvas, areas[name], graph.nodes[name], words, grid.type)
    canvas.height = top + placed.height + _MARGIN + 1.0
    if title is not None:
        entries = explain(graph.nodes.values(), graph.lines.values())
        canvas.height = legend(canvas, canvas.height, entries)
    return canvas


def _inside(node: Node, style: Type, room: float) -> tuple[str, ...]:
    """Return the lines in a box; how many more it stands for is never cut off."""
    more = wrap(node.more, style, room)
    return wrap(node.label, style, room, most=_MOST_LINES - len(more)) + more


def _stop(edge: Edge) -> str:
    """Id of the words on an edge; no box has one like it."""
    return "\0".join(edge)


def _pieces(graph: Graph, grid: _Grid) -> Iterable[tuple[Edge, tuple[Edge, Line]]]:
    """Yield each line, or its part before and its part after its words."""
    for edge, line in graph.lines.items():
        if edge not in grid.words:
            yield edge, (edge, line)
            continue
        source, target = edge
        first = Line(line.kind, line.lit, forward=False, backward=line.backward)
        second = Line(line.kind, line.lit, forward=line.forward, backward=False)
        yield (source, _stop(edge)), (edge, first)
        yield (_stop(edge), target), (edge, second)


def _write(canvas: Canvas, area: Area, lines: Sequence[str], look: Line) -> Area:
    """Write the words of a line; return the area they take within their column."""
    half = max(text_width(line, SMALL) for line in lines) / 2 + 0.8
    centre = (area.left + area.right) / 2
    taken = Area(centre - half, area.top, centre + half, area.bottom, area.owner)
    canvas.block(
        (centre, (area.top + area.bottom) / 2),
        lines,
        SMALL,
        colour=BREACH if look.lit else SLATE,
        align="center",
        owner=area.owner,
    )
    canvas.claim(taken)
    return taken


def _grid(graph: Graph, width: float) -> _Grid:
    """Share the width between boxes, spaces, and as many words on lines as there is room for."""
    labels = {edge: line.label for edge, line in graph.lines.items() if line.label.strip()}
    lit = {edge: label for edge, label in labels.items() if graph.lines[edge].lit}
    for limit in _WORDS_WIDTHS:
        grid, box = _columns(graph, _wrapped(labels, limit), width)
        if box >= NARROWEST * 1.1:
            return grid
    grid, box = _columns(graph, _wrapped(lit, _WORDS_WIDTHS[-1]), width)
    return grid if box >= NARROWEST else _columns(graph, {}, width)[0]


def _wrapped(labels: Mapping[Edge, str], limit: float) -> dict[Edge, tuple[str, ...]]:
    return {edge: wrap(label, SMALL, limit, most=_MOST_WORDS) for edge, label in labels.items()}


def _columns(
    graph: Graph, words: Mapping[Edge, tuple[str, ...]], width: float
) -> tuple[_Grid, float]:
    """Return the grid for these words on lines, and the mean width of boxes in it."""
    count = max(graph.column.values(), default=0) + 1
    wide: dict[int, float] = {}
    gap_of = {edge: _gap(graph, edge) for edge in words}
    for edge, lines in words.items():
        needed = max(text_width(line, SMALL) for line in lines) + 1.6
        wide[gap_of[edge]] = max(wide.get(gap_of[edge], 0.0), needed)
    channel = _USUAL_CHANNEL if count < 7 else CHANNEL
    gaps = [wide[at] + 2 * _BESIDE_WORDS if at in wide else channel for at in range(count - 1)]
    boxes = _shared(graph, count, width - sum(gaps))
    spare = width - sum(gaps) - sum(boxes)
    if gaps and spare > 0:
        gaps = [max(gap, min(gap + spare / len(gaps), _WIDEST_CHANNEL)) for gap in gaps]
    sides: list[tuple[float, float]] = []
    box_at, words_at, left = [], {}, _MARGIN
    for at in range(count):
        box_at.append(len(sides))
        sides.append((left, left + boxes[at]))
        left += boxes[at]
        if at in wide:
            words_at[at] = len(sides)
            beside = (gaps[at] - wide[at]) / 2
            sides.append((left + beside, left + beside + wide[at]))
        left += gaps[at] if at < len(gaps) else 0.0
    grid = _Grid(
        tuple(sides),
        {name: box_at[at] for name, at in graph.column.items()},
        {edge: words_at[at] for edge, at in gap_of.items()},
        words,
    )
    return grid, sum(boxes) / count


def _shared(graph: Graph, count: int, width: float) -> list[float]:
    """Give each column the room its longest word needs, the rest to the narrowest first."""
    needs = [0.0] * count
    for name, at in graph.column.items():
        node = graph.nodes[name]
        word = longest_word(f"{node.label} {node.more}", SMALL) + 2 * _INSET
        needs[at] = max(needs[at], min(word, _WIDEST))
    if sum(needs) >= width:
        return [need * width / sum(needs) for need in needs]
    low, high = 0.0, _WIDEST
    for _ in range(12):  # to a hundredth of a millimetre
        level = (low + high) / 2
        if sum(max(need, level) for need in needs) > width:
            high = level
        else:
            low = level
    return [max(need, low) for need in needs]


def _gap(graph: Graph, edge: Edge) -> int:
    """Number of the space that the words of a line stand in: at the end with fewer other lines."""
    source, target = edge
    leaving = sum(other[0] == source for other in graph.lines)
    entering = sum(other[1] == target for other in graph.lines)
    return graph.column[target] - 1 if leaving > entering else graph.column[source]
