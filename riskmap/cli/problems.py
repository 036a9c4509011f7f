"""Showing problems and errors at the terminal."""

import unicodedata
from collections.abc import Iterator

import click

from riskmap.errors import ModelError, Problem

MARGIN = 60
"""Characters of a long line shown before and after what is wrong."""


def problem_lines(problem: Problem, *, colour: bool = False) -> Iterator[str]:
    """Yield the lines that show one problem: what, the line, a caret, what to do.

    Parameters
    ----------
    problem : Problem
        What to show.
    colour : bool
        Whether to use terminal colours.
    """

    def style(text: str, **how: bool | str) -> str:
        return click.style(text, **how) if colour else text  # type: ignore[arg-type]

    label = style(f"error[{problem.code}]", fg="red", bold=True)
    yield f"{style(str(problem.location), bold=True)}: {label}: {_printable(problem.message)}"
    if problem.source.strip():
        shown, offset = _window(problem)
        number = str(problem.location.line)
        gutter = " " * len(number)
        caret_at = _width(shown[:offset])
        span = max(1, min(problem.span, len(shown) - offset))
        caret = "^" * max(1, _width(shown[offset : offset + span]))
        yield f" {style(number, fg='blue')} {style('|', fg='blue')} {shown}"
        yield f" {gutter} {style('|', fg='blue')} {' ' * caret_at}{style(caret, fg='red')}"
    if problem.hint:
        indent = " " * (len(str(problem.location.line)) + 2) if problem.source.strip() else "  "
        yield f"{indent}{style('=', fg='blue')} {style('help', bold=True)}: " + _printable(
            problem.hint
        )


def _window(problem: Problem) -> tuple[str, int]:
    """Cut a long line to the part around the problem; return it with the problem's offset."""
    text = _printable(problem.source).rstrip()
    at = min(problem.location.column - 1, max(len(text) - 1, 0))
    start = 0 if at <= MARGIN else at - MARGIN + 3
    end = min(len(text), at + max(problem.span, 1) + MARGIN)
    head = "..." if start else ""
    tail = "..." if end < len(text) else ""
    return head + text[start:end] + tail, at - start + len(head)


def _printable(text: str) -> str:
    """Replace characters that would move the cursor or hide text; keep one column each."""
    return "".join(c if c.isprintable() else ("\N{REPLACEMENT CHARACTER}", " ")[c == "\t"]
                   for c in text)


def _width(text: str) -> int:
    """Count terminal columns; wide East Asian characters take two, marks none."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    marks = sum(bool(unicodedata.combining(c)) for c in text)
    return len(text) + wide - marks


def show_model_error(error: ModelError) -> None:
    """Write every problem of a model to standard error, with a count at the end."""
    colour = click.get_text_stream("stderr").isatty()
    for problem in error.problems:
        for line in problem_lines(problem, colour=colour):
            click.echo(line, err=True)
        click.echo(err=True)
    count = len(error.problems)
    click.echo(f"{count} {'problem' if count == 1 else 'problems'}; nothing was written", err=True)
