"""Tables that a terminal of any width can show: side by side, or one block for each row."""

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

NARROW = 72
"""Columns below which rows are shown as blocks."""

Cell = str | Text


def heading(out: Console, text: str) -> None:
    """Print the heading of a section."""
    out.print()
    out.print(Text(text, "bold"))


def line(out: Console, text: Cell) -> None:
    """Print one indented line of text, folded to the width; spaces at its front indent it more."""
    made = Text(text) if isinstance(text, str) else text
    plain = made.plain
    more = len(plain) - len(plain.lstrip())
    out.print(Padding(made[more:], (0, 0, 0, 2 + more), expand=False))


def sheet(
    out: Console,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    numbers: frozenset[int] = frozenset(),
    room: int = NARROW,
) -> None:
    """Print a table.

    Parameters
    ----------
    numbers : frozenset of int
        Columns that are set to the right and never folded.
    room : int
        Columns of the terminal that it needs side by side.
    """
    if rows:
        made = _blocks(headers, rows) if out.width < room else _table(headers, rows, numbers)
        for part in made:
            out.print(Padding(part, (0, 0, 0, 2), expand=False))


def _table(
    headers: Sequence[str], rows: Sequence[Sequence[Cell]], numbers: frozenset[int]
) -> list[RenderableType]:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for index, header in enumerate(headers):
        right = index in numbers
        table.add_column(
            header, justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    for row in rows:
        table.add_row(*row)
    return [table]


def _blocks(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[RenderableType]:
    found: list[RenderableType] = []
    for row in rows:
        found.append(row[0] if isinstance(row[0], Text) else Text(row[0]))
        for header, cell in zip(headers[1:], row[1:], strict=True):
            if not str(cell):
                continue
            label = f"{header}: " if header else ""
            found.append(Padding(Text.assemble((label, "dim"), cell), (0, 0, 0, 2), expand=False))
    return found
