"""A sheet to draw on in millimetres, downwards from the top left, and the SVG it becomes.

matplotlib writes the SVG; what it adds that would hurt inside a page (the prolog, metadata, ids,
a style sheet for everything) is taken out again. All text is real text on single lines, all else is
paths; nothing is referred to by id, so any number of figures fit into one HTML file.
"""

import io
import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree as ET

from matplotlib import rc_context, rcParamsDefault
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Sheet
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from riskmap.report.figures.palette import INK, PAPER
from riskmap.report.figures.typography import Type, text_width

Point = tuple[float, float]
"""Across and down, in millimetres."""

_PT_PER_MM = 72 / 25.4
_SVG = "http://www.w3.org/2000/svg"
_KEPT = ("backend", "toolbar", "timezone", "date.")
"""Settings that change nothing here and are costly, or not possible, to set."""
_ALIGN = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True, slots=True)
class Figure:
    """A finished picture.

    Attributes
    ----------
    svg : str
        One ``svg`` element, ready to stand in an HTML page or, alone, as a file.
    width_mm, height_mm : float
    """

    svg: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in millimetres.

    Attributes
    ----------
    owner : str
        Which row or box it belongs to; text may lie on an area of its own owner only.
    """

    left: float
    top: float
    right: float
    bottom: float
    owner: str = ""

    def meets(self, other: "Area", slack: float = 0.0) -> bool:
        """Tell whether two rectangles overlap by more than ``slack`` both ways."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


@dataclass(frozen=True, slots=True)
class Stroke:
    """How an outline is drawn.

    Attributes
    ----------
    width : float
        In points.
    dash : tuple of float
        Lengths on and off in points; empty for an unbroken line.
    """

    colour: str
    width: float
    dash: tuple[float, ...] = ()


class Canvas:
    """A sheet under construction.

    Attributes
    ----------
    width, height : float
        In millimetres; the height is set when everything is drawn.
    areas : list of Area
        What text of others must keep clear of.
    """

    def __init__(self, width: float) -> None:
        self.width = width
        self.height = 0.0
        self.areas: list[Area] = []
        self._parts: list[tuple[Callable[[], Artist], str]] = []
        self._scale = Affine2D()

    def text(
        self,
        at: Point,
        text: str,
        style: Type,
        *,
        colour: str = INK,
        align: str = "left",
        owner: str = "",
    ) -> Area:
        """Write one line, its baseline at a point; return where it is."""
        make = partial(
            Text,
            *at,
            text,
            color=colour,
            fontproperties=style.properties(),
            ha=align,
            va="baseline",
            parse_math=False,
            transform=self._scale,
            zorder=5,
        )
        self._parts.append((make, owner))
        width = text_width(text, style)
        left = at[0] - _ALIGN[align] * width
        return Area(left, at[1] - style.ascent, left + width, at[1] + style.descent, owner)

    def block(
        self,
        at: Point,
        lines: Sequence[str],
        style: Type,
        *,
        colour: str = INK,
        align: str = "left",
        owner: str = "",
        plate: bool = False,
    ) -> None:
        """Write lines around a point half way up; a plate hides the grid behind them."""
        if plate:
            self.plate(at, lines, style, align)
        first = at[1] - ((len(lines) - 1) * style.leading - style.cap) / 2
        for index, line in enumerate(lines):
            point = (at[0], first + index * style.leading)
            self.text(point, line, style, colour=colour, align=align, owner=owner)

    def plate(self, at: Point, lines: Sequence[str], style: Type, align: str = "left") -> None:
        """Hide the grid where a block of lines will stand."""
        width = max((text_width(line, style) for line in lines), default=0.0) + 1.2
        half = style.height(len(lines)) / 2
        left = at[0] - 0.6 - _ALIGN[align] * (width - 1.2)
        corners = ((left, at[1] - half), (left + width, at[1] - half))
        self.shape(
            (*corners, (left + width, at[1] + half), (left, at[1] + half)), fill=PAPER, above=1
        )

    def shape(
        self,
        points: Sequence[Point],
        *,
        fill: str | None = None,
        stroke: Stroke | None = None,
        above: int = 1,
        closed: bool = True,
    ) -> None:
        """Draw a polygon, or an open line."""
        codes = [Path.MOVETO] + [Path.LINETO] * (len(points) - 1)
        vertices = list(points)
        if closed:
            codes.append(Path.CLOSEPOLY)
            vertices.append(points[0])
        self.path(Path(vertices, codes), fill=fill, stroke=stroke, above=above)

    def path(
        self, path: Path, *, fill: str | None = None, stroke: Stroke | None = None, above: int = 1
    ) -> None:
        """Draw a path given in millimetres."""
        make = partial(
            PathPatch,
            path,
            facecolor=fill or "none",
            edgecolor=stroke.colour if stroke else "none",
            linewidth=stroke.width if stroke else 0,
            linestyle=(0, stroke.dash) if stroke and stroke.dash else "solid",
            capstyle="butt",
            joinstyle="round",
            transform=self._scale,
            zorder=above,
        )
        self._parts.append((make, ""))

    def claim(self, area: Area) -> None:
        """Keep the text of others off an area."""
        self.areas.append(area)

    def sheet(self) -> tuple[Sheet, list[tuple[Text, str]]]:
        """Return all that is drawn as a matplotlib figure, and its texts with their owners."""
        sheet = Sheet(figsize=(self.width / 25.4, self.height / 25.4), dpi=72, frameon=False)
        FigureCanvasSVG(sheet)
        self._scale.clear().scale(1, -1).translate(0, self.height).scale(_PT_PER_MM)
        texts = []
        for make, owner in self._parts:
            artist = make()
            sheet.add_artist(artist)
            if isinstance(artist, Text):
                texts.append((artist, owner))
        return sheet, texts

    def finish(self, title: str | None = None) -> Figure:
        """Write the SVG; not for several threads at once, as matplotlib's settings are global."""
        buffer = io.BytesIO()
        with own_settings(), warnings.catch_warnings():
            # A page may have another font for what Inter lacks; its width was estimated.
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            self.sheet()[0].savefig(buffer, format="svg", metadata={"Date": None})
        svg = _tidy(buffer.getvalue(), self.width, self.height, title)
        return Figure(svg, self.width, self.height)


def own_settings() -> AbstractContextManager[None]:
    """Return a context with matplotlib's own settings, whatever the user's are, and ours."""
    settings = {k: v for k, v in rcParamsDefault.items() if not k.startswith(_KEPT)}
    settings |= {"svg.fonttype": "none", "svg.hashsalt": "riskmap", "path.simplify": False}
    return rc_context(settings)


def _tidy(raw: bytes, width: float, height: float, title: str | None) -> str:
    """Take out what would hurt inside a page, and give the size in millimetres."""
    root = ET.fromstring(raw)  # noqa: S314 - matplotlib wrote it
    for parent in root.iter():
        for child in list(parent):
            if child.tag in {f"{{{_SVG}}}metadata", f"{{{_SVG}}}defs"}:
                parent.remove(child)
    for element in root.iter():
        element.attrib.pop("id", None)
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        element.text = element.text if element.tag == "text" else None
        element.tail = "\n"
    flat = ET.Element(
        "svg",
        {
            "xmlns": _SVG,
            "width": f"{width:g}mm",
            "height": f"{height:g}mm",
            "viewBox": root.attrib["viewBox"],
            "role": "img",
            "stroke-linejoin": "round",
        },
    )
    if title:
        ET.SubElement(flat, "title").text = title
    flat.extend(child for group in root for child in group.iter() if child.tag != "g")
    return ET.tostring(flat, encoding="unicode")
