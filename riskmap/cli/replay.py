"""``riskmap replay``: what outages that happened would have done here."""

from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, deliver_json, text_or_json, today_option


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.option("--incident", metavar="ID", help="This incident only.")
@click.option(
    "--since", type=click.IntRange(1990, 2100), metavar="YEAR", help="Incidents from this year on."
)
@text_or_json
@today_option
def command(
    model: Path, incident: str | None, since: int | None, form: str, today: date | None
) -> None:
    """Run outages that happened through MODEL: what would have stopped, for how long.

    Only incidents about elements of the library that MODEL uses can touch it. An incident often
    hits a part of the customers only: what is shown is what it would do to one of those.
    """
    read = api.load(model)
    assessment = api.assess(read, day_of(read, today))
    found = api.replay(assessment, incident=incident, since=since)
    if form == "json":
        from riskmap.assessment.replay_document import replay_document

        deliver_json(replay_document(assessment, found))
        return
    from riskmap.cli.replay_text import print_replay

    print_replay(assessment, found)
