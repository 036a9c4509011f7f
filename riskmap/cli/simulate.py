"""``riskmap simulate``: the course of one outage."""

import math
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskmap import api
from riskmap.cli.common import day_of, deliver, text_or_json, today_option

if TYPE_CHECKING:
    from riskmap.assessment import Assessment
    from riskmap.rules.results import Simulation


class FailureType(click.ParamType[tuple[str, float]]):
    """ELEMENT=DURATION, such as senderbase=5d; the duration may be unknown."""

    name = "element=duration"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        """Read one failure, or say how one is written."""
        from pydantic_core import PydanticCustomError

        from riskmap.loading.durations import parse_duration_or_unknown

        element, sign, length = value.partition("=")
        if not sign or not element:
            self.fail(f"{value!r} does not say how long; write senderbase=5d", param, ctx)
        try:
            parsed = parse_duration_or_unknown(length)
        except PydanticCustomError as error:
            context = error.context or {}
            self.fail(f"{context['text']}; {context['hint']}", param, ctx)
        seconds = math.inf if parsed is None else parsed.total_seconds()
        if not seconds:
            self.fail(f"{value!r} lasts no time at all", param, ctx)
        return element, seconds


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.option(
    "--fail",
    "failures",
    type=FailureType(),
    multiple=True,
    metavar="ID=DURATION",
    help="What fails, and for how long: senderbase=5d. May be given several times.",
)
@click.option("--scenario", metavar="ID", help="A scenario of the model instead.")
@text_or_json
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Draw the course: FILE.svg.")
@today_option
def command(
    model: Path,
    failures: tuple[tuple[str, float], ...],
    scenario: str | None,
    form: str,
    output: Path | None,
    today: date | None,
) -> None:
    """Show what happens, and when, if something in MODEL fails for a while."""
    if bool(failures) == bool(scenario):
        raise click.UsageError("say what fails: --fail ID=DURATION, or --scenario ID")
    if output is not None and output.suffix.lower() != ".svg":
        raise click.UsageError(f"{output}: the course is drawn as SVG; name a file ending in .svg")
    read = api.load(model)
    assessment = api.assess(read, day_of(read, today))
    given: dict[str, list[tuple[float, float]]] = {}
    for element, seconds in failures:
        given.setdefault(element, []).append((0.0, seconds))
    simulation = api.simulate(assessment, given, scenario=scenario)
    if output is not None:
        from riskmap.report.course import draw_course

        deliver(draw_course(assessment, simulation, scenario=scenario), output)
    if form == "json":
        deliver(_json(simulation), None)
    else:
        _print(assessment, simulation, scenario)


def _json(simulation: "Simulation") -> str:
    from riskmap.assessment.document import json_text, simulation_document

    return json_text(simulation_document(simulation))


def _print(assessment: "Assessment", simulation: "Simulation", scenario: str | None) -> None:
    from riskmap.cli.simulation_text import print_simulation

    print_simulation(assessment, simulation, scenario)
