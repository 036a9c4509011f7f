"""``riskmap unknowns``: what to find out first."""

from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, deliver_json, text_or_json, today_option
from riskmap.cli.judging import policy_for, policy_option


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many facts to try; those that most findings rest on come first.",
)
@text_or_json
@policy_option
@today_option
def command(
    model: Path, most: int, form: str, policy_path: Path | None, today: date | None
) -> None:
    """Say which unknown or assumed facts of MODEL to find out first, and what hangs on each.

    Each fact is put at its worst and at its best in turn, and everything is computed anew. First
    come the facts that decide whether a function stays within what it can bear.
    """
    policy = policy_for(model, policy_path)
    read = api.load(model)
    assessment = api.assess(read, day_of(read, today), policy)
    found = api.unknowns(assessment, most)
    if form == "json":
        from riskmap.assessment.unknowns_document import unknowns_document

        document = unknowns_document(assessment, found)
        deliver_json(document)
        return
    from riskmap.cli.unknowns_text import print_unknowns

    print_unknowns(assessment, found)
