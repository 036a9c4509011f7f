"""``riskmap assess``: what can stop us, and what to do about it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from riskmap import api
from riskmap.cli.common import day_of, progress, today_option
from riskmap.cli.formats import chosen, format_option, present
from riskmap.cli.judging import adjusted, policy_for, policy_option, rule_options
from riskmap.cli.main import EXIT_CLEAN, EXIT_FINDINGS
from riskmap.model import Severity


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@format_option
@click.option("--details", is_flag=True, help="Text: every finding, by severity and rule.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write here instead.")
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in Severity]),
    help="Exit with 1 when an open finding is this severe or worse.",
)
@policy_option
@rule_options
@today_option
def command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    model: Path,
    form: str | None,
    details: bool,
    output: Path | None,
    fail_on: str | None,
    policy_path: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    today: date | None,
) -> int:
    """Find what can stop each function of MODEL, and say what to do about it.

    Exit code 0, or 1 when an open finding does not pass the gate of the policy or of --fail-on, 2
    when the model or the policy has problems, 3 when the output could not be written.
    """
    form = chosen(form, output)
    policy = adjusted(policy_for(model, policy_path), select, ignore, strict=strict)
    gate = policy.gate if fail_on is None else replace(policy.gate, severity=Severity(fail_on))
    with progress() as show:
        show(f"reading {model}")
        read = api.load(model)
        show("assessing")
        assessment = api.assess(read, day_of(read, today), policy)
    present(assessment, form, output, details=details)
    return EXIT_FINDINGS if assessment.gated(gate) else EXIT_CLEAN
