"""How a report is fitted to its pages: which settings are tried, and how good a layout is.

Tables show fewer rows where there are too many pages, what is left out being attached, and white
space is a little narrower or wider where the last page would be nearly empty. The order of trials
is fixed and nothing but the layout decides: the same report gets the same setting each time.

The boxes are those that WeasyPrint lays out; this knows their names and needs no part of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

LEAST_LAST, LEAST_OTHER = 0.36, 0.5
"""How far down the last page, and every other, is to be filled."""
ROOMS = (1.0, 0.75, 0.55, 0.4, 0.3)
"""Shares of the usual rows of a table."""
SPACINGS = ("", "snug", "snug small", "airy")
"""Classes of ``print.css``."""
MOST_TRIALS = 8
_INKED = {"TextBox", "InlineReplacedBox", "BlockReplacedBox", "InlineBlockBox", "TableCellBox"}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a report is set.

    Attributes
    ----------
    room : float
        Share of the usual number of rows that tables have.
    spacing : str
        Class of ``print.css``, empty for the usual white space.
    """

    room: float = 1.0
    spacing: str = ""


@dataclass(frozen=True, order=True, slots=True)
class Misfit:
    """What is wrong with a layout; less is better, and two zeros are as it should be.

    Attributes
    ----------
    pages : int
        How many there are too many.
    white : float
        By how much pages are emptier than they should be, in parts of a page.
    """

    pages: int
    white: float

    def __bool__(self) -> bool:
        """Tell whether anything is wrong."""
        return self.pages > 0 or self.white > 0


def misfit(fills: Sequence[float], most: int) -> Misfit:
    """Return what is wrong with a layout.

    Parameters
    ----------
    fills : sequence of float
        How far down each page is filled, from zero to one.
    most : int
        Pages a report may have.
    """
    white = sum(max(0.0, LEAST_OTHER - fill) for fill in fills[:-1])
    if len(fills) > 1:
        white += max(0.0, LEAST_LAST - fills[-1])
    return Misfit(max(0, len(fills) - most), white)


class Trials:
    """The settings to try in order, and the best layout so far.

    Parameters
    ----------
    most : int or None
        Pages a report may have; None for as many as it takes, set once.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._last = Misfit(0, 0.0)
        self._best: tuple[Misfit, Any] | None = None

    def __iter__(self) -> Iterator[Setting]:
        """Yield settings until a layout fits; each must be told before the next is asked for."""
        tried = 0
        for room in ROOMS:
            for spacing in SPACINGS:
                yield Setting(room, spacing)
                tried += 1
                if self._most is None or not self._last or tried == MOST_TRIALS:
                    return
                if self._last.pages > (0 if spacing else 1):
                    break  # narrower white saves no two pages, and wider saves none

    def tell(self, laid_out: Any) -> None:
        """Take note of a layout."""
        self._last = misfit(fills(laid_out), self._most or len(laid_out.pages))
        if self._best is None or self._last < self._best[0]:
            self._best = self._last, laid_out

    @property
    def best(self) -> Any:
        """The layout that fits best, the first of several alike."""
        assert self._best is not None
        return self._best[1]


def fills(laid_out: Any) -> list[float]:
    """Return how far down each page of a WeasyPrint document is filled, from zero to one."""
    found = []
    for page in laid_out.pages:
        box = page._page_box  # noqa: SLF001 - there is no other way to measure
        top = box.content_box_y()
        low = max((bottom(b) for b in inked(box)), default=top)
        found.append((low - top) / box.height)
    return found


def inked(box: Any) -> Iterator[Any]:
    """Yield every box of a page that holds words or a picture, without its margins."""
    for child in getattr(box, "children", ()):
        kind = type(child).__name__
        if kind == "MarginBox":
            continue
        if kind in _INKED:
            yield child
        yield from inked(child)


def bottom(box: Any) -> float:
    """Return where a box ends, in pixels from the top of the page."""
    return float(box.position_y + box.margin_height())
