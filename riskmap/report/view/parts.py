"""Small pieces that every section shows: marks, cells, tiles, callouts.

Each mark has a shape and a word besides its colour. A cell that is a gap stands where a fact is
missing, and is printed as a line to fill in.
"""

from dataclasses import dataclass

from riskmap.report.figures.canvas import Figure
from riskmap.rules.verdict import Impact, Verdict


@dataclass(frozen=True, slots=True)
class Mark:
    """Red, amber or green, told by shape and word as well.

    Attributes
    ----------
    tone : str
        ``bad``, ``fair``, ``good`` or ``plain``; the name of a style.
    shape : str
        One character.
    word : str
        What it means here.
    """

    tone: str
    shape: str
    word: str


def bad(word: str) -> Mark:
    """Return the mark of what needs a decision."""
    return Mark("bad", "▲", word)


def fair(word: str) -> Mark:
    """Return the mark of what needs watching."""
    return Mark("fair", "◆", word)


def good(word: str) -> Mark:
    """Return the mark of what is in order."""
    return Mark("good", "●", word)


def mark_of(impact: Impact | None, stated: bool = True) -> Mark:
    """Return the mark of what one failure does to one function.

    Parameters
    ----------
    stated : bool
        Whether somebody said how long the function may be down.
    """
    if impact is None:
        return good("Not affected")
    if impact.verdict is Verdict.TOLERABLE:
        return good("Within target")
    if impact.verdict is Verdict.STRAINED:
        return fair("Within tolerance")
    if impact.verdict is Verdict.UNBOUNDED:
        return bad("No known end")
    return bad("Outside tolerance" if stated else "No tolerance stated")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table or list.

    Attributes
    ----------
    gap : bool
        Whether it names a missing fact rather than giving one.
    note : str
        A second, quieter line.
    """

    text: str
    gap: bool = False
    mark: Mark | None = None
    note: str = ""


def gap(text: str, note: str = "") -> Cell:
    """Return a cell that says which fact is missing."""
    return Cell(text, gap=True, note=note)


@dataclass(frozen=True, slots=True)
class Tile:
    """One key figure with its meaning."""

    mark: Mark
    figure: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Callout:
    """A box beside the text."""

    mark: Mark
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with what it shows, in words for those who cannot see it."""

    figure: Figure
    alt: str
    caption: str
