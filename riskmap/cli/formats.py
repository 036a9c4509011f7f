"""Which format an assessment is printed or written in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from riskmap.formats import FORMATS, by_suffix

if TYPE_CHECKING:
    from riskmap.assessment import Assessment

TEXT = "text"

_NOT_HERE = {
    ".pdf": "riskmap report renders PDF",
    ".html": "riskmap report renders HTML",
    ".htm": "riskmap report renders HTML",
    ".xls": "write .xlsx",
    ".ods": "write .xlsx; LibreOffice opens it",
    ".yaml": "a model is written by people; name another file",
    ".yml": "a model is written by people; name another file",
}
"""Endings that promise what no format here holds."""


def format_option(command: Any) -> Any:
    """Add ``--format`` to a command."""
    return click.option(
        "--format",
        "form",
        type=click.Choice([TEXT, *FORMATS]),
        help="text for people, the others for programs and spreadsheets (docs/formats.md). "
        "Default: what the ending of -o says, else text.",
    )(command)


def chosen(form: str | None, output: Path | None) -> str:
    """Return the name of the format meant by ``--format`` and ``-o``.

    Raises
    ------
    click.UsageError
        When the two together make no sense; said before any work is done.
    """
    to_terminal = output is None or str(output) == "-"
    if form is None and output is not None:
        guessed = by_suffix(output.suffix)
        if guessed is None and output.suffix.lower() in _NOT_HERE:
            reason = _NOT_HERE[output.suffix.lower()]
            raise click.UsageError(f"no format of assess ends in {output.suffix}: {reason}.")
        form = guessed.name if guessed else TEXT
    form = form or TEXT
    if form != TEXT and FORMATS[form].binary and to_terminal:
        raise click.UsageError(
            f"--format {form} makes a file that no terminal can show; "
            f"say where to write it: -o findings{FORMATS[form].suffix}"
        )
    return form


def present(
    assessment: "Assessment", form: str, output: Path | None, *, details: bool = False
) -> None:
    """Print an assessment, or write it to a file in one step.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """
    from riskmap.cli.common import deliver

    if form != TEXT:
        deliver(FORMATS[form].write(assessment), output)
        return
    from riskmap.cli.assessment_text import print_assessment, text_of

    if output is None:
        print_assessment(assessment, details=details)
    else:
        deliver(text_of(assessment, details=details), output)
