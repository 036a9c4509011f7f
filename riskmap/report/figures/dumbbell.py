"""Tolerance against recovery, one row for each function.

A black tick is what is tolerated, the sign at the other end when work resumes; the bar between them
is what is missing. An interruption without a known end runs into an arrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from riskmap.report.figures.canvas import Area, Canvas, Figure, Point, Stroke
from riskmap.report.figures.frame import Swatch, heading, legend, nothing, time_axis
from riskmap.report.figures.marks import bar, mark
from riskmap.report.figures.palette import (
    CALM,
    INK,
    QUIET,
    SHAPE,
    SLATE,
    VERDICT,
    VERDICT_TEXT,
)
from riskmap.report.figures.scale import TimeScale, time_scale
from riskmap.report.figures.typography import LABEL, NOTE, NOTE_STRONG, clean, text_width, wrap
from riskmap.rules.statement import duration

_LABEL_SHARE, _NOTE_SHARE = 0.30, 0.26
"""At most this much of the width goes to labels, and to the notes of the longest bars."""
_GAP = 3.6
_RADIUS = 1.7
_THICK = 1.9
_ROW = 9.5
_PAD = 3.4


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """How one function fares.

    Attributes
    ----------
    tolerance_hours : float or None
        None when nobody stated it.
    recovery_hours : float
        Zero when it is not affected, infinite when nothing known ends it.
    tested : bool
        Whether a test shows the recovery; otherwise its sign is hollow.
    assumed : bool
        Whether the recovery rests on something assumed.
    verdict : str
        ``tolerable``, ``strained``, ``breached`` or ``unbounded``.
    note : str
        What to add below the length, such as "plan never tested".
    """

    label: str
    tolerance_hours: float | None
    recovery_hours: float
    tested: bool
    assumed: bool
    verdict: str
    note: str

    @property
    def reach(self) -> float:
        """The longer of tolerance and recovery."""
        return max(self.recovery_hours, self.tolerance_hours or 0.0)

    @property
    def length(self) -> str:
        """The recovery in words, marked when it is assumed."""
        if self.recovery_hours == 0:
            return "not affected"
        words = duration(self.recovery_hours * 3600)
        return f"{words} ○" if self.assumed else words

    @property
    def hollow(self) -> bool:
        """Whether its sign is hollow: affected, and no test shows the recovery."""
        return self.recovery_hours > 0 and not self.tested


def tolerance_dumbbell(
    rows: Sequence[DumbbellRow], *, width_mm: float = 170, title: str | None = None
) -> Figure:
    """Draw how long each function stops beside how long it may.

    Parameters
    ----------
    rows : sequence of DumbbellRow
        In the order to show them; none gives a picture that says so.
    title : str, optional
        Given for a stand-alone file, which then carries a legend as well.
    """
    return compose(rows, width_mm, title).finish(title)


def compose(rows: Sequence[DumbbellRow], width: float, title: str | None) -> Canvas:
    """Draw the figure on a canvas."""
    canvas = Canvas(width)
    top = heading(canvas, title)
    labels = [wrap(row.label, LABEL, width * _LABEL_SHARE) for row in rows]
    column = max((text_width(line, LABEL) for lines in labels for line in lines), default=0.0)
    scale = _scale(rows, column + _GAP, width)
    down = top + 1.0
    if not rows:
        canvas.height = nothing(canvas, down)
        return canvas
    for index, (row, lines) in enumerate(zip(rows, labels, strict=True)):
        room = width - scale.x(row.reach) - _GAP
        note = wrap(_beside(row), NOTE, room)
        height = max(_ROW, LABEL.height(len(lines)), NOTE.height(1 + len(note))) + _PAD
        area = Area(0.0, down, width, down + height, f"row {index}")
        _row(canvas, row, area, scale, (lines, note))
        down += height
    canvas.height = time_axis(canvas, scale, top, down)
    if title is not None:
        canvas.height = legend(canvas, canvas.height, _legend(rows))
    return canvas


def _beside(row: DumbbellRow) -> str:
    """The note without the length, in case it starts with it."""
    return clean(row.note).removeprefix(row.length.removesuffix(" ○")).lstrip(" ○,;:")


def _scale(rows: Sequence[DumbbellRow], left: float, width: float) -> TimeScale:
    """Give the axis all the room that the notes of long bars leave."""
    times = [hours for row in rows for hours in (row.tolerance_hours, row.recovery_hours) if hours]
    scale = time_scale(times)
    right = width - 8.0
    for row in rows:
        words = [(row.length, NOTE_STRONG), (_beside(row), NOTE)]
        needed = min(width * _NOTE_SHARE, max(text_width(*word) for word in words))
        share = scale.fraction(row.reach)
        if share:
            right = min(right, left + (width - _GAP - needed - left) / share)
    return time_scale(times, left=left, right=right)


def _row(
    canvas: Canvas,
    row: DumbbellRow,
    area: Area,
    scale: TimeScale,
    words: tuple[tuple[str, ...], tuple[str, ...]],
) -> None:
    lines, note = words
    middle = (area.top + area.bottom) / 2
    canvas.block((scale.left - _GAP, middle), lines, LABEL, align="right", owner=area.owner)
    _bar(canvas, row, area, scale)
    start = scale.x(row.reach) + _GAP
    colour = SLATE if row.recovery_hours == 0 else VERDICT_TEXT[row.verdict]
    down = middle - len(note) * NOTE.leading / 2 + NOTE.cap / 2
    canvas.plate((start, middle), (row.length, *note), NOTE_STRONG)
    canvas.text((start, down), row.length, NOTE_STRONG, colour=colour, owner=area.owner)
    for index, line in enumerate(note):
        at = (start, down + (index + 1) * NOTE.leading)
        canvas.text(at, line, NOTE, colour=SLATE, owner=area.owner)


def _bar(canvas: Canvas, row: DumbbellRow, area: Area, scale: TimeScale) -> None:
    middle = (area.top + area.bottom) / 2
    colour = CALM if row.recovery_hours == 0 else VERDICT[row.verdict]
    end = scale.x(row.recovery_hours)
    tolerated = None if row.tolerance_hours is None else scale.x(row.tolerance_hours)
    if tolerated is not None:
        quiet = ((scale.left, middle), (tolerated, middle))
        canvas.shape(quiet, stroke=Stroke(QUIET, 0.8), closed=False)
    start = scale.left if tolerated is None else tolerated
    if end > start:
        # It stops short of the middle of its sign, which may be hollow.
        stop = max(start, end - _RADIUS / 2)
        half = _THICK / 2
        bar(canvas, Area(start, middle - half, stop, middle + half), fill=colour)
    shape = "circle" if row.recovery_hours == 0 else SHAPE[row.verdict]
    mark(canvas, (end, middle), shape, colour, radius=_RADIUS, hollow=row.hollow)
    canvas.claim(
        Area(scale.left - 1.8, middle - 1.8, scale.x(row.reach) + 2, middle + 1.8, area.owner)
    )
    if tolerated is not None:
        tick = Area(tolerated - 0.6, middle - 2.4, tolerated + 0.6, middle + 2.4, area.owner)
        bar(canvas, tick, fill=INK, above=3)


_SIGNS = {
    "tolerable": "within objectives",
    "strained": "late, within tolerance",
    "breached": "outside tolerance",
    "unbounded": "no known end",
}


def _legend(rows: Sequence[DumbbellRow]) -> list[tuple[Swatch, str]]:
    """Explain the signs that occur."""
    verdicts = {row.verdict for row in rows}
    entries: list[tuple[Swatch, str]] = [(_tolerance_swatch, "tolerated")]
    entries += [(_swatch(v), words) for v, words in _SIGNS.items() if v in verdicts]
    untested = [row.verdict for row in rows if row.hollow]
    if untested:
        entries.append((_swatch(untested[0], hollow=True), "hollow: no test shows it"))
    if any(row.assumed for row in rows):
        entries.append((_assumed_swatch, "assumed: no record gives it"))
    return entries


def _tolerance_swatch(canvas: Canvas, at: Point) -> None:
    bar(canvas, Area(at[0] + 2.4, at[1] - 2.0, at[0] + 3.6, at[1] + 2.0), fill=INK)


def _assumed_swatch(canvas: Canvas, at: Point) -> None:
    canvas.block((at[0] + 3.0, at[1]), ("○",), NOTE_STRONG, align="center")


def _swatch(verdict: str, *, hollow: bool = False) -> Swatch:
    def draw(canvas: Canvas, at: Point) -> None:
        middle = (at[0] + 3.0, at[1])
        mark(canvas, middle, SHAPE[verdict], VERDICT[verdict], radius=_RADIUS, hollow=hollow)

    return draw
