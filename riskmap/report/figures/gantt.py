"""The schedule of an exit: a bar for each phase, the chain that sets the time lit.

The axis is linear and begins on the day the exit starts. What an exit is held against, such as a
notice or the end of a contract, is a line across all bars with its words above them; one beyond the
axis is named at its edge instead. Words stand beside their bar, or below it where there is no room.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from riskmap.report.figures.canvas import Area, Canvas, Figure, Point, Stroke
from riskmap.report.figures.frame import Swatch, heading, legend, nothing, time_axis
from riskmap.report.figures.marks import bar
from riskmap.report.figures.palette import BREACH, INK, MUTED, PAPER, RULE, SLATE
from riskmap.report.figures.scale import TimeScale
from riskmap.report.figures.typography import LABEL, SMALL, STRONG, Type, text_width, wrap

_LABEL_SHARE = 0.32
_GAP = 3.6
_MARGIN = 8.0
_BAR = 3.2
_PAD = 2.2
_INSET = 1.4
_LEAST = 0.5
"""Width of the shortest bar in millimetres: a phase of an hour is still a phase."""
_REACH = 1.35
"""Marks up to this part of the longest time stretch the axis; later ones are named at its edge."""


@dataclass(frozen=True, slots=True)
class GanttBar:
    """One stretch of work, in hours from the start."""

    start: float
    end: float
    critical: bool


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One phase, one service as a whole, or a heading for the rows below it.

    Attributes
    ----------
    bars : tuple of GanttBar
        From left to right; none for a heading, or where no length is stated.
    note : str
        Stands beside the last bar.
    """

    label: str
    bars: tuple[GanttBar, ...] = ()
    note: str = ""
    head: bool = False

    @property
    def style(self) -> Type:
        """Type of the label."""
        critical = any(piece.critical for piece in self.bars)
        return STRONG if self.head or critical else LABEL


@dataclass(frozen=True, slots=True)
class GanttMark:
    """A moment that the exit is held against, in hours from the start; it may lie in the past."""

    at: float
    label: str


def gantt(
    rows: Sequence[GanttRow],
    marks: Sequence[GanttMark] = (),
    *,
    width_mm: float = 170,
    title: str | None = None,
) -> Figure:
    """Draw a schedule.

    Parameters
    ----------
    rows : sequence of GanttRow
        In the order to show them.
    marks : sequence of GanttMark
        What it is held against.
    title : str, optional
        Given for a stand-alone file, which then carries a legend as well.
    """
    return compose(rows, marks, width_mm, title).finish(title)


def compose(
    rows: Sequence[GanttRow], marks: Sequence[GanttMark], width: float, title: str | None
) -> Canvas:
    """Draw the figure on a canvas."""
    canvas = Canvas(width)
    top = heading(canvas, title) + 1.0
    if not rows:
        canvas.height = nothing(canvas, top)
        return canvas
    labels = [wrap(row.label, row.style, width * _LABEL_SHARE) for row in rows]
    column = max(
        text_width(line, row.style)
        for row, lines in zip(rows, labels, strict=True)
        for line in lines or ("",)
    )
    scale = TimeScale(column + _GAP, width - _MARGIN, _longest(rows, marks), None, False)
    first, marked = _mark_words(canvas, marks, scale, top)
    down = first
    for index, (row, lines) in enumerate(zip(rows, labels, strict=True)):
        if row.head and index:
            hairline = ((0.0, down + 0.6), (scale.right, down + 0.6))
            canvas.shape(hairline, stroke=Stroke(RULE, 0.5), closed=False, above=0)
            down += 1.2
        down = _row(canvas, row, lines, scale, down, f"row {index}")
    canvas.height = time_axis(canvas, scale, first, down)
    for x in marked:  # after the grid, which may have a line in the same place
        stroke = Stroke(INK, 0.9, (3, 2))
        canvas.shape(((x, first), (x, down)), stroke=stroke, closed=False, above=0)
    if title is not None:
        canvas.height = legend(canvas, canvas.height, _legend(rows, bool(marked)))
    return canvas


def _longest(rows: Sequence[GanttRow], marks: Sequence[GanttMark]) -> float:
    ends = max((piece.end for row in rows for piece in row.bars), default=0.0)
    near = [each.at for each in marks if 0 < each.at <= ends * _REACH]
    return max([ends, *near]) or 24.0


def _mark_words(
    canvas: Canvas, marks: Sequence[GanttMark], scale: TimeScale, top: float
) -> tuple[float, list[float]]:
    """Name the marks, each on lines of its own; return where rows begin, and where lines are."""
    down, found = top, []
    for each in sorted(marks, key=lambda item: (item.at, item.label)):
        inside = 0 <= each.at <= scale.longest
        early = each.at < 0
        words = each.label if inside else f"← {each.label}" if early else f"{each.label} →"
        lines = wrap(words, SMALL, canvas.width - scale.left)
        if not lines:
            continue
        widest = max(text_width(line, SMALL) for line in lines)
        x = scale.x(max(0.0, each.at)) if inside or early else scale.right
        # Words end at their line where they would leave the sheet otherwise.
        start = x if x + widest <= canvas.width else max(scale.left, x - widest)
        height = SMALL.height(len(lines))
        canvas.block((start, down + height / 2), lines, SMALL, colour=SLATE, plate=True)
        down += height + 0.6
        if inside:
            found.append(x)
    return down + (0.8 if marks else 0.0), found


def _row(
    canvas: Canvas,
    row: GanttRow,
    lines: tuple[str, ...],
    scale: TimeScale,
    top: float,
    owner: str,
) -> float:
    """Draw one row; return where it ends."""
    tall = row.style.height(len(lines))
    height = max(tall, _BAR, SMALL.height(1)) + _PAD * (0.7 if row.head else 0.5)
    middle = top + height / 2
    at = (0.0, middle) if row.head else (scale.left - _GAP, middle)
    align = "left" if row.head else "right"
    colour = INK if row.head or row.bars else SLATE
    canvas.block(at, lines, row.style, colour=colour, align=align, owner=owner)
    right = scale.left
    for piece in row.bars:
        left = scale.x(piece.start)
        right = max(scale.x(piece.end), left + _LEAST)
        area = Area(left, middle - _BAR / 2, right, middle + _BAR / 2, owner)
        fill = BREACH if piece.critical else PAPER
        edge = Stroke(BREACH if piece.critical else SLATE, 0.9)
        bar(canvas, area, fill=fill, stroke=edge, above=3 if piece.critical else 2)
        canvas.claim(area)
    room = (scale.left, scale.x(row.bars[0].start) if row.bars else scale.left)
    return _note(canvas, row, (right, middle), room, top + height, owner)


def _note(
    canvas: Canvas,
    row: GanttRow,
    at: Point,
    room: tuple[float, float],
    bottom: float,
    owner: str,
) -> float:
    """Write after the last bar, else before the first, else below; return where the row ends."""
    (right, middle), (least, first) = at, room
    lines = wrap(row.note, SMALL, canvas.width)
    if not lines:
        return bottom
    start = right + (_INSET if row.bars else _INSET / 2)
    lit = any(piece.critical for piece in row.bars)
    colour = BREACH if lit else SLATE if row.bars else MUTED
    widest = max(text_width(line, SMALL) for line in lines)
    if start + widest > canvas.width and first - _INSET - widest >= least:
        start = first - _INSET - widest
    if len(lines) == 1 and start + widest <= canvas.width:
        canvas.block((start, middle), lines, SMALL, colour=colour, owner=owner, plate=True)
        return bottom
    height = SMALL.height(len(lines))
    at = (canvas.width - widest, bottom + height / 2)
    canvas.block(at, lines, SMALL, colour=colour, owner=owner, plate=True)
    return bottom + height + 0.6


def _legend(rows: Sequence[GanttRow], marked: bool) -> list[tuple[Swatch, str]]:
    """Explain the signs that occur."""
    critical = {piece.critical for row in rows for piece in row.bars}
    entries: list[tuple[Swatch, str]] = []
    if True in critical:
        entries.append((_swatch(BREACH, BREACH), "sets the time"))
    if False in critical:
        entries.append((_swatch(PAPER, SLATE), "could take longer without harm"))
    if marked:
        entries.append((_line_swatch, "what it is held against"))
    return entries


def _swatch(fill: str, edge: str) -> Swatch:
    def draw(canvas: Canvas, at: Point) -> None:
        area = Area(at[0] + 0.3, at[1] - _BAR / 2, at[0] + 7.0, at[1] + _BAR / 2)
        bar(canvas, area, fill=fill, stroke=Stroke(edge, 0.9))

    return draw


def _line_swatch(canvas: Canvas, at: Point) -> None:
    stroke = Stroke(INK, 0.9, (3, 2))
    canvas.shape(((at[0] + 3.5, at[1] - 2), (at[0] + 3.5, at[1] + 2)), stroke=stroke, closed=False)
