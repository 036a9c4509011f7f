"""Replayed incidents on a terminal."""

import math

from rich.text import Text

from riskmap.assessment import Assessment
from riskmap.cli.assessment_text import SIGNS
from riskmap.cli.common import console
from riskmap.rules.replay import Replayed
from riskmap.rules.statement import day, duration, join, percent
from riskmap.rules.verdict import Impact


def print_replay(assessment: Assessment, found: tuple[Replayed, ...]) -> None:
    """Print what happened, and what it would have done here."""
    out, model = console(), assessment.model
    if not found:
        out.print("No incident that ships with riskmap is about anything this model needs.")
        out.print("Only what is taken from the library can be recognised: riskmap library list.")
        return
    number = "One incident" if len(found) == 1 else f"{len(found)} incidents"
    touched = "has" if len(found) == 1 else "have"
    out.print(Text(f"{number} {touched} hit what {model.organisation} needs", "bold"))
    out.print("Each is told as for a customer who was hit in full; who was hit, stands beside it.")
    for item in found:
        incident = item.incident
        lasted = incident.lasted
        length = "never came back" if lasted is None else duration(lasted.total_seconds())
        out.print()
        out.print(Text.assemble((f"{day(incident.day)}  ", "dim"), (incident.title, "bold")))
        names = join([model.title(name) for name in item.elements])
        out.print(Text(f"  {names}: {length}. {incident.scope}."))
        for impact in item.impacts:
            out.print(_line(assessment, impact))
        if not item.impacts:
            out.print(Text("  ● no function would have lost anything", "green"))
        out.print(Text(f"  → {incident.lesson}"))
        out.print(Text(f"  {incident.sources[0].url}", "dim"))


def _line(assessment: Assessment, impact: Impact) -> Text:
    sign, colour = SIGNS[impact.verdict]
    title = assessment.model.title(impact.function)
    if math.isinf(impact.stopped):
        said = "would have stopped with no known end"
    elif impact.stopped:
        said = f"would have stopped for {duration(impact.stopped)}"
    else:
        said = f"would have worked at {percent(impact.lowest)}"
    mtd = assessment.results.functions[impact.function].objectives.mtd
    borne = f"it can bear {duration(mtd.total_seconds())}" if mtd else "no tolerance is stated"
    plans = sorted({assessment.model.title(service.standby) for service in impact.services})
    carried = f"; {join(plans)} would have carried" if plans else ""
    return Text.assemble((f"  {sign} ", colour), f"{title} {said}; {borne}{carried}")
