"""Plans: what each covers, whether it starts in time, and what tests have shown."""

from riskmap.assessment.criteria import tested
from riskmap.language import tr, trn
from riskmap.model import Contingency, newest_test
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Callout, Cell, Mark, bad, fair, good
from riskmap.rules.statement import count_word
from riskmap.rules.support import facts_of_plan
from riskmap.rules.verdict import tolerated

MOST = 40


def build(context: Context) -> Part:
    """Return the section; without plans it says so."""
    plans = context.model.contingencies
    if not plans:
        return Part(
            tr("No plan is written"),
            tr("The model holds no contingency: whatever fails, nothing is prepared."),
        )
    shown = sum(1 for plan in plans if tested(context.assessment, plan))
    title = trn(
        "The one plan {has} passed a test in time",
        "{shown} of {total} plans have passed a test in time",
        len(plans),
        has=tr("has") if shown else tr("has not"),
        shown=count_word(shown).capitalize() if shown else tr("None"),
        total=count_word(len(plans)),
    )
    heads = (
        (tr("Plan"), 26),
        (tr("Stands in for"), 22),
        (tr("Carries after / must within"), 20),
        (tr("Tests"), 18),
        (tr("Falls with"), 14),
    )
    rows = [_row(context, plan) for plan in plans]
    return Part(
        title,
        tr(
            "A plan counts at the times it states. It is tested when its newest test passed no"
            " longer than {age} ago.",
            age=context.words.span(context.assessment.policy.thresholds.test_age.total_seconds()),
        ),
        (Block(grid=grid(heads, rows, MOST)), *_unplanned(context)),
    )


def _row(context: Context, plan: Contingency) -> tuple[Cell, ...]:
    words, results = context.words, context.results
    served = results.served_functions(plan.id)
    limits = [tolerated(results.functions[name], "mtd") for name in served]
    limit = min((value for value in limits if value), default=0.0)
    lead = plan.lead
    after = (
        tr("never") if lead is None else words.span(lead.total_seconds(), *facts_of_plan(plan.id))
    )
    late = lead is None or (limit and lead.total_seconds() > limit)
    mark: Mark | None = bad(tr("Too late")) if late else good(tr("In time"))
    if not served:
        mark = None
    within = words.span(limit) if limit else tr("no tolerance stated")
    shared = sorted(set().union(*(results.shared_fate(plan.id, name) for name in served)))
    return (
        Cell(plan.title, note=plan.owner or plan.decides or ""),
        Cell("; ".join(words.short(name, 40) for name in plan.covers)),
        Cell(f"{after} / {within}", mark=mark),
        _tests(context, plan),
        Cell("; ".join(words.short(name, 40) for name in shared[:2]) or tr("nothing")),
    )


def _tests(context: Context, plan: Contingency) -> Cell:
    newest = newest_test(plan.tests, context.assessment.today)
    if newest is None:
        return Cell("", mark=bad(tr("Never tested")))
    day = context.words.day(newest.date)
    if tested(context.assessment, plan):
        return Cell("", mark=good(tr("Passed")), note=day)
    if str(newest.result) == "passed":
        return Cell("", mark=fair(tr("Too long ago")), note=day)
    return Cell("", mark=bad(tr("Not passed")), note=f"{newest.result}, {day}")


def _unplanned(context: Context) -> list[Block]:
    lines = []
    for function in context.functions:
        names = sorted(context.results.unplanned(function.id))
        hurt = [
            name
            for name in names
            if (impact := context.results.unaided.get((function.id, name))) is not None
            and impact.verdict.rank > 0
        ]
        if hurt:
            listed = context.words.names(hurt, 4, "element")
            name = context.words.name(function.id)
            lines.append(
                tr("{function}: nothing is planned for {names}.", function=name, names=listed)
            )
    if not lines:
        return []
    callout = Callout(bad(tr("No plan")), tr("What no plan helps against"), tuple(lines[:8]))
    return [Block(callout=callout)]
