"""The course of one outage as a drawing of its own."""

from riskmap.assessment import Assessment
from riskmap.report.figures.outage import outage_timeline
from riskmap.report.view.board.outage import horizon_of, rows_of, title
from riskmap.report.view.context import Context, case_of
from riskmap.rules.results import Simulation


def draw_course(
    assessment: Assessment, simulation: Simulation, *, scenario: str | None = None
) -> str:
    """Draw the course of an outage as an SVG file with title and legend.

    Parameters
    ----------
    scenario : str, optional
        Id of the scenario that was simulated.
    """
    context = Context(assessment)
    named = {entry.id: entry for entry in assessment.model.scenarios}.get(scenario or "")
    case = case_of(assessment.results, simulation, named)
    rows = rows_of(context, case)
    heading = title(context, case) if case.fates else "No function loses anything"
    figure = outage_timeline(rows, horizon_hours=horizon_of(rows), title=heading)
    return figure.svg + "\n"
