"""The course of an outage: what fails, what stops with it, what carries it meanwhile.

One row for each cause, function and fallback; a black tick says when a function has been down for
longer than is tolerated.
"""

from collections.abc import Sequence

from riskmap.report.figures.canvas import Area, Canvas, Figure, Point, Stroke
from riskmap.report.figures.frame import Swatch, heading, legend, nothing, time_axis
from riskmap.report.figures.palette import RULE
from riskmap.report.figures.row import GAP, RowDrawing, state_bar
from riskmap.report.figures.scale import time_scale
from riskmap.report.figures.spans import Span, TimelineRow
from riskmap.report.figures.typography import text_width, wrap

__all__ = ["Span", "TimelineRow", "outage_timeline"]

_LABEL_SHARE = 0.28
_MARGIN = 8.0
"""Right of the axis, for the arrow of what goes on."""
_STATES = {
    "failed": "the failure",
    "down": "stopped",
    "degraded": "works in part",
    "carried": "carried by a fallback",
}


def outage_timeline(
    rows: Sequence[TimelineRow],
    *,
    horizon_hours: float,
    width_mm: float = 170,
    title: str | None = None,
) -> Figure:
    """Draw the course of an outage up to a horizon.

    Parameters
    ----------
    rows : sequence of TimelineRow
        In the order to show them.
    horizon_hours : float
        Where the picture ends; later spans are not drawn.
    title : str, optional
        Given for a stand-alone file, which then carries a legend as well.
    """
    return compose(rows, horizon_hours, width_mm, title).finish(title)


def compose(rows: Sequence[TimelineRow], horizon: float, width: float, title: str | None) -> Canvas:
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
    times = [horizon, *(t for row in rows for t in _times(row) if t <= horizon)]
    scale = time_scale(times, left=column + GAP, right=width - _MARGIN)
    down = top
    for index, (row, lines) in enumerate(zip(rows, labels, strict=True)):
        if index:
            hairline = ((0.0, down), (scale.right, down))
            canvas.shape(hairline, stroke=Stroke(RULE, 0.5), closed=False, above=0)
        down = RowDrawing(canvas, row, scale, horizon, f"row {index}").draw(down, lines)
    canvas.height = time_axis(canvas, scale, top, down)
    if title is not None:
        canvas.height = legend(canvas, canvas.height, _legend(rows))
    return canvas


def _times(row: TimelineRow) -> list[float]:
    found = [t for span in row.spans for t in (span.start_hours, span.end_hours)]
    return found if row.limit is None else [*found, row.limit]


def _legend(rows: Sequence[TimelineRow]) -> list[tuple[Swatch, str]]:
    """Explain the states that occur."""
    states = {(span.state, row.tested) for row in rows for span in row.spans}
    entries = [
        (_swatch(state, hollow=False), words)
        for state, words in _STATES.items()
        if (state, True) in states or (state != "carried" and (state, False) in states)
    ]
    if ("carried", False) in states:
        entries.append((_swatch("carried", hollow=True), "fallback never tested"))
    return entries


def _swatch(state: str, *, hollow: bool) -> Swatch:
    def draw(canvas: Canvas, at: Point) -> None:
        area = Area(at[0] + 0.3, at[1] - 1.6, at[0] + 7.0, at[1] + 1.6)
        state_bar(canvas, area, state, hollow=hollow)

    return draw
