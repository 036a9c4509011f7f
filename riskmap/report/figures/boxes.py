"""How boxes and arrows of the dependency picture look.

Kinds differ by fill and corners, what nobody contracted is dashed, a group has a second outline
behind it, the failing path is thick: each can be told in grey.
"""

from collections.abc import Iterable

from riskmap.report.figures.canvas import Area, Canvas, Point, Stroke
from riskmap.report.figures.frame import Swatch
from riskmap.report.figures.graph import KINDS, Line, Node
from riskmap.report.figures.marks import rounded
from riskmap.report.figures.palette import (
    BREACH,
    CALM,
    CALM_WASH,
    INK,
    MUTED,
    PAPER,
    QUIET,
    SLATE,
    WASH,
)
from riskmap.report.figures.routes import Route
from riskmap.report.figures.typography import Type

_DASH = (3.2, 2.0)
_LINES = {
    "need": (),
    "alternative": (5.0, 2.4),
    "soft": (1.0, 1.8),
    "covers": (),
    "coupling": (5.0, 1.8, 1.0, 1.8),
}
_HEAD_LIT, _HEAD = 2.6, 1.8
_PAD = 1.9
_SHADOW = 0.9


def box_height(lines: int, style: Type) -> float:
    """Return the height of a box with so many lines of words."""
    return (lines - 1) * style.leading + style.cap + 2 * _PAD + 0.6


def draw_box(canvas: Canvas, area: Area, look: Node, lines: tuple[str, ...], style: Type) -> None:
    """Draw a box with its words in the middle."""
    radius = {"contingency": (area.bottom - area.top) / 2, "provider": 0.01}.get(look.kind, 1.1)
    radius = min(radius, 4.0)
    canvas.claim(area)
    if look.kind == "group":
        area, behind = _stack(area)
        canvas.path(rounded(behind, radius), fill=PAPER, stroke=_outline(look), above=2)
    canvas.path(rounded(area, radius), fill=_fill(look), stroke=_outline(look), above=3)
    words = SLATE if look.kind == "group" else INK
    canvas.block(
        ((area.left + area.right) / 2, (area.top + area.bottom) / 2),
        lines,
        style,
        colour=PAPER if look.kind == "function" and look.kind != "group" else words,
        align="center",
        owner=area.owner,
    )


def _stack(area: Area) -> tuple[Area, Area]:
    """Divide the area of a group into a box in front and one behind."""
    right, bottom = area.right - _SHADOW, area.bottom - _SHADOW
    front = Area(area.left, area.top, right, bottom, area.owner)
    return front, Area(area.left + _SHADOW, area.top + _SHADOW, area.right, area.bottom)


def _fill(look: Node) -> str:
    if look.kind == "group":
        return PAPER
    if look.kind == "contingency":
        return CALM_WASH
    if look.kind == "function":
        return INK
    return WASH if look.own else PAPER


def _outline(look: Node) -> Stroke:
    dash = () if look.contracted or look.kind == "function" else _DASH
    if look.lit:
        return Stroke(BREACH, 1.9, dash)
    if look.kind == "group":
        return Stroke(QUIET, 0.7, dash)
    if look.kind == "contingency":
        return Stroke(CALM, 1.0, dash)
    return Stroke(INK if look.kind == "function" else MUTED, 0.9, dash)


def _colour(look: Line) -> str:
    if look.lit:
        return BREACH
    return CALM if look.kind == "covers" else QUIET


def _head_length(look: Line) -> float:
    return _HEAD_LIT if look.lit else _HEAD


def draw_line(canvas: Canvas, route: Route, look: Line) -> None:
    """Draw an edge with its heads."""
    above = 2 if look.lit else 1
    before = _head_length(look) * 0.8 if look.backward else 0.0
    after = _head_length(look) * 0.8 if look.forward else 0.0
    stroke = Stroke(_colour(look), 2.2 if look.lit else 0.9, _LINES[look.kind])
    canvas.path(route.path(before, after), stroke=stroke, above=above)
    if look.forward:
        _head(canvas, route.end, look, -1)
    if look.backward:
        _head(canvas, route.start, look, 1)


def _head(canvas: Canvas, tip: Point, look: Line, inwards: int) -> None:
    x, y = tip
    back, half = x + inwards * _head_length(look), _head_length(look) * 0.46
    hollow = look.kind in {"alternative", "soft"} and not look.lit
    canvas.shape(
        ((x, y), (back, y - half), (back, y + half)),
        fill=PAPER if hollow else _colour(look),
        stroke=Stroke(_colour(look), 0.7),
        above=4,
    )


_BOXES = (
    (Node("", "function", lit=False, contracted=True, own=True), "function"),
    (Node("", "service", lit=False, contracted=True, own=True), "our own"),
    (Node("", "service", lit=False, contracted=True, own=False), "of others"),
    (Node("", "service", lit=False, contracted=False, own=False), "nobody has a contract"),
    (Node("", "contingency", lit=False, contracted=True, own=True), "contingency"),
)
_WORDS = {
    "need": "needs",
    "alternative": "one of several",
    "soft": "better with",
    "covers": "stands in for",
    "coupling": "held by",
}


def explain(boxes: Iterable[Node], lines: Iterable[Line]) -> list[tuple[Swatch, str]]:
    """Return a legend of what is there."""
    drawn = {_sample(node) for node in boxes}
    entries = [(_box_swatch(look), words) for look, words in _BOXES if _sample(look) in drawn]
    found = list(lines)
    for kind in KINDS:
        if any(line.kind == kind and not line.lit for line in found):
            look = Line(kind, lit=False, forward=kind != "coupling", backward=False)
            entries.append((_line_swatch(look), _WORDS[kind]))
    if any(line.lit for line in found):
        look = Line("need", lit=True, forward=True, backward=False)
        entries.append((_line_swatch(look), "the way the failure takes"))
    return entries


def _sample(node: Node) -> tuple[str, bool, bool]:
    """Tell which sample explains a box."""
    if node.kind in {"function", "contingency"}:
        return node.kind, True, True
    return "group" if node.kind == "group" else "", node.contracted, node.contracted and node.own


def _box_swatch(look: Node) -> Swatch:
    def draw(canvas: Canvas, at: Point) -> None:
        area = Area(at[0] + 0.5, at[1] - 1.8, at[0] + 7.0, at[1] + 1.8)
        draw_box(canvas, area, look, (), Type(7))

    return draw


def _line_swatch(look: Line) -> Swatch:
    def draw(canvas: Canvas, at: Point) -> None:
        draw_line(canvas, Route((at, (at[0] + 7.5, at[1]))), look)

    return draw
