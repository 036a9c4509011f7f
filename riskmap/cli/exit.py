"""``riskmap exit``: what leaving a service or a provider takes."""

from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, deliver_json, text_or_json, today_option


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.argument("subject", required=False, metavar="[SERVICE|PROVIDER]")
@text_or_json
@today_option
def command(model: Path, subject: str | None, form: str, today: date | None) -> None:
    """Show what leaving a SERVICE or a PROVIDER of MODEL takes, in time and money, and why.

    Without either, show how firmly every service that is bought holds us, and which choice locks in
    most.
    """
    read = api.load(model)
    assessment = api.assess(read, day_of(read, today))
    if subject is None:
        found = api.lock_in(assessment)
        if form == "json":
            from riskmap.assessment.exit_document import portfolio_document

            deliver_json(portfolio_document(found, read))
            return
        from riskmap.cli.lock_in_text import print_portfolio

        print_portfolio(assessment, found)
        return
    plan = api.exit_plan(assessment, subject)
    if form == "json":
        from riskmap.assessment.exit_document import exit_document

        deliver_json(exit_document(plan, read))
        return
    from riskmap.cli.exit_text import print_plan

    print_plan(assessment, plan)
