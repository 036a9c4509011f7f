"""The course of an outage on a terminal: moment by moment, then function by function."""

import math
from collections.abc import Iterator
from fractions import Fraction

from rich.table import Table
from rich.text import Text

from riskmap.analysis.outage import Ended
from riskmap.assessment import Assessment
from riskmap.cli.assessment_text import SIGNS
from riskmap.cli.common import console
from riskmap.rules.results import Simulation
from riskmap.rules.statement import duration, join, percent

ENDINGS = {
    Ended.REPAIRED: "no longer needs to carry",
    Ended.EXHAUSTED: "cannot be kept up any longer",
    Ended.FAILED: "stops, since something it needs is down",
}


def print_simulation(assessment: Assessment, simulation: Simulation, scenario: str | None) -> None:
    """Print the course of an outage for a person."""
    out, model = console(), assessment.model
    what = [
        f"{model.title(name)} fails for {duration(sum(end - start for start, end in times))}"
        if times and not math.isinf(times[-1][1])
        else f"{model.title(name)} fails with no known end"
        for name, times in simulation.failures.items()
    ]
    title = f"{model.title(scenario)}: {join(what)}" if scenario else join(what)
    out.print(Text(title, "bold"))
    out.print()
    if not simulation.impacts:
        out.print(Text("No function loses anything.", "green"))
    else:
        out.print(_moments(assessment, simulation))
        out.print()
        for name, impact in simulation.impacts.items():
            sign, colour = SIGNS[impact.verdict]
            mtd = assessment.results.functions[name].objectives.mtd
            limit = (
                f"it can bear {duration(mtd.total_seconds())}" if mtd else "no tolerance is stated"
            )
            stopped = (
                "stopped with no known end"
                if math.isinf(impact.stopped)
                else f"below its minimum for {duration(impact.stopped)}"
                if impact.stopped
                else "never below its minimum"
            )
            line = Text.assemble((f"{sign} ", colour), (model.title(name), "bold"))
            line.append(f": {stopped}; {limit}; at worst {percent(impact.lowest)} of it works")
            out.print(line)
    untouched = [
        function.title
        for function in assessment.functions
        if function.id not in simulation.impacts and function.id not in simulation.degraded
    ]
    if untouched:
        out.print(Text.assemble(("● ", "green"), f"untouched: {join(untouched)}"))
    if simulation.degraded:
        names = join([model.title(name) for name in simulation.degraded])
        out.print(Text.assemble(("◆ ", "yellow"), f"worse but not stopped: {names}"))


Moment = tuple[float, int, str]
"""Seconds from the beginning, order at the same time, and what happens."""


def _moments(assessment: Assessment, simulation: Simulation) -> Table:
    moments = [*_causes(assessment, simulation), *_effects(assessment, simulation)]
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, justify="right")
    table.add_column(overflow="fold")
    shown = ""
    for moment, _, text in sorted(dict.fromkeys(moments)):
        at = "at once" if not moment else f"after {duration(moment)}"
        table.add_row("" if at == shown else at, text)
        shown = at
    return table


def _causes(assessment: Assessment, simulation: Simulation) -> Iterator[Moment]:
    """What fails and is repaired, and which contingencies carry meanwhile."""
    model = assessment.model
    for name, times in simulation.failures.items():
        for start, end in times:
            yield start, 0, f"{model.title(name)} fails"
            if not math.isinf(end):
                yield end, 0, f"{model.title(name)} works again"
    for service in simulation.evolution.services:
        plan, node = model.title(service.standby), model.title(service.node)
        yield service.start, 1, f"“{plan}” begins to carry “{node}”"
        if not math.isinf(service.end):
            yield service.end, 1, f"“{plan}” {ENDINGS[service.ended]}"


def _effects(assessment: Assessment, simulation: Simulation) -> Iterator[Moment]:
    """How much of each function works, whenever that changes."""
    model = assessment.model
    for name in simulation.impacts:
        title, minimum = model.title(name), simulation.evolution.minimums[name]
        before = Fraction(1)
        for start, level in simulation.evolution.course(name).steps:
            if level == before:
                continue
            stopped = level == 0 or level < minimum
            state = "works in full again" if level == 1 else f"works at {percent(level)}"
            if stopped:
                state += f", below the {percent(minimum)} it needs" if level else ": it stops"
            yield start, 2, f"“{title}” {state}"
            before = level
