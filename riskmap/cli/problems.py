"""Showing problems and errors at the terminal."""

import sys
import unicodedata
from collections.abc import Iterator

import click

from riskmap.errors import ModelError, Problem

MARGIN = 60
"""Characters of a long line shown before and after what is wrong."""
WIDEST = 100
"""Characters of what is wrong that are shown and underlined."""


def problem_lines(problem: Problem, *, colour: bool = False) -> Iterator[str]:
    """Yield the lines that show one problem: what, the line, a caret, what to do.

    Parameters
    ----------
    problem : Problem
        What to show.
    colour : bool
        Whether to use terminal colours.
    """

    def paint(text: str, colour_name: str | None = None, *, bold: bool = False) -> str:
        return click.style(text, fg=colour_name, bold=bold or None) if colour else text

    place = _printable(str(problem.location))
    label = paint(f"error[{problem.code}]", "red", bold=True)
    yield f"{paint(place, bold=True)}: {label}: {_printable(problem.message)}"
    indent = "  "
    if problem.source.strip():
        shown, offset, span = _window(problem)
        number = str(problem.location.line)
        indent = " " * (len(number) + 2)
        bar = paint("|", "blue")
        caret = "^" * max(1, _width(shown[offset : offset + span]))
        yield f" {paint(number, 'blue')} {bar} {shown}"
        yield f"{indent}{bar} {' ' * _width(shown[:offset])}{paint(caret, 'red')}"
    if problem.hint:
        yield f"{indent}{paint('=', 'blue')} {paint('help', bold=True)}: {_printable(problem.hint)}"


def _window(problem: Problem) -> tuple[str, int, int]:
    """Cut a long line to the part around the problem; return it with offset and span in it."""
    line = problem.source.rstrip()
    at = problem.location.column - 1
    span = max(1, min(problem.span, len(line) - at, WIDEST))
    start = 0 if at <= MARGIN else at - MARGIN
    end = min(len(line), at + span + MARGIN)
    head = "..." if start else ""
    tail = "..." if end < len(line) else ""
    return head + _printable(line[start:end]) + tail, at - start + len(head), span


def _printable(text: str) -> str:
    """Replace characters that would move the cursor or hide text; keep one column each."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else " " if c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def _width(text: str) -> int:
    """Count terminal columns; wide East Asian characters take two, marks none."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    marks = sum(bool(unicodedata.combining(c)) for c in text)
    return len(text) + wide - marks


def show_model_error(error: ModelError) -> None:
    """Write every problem of a model to standard error, with a count at the end."""
    colour = sys.stderr.isatty()
    for problem in error.problems:
        for line in problem_lines(problem, colour=colour):
            click.echo(line, err=True)
        click.echo(err=True)
    count = len(error.problems)
    click.echo(f"{count} {'problem' if count == 1 else 'problems'}; nothing was written", err=True)
