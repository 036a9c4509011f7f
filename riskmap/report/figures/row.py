"""One row of an outage timeline: the tolerance above, the bars, long labels below."""

import math
from collections.abc import Sequence

from riskmap.report.figures.canvas import Area, Canvas, Stroke
from riskmap.report.figures.marks import bar, hatch, mark
from riskmap.report.figures.palette import (
    BREACH,
    CALM,
    CALM_WASH,
    INK,
    PAPER,
    SLATE,
    STRAIN,
    STRAIN_TEXT,
    STRAIN_WASH,
)
from riskmap.report.figures.scale import TimeScale, tick_label
from riskmap.report.figures.spans import Span, TimelineRow
from riskmap.report.figures.typography import SMALL, clean, text_width, wrap

GAP = 3.6
"""Between labels and axis, in millimetres."""
_BAR = 4.4
_PAD = 3.0
_INSET = 1.4
_TICK = 1.0
_SEAM = 0.7
"""Between bars that touch, so that they can be told apart."""

_FILL = {"failed": INK, "down": BREACH, "degraded": STRAIN_WASH, "carried": CALM_WASH}
_EDGE = {"failed": INK, "down": BREACH, "degraded": STRAIN, "carried": CALM}
_INSIDE = {"failed": PAPER, "down": PAPER, "carried": INK}
"""Colour of words on a bar; a hatched bar carries none."""
_BESIDE = {"failed": INK, "down": BREACH, "degraded": STRAIN_TEXT, "carried": CALM}


class RowDrawing:
    """One row being drawn: a line for the tolerance, the bars, a line for each long label."""

    def __init__(
        self, canvas: Canvas, row: TimelineRow, scale: TimeScale, horizon: float, owner: str
    ) -> None:
        self._canvas, self._row, self._scale = canvas, row, scale
        self._horizon, self._owner = horizon, owner
        self._middle = 0.0
        self._below: list[tuple[float, str, str]] = []
        shown = row.limit is not None and row.limit <= horizon
        self._tick = scale.x(row.limit) if shown and row.limit is not None else None

    def draw(self, top: float, lines: tuple[str, ...]) -> float:
        """Draw everything; return where the row ends."""
        above = top + _PAD / 2
        bar_top = above + (SMALL.height(1) + 0.8 if self._row.limit is not None else 0.8)
        tall = self._row.style.height(len(lines))
        self._middle = max(bar_top + _BAR / 2, above + tall / 2)
        self._canvas.block(
            (self._scale.left - GAP, self._middle),
            lines,
            self._row.style,
            align="right",
            owner=self._owner,
        )
        spans = _in_order(self._row.spans, self._horizon)
        for index, span in enumerate(spans):
            following = spans[index + 1].start_hours if index + 1 < len(spans) else math.inf
            touches = index > 0 and spans[index - 1].end_hours == span.start_hours
            self._span(span, following, seam=_SEAM if touches else 0.0)
        if not spans:
            self._without_spans()
        if self._row.limit is not None and self._row.tolerance_hours is not None:
            self._tolerance(self._row.limit, self._row.tolerance_hours)
        down = self._middle + _BAR / 2
        for left, words, colour in self._below:
            down = self._words_below(down, left, words, colour)
        return max(down + 0.8, self._middle + tall / 2) + _PAD / 2

    def _span(self, span: Span, following: float, *, seam: float) -> None:
        right = self._scale.x(span.end_hours)
        left = min(self._scale.x(span.start_hours) + seam, right)
        half = _BAR / 2
        area = Area(left, self._middle - half, right, self._middle + half, self._owner)
        hollow = span.state == "carried" and not self._row.tested
        state_bar(self._canvas, area, span.state, hollow=hollow)
        self._canvas.claim(area)
        if span.end_hours > self._horizon:
            at = (right + 1.2, self._middle)
            mark(self._canvas, at, "arrow", _EDGE[span.state], radius=2.0, hollow=hollow)
        words = clean(span.label)
        if math.isinf(span.end_hours) and "no known end" not in words:
            words = f"{words}, no known end" if words else "no known end"
        if not words:
            return
        width = text_width(words, SMALL)
        inside = self._room_inside(left, right, width) if span.state in _INSIDE else None
        if inside is not None:
            self._write(inside, words, _INSIDE[span.state])
        elif self._fits_beside(right, width, span.end_hours, following):
            self._write(right + _INSET, words, _BESIDE[span.state])
        else:
            self._below.append((left, words, _BESIDE[span.state]))

    def _room_inside(self, left: float, right: float, width: float) -> float | None:
        """Return where words on a bar may begin: before or after the tick of the tolerance."""
        tick = self._tick
        parts = [(left, right)]
        if tick is not None and left < tick < right:
            parts = [(left, tick - _TICK), (tick + _TICK / 2, right)]
        for start, end in parts:
            if width + 2 * _INSET <= end - start:
                return start + _INSET
        return None

    def _fits_beside(self, right: float, width: float, end: float, following: float) -> bool:
        limit = self._scale.x(following) if following <= self._horizon else self._canvas.width
        if self._tick is not None and self._tick + _TICK > right:
            limit = min(limit, self._tick - _TICK)
        return end <= self._horizon and right + 2 * _INSET + width <= limit

    def _without_spans(self) -> None:
        """Say that nothing happens, or not yet."""
        if self._row.spans:
            words = "only later →"
            width, end = text_width(words, SMALL), self._scale.right
            if self._tick is not None and self._tick + _TICK > end - width:
                end = self._tick - _TICK
            self._write(end - width, words, SLATE)
        elif self._row.kind == "function":
            mark(self._canvas, (self._scale.left, self._middle), "circle", CALM, radius=1.7)
            start = self._scale.left if self._tick is None else self._tick
            words = "not affected"
            fits = start + 3.0 + text_width(words, SMALL) <= self._canvas.width
            self._write(start + 3.0 if fits else self._scale.left + 3.0, words, SLATE)

    def _write(self, left: float, words: str, colour: str) -> None:
        at = (left, self._middle)
        plate = colour not in {PAPER, INK}
        self._canvas.block(at, (words,), SMALL, colour=colour, owner=self._owner, plate=plate)

    def _tolerance(self, limit: float, tolerance: float) -> None:
        """Mark when tolerance ends, on the line above the bars."""
        canvas, half = self._canvas, _BAR / 2
        baseline = self._middle - half - 0.8 - SMALL.descent
        words = f"tolerance {tick_label(round(tolerance, 2))}"
        colour = SLATE
        if self._tick is None:
            words = f"{words} →"
            left = self._scale.right - text_width(words, SMALL)
        else:
            tick = Area(
                self._tick - _TICK / 2,
                self._middle - half - 0.8,
                self._tick + _TICK / 2,
                self._middle + half + 0.8,
                f"{self._owner}, tolerance",
            )
            bar(canvas, tick, fill=INK, above=4)
            canvas.claim(tick)
            width = text_width(words, SMALL)
            first = self._scale.left + (3.4 if self._row.breached else 0.0)
            left = max(first, min(self._tick - width / 2, canvas.width - width))
        if self._row.breached and limit <= self._horizon:
            colour = BREACH
            mark(canvas, (left - 2.0, baseline - SMALL.cap / 2), "triangle", BREACH, radius=1.0)
        at = (left, baseline - SMALL.cap / 2)
        canvas.block(at, (words,), SMALL, colour=colour, owner=self._owner, plate=True)

    def _words_below(self, down: float, left: float, words: str, colour: str) -> float:
        room = self._canvas.width - self._scale.left
        lines = wrap(words, SMALL, room)
        start = min(left, self._canvas.width - max(text_width(line, SMALL) for line in lines))
        middle = down + 1.0 + SMALL.height(len(lines)) / 2
        at = (start, middle)
        self._canvas.block(at, lines, SMALL, colour=colour, owner=self._owner, plate=True)
        return down + 1.0 + SMALL.height(len(lines))


def _in_order(spans: Sequence[Span], horizon: float) -> list[Span]:
    """Return what is to be drawn from left to right, without overlaps."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start_hours, s.end_hours)):
        start = max(span.start_hours, found[-1].end_hours if found else 0.0)
        if start < min(span.end_hours, horizon):
            found.append(Span(start, span.end_hours, span.state, span.label))
    return found


def state_bar(canvas: Canvas, area: Area, state: str, *, hollow: bool) -> None:
    """Draw a bar as its state asks; hollow means that it is untested."""
    stroke = Stroke(_EDGE[state], 1.0, (3, 2) if hollow else ())
    bar(canvas, area, fill=PAPER if hollow else _FILL[state], stroke=stroke)
    if state == "degraded":
        hatch(canvas, area, Stroke(STRAIN, 0.8))
