"""``riskmap library``: models of common services and third parties that ship with riskmap."""

from typing import TYPE_CHECKING

import click

from riskmap import api

if TYPE_CHECKING:
    from riskmap.loading.library import LibraryEntry


@click.group()
def command() -> None:
    """List, search and show the models that ship with riskmap.

    A model takes one in by `include: [library:microsoft-365]` and then needs its elements by their
    ids, such as microsoft-365/exchange-outbound; what they hang on comes along.
    """


@command.command("list")
def list_() -> None:
    """List every file of the library."""
    _print(api.library_entries())


@command.command()
@click.argument("words", nargs=-1, required=True)
def search(words: tuple[str, ...]) -> int:
    """Find files and elements whose name or title holds all WORDS."""
    wanted = [word.casefold() for word in words]
    found = 0
    for entry in api.library_entries():
        for element in entry.elements:
            text = f"{entry.title} {element.id} {element.title}".casefold()
            if all(word in text for word in wanted):
                click.echo(f"{element.id}  {element.title}")
                found += 1
    if not found:
        click.echo(f"nothing in the library holds {' '.join(words)!r}", err=True)
    return 0 if found else 1


@command.command()
@click.argument("name")
def show(name: str) -> None:
    """Show one file: what it holds, what it does not know, what you must decide."""
    from riskmap.cli.library_text import print_entry

    print_entry(api.library_entry(name.removeprefix("library:")))


def _print(entries: "tuple[LibraryEntry, ...]") -> None:
    from riskmap.cli.library_text import print_entries

    print_entries(entries)
