"""``riskmap cutsets``: what stops a function together, of all orders."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskmap import api
from riskmap.cli.common import day_of, deliver_json, expiry, progress, text_or_json, today_option

if TYPE_CHECKING:
    from riskmap.rules.all_orders import CutSetAnswer


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.argument("function", required=False)
@click.option("--order", type=click.IntRange(min=1), help="Largest order to list.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=100,
    show_default=True,
    help="How many cut sets to list for each function.",
)
@click.option(
    "--reading",
    type=click.Choice(["inherent", "residual"]),
    default="inherent",
    show_default=True,
    help="inherent: automatic redundancy only; residual: a running contingency counts too.",
)
@click.option("--count", is_flag=True, help="Only count; list nothing.")
@click.option("--probability", is_flag=True, help="Show probabilities.")
@click.option("--importance", is_flag=True, help="Show how much each element matters.")
@click.option(
    "--approximations",
    is_flag=True,
    help="Add the rare-event sum and the min-cut upper bound that other tools give.",
)
@click.option(
    "--nodes",
    type=click.IntRange(min=100),
    help="Most nodes of one diagram; past it bounds and an estimate are given.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    help="Time for each function; past it bounds and an estimate are given. Default: no limit.",
)
@text_or_json
@today_option
def command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    model: Path,
    function: str | None,
    order: int | None,
    limit: int,
    reading: str,
    count: bool,
    probability: bool,
    importance: bool,
    approximations: bool,
    nodes: int | None,
    seconds: float | None,
    form: str,
    today: date | None,
) -> None:
    """List or count the minimal cut sets of MODEL, for one FUNCTION or for all.

    A minimal cut set is a smallest set of elements that stops the function when all of them fail.
    Those of order one are single points of failure.
    """
    from riskmap.analysis.limits import Limits
    from riskmap.rules.all_orders import Question, Reading

    limits = Limits(seconds=seconds)
    question = Question(
        reading=Reading(reading),
        most_order=order,
        most_listed=0 if count else limit,
        with_importance=importance,
        with_approximations=approximations,
        limits=limits if nodes is None else replace(limits, nodes=nodes),
    )
    answers: list[CutSetAnswer] = []
    with progress() as show:
        show(f"reading {model}")
        read = api.load(model)
        show("assessing")
        assessment = api.assess(read, day_of(read, today))
        wanted = [function] if function else list(assessment.results.structure.tops)
        for name in wanted:
            show(f"cut sets of {name}")
            timed = replace(question.limits, expired=expiry(seconds))
            answers.append(api.cut_sets(assessment, name, replace(question, limits=timed)))
    if form == "json":
        from riskmap.assessment.cut_set_document import cut_set_document

        documents = [cut_set_document(answer) for answer in answers]
        shown = documents[0] if function else documents
        deliver_json(shown)
        return
    from riskmap.cli.cutsets_text import print_answer

    for answer in answers:
        print_answer(
            assessment, answer, with_probability=probability or importance or approximations
        )
