"""``riskmap schema``: print the JSON Schema of the model language."""

import json

import click

from riskmap import api


@click.command()
def command() -> None:
    """Print the JSON Schema of the model language.

    Save it where your editor finds it, and it completes and checks a model while you type.
    """
    click.echo(json.dumps(api.schema(), indent=2, ensure_ascii=False))
