"""``riskmap report``: a document to hold in the hand."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from riskmap import api
from riskmap.cli.common import day_of, progress, today_option
from riskmap.cli.judging import policy_for, policy_option
from riskmap.model import PLAIN, Brand

BRAND_NAME = "brand.yaml"
"""A file of this name beside the model holds without being named."""


def brand_option(command: Any) -> Any:
    """Add ``--brand`` to a command."""
    return click.option(
        "--brand",
        "brand_path",
        type=click.Path(path_type=Path),
        help=f"Name, logo, colour, classification. Default: {BRAND_NAME} beside the model.",
    )(command)


def output_option(command: Any) -> Any:
    """Add ``-o`` to a command that makes a report."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        required=True,
        help="FILE.pdf or FILE.html.",
    )(command)


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.option(
    "--profile",
    type=click.Choice(["board", "audit", "plan", "exit"]),
    default="board",
    show_default=True,
    help="board: for those who decide; audit: for those who check; plan: for those who act when"
    " something is lost; exit: for those who leave a service or a provider.",
)
@click.option(
    "--for",
    "subject",
    metavar="ID",
    help="For a plan: the contingency, or what is lost; default: what hurts most."
    " For an exit: the service or provider; default: what holds us most firmly.",
)
@output_option
@brand_option
@policy_option
@today_option
def command(
    model: Path,
    profile: str,
    subject: str | None,
    output: Path,
    brand_path: Path | None,
    policy_path: Path | None,
    today: date | None,
) -> None:
    """Render a report about MODEL as PDF or HTML."""
    brand = brand_for(model, brand_path)
    policy = policy_for(model, policy_path)
    with progress() as show:
        show(f"reading {model}")
        read = api.load(model)
        show("assessing")
        assessment = api.assess(read, day_of(read, today), policy)
        show(f"writing {output}")
        api.write_report(assessment, profile, output, subject=subject, brand=brand)
    click.echo(f"written: {output}", err=True)


def brand_for(model: Path, given: Path | None) -> Brand:
    """Return the brand named, else the one beside the model, else none."""
    if given is not None:
        return api.load_brand(given)
    beside = model.parent / BRAND_NAME
    return api.load_brand(beside) if beside.is_file() else PLAIN
