"""What figures over time share: their heading, their axis, and the legend of a stand-alone file."""

from collections.abc import Callable, Sequence

from riskmap.report.figures.canvas import Canvas, Point, Stroke
from riskmap.report.figures.palette import INK, MUTED, RULE
from riskmap.report.figures.scale import TimeScale, tick_label
from riskmap.report.figures.typography import SMALL, TITLE, text_width, wrap

Swatch = Callable[[Canvas, Point], None]
"""Draws a sample, about six millimetres wide, whose left end is at a point."""

_SWATCH = 9.0
_TICK_ROOM = 5.5


def heading(canvas: Canvas, title: str | None) -> float:
    """Write the title of a stand-alone figure; return where the rest may begin."""
    if title is None:
        return 0.0
    down = TITLE.ascent
    for line in wrap(title, TITLE, canvas.width):
        canvas.text((0.0, down), line, TITLE)
        down += TITLE.leading
    return down - TITLE.leading + TITLE.descent + 4.0


def time_axis(canvas: Canvas, scale: TimeScale, top: float, bottom: float) -> float:
    """Draw grid lines behind everything and labels below; return where the axis ends."""
    last = -1e9
    for hours in scale.ticks():
        x, label = scale.x(hours), tick_label(hours)
        half = text_width(label, SMALL) / 2
        if x - half < last + 2.0:
            continue
        last = x + half
        canvas.shape(
            ((x, top), (x, bottom)),
            stroke=Stroke(MUTED if hours == 0 else RULE, 0.7),
            closed=False,
            above=0,
        )
        canvas.text((x, bottom + 4.2), label, SMALL, colour=MUTED, align="center")
    return bottom + _TICK_ROOM


def legend(canvas: Canvas, top: float, entries: Sequence[tuple[Swatch, str]]) -> float:
    """Explain the signs, in as many rows as it takes; return where the legend ends."""
    left, middle = 0.0, top + 5.0
    for swatch, words in entries:
        lines = wrap(words, SMALL, canvas.width - _SWATCH)
        width = _SWATCH + max(text_width(line, SMALL) for line in lines)
        if left and left + width > canvas.width:
            left, middle = 0.0, middle + 5.5
        swatch(canvas, (left, middle))
        canvas.block((left + _SWATCH, middle), lines, SMALL, colour=INK)
        middle += (len(lines) - 1) * SMALL.leading
        left += width + 6.0
    return middle + 3.0


def nothing(canvas: Canvas, top: float) -> float:
    """Say that there is nothing to draw; return where that ends."""
    canvas.text((0.0, top + SMALL.ascent), "nothing to show", SMALL, colour=MUTED)
    return top + SMALL.height(1) + 1.0
