"""``riskmap compare``: what changed from one state of things to another."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskmap import api
from riskmap.cli.common import Day, console, deliver, progress, today_option
from riskmap.cli.judging import adjusted, policy_for, policy_option, rule_options
from riskmap.cli.main import EXIT_CLEAN, EXIT_FINDINGS
from riskmap.cli.sides import read_all, side
from riskmap.errors import OutputError
from riskmap.model import Severity

if TYPE_CHECKING:
    from riskmap.assessment.comparing import Comparison
    from riskmap.cli.sides import Side

_SUFFIXES = {
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".pdf": "report",
    ".html": "report",
}


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    help="text for people, json for programs, markdown for a comment (docs/compare.md). "
    "Default: what the ending of -o says, else text.",
)
@click.option("--details", is_flag=True, help="Text: every finding and every change.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write here instead.")
@click.option(
    "--fail-on-new",
    type=click.Choice([str(severity) for severity in Severity]),
    help="Exit with 1 when an open finding this severe or worse is new or got worse.",
)
@policy_option
@rule_options
@today_option
@click.option("--old-today", type=Day(), help="The same for OLD, where it differs.")
def command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    old: Path,
    new: Path,
    form: str | None,
    details: bool,
    output: Path | None,
    fail_on_new: str | None,
    policy_path: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    today: date | None,
    old_today: date | None,
) -> int:
    """Say what changed from OLD to NEW: findings, tolerance, the model, plans and figures.

    Each side is a model, the JSON of an assessment, or a report as PDF, which holds its assessment.
    Models are judged by one policy, that of NEW: a comparison is about the models.

    Exit code 0, or 1 when an open finding that is new or worse does not pass the gate of the policy
    or of --fail-on-new, 2 when a side cannot be read, 3 when the output could not be written.
    """
    form = form or _by_suffix(output)
    policy = adjusted(policy_for(new, policy_path), select, ignore, strict=strict)
    gate = policy.gate if fail_on_new is None else replace(policy.gate, new=Severity(fail_on_new))
    with progress() as show:
        before, after = read_all(
            [
                lambda: side(old, policy, old_today or today, show),
                lambda: side(new, policy, today, show),
            ]
        )
        show("comparing")
        comparison = api.compare(before, after)
    if form == "report":
        _report(after, comparison, output)
    else:
        _present(comparison, form, output, details=details)
    return EXIT_FINDINGS if comparison.gated(gate) else EXIT_CLEAN


def _by_suffix(output: Path | None) -> str:
    """Return the format that the ending of a file means.

    Raises
    ------
    click.UsageError
        When it promises what is not made here.
    """
    suffix = "" if output is None else output.suffix.lower()
    if suffix in {".htm", ".xlsx", ".csv", ".sarif", ".xml", ".yaml", ".yml"}:
        raise click.UsageError(
            f"a comparison is not written as {suffix}: name a .txt, .md, .json, .pdf or .html file."
        )
    return _SUFFIXES.get(suffix, "text")


def _report(after: "Side", comparison: "Comparison", output: Path | None) -> None:
    """Write a comparison as PDF or HTML.

    Raises
    ------
    OutputError
        When the newer side is no model: its text would be missing in the report.
    """
    from riskmap.assessment import Assessment

    if not isinstance(after, Assessment) or output is None:
        raise OutputError(
            "a report of changes is made from the newer model, and NEW is none",
            "name the model as NEW, or a .md file with -o",
        )
    api.write_report(after, "changes", output, since=comparison)
    click.echo(f"written: {output}", err=True)


def _present(comparison: "Comparison", form: str, output: Path | None, *, details: bool) -> None:
    """Print a comparison, or write it to a file in one step."""
    if form == "json":
        from riskmap.assessment.comparing.document import comparison_document
        from riskmap.assessment.document import json_text

        deliver(json_text(comparison_document(comparison)), output)
        return
    if form == "markdown":
        from riskmap.formats.comparison_markdown import write

        deliver(write(comparison), output)
        return
    from riskmap.cli.compare_text import parts, text_of

    if output is None:
        console().print(parts(comparison, details=details))
    else:
        deliver(text_of(comparison, details=details), output)
