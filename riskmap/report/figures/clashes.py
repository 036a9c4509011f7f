"""What would make a figure hard to read: text on text, off the sheet, or on what is not its own.

Measured by matplotlib on the finished artists, apart from the widths that laid them out.
"""

import io
import warnings
from itertools import combinations

from matplotlib.backends.backend_svg import RendererSVG

from riskmap.report.figures.canvas import Area, Canvas, own_settings

_MM_PER_PT = 25.4 / 72
_SLACK = 0.15
"""Overlaps of less than this, in millimetres, are rounding."""


def clashes(canvas: Canvas) -> list[str]:
    """Return what is wrong with a figure, in words; empty when all of it can be read."""
    found = []
    texts = _texts(canvas)
    sheet = Area(0.0, 0.0, canvas.width, canvas.height)
    for words, area in texts:
        beyond = min(area.left, area.top, sheet.right - area.right, sheet.bottom - area.bottom)
        if beyond < -_SLACK:
            found.append(f"{words!r} leaves the sheet by {-beyond:.2f} mm")
        found += [
            f"{words!r} of {area.owner!r} lies on {other.owner!r}"
            for other in canvas.areas
            if other.owner != area.owner and area.meets(other, _SLACK)
        ]
    for (one, area), (other, beside) in combinations(texts, 2):
        if area.meets(beside, _SLACK):
            found.append(f"{one!r} and {other!r} overlap")
    return found


def _texts(canvas: Canvas) -> list[tuple[str, Area]]:
    """Return every line of text with the room its ink and line take."""
    with own_settings(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        _, texts = canvas.sheet()
        renderer = RendererSVG(1, 1, io.StringIO())  # type: ignore[no-untyped-call]
        found = []
        for text, owner in texts:
            box = text.get_window_extent(renderer)
            left, right = box.x0 * _MM_PER_PT, box.x1 * _MM_PER_PT
            top, bottom = (canvas.height - y * _MM_PER_PT for y in (box.y1, box.y0))
            found.append((text.get_text(), Area(left, top, right, bottom, owner)))
    return found
