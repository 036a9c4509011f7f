"""Plans: what each covers, whether it starts in time, which tests were held, what none covers."""

from collections.abc import Iterator
from datetime import date, timedelta

from riskmap.assessment.criteria import in_time, tested
from riskmap.language import tr, trn
from riskmap.model import Contingency, TestResult, newest_test
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Callout, Cell, Mark, bad, fair, good
from riskmap.report.view.words import capital
from riskmap.rules.statement import count_word
from riskmap.rules.support import facts_of_plan, harmful
from riskmap.rules.verdict import tolerated

MOST, TESTS, UNPLANNED = 40, 40, 8


def build(context: AuditContext) -> Part:
    """Return the section; without plans it says so."""
    plans = context.model.contingencies
    unplanned = tuple(_unplanned(context))
    if not plans:
        return Part(
            tr("No plan is written"),
            tr("The model holds no contingency: whatever fails, nothing is prepared."),
            unplanned,
        )
    heads = (
        (tr("Plan"), 24),
        (tr("Stands in for"), 21),
        (tr("Carries after"), 20),
        (tr("Newest test"), 19),
        (tr("Falls together with"), 16),
    )
    rows = [_row(context, plan) for plan in plans]
    return Part(
        _title(context),
        tr(
            "A plan counts at the times it states, tested or not; without times, as never there."
            " The policy asks for a passed test no longer than {age} ago.",
            age=context.words.span(context.assessment.policy.thresholds.test_age.total_seconds()),
        ),
        (Block(grid=grid(heads, rows, MOST, tight=True)), *_tests_held(context), *unplanned),
    )


def _title(context: AuditContext) -> str:
    plans = context.model.contingencies
    shown = sum(1 for plan in plans if tested(context.assessment, plan))
    if len(plans) == 1:
        if shown:
            return tr("The one plan has passed a test in time")
        return tr("The one plan has not passed a test in time")
    total = count_word(len(plans))
    if not shown:
        return tr("None of {total} plans has passed a test in time", total=total)
    return trn(
        "One of {total} plans has passed a test in time",
        "{shown} of {total} plans have passed a test in time",
        shown,
        shown=capital(count_word(shown)),
        total=total,
    )


def _row(context: AuditContext, plan: Contingency) -> tuple[Cell, ...]:
    words, results = context.words, context.results
    shared = sorted(
        {
            name
            for function in results.served_functions(plan.id)
            for name in results.shared_fate(plan.id, function)
        }
    )
    answers = plan.owner or plan.decides
    return (
        Cell(plan.title, note=answers or tr("nobody named")),
        Cell("; ".join(words.short(name, 40) for name in plan.covers)),
        _start(context, plan),
        _test(context, plan),
        Cell(words.names(shared, 2) if shared else tr("nothing known")),
    )


def _start(context: AuditContext, plan: Contingency) -> Cell:
    """Return from when it carries, against the tightest tolerance it serves."""
    words, results = context.words, context.results
    served = results.served_functions(plan.id)
    if not served:
        return Cell(tr("serves no function"))
    limits = [(tolerated(results.functions[name], "mtd"), name) for name in served]
    limit, tightest = min(limits)
    within = ""
    if limit:
        within = tr("tolerance {length}", length=words.span(limit, f"{tightest}.mtd"))
    if plan.lead is None:
        return Cell("", mark=bad(tr("Time not stated")), note=within)
    after = words.span(plan.lead.total_seconds(), *facts_of_plan(plan.id))
    if not limit:
        return Cell(after, mark=bad(tr("No tolerance stated")), note=words.short(tightest))
    if in_time(context.assessment, plan):
        return Cell(after, mark=good(tr("In time")), note=within)
    return Cell(after, mark=bad(tr("Too late")), note=within)


def _test(context: AuditContext, plan: Contingency) -> Cell:
    newest = newest_test(plan.tests, context.assessment.today)
    if newest is None:
        return Cell("", mark=bad(tr("Never tested")))
    day = context.words.day(newest.date)
    if newest.result is not TestResult.PASSED:
        return Cell("", mark=bad(tr("Not passed")), note=day)
    due = _due(context, newest.date)
    if due is None:
        return Cell("", mark=good(tr("Passed")), note=day)
    spoken = context.words.day(due)
    if tested(context.assessment, plan):
        note = tr("{day}; next by {due}", day=day, due=spoken)
        return Cell("", mark=good(tr("Passed")), note=note)
    note = tr("passed {day}; overdue since {due}", day=day, due=spoken)
    return Cell("", mark=fair(tr("Overdue")), note=note)


def _due(context: AuditContext, held: date) -> date | None:
    """Return the last day on which a test still counts, None where there is no such day."""
    age: timedelta = context.assessment.policy.thresholds.test_age
    try:
        return held + age
    except OverflowError:
        return None


def _tests_held(context: AuditContext) -> Iterator[Block]:
    """Yield the log of tests, the newest first."""
    words, today = context.words, context.assessment.today
    held = [
        (test.date, plan, test)
        for plan in context.model.contingencies
        for test in plan.tests
        if test.date <= today
    ]
    held.sort(key=lambda item: (-item[0].toordinal(), item[1].id))
    rows = [
        (
            Cell(words.day(day)),
            Cell(words.short(plan.id, 60)),
            Cell("", mark=_RESULTS[test.result]()),
            Cell(words.span(test.took.total_seconds()) if test.took else tr("not measured")),
            Cell(test.notes or ""),
        )
        for day, plan, test in held
    ]
    heads = (
        (tr("Day"), 16),
        (tr("Plan"), 26),
        (tr("Result"), 13),
        (tr("Took"), 14),
        (tr("What was learnt"), 31),
    )
    if rows:
        yield Block(tr("Tests held"), grid=grid(heads, rows, TESTS, tight=True))


def _passed() -> Mark:
    return good(tr("Passed"))


def _partial() -> Mark:
    return fair(tr("In part"))


def _failed() -> Mark:
    return bad(tr("Failed"))


_RESULTS = {TestResult.PASSED: _passed, TestResult.PARTIAL: _partial, TestResult.FAILED: _failed}


def _unplanned(context: AuditContext) -> Iterator[Block]:
    """Yield a box that names what no plan helps against, by function."""
    lines = []
    for function in context.functions:
        hurt = [
            name
            for name in sorted(context.results.unplanned(function.id))
            if (impact := context.results.unaided.get((function.id, name))) and harmful([impact])
        ]
        if hurt:
            listed = context.words.names(hurt, 4, "element")
            name = context.words.name(function.id)
            lines.append(
                tr("{function}: nothing is planned for {names}.", function=name, names=listed)
            )
    if len(lines) > UNPLANNED:
        rest = len(lines) - UNPLANNED
        last = trn("One more function.", "{count} more functions.", rest, count=count_word(rest))
        lines = [*lines[:UNPLANNED], capital(last)]
    if lines:
        yield Block(
            callout=Callout(bad(tr("No plan")), tr("What no plan helps against"), tuple(lines))
        )
