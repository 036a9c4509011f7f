"""What several commands share: the day, the console, writing to a file."""

import os
import sys
import threading
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


def text_or_json(command: Any) -> Any:
    """Add ``--format text|json`` to a command."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="text for people, json for programs (docs/json.md).",
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


def deliver(content: str | bytes, output: Path | None) -> None:
    """Print text, or write it to a file in one step; bytes are text in UTF-8 unless written."""
    if output is None or str(output) == "-":
        click.echo(content, nl=False)
        return
    from riskmap.files import write_atomically

    write_atomically(output, content.encode() if isinstance(content, str) else content)
    click.echo(f"written: {output}", err=True)


def deliver_json(document: Any) -> None:
    """Print plain values as JSON."""
    from riskmap.assessment.document import json_text

    deliver(json_text(document), None)


PATIENCE = 1.0
"""Seconds of work before progress is shown."""
_BLINK = 0.1
"""Seconds between looks at what is being done."""
_CLEARED = "\r\x1b[K"


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Say on a terminal's standard error what is being done, once it takes longer than a moment.

    A thread waits for that moment, since one step alone may take long. The line is removed at the
    end, also when the work is interrupted.
    """
    doing, ended = "", threading.Event()

    def show(what: str) -> None:
        nonlocal doing
        doing = what

    def watch() -> None:
        said, wait = "", PATIENCE
        while not ended.wait(wait):
            wait = _BLINK
            if doing != said:
                said = doing
                click.echo(f"{_CLEARED}{said} ...", err=True, nl=False)
        if said:
            click.echo(_CLEARED, err=True, nl=False)

    watcher = threading.Thread(target=watch, daemon=True)
    shown = sys.stderr.isatty()
    if shown:
        watcher.start()
    try:
        yield show
    finally:
        ended.set()
        if shown:
            watcher.join()


def expiry(seconds: float | None) -> Callable[[], bool]:
    """Return what tells, from now on, whether so many seconds have passed; none never do."""
    from riskmap.analysis.limits import never

    if seconds is None:
        return never
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end
