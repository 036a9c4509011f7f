"""``riskmap explain``: what a rule means, or everything about one entry of a model."""

from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, today_option
from riskmap.cli.judging import policy_for, policy_option


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="RULE | MODEL ID")
@policy_option
@today_option
def command(what: tuple[str, ...], policy_path: Path | None, today: date | None) -> None:
    """Explain a rule (RM101), or one entry of a model (model.yaml senderbase).

    For an entry: who needs it and by which paths, under whose contract, what happens when it fails,
    which contingencies help, and what was found about it.
    """
    if len(what) == 1:
        from riskmap.cli.rule_text import print_rule

        if Path(what[0]).suffix in (".yaml", ".yml"):
            raise click.UsageError(f"name an entry as well: riskmap explain {what[0]} ID")
        print_rule(api.rule(what[0]))
        return
    if len(what) > 2:
        raise click.UsageError("give a rule, or a model and one id")
    from riskmap.cli.entry_text import print_entry

    policy = policy_for(Path(what[0]), policy_path)
    model = api.load(what[0])
    print_entry(api.assess(model, day_of(model, today), policy), what[1])
