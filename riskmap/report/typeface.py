"""Cutting a typeface down to the characters of one page, so that a page can carry it."""

import io
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path


def subset(path: Path, characters: Iterable[str]) -> bytes:
    """Return the glyphs of some characters as a WOFF2 file; the same bytes every time.

    Parameters
    ----------
    path : Path
        An OpenType font.
    characters : iterable of str
        Those the font lacks are left to the reader's machine.
    """
    return _subset(path, frozenset(map(ord, characters)))


@lru_cache(maxsize=16)
def _subset(path: Path, codes: frozenset[int]) -> bytes:
    from fontTools import subset as cutter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    options = cutter.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]
    options.recalc_timestamp = False
    options.hinting = False
    font = TTFont(io.BytesIO(path.read_bytes()), recalcTimestamp=False)
    cut = cutter.Subsetter(options)
    cut.populate(unicodes=sorted(codes))
    cut.subset(font)
    buffer = io.BytesIO()
    cutter.save_font(font, buffer, options)
    return buffer.getvalue()
