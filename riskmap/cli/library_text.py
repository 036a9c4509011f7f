"""The library on a terminal."""

from rich.table import Table
from rich.text import Text

from riskmap.cli.common import console
from riskmap.loading.library import LibraryEntry
from riskmap.rules.statement import day

_SECTIONS = (
    ("services", "Services"),
    ("third_parties", "Third parties"),
    ("providers", "Organisations"),
)


def print_entries(entries: tuple[LibraryEntry, ...]) -> None:
    """Print every file of the library, a line each."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    for entry in entries:
        table.add_row(entry.name, entry.title, str(len(entry.elements)), day(entry.as_of))
    out = console()
    out.print(table)
    out.print()
    out.print("riskmap library show NAME says what is in one; include it as library:NAME.")


def print_entry(entry: LibraryEntry) -> None:
    """Print one file of the library."""
    out = console()
    out.print(Text(f"{entry.title}, as of {day(entry.as_of)}", "bold"))
    if entry.about:
        out.print(Text(entry.about))
    for section, title in _SECTIONS:
        inside = [element for element in entry.elements if element.section == section]
        if inside:
            out.print()
            out.print(Text(title, "bold"))
            for element in inside:
                out.print(Text(f"  {element.id}  {element.title}"))
    for title, lines in (
        ("What no public source says", entry.not_known),
        ("What you must decide", entry.decide),
    ):
        if lines:
            out.print()
            out.print(Text(title, "bold"))
            for line in lines:
                out.print(Text(f"  - {line}"))
