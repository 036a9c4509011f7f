"""``riskmap schema``: print the JSON Schema of the model language, or of the results."""

import json

import click

from riskmap import api


@click.command()
@click.option(
    "--assessment",
    "of_assessment",
    is_flag=True,
    help="The schema of what `riskmap assess --format json` prints, instead.",
)
def command(*, of_assessment: bool) -> None:
    """Print the JSON Schema of the model language.

    Save it where your editor finds it, and it completes and checks a model while you type.
    """
    found = api.assessment_schema() if of_assessment else api.schema()
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))
