"""How much hangs on each organisation: functions that stop when it is lost, and those that do not.

One bar for each organisation, one unit for each function: solid where the function needs it without
anybody between, hatched where it does so only through others, an outline where it uses it and goes
on. The note beside a bar says the same in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from riskmap.language import tr
from riskmap.report.figures.canvas import Area, Canvas, Figure, Point, Stroke
from riskmap.report.figures.frame import Swatch, heading, legend, nothing
from riskmap.report.figures.marks import bar, hatch
from riskmap.report.figures.palette import (
    BREACH,
    BREACH_WASH,
    MUTED,
    PAPER,
    QUIET,
    RULE,
    SLATE,
)
from riskmap.report.figures.typography import (
    NOTE,
    NOTE_STRONG,
    SMALL,
    STRONG,
    text_width,
    wrap,
)

_LABEL_SHARE, _NOTE_SHARE = 0.34, 0.28
_GAP = 3.6
_BAR = 4.6
_PAD = 3.0
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What hangs on one organisation.

    Attributes
    ----------
    direct, indirect : int
        Functions that stop when it is lost: needed without anybody between, and only through
        others.
    spared : int
        Functions that use it and go on.
    words : str
        The finding in a few words, such as ``stops 3 of 8``.
    note : str
        A quieter line below, such as what plans save.
    label_note : str
        A quieter line below the label, such as what it owns.
    """

    label: str
    direct: int
    indirect: int
    spared: int
    words: str
    note: str = ""
    label_note: str = ""

    @property
    def total(self) -> int:
        """Functions that use it."""
        return self.direct + self.indirect + self.spared


def share_bars(
    rows: Sequence[ShareRow], whole: int, *, width_mm: float = 170, title: str | None = None
) -> Figure:
    """Draw how many functions hang on each organisation.

    Parameters
    ----------
    rows : sequence of ShareRow
        In the order to show them; none gives a picture that says so.
    whole : int
        How many functions there are: the length of the axis.
    title : str, optional
        Given for a stand-alone file, which then carries a legend as well.
    """
    return compose(rows, whole, width_mm, title).finish(title)


def compose(rows: Sequence[ShareRow], whole: int, width: float, title: str | None) -> Canvas:
    """Draw the figure on a canvas."""
    canvas = Canvas(width)
    top = heading(canvas, title)
    if not rows:
        canvas.height = nothing(canvas, top + 1.0)
        return canvas
    labels = [_label(row, width * _LABEL_SHARE) for row in rows]
    widths = [
        text_width(line, style)
        for lines, notes in labels
        for style, part in ((STRONG, lines), (SMALL, notes))
        for line in part
    ]
    column = max(widths, default=0.0)
    left, right = column + _GAP, width * (1 - _NOTE_SHARE)
    unit = (right - left) / max(whole, *(row.total for row in rows), 1)
    down = top + 1.0
    for index, (row, label) in enumerate(zip(rows, labels, strict=True)):
        down = _row(canvas, row, label, f"row {index}", (left, unit, down))
    canvas.height = _axis(canvas, left, unit, whole, top, down)
    if title is not None:
        canvas.height = legend(canvas, canvas.height, _legend(rows))
    return canvas


def _label(row: ShareRow, room: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return wrap(row.label, STRONG, room, most=3), wrap(row.label_note, SMALL, room, most=2)


def _row(
    canvas: Canvas,
    row: ShareRow,
    label: tuple[tuple[str, ...], tuple[str, ...]],
    owner: str,
    place: tuple[float, float, float],
) -> float:
    """Draw one bar with its words on both sides; return where the row ends."""
    left, unit, down = place
    lines, under = label
    start = left + row.total * unit + 2.4
    room = canvas.width - start
    words = wrap(row.words, NOTE_STRONG, room)
    note = wrap(row.note, NOTE, room, most=2)
    beside = NOTE_STRONG.height(len(words)) + (len(note) * NOTE.leading)
    before = STRONG.height(len(lines)) + (0.3 + SMALL.height(len(under)) if under else 0.0)
    height = max(_BAR, beside, before) + _PAD
    middle = down + height / 2
    first = middle - before / 2
    at = (left - _GAP, first + STRONG.height(len(lines)) / 2)
    canvas.block(at, lines, STRONG, align="right", owner=owner)
    if under:
        at = (left - _GAP, first + before - SMALL.height(len(under)) / 2)
        canvas.block(at, under, SMALL, colour=MUTED, align="right", owner=owner)
    _bars(canvas, row, left, unit, middle)
    canvas.claim(Area(left, middle - _BAR / 2, left + row.total * unit, middle + _BAR / 2, owner))
    baseline = middle - beside / 2 + NOTE_STRONG.ascent
    canvas.plate((start, middle), (*words, *note), NOTE_STRONG)
    colour = BREACH if row.direct + row.indirect else SLATE
    for number, line in enumerate((*words, *note)):
        strong = number < len(words)
        at = (start, baseline + number * NOTE.leading)
        style = NOTE_STRONG if strong else NOTE
        canvas.text(at, line, style, colour=colour if strong else SLATE, owner=owner)
    return down + height


def _bars(canvas: Canvas, row: ShareRow, left: float, unit: float, middle: float) -> None:
    start = left
    for kind, count in (("direct", row.direct), ("indirect", row.indirect), ("spared", row.spared)):
        end = start + count * unit
        if count:
            _piece(canvas, kind, Area(start, middle - _BAR / 2, end, middle + _BAR / 2))
        start = end


def _piece(canvas: Canvas, kind: str, area: Area) -> None:
    stroke = Stroke(QUIET if kind == "spared" else BREACH, 0.9)
    fill = {"direct": BREACH, "indirect": BREACH_WASH, "spared": PAPER}[kind]
    bar(canvas, area, fill=fill, stroke=stroke)
    if kind == "indirect":
        hatch(canvas, area, Stroke(BREACH, 0.8))


def _axis(canvas: Canvas, left: float, unit: float, whole: int, top: float, bottom: float) -> float:
    """Draw a grid line at round numbers of functions, and their numbers below."""
    step = next(
        size * 10**power
        for power in range(12)
        for size in (1, 2, 5)
        if whole <= size * 10**power * _MOST_TICKS
    )
    for number in range(0, whole + 1, step):
        x = left + number * unit
        colour = MUTED if number == 0 else RULE
        canvas.shape(((x, top), (x, bottom)), stroke=Stroke(colour, 0.7), closed=False, above=0)
        canvas.text((x, bottom + 4.2), f"{number}", SMALL, colour=MUTED, align="center")
    last = left + (whole // step * step) * unit + text_width(f"{whole}", SMALL) / 2
    words = wrap(tr("functions"), SMALL, max(canvas.width - last - 2.0, 1.0))
    if len(words) == 1:
        canvas.text((last + 2.0, bottom + 4.2), words[0], SMALL, colour=MUTED)
    return bottom + 5.5


def _legend(rows: Sequence[ShareRow]) -> list[tuple[Swatch, str]]:
    """Explain the pieces that occur."""
    entries: list[tuple[Swatch, str]] = []
    if any(row.direct for row in rows):
        entries.append((_swatch("direct"), tr("stops, needs it directly")))
    if any(row.indirect for row in rows):
        entries.append((_swatch("indirect"), tr("stops, needs it through others")))
    if any(row.spared for row in rows):
        entries.append((_swatch("spared"), tr("uses it and goes on")))
    return entries


def _swatch(kind: str) -> Swatch:
    def draw(canvas: Canvas, at: Point) -> None:
        _piece(canvas, kind, Area(at[0], at[1] - 1.8, at[0] + 7.0, at[1] + 1.8))

    return draw
