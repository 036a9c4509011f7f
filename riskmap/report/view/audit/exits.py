"""Lock-in: how firmly each service holds, what leaving takes, whether a plan was tried."""

from riskmap.language import tr, trn
from riskmap.model import newest_test
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, bad, fair, gap, good
from riskmap.rules.accountability import in_force
from riskmap.rules.leaving.portfolio import Row, portfolio_of
from riskmap.rules.statement import count_word

MOST = 25


def build(context: Context) -> Part | None:
    """Return the section, or None where nothing is bought."""
    rows = portfolio_of(context.results.leaving).rows
    if not rows:
        return None
    planned = sum(1 for row in rows if _plan(context, row) is not None)
    title = trn(
        "The one service that is bought {has} a written exit plan",
        "{planned} of {total} services that are bought have a written exit plan",
        len(rows),
        has=tr("has") if planned else tr("has not"),
        planned=count_word(planned).capitalize() if planned else tr("None"),
        total=count_word(len(rows)),
    )
    heads = (
        (tr("Service"), 24),
        (tr("Held (0 to 100)"), 12),
        (tr("Must leave together with"), 20),
        (tr("Time to move"), 14),
        (tr("Contract ends"), 14),
        (tr("Exit plan"), 16),
    )
    return Part(
        title,
        tr(
            "The score adds seven terms (portability, substitutes, contract, format, data,"
            " identity, skills); what nobody stated counts in full. See riskmap exit for the sums."
        ),
        (Block(grid=grid(heads, [_row(context, row) for row in rows], MOST, tight=True)),),
    )


def _plan(context: Context, row: Row) -> object | None:
    facts = context.results.leaving.facts(row.service)
    return facts.plan


def _row(context: Context, row: Row) -> tuple[Cell, ...]:
    words = context.words
    others = [name for name in row.members if name != row.service]
    move = gap(tr("not estimated"))
    if not row.move.unknown:
        spoken = words.span(row.move.seconds, *(f"{name}.exit" for name in row.members))
        move = Cell(tr("at least {length}", length=spoken) if row.move.open else spoken)
    unstated = len(row.score.unstated)
    score = Cell(
        f"{row.score.total:.0f}",
        note=trn("one term not stated", "{count} terms not stated", unstated, count=unstated)
        if unstated
        else "",
    )
    return (
        Cell(
            context.model.title(row.service), note=words.short(row.provider) if row.provider else ""
        ),
        score,
        Cell(words.names(others, 2, "service") if others else tr("nothing")),
        move,
        _ends(context, row),
        _written(context, row),
    )


def _ends(context: Context, row: Row) -> Cell:
    contracts = [
        contract
        for contract in context.model.contracts
        if row.service in contract.covers and in_force(contract, context.assessment.today)
    ]
    if not contracts:
        return Cell("", mark=bad(tr("No contract")))
    ends = [contract.ends for contract in contracts if contract.ends is not None]
    if not ends:
        return gap(tr("not stated"))
    return Cell(context.words.day(min(ends)))


def _written(context: Context, row: Row) -> Cell:
    plan = context.results.leaving.facts(row.service).plan
    if plan is None:
        return Cell("", mark=bad(tr("None")))
    newest = newest_test(plan.tests, context.assessment.today)
    if newest is None:
        return Cell("", mark=fair(tr("Never tried")))
    day = context.words.day(newest.date)
    if str(newest.result) == "passed":
        return Cell("", mark=good(tr("Tried")), note=day)
    return Cell("", mark=fair(tr("Not passed")), note=day)
