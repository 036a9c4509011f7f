"""Then and now: one line for each thing, from what it was to what it is.

Up is worse. The words at both ends stand at their value, or are moved apart where values are close;
a thin line then leads from the value to its words. What has no known end lies above all others, and
what was not there on one of the two days has its words on the other side only.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from riskmap.report.figures.canvas import Canvas, Figure, Stroke
from riskmap.report.figures.frame import heading, nothing
from riskmap.report.figures.marks import mark
from riskmap.report.figures.palette import BREACH, CALM, INK, MUTED, QUIET, RULE, SLATE
from riskmap.report.figures.typography import NOTE, NOTE_STRONG, Type, wrap

_COLUMN = 0.36
"""Share of the width that words take on either side."""
_HEIGHT = 34.0
"""Least height of the lines in millimetres; more words make it higher."""
_LEADER = 5.0
_GAP = 1.2
_BETWEEN = 1.6
"""Least space between the words of two lines."""
_RADIUS = 1.0
_OPEN = 1.18
"""What has no known end lies so far up, where the largest value is at one."""


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """One thing on two days.

    Attributes
    ----------
    before, after : float or None
        In any one unit for all lines, not negative; infinite without a known end, None where the
        thing was not there.
    before_words, after_words : str
        The values in words, or why there is none.
    """

    label: str
    before: float | None
    after: float | None
    before_words: str
    after_words: str

    @property
    def change(self) -> int:
        """Minus one when it is better now, one when it is worse, else zero."""
        if self.before is None or self.after is None or self.before == self.after:
            return 0
        return 1 if self.after > self.before else -1


def slopes(
    lines: Sequence[SlopeLine],
    then: str,
    now: str,
    *,
    width_mm: float = 170,
    title: str | None = None,
) -> Figure:
    """Draw what changed between two days.

    Parameters
    ----------
    lines : sequence of SlopeLine
        None gives a picture that says so.
    then, now : str
        What the two days are called.
    title : str, optional
        Given for a stand-alone file.
    """
    return compose(lines, then, now, width_mm, title).finish(title)


def compose(
    lines: Sequence[SlopeLine], then: str, now: str, width: float, title: str | None
) -> Canvas:
    """Draw the figure on a canvas."""
    canvas = Canvas(width)
    top = heading(canvas, title)
    if not lines:
        canvas.height = nothing(canvas, top + 1.0)
        return canvas
    sides = (width * _COLUMN, width * (1 - _COLUMN))
    top = _heads(canvas, (then, now), sides, top)
    left = [_words(line, before=True, room=sides[0] - _LEADER - _GAP) for line in lines]
    right = [_words(line, before=False, room=sides[0] - _LEADER - _GAP) for line in lines]
    height = max(_HEIGHT, _stack(left), _stack(right))
    top += 1.0
    scale = _Scale(lines, top, height)
    for x in sides:
        canvas.shape(((x, top), (x, top + height)), stroke=Stroke(RULE, 0.7), closed=False, above=0)
    for line in lines:
        _slope(canvas, line, sides, scale)
    values = ([line.before for line in lines], [line.after for line in lines])
    for at, (words, wanted) in enumerate(zip((left, right), values, strict=True)):
        _side(canvas, words, [scale.y(value) for value in wanted], (sides[at], at, top, height))
    canvas.height = top + height + 1.5
    return canvas


def _heads(canvas: Canvas, names: tuple[str, str], sides: tuple[float, float], top: float) -> float:
    """Write the two days above their sides; return where that ends."""
    room = canvas.width * _COLUMN - 2.0
    blocks = [wrap(name, NOTE_STRONG, room, most=3) for name in names]
    tall = max(NOTE_STRONG.height(len(block)) for block in blocks)
    for block, x, align in zip(blocks, sides, ("right", "left"), strict=True):
        at = (x, top + tall - NOTE_STRONG.height(len(block)) / 2)
        canvas.block(at, block, NOTE_STRONG, colour=SLATE, align=align, owner=f"head {align}")
    return top + tall + 2.0


Words = tuple[tuple[str, Type, str], ...]
"""Lines with their type and colour."""


def _words(line: SlopeLine, *, before: bool, room: float) -> Words:
    """Return the value and the label of one end; nothing where there is no value to speak of."""
    value = line.before if before else line.after
    said = line.before_words if before else line.after_words
    colour = INK if before else {-1: CALM, 0: SLATE, 1: BREACH}[line.change]
    if value is None:
        colour = MUTED
    strong = [(words, NOTE_STRONG, colour) for words in wrap(said, NOTE_STRONG, room, most=2)]
    return (*strong, *((words, NOTE, SLATE) for words in wrap(line.label, NOTE, room, most=2)))


def _height(words: Words) -> float:
    return NOTE.height(len(words))


def _stack(sides: Sequence[Words]) -> float:
    return sum(_height(words) + _BETWEEN for words in sides)


class _Scale:
    """Where values lie: the largest at the top, zero and what is not there at the bottom."""

    def __init__(self, lines: Sequence[SlopeLine], top: float, height: float) -> None:
        values = [v for line in lines for v in (line.before, line.after) if v is not None]
        finite = [value for value in values if math.isfinite(value)]
        self._largest = max(finite, default=0.0) or 1.0
        self._reach = _OPEN if any(map(math.isinf, values)) else 1.0
        self._top, self._height = top, height

    def y(self, value: float | None) -> float:
        """Return how far down a value lies, in millimetres."""
        share = 0.0 if value is None else min(value / self._largest, self._reach)
        inner = self._height - 2 * _RADIUS
        return self._top + _RADIUS + inner * (1 - share / self._reach)


def _slope(canvas: Canvas, line: SlopeLine, sides: tuple[float, float], scale: _Scale) -> None:
    colour = {-1: CALM, 0: QUIET, 1: BREACH}[line.change]
    ends = [
        (x, scale.y(value))
        for x, value in zip(sides, (line.before, line.after), strict=True)
        if value is not None
    ]
    if len(ends) == 2:
        canvas.shape(ends, stroke=Stroke(colour, 1.6), closed=False)
    shape = {-1: "circle", 0: "circle", 1: "triangle"}[line.change]
    for at in ends:
        mark(canvas, at, shape if at[0] == sides[1] else "circle", colour, radius=_RADIUS)


def _side(
    canvas: Canvas,
    words: Sequence[Words],
    wanted: Sequence[float],
    place: tuple[float, int, float, float],
) -> None:
    """Write the words of one side, as near to their values as there is room."""
    x, at, top, height = place
    align, outward = (("right", -1.0), ("left", 1.0))[at]
    order = sorted(range(len(words)), key=lambda n: (wanted[n], n))
    tall = [_height(words[n]) for n in order]
    middles = spread([wanted[n] for n in order], tall, top, top + height)
    for n, middle, high in zip(order, middles, tall, strict=True):
        owner = f"side {at} line {n}"
        end = x + outward * _LEADER
        canvas.shape(
            ((x + outward * _RADIUS, wanted[n]), (end, middle)),
            stroke=Stroke(QUIET, 0.5),
            closed=False,
        )
        baseline = middle - high / 2 + NOTE.ascent
        for number, (text, style, colour) in enumerate(words[n]):
            point = (end + outward * _GAP, baseline + number * NOTE.leading)
            canvas.text(point, text, style, colour=colour, align=align, owner=owner)


def spread(
    wanted: Sequence[float], tall: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Return middles of blocks in order, near what is wanted, apart, and within the ends.

    Parameters
    ----------
    wanted : sequence of float
        Sorted.
    tall : sequence of float
        Height of each block; together, with space between them, they fit.
    """
    found: list[float] = []
    edge = top
    for want, high in zip(wanted, tall, strict=True):
        middle = max(want, edge + high / 2)
        found.append(middle)
        edge = middle + high / 2 + _BETWEEN
    edge = bottom
    for index in range(len(found) - 1, -1, -1):
        found[index] = min(found[index], edge - tall[index] / 2)
        edge = found[index] - tall[index] / 2 - _BETWEEN
    return found
