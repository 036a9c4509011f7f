"""``riskmap answers``: a filled-in question sheet as YAML."""

import os
from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, deliver, today_option


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--model",
    "model_path",
    type=click.Path(path_type=Path),
    help="The model asked about. Default: the one that the sheet names.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write to this file. Default: the terminal.",
)
@today_option
def command(file: Path, model_path: Path | None, output: Path | None, today: date | None) -> None:
    """Read the answers in FILE (.xlsx or .md) into a model file that extends the one asked about.

    What was said is kept as attested, with its document and day; what was not answered stays
    unknown.
    """
    from riskmap.importing.answer_sheet import read_sheet

    filled = read_sheet(file)
    path = model_path or Path(filled.model)
    read = api.load(path)
    folder = Path.cwd() if output is None else output.parent
    base = Path(os.path.relpath(path, folder)).as_posix()
    assessment = api.assess(read, day_of(read, today))
    found = api.answers(assessment, filled, base)
    deliver(found.text, output)
    one = found.answered == 1
    said = f"{found.answered} {'answer' if one else 'answers'} read"
    click.echo(f"{said}, {found.unanswered} left open and still unknown", err=True)
