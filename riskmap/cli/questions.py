"""``riskmap questions``: what to ask a provider, those whose answers matter most first."""

from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, deliver, today_option


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.argument("provider", metavar="PROVIDER")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="FILE.xlsx or FILE.md. Default: Markdown on the terminal.",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=40,
    show_default=True,
    help="Put only so many questions, those that matter most.",
)
@today_option
def command(model: Path, provider: str, output: Path | None, most: int, today: date | None) -> None:
    """Write the questions for a PROVIDER of MODEL, to be filled in and read by riskmap answers.

    Only what the model does not know is asked; what hangs on it here decides the order.
    """
    suffix = ".md" if output is None else output.suffix.lower()
    if suffix not in {".md", ".xlsx"}:
        raise click.UsageError(f"{output}: questions are written as .xlsx or .md")
    read = api.load(model)
    assessment = api.assess(read, day_of(read, today))
    asking = api.questions(assessment, provider)
    from riskmap.formats.question_sheet import Sheet, write_markdown, write_workbook

    sheet = Sheet(read, asking, str(model), assessment.today, most)
    deliver(write_workbook(sheet) if suffix == ".xlsx" else write_markdown(sheet), output)
