"""How wide words are in the shipped typeface, and where to break them.

Widths are sums of advances without kerning, so that they hold, within a hair and on the safe side,
for whatever renders the text later. Everything is measured in the shipped Inter, never in a font of
the machine.
"""

import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from riskmap.report.characters import visible
from riskmap.resources import reports_dir

FAMILY = "Inter"
_FILES = {400: "Inter-Regular.otf", 600: "Inter-SemiBold.otf", 700: "Inter-Bold.otf"}
_MM_PER_PT = 25.4 / 72
_ASCENT, _DESCENT = 0.97, 0.25
"""Highest and lowest ink of a line in parts of its size, accents included."""
_CAP = 0.727
"""Height of capitals in parts of the size."""
_UNITS = 1000
_BREAK_AFTER = "-\N{EN DASH}/_.@:"


@dataclass(frozen=True, slots=True)
class Type:
    """A size and weight of the typeface.

    Attributes
    ----------
    size : float
        In points.
    weight : int
        400, 600 or 700.
    """

    size: float
    weight: int = 400

    @property
    def leading(self) -> float:
        """Distance of baselines in millimetres."""
        return self.size * 1.28 * _MM_PER_PT

    @property
    def cap(self) -> float:
        """Height of capitals in millimetres."""
        return self.size * _CAP * _MM_PER_PT

    @property
    def ascent(self) -> float:
        """Greatest height above the baseline in millimetres."""
        return self.size * _ASCENT * _MM_PER_PT

    @property
    def descent(self) -> float:
        """Greatest depth below the baseline in millimetres."""
        return self.size * _DESCENT * _MM_PER_PT

    def height(self, lines: int) -> float:
        """Return the height of a block of lines, from ascent to descent, in millimetres."""
        return self.ascent + self.descent + (lines - 1) * self.leading if lines else 0.0

    def properties(self) -> FontProperties:
        """Return what matplotlib calls this font."""
        return FontProperties(
            family=FAMILY,
            weight=self.weight,
            size=self.size,
            fname=str(reports_dir() / "fonts" / _FILES[self.weight]),
        )


LABEL = Type(8.5)
STRONG = Type(8.5, 600)
NOTE = Type(7.5)
NOTE_STRONG = Type(7.5, 600)
SMALL = Type(7)
TITLE = Type(12, 700)


def text_width(text: str, style: Type) -> float:
    """Return the width of one line in millimetres."""
    units = sum(_advance(character, style.weight) for character in text)
    return units / _UNITS * style.size * _MM_PER_PT


@lru_cache(maxsize=8)
def _font(weight: int) -> FT2Font:
    font = FT2Font(str(reports_dir() / "fonts" / _FILES[weight]))
    font.set_size(_UNITS, 72)
    return font


@lru_cache(maxsize=4096)
def _advance(character: str, weight: int) -> float:
    font = _font(weight)
    if font.get_char_index(ord(character)):
        glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
        return float(glyph.linearHoriAdvance) / 65536
    if unicodedata.combining(character):
        return 0.0
    # Some other font will draw it: most scripts that Inter lacks are set on a square.
    return float(_UNITS)


def clean(text: str) -> str:
    """Return text on one line, without characters that XML forbids or that have no shape."""
    kept = "".join(
        c for c in visible(text) if unicodedata.category(c) not in {"Cc", "Cs", "Cn"} or c in "\t\n"
    )
    return " ".join(kept.split())


def wrap(text: str, style: Type, width: float, *, most: int | None = None) -> tuple[str, ...]:
    """Break text into lines of about equal length, as few as fit.

    Parameters
    ----------
    width : float
        In millimetres; a word longer than that is cut.
    most : int, optional
        Number of lines after which the rest becomes an ellipsis.

    Returns
    -------
    tuple of str
        No line is empty or wider than ``width``, unless a single character is.
    """
    pieces = _pieces(clean(text), style, width)
    lines = _fill(pieces, style, width)
    if most is not None and len(lines) > most:
        return (*lines[: most - 1], _shorten(" ".join(lines[most - 1 :]), style, width))
    low, high = 0.0, width
    for _ in range(6):  # to a 64th of the width
        middle = (low + high) / 2
        narrower = _fill(pieces, style, middle)
        fits = len(narrower) == len(lines)
        fits = fits and all(text_width(line, style) <= middle for line in narrower)
        if fits:
            lines, high = narrower, middle
        else:
            low = middle
    return lines


def longest_word(text: str, style: Type) -> float:
    """Return the width of the widest piece that should not be broken, in millimetres."""
    pieces = _pieces(clean(text), style, math.inf)
    return max((text_width(piece, style) for _, piece in pieces), default=0.0)


def _pieces(text: str, style: Type, width: float) -> list[tuple[str, str]]:
    """Cut text into what may not be broken, each with what joins it to the one before."""
    found: list[tuple[str, str]] = []
    for word in text.split():
        joint, start = " ", 0
        for at, character in enumerate(word):
            left = len(word) - at - 1
            soft = character in _BREAK_AFTER and at - start > 2 and left > 2
            wide = unicodedata.east_asian_width(character) in "WF"
            if not left or soft or wide:
                for part in _cut(word[start : at + 1], style, width):
                    found.append((joint, part))
                    joint = ""
                start = at + 1
    return found


def _cut(word: str, style: Type, width: float) -> list[str]:
    """Cut a word that is too wide, with hyphens, into parts about equally long."""
    if text_width(word, style) <= width:
        return [word]
    for count in range(2, len(word)):
        size = math.ceil(len(word) / count)
        parts = [word[at : at + size] for at in range(0, len(word), size)]
        parts = [f"{part}-" for part in parts[:-1]] + parts[-1:]
        if all(text_width(part, style) <= width for part in parts):
            return parts
    return list(word)


def _fill(pieces: list[tuple[str, str]], style: Type, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    for joint, piece in pieces:
        longer = lines[-1] + joint + piece if lines else piece
        if lines and text_width(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return tuple(lines)


def _shorten(text: str, style: Type, width: float) -> str:
    kept = text
    while kept and text_width(kept + "…", style) > width:
        kept = kept[:-1]
    whole = kept if text[len(kept) :].startswith(" ") else kept.rpartition(" ")[0]
    kept = whole if 2 * len(whole) > len(kept) else kept
    return kept.rstrip(" ,;:.-\N{EN DASH}") + "…"
