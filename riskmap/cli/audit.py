"""``riskmap audit``: the continuity audit, with what changed since last time."""

from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, progress, today_option
from riskmap.cli.judging import policy_for, policy_option
from riskmap.cli.report import brand_for, brand_option, output_option
from riskmap.cli.sides import side


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    help="Last year's model, the JSON of its assessment, or its report as PDF.",
)
@output_option
@brand_option
@policy_option
@today_option
def command(
    model: Path,
    since: Path | None,
    output: Path,
    brand_path: Path | None,
    policy_path: Path | None,
    today: date | None,
) -> None:
    """Write the continuity audit of MODEL, and what changed since last time.

    Which standards it is held against is in the policy (criteria).
    """
    brand = brand_for(model, brand_path)
    policy = policy_for(model, policy_path)
    with progress() as show:
        show(f"reading {model}")
        read = api.load(model)
        show("assessing")
        assessment = api.assess(read, day_of(read, today), policy)
        changes = None
        if since is not None:
            changes = api.compare(side(since, policy, None, show), assessment)
        show(f"writing {output}")
        api.write_report(assessment, "audit", output, brand=brand, since=changes)
    click.echo(f"written: {output}", err=True)
