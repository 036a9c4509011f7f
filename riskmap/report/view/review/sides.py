"""Today and every proposal side by side: figures, and each function."""

from riskmap.assessment import Assessment
from riskmap.assessment.comparing.fact_words import metric_label, metric_value
from riskmap.assessment.metrics import metrics
from riskmap.language import tr
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, Mark, good, mark_of
from riskmap.report.view.review.recommendation import mark_of_recommendation, review_of
from riskmap.report.view.words import Words
from riskmap.rules.statement import money
from riskmap.rules.verdict import tolerated

SHOWN = (
    "functions_beyond_tolerance",
    "single_points",
    "single_points_with_plans",
    "double_points_with_plans",
    "open_critical",
    "open_high",
    "uncontracted",
    "spend_index",
    "function_index",
    "lowest_promise_share",
    "assumptions",
)
MOST = 30


def build(context: Context) -> Part:
    """Return the section."""
    review = review_of(context)
    sides = [(tr("Today"), review.today)]
    sides += [(proposal.name, proposal.assessment) for proposal in review.proposals]
    width = 60 // len(sides)
    heads = ((tr("Figure"), 40), *((name, width) for name, _ in sides))
    values = [metrics(assessment) for _, assessment in sides]
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(tr("Recommendation")),
            Cell("", mark=Mark("plain", "○", tr("As it is"))),
            *(Cell("", mark=mark_of_recommendation(p.recommendation)) for p in review.proposals),
        )
    ]
    rows += [
        (Cell(metric_label(name)), *(Cell(metric_value(name, side[name])) for side in values))
        for name in SHOWN
    ]
    rows.append((Cell(tr("Contracts, cost a year")), *(Cell(_cost(a)) for _, a in sides)))
    return Part(
        tr("Before and after"),
        blocks=(
            Block(grid=grid(heads, rows, MOST, tight=True)),
            Block(
                tr("Each function: its worst single failure"),
                grid=grid(
                    ((tr("Function"), 40), *((name, width) for name, _ in sides)),
                    _functions([assessment for _, assessment in sides]),
                    MOST,
                    tight=True,
                ),
            ),
        ),
    )


def _cost(assessment: Assessment) -> str:
    costs = [contract.annual_cost for contract in assessment.model.contracts]
    stated = [cost for cost in costs if cost is not None]
    total = money(sum(stated), assessment.model.currency)
    if len(stated) == len(costs):
        return total if costs else tr("no contract")
    return tr("at least {amount}", amount=total) if stated else tr("not stated")


def _functions(sides: list[Assessment]) -> list[tuple[Cell, ...]]:
    names = dict.fromkeys(f.id for assessment in sides for f in assessment.functions)
    rows = []
    for name in names:
        first = next(a for a in sides if name in a.results.functions)
        rows.append((Cell(first.model.title(name)), *(_function(a, name) for a in sides)))
    return rows


def _function(assessment: Assessment, name: str) -> Cell:
    function = assessment.results.functions.get(name)
    if function is None:
        return Cell(tr("not in it"))
    if not function.needs and not function.shares:
        return Cell(tr("not known"))
    impact = assessment.worst_impacts[name]
    if impact is None:
        return Cell("", mark=good(tr("No single failure stops it")))
    words = Words(assessment)
    stated = tolerated(function, "mtd") > 0
    text = tr("{length}: {element}", length=words.stop(impact), element=words.short(impact.element))
    return Cell("", mark=mark_of(impact, stated), note=text)
