"""``riskmap assess``: what can stop us, and what to do about it."""

from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, deliver, progress, today_option
from riskmap.cli.main import EXIT_CLEAN, EXIT_FINDINGS

SEVERITIES = ("low", "medium", "high", "critical")


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text for people, json for programs (docs/json.md).",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write here instead.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Exit with 1 when an open finding is this severe or worse.",
)
@today_option
def command(
    model: Path, form: str, output: Path | None, fail_on: str | None, today: date | None
) -> int:
    """Find what can stop each function of MODEL, and say what to do about it.

    Exit code 0, or 1 with --fail-on, 2 when the model has problems, 3 when the output could not be
    written.
    """
    with progress() as show:
        show(f"reading {model}")
        read = api.load(model)
        show("assessing")
        assessment = api.assess(read, day_of(read, today))
    if form == "json":
        deliver(api.to_json(assessment), output)
    else:
        from riskmap.cli.assessment_text import print_assessment, text_of

        if output is None:
            print_assessment(assessment)
        else:
            deliver(text_of(assessment), output)
    if fail_on is not None:
        from riskmap.rules.verdict import Severity

        if assessment.open_at_least(Severity(fail_on)):
            return EXIT_FINDINGS
    return EXIT_CLEAN
