"""``riskmap exercise``: the script of a table-top exercise."""

from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, deliver, today_option


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Draws the outage and what goes wrong besides.",
)
@click.option("--scenario", metavar="ID", help="Play this scenario of the model.")
@click.option("--element", metavar="ID", help="Play the worst plausible outage of this element.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="markdown to read and print, json for programs (docs/json.md).",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
@today_option
def command(
    model: Path,
    seed: int,
    scenario: str | None,
    element: str | None,
    form: str,
    output: Path | None,
    today: date | None,
) -> None:
    """Draw a plausible outage from MODEL and write the script to play it at a table.

    What is told and when, what to ask, what should happen by the plans; then a log to fill in, and
    the lines that bring the result back into the model.
    """
    if scenario and element:
        raise click.UsageError("--scenario and --element exclude each other")
    read = api.load(model)
    assessment = api.assess(read, day_of(read, today))
    script = api.exercise(assessment, seed, scenario=scenario, element=element)
    if form == "json":
        from riskmap.assessment.document import json_text
        from riskmap.assessment.exercise_document import exercise_document

        deliver(json_text(exercise_document(assessment, script)), output)
        return
    from riskmap.formats.exercise_sheet import write

    deliver(write(read, script, assessment.today), output)
