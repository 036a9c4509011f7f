"""A section as data: titles, sentences, tables and figures in order, set by one template.

What a section says is in its builder; how titles, tables and boxes look is the same everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from riskmap.language import trn
from riskmap.report.view.parts import Callout, Cell, Mark, Picture
from riskmap.rules.statement import count_word


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head and its share of the width, in per cent."""

    head: str
    width: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes
    ----------
    rows : tuple of tuple of Cell
        The first cell of each row heads it.
    more : str
        Where the rest is, empty when nothing is left out.
    tight : bool
        Whether the rows are set close, for long lists.
    ticked : bool
        Whether each row ends in a box to tick.
    signed : bool
        Whether rows are high enough to sign in.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: str = ""
    tight: bool = False
    ticked: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One thing set out in full: what it is, and labelled facts, two to a row.

    Attributes
    ----------
    rows : tuple of tuple of (str, Cell)
        Labels and what stands beside them; one pair in a row takes its whole width.
    """

    title: str
    mark: Mark
    rows: tuple[tuple[tuple[str, Cell], ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a section; whatever is empty is not set.

    Attributes
    ----------
    lines : tuple of str
        A list of points.
    forms : tuple of Form
        Things set out in full, one below the other.
    """

    title: str = ""
    text: str = ""
    grid: Grid | None = None
    picture: Picture | None = None
    callout: Callout | None = None
    lines: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One section.

    Attributes
    ----------
    fresh : bool
        Whether it begins a page.
    """

    title: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    fresh: bool = False
    kicker: str = ""
    lead: str = ""
    opening: bool = field(default=False)


def grid(
    heads: Sequence[tuple[str, int]],
    rows: Sequence[tuple[Cell, ...]],
    most: int,
    *,
    tight: bool = False,
    ticked: bool = False,
    signed: bool = False,
) -> Grid | None:
    """Return a table of at most so many rows, saying how many are left out; None without rows.

    Parameters
    ----------
    heads : sequence of (str, int)
        Head and width in per cent of each column.
    """
    if not rows:
        return None
    rest = len(rows) - most
    more = ""
    if rest > 0:
        more = trn(
            "One further row is in the attached assessment.",
            "{count} further rows are in the attached assessment.",
            rest,
            count=count_word(rest).capitalize(),
        )
    columns = tuple(Column(head, width) for head, width in heads)
    return Grid(columns, tuple(rows[:most]), more, tight, ticked, signed)
