"""What one failure can stop: outside parties down, functions across.

A cell says its verdict by colour, by shape and by the length written in it, so that grey paper and
colour-blind readers lose nothing. It is filled where a contract of ours covers what fails, hollow
with a broken outline where none does. A function that goes on has a quiet dot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from riskmap.language import tr
from riskmap.report.figures.canvas import Area, Canvas, Figure, Point, Stroke
from riskmap.report.figures.frame import Swatch, heading, legend, nothing
from riskmap.report.figures.marks import bar, mark
from riskmap.report.figures.palette import (
    BREACH,
    CALM,
    CALM_WASH,
    INK,
    MUTED,
    PAPER,
    QUIET,
    RULE,
    SHAPE,
    STRAIN,
    STRAIN_WASH,
    VERDICT_TEXT,
)
from riskmap.report.figures.typography import (
    LABEL,
    NOTE,
    SMALL,
    STRONG,
    Type,
    longest_word,
    text_width,
    wrap,
)

_WIDEST_CELL, _NARROWEST_LABELS = 36.0, 0.28
"""Millimetres of a cell, and share of the width, at most and at least."""
_ROW = 8.6
_GAP = 3.0
_SEAM = 0.5
"""Half of the white between cells."""
_PAD = 2.4
_HEAD_LINES, _LABEL_LINES, _NOTE_LINES = 5, 3, 3
_RADIUS = 1.15
_FILL = {
    "tolerable": CALM_WASH,
    "strained": STRAIN_WASH,
    "breached": BREACH,
    "unbounded": BREACH,
}
_OUTLINE = {"tolerable": CALM, "strained": STRAIN, "breached": BREACH, "unbounded": BREACH}


@dataclass(frozen=True, slots=True)
class HeatCell:
    """What the worst single failure at one party does to one function.

    Attributes
    ----------
    verdict : str
        ``tolerable``, ``strained``, ``breached`` or ``unbounded``.
    words : str
        How long the function stops, as short as can be, such as ``10 d ○``.
    contracted : bool
        Whether a contract of ours, or of our providers, covers what fails.
    """

    verdict: str
    words: str
    contracted: bool


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """One function.

    Attributes
    ----------
    note : str
        A second, quieter line, such as what it tolerates.
    """

    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One party.

    Attributes
    ----------
    note : str
        A second, quieter line, such as what fails at it.
    cells : tuple of HeatCell or None
        One for each column; None where the function goes on.
    """

    label: str
    note: str
    cells: tuple[HeatCell | None, ...]


def heat_map(
    columns: Sequence[HeatColumn],
    rows: Sequence[HeatRow],
    *,
    width_mm: float = 170,
    title: str | None = None,
) -> Figure:
    """Draw which party can stop which function.

    Parameters
    ----------
    columns, rows : sequence
        In the order to show them; none of either gives a picture that says so.
    title : str, optional
        Given for a stand-alone file, which then carries a legend as well.
    """
    return compose(columns, rows, width_mm, title).finish(title)


def compose(
    columns: Sequence[HeatColumn], rows: Sequence[HeatRow], width: float, title: str | None
) -> Canvas:
    """Draw the figure on a canvas."""
    canvas = Canvas(width)
    top = heading(canvas, title)
    if not columns or not rows:
        canvas.height = nothing(canvas, top + 1.0)
        return canvas
    cell = min(_WIDEST_CELL, width * (1 - _NARROWEST_LABELS) / len(columns))
    left = width - cell * len(columns)
    down = _heads(canvas, columns, left, cell, top)
    for index, row in enumerate(rows):
        down = _row(canvas, row, f"row {index}", left, cell, down)
    canvas.height = down + 1.0
    if title is not None:
        canvas.height = legend(canvas, canvas.height, _legend(rows))
    return canvas


def _heads(
    canvas: Canvas, columns: Sequence[HeatColumn], left: float, cell: float, top: float
) -> float:
    """Write what stands above the columns, all on one base line; return where that ends."""
    room = cell - 2 * _SEAM - 0.8
    style = NOTE if all(longest_word(c.label, NOTE) <= room for c in columns) else SMALL
    labels = [wrap(column.label, style, room, most=_HEAD_LINES) for column in columns]
    notes = [wrap(column.note, SMALL, room, most=_NOTE_LINES) for column in columns]
    deepest = max(SMALL.height(len(note)) for note in notes)
    bottom = top + max(style.height(len(label)) for label in labels) + deepest + 1.6
    for index, (label, note) in enumerate(zip(labels, notes, strict=True)):
        centre, owner = left + (index + 0.5) * cell, f"column {index}"
        at = bottom - deepest - 0.8 - style.height(len(label)) / 2
        canvas.block((centre, at), label, style, align="center", owner=owner)
        at = bottom - deepest + SMALL.height(len(note)) / 2 - 0.4
        canvas.block((centre, at), note, SMALL, colour=MUTED, align="center", owner=owner)
    return bottom + 1.0


def _row(canvas: Canvas, row: HeatRow, owner: str, left: float, cell: float, down: float) -> float:
    room = left - _GAP
    label = wrap(row.label, STRONG, room, most=_LABEL_LINES)
    note = wrap(row.note, SMALL, room, most=_NOTE_LINES)
    words = [
        _words(found, cell - 2 * _SEAM) if found is not None else (SMALL, ()) for found in row.cells
    ]
    tall = _tall(label, note)
    height = max(_ROW, tall + _PAD, *(style.height(len(lines)) + _PAD for style, lines in words))
    middle = down + height / 2
    first = middle - tall / 2
    canvas.block((0.0, first + STRONG.height(len(label)) / 2), label, STRONG, owner=owner)
    if note:
        at = first + tall - SMALL.height(len(note)) / 2
        canvas.block((0.0, at), note, SMALL, colour=MUTED, owner=owner)
    for index, found in enumerate(row.cells):
        start = left + index * cell
        area = Area(start + _SEAM, down + _SEAM, start + cell - _SEAM, down + height - _SEAM, owner)
        _cell(canvas, found, words[index], area)
        canvas.claim(area)
    return down + height


def _tall(label: tuple[str, ...], note: tuple[str, ...]) -> float:
    return STRONG.height(len(label)) + (0.3 + SMALL.height(len(note)) if note else 0.0)


def _words(found: HeatCell, room: float) -> tuple[Type, tuple[str, ...]]:
    """Return the type and lines of a cell's words, beside its mark or below it."""
    beside = room - 4 * _RADIUS - 1.6
    for style in (LABEL, NOTE, SMALL):
        if text_width(found.words, style) <= beside:
            return style, (found.words,)
    return SMALL, ("", *wrap(found.words, SMALL, room - 1.0, most=3))


def _cell(
    canvas: Canvas, found: HeatCell | None, words: tuple[Type, tuple[str, ...]], area: Area
) -> None:
    centre: Point = ((area.left + area.right) / 2, (area.top + area.bottom) / 2)
    if found is None:
        bar(canvas, area, fill=None, stroke=Stroke(RULE, 0.7))
        mark(canvas, centre, "circle", QUIET, radius=0.5)
        return
    colour = ground(canvas, found, area)
    style, lines = words
    if len(lines) == 1:
        wide = text_width(lines[0], style)
        left = centre[0] - (wide + 2 * _RADIUS + 1.4) / 2
        mark(canvas, (left + _RADIUS, centre[1]), SHAPE[found.verdict], colour, radius=_RADIUS)
        at = (left + 2 * _RADIUS + 1.4, centre[1])
        canvas.block(at, lines, style, colour=colour, owner=area.owner)
        return
    first = centre[1] - (len(lines) - 1) * style.leading / 2
    mark(canvas, (centre[0], first), SHAPE[found.verdict], colour, radius=_RADIUS)
    canvas.block(centre, lines, style, colour=colour, align="center", owner=area.owner)


def ground(canvas: Canvas, found: HeatCell, area: Area) -> str:
    """Draw the ground of a cell; return the colour of what stands on it."""
    inner = Area(area.left + 0.3, area.top + 0.3, area.right - 0.3, area.bottom - 0.3, area.owner)
    edge = Stroke(_OUTLINE[found.verdict], 1.1, () if found.contracted else (3, 2))
    bar(canvas, inner, fill=_FILL[found.verdict] if found.contracted else PAPER, stroke=edge)
    if not found.contracted:
        return VERDICT_TEXT[found.verdict]
    return PAPER if found.verdict in {"breached", "unbounded"} else INK


def _meaning(verdict: str) -> str:
    return {
        "tolerable": tr("within objectives"),
        "strained": tr("late, within tolerance"),
        "breached": tr("outside tolerance"),
        "unbounded": tr("no known end"),
    }[verdict]


def _legend(rows: Sequence[HeatRow]) -> list[tuple[Swatch, str]]:
    """Explain the signs that occur."""
    cells = [found for row in rows for found in row.cells]
    verdicts = {found.verdict for found in cells if found is not None}
    shown = (verdict for verdict in _FILL if verdict in verdicts)
    entries = [(_swatch(HeatCell(verdict, "", True)), _meaning(verdict)) for verdict in shown]
    if any(found is not None and not found.contracted for found in cells):
        entries.append((_swatch(HeatCell("breached", "", False)), tr("no contract covers it")))
    if None in cells:
        entries.append((_swatch(None), tr("carries on")))
    return entries


def _swatch(found: HeatCell | None) -> Swatch:
    def draw(canvas: Canvas, at: Point) -> None:
        area = Area(at[0], at[1] - 2.0, at[0] + 7.0, at[1] + 2.0)
        _cell(canvas, found, (SMALL, ("",)), area)

    return draw
