"""``riskmap report``: a document to hold in the hand."""

from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, progress, today_option


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.option(
    "--profile",
    type=click.Choice(["board", "plan"]),
    default="board",
    show_default=True,
    help="board: for those who decide; plan: for those who act when something is lost.",
)
@click.option(
    "--for",
    "subject",
    metavar="ID",
    help="For a plan: the contingency, or what is lost. Default: what hurts most.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="FILE.pdf or FILE.html.",
)
@today_option
def command(
    model: Path, profile: str, subject: str | None, output: Path, today: date | None
) -> None:
    """Render a report about MODEL as PDF or HTML."""
    with progress() as show:
        show(f"reading {model}")
        read = api.load(model)
        show("assessing")
        assessment = api.assess(read, day_of(read, today))
        show(f"writing {output}")
        api.write_report(assessment, profile, output, subject=subject)
    click.echo(f"written: {output}", err=True)
