"""What several commands share: the day, the console, writing to a file."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from riskmap.epoch import source_date
from riskmap.model import Model

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 100
"""Columns used when the output is not a terminal."""


class Day(click.ParamType[date]):
    """A day such as 2012-05-14."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or say how one is written."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2012-05-14", param, ctx)


def today_option(command: Any) -> Any:
    """Add ``--today`` to a command."""
    return click.option(
        "--today",
        type=Day(),
        help="The day to look from. Default: the model's as_of, else today.",
    )(command)


def day_of(model: Model, today: date | None) -> date:
    """Return the day asked for, else the model's own, else the build's or that on the clock."""
    clock = source_date() or datetime.now().astimezone()
    return today or model.as_of or clock.date()


def console() -> "Console":
    """Return a console as wide as the terminal; without one, of a fixed width."""
    from rich.console import Console

    given = os.environ.get("COLUMNS", "")
    width = int(given) if given.isdigit() and int(given) > 0 else None
    if width is None and not sys.stdout.isatty():
        width = PLAIN_WIDTH
    return Console(width=width, highlight=False, soft_wrap=False)


def deliver(text: str, output: Path | None) -> None:
    """Print text, or write it to a file in one step."""
    if output is None or str(output) == "-":
        click.echo(text, nl=False)
        return
    from riskmap.files import write_atomically

    write_atomically(output, text.encode())
    click.echo(f"written: {output}", err=True)


PATIENCE = 1.0
"""Seconds of work before progress is shown."""


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Say on standard error what is being done, once it takes longer than a moment."""
    began = time.monotonic()
    said = ""

    def show(what: str) -> None:
        nonlocal said
        if sys.stderr.isatty() and time.monotonic() - began > PATIENCE:
            click.echo(f"\r\x1b[K{what} ...", err=True, nl=False)
            said = what

    yield show
    if said:
        click.echo("\r\x1b[K", err=True, nl=False)
