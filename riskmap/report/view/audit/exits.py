"""Lock-in: how firmly each service holds, what leaving takes, whether a plan was tried."""

from riskmap.language import tr, trn
from riskmap.model import Contract, TestResult, newest_test
from riskmap.report.view.audit.inventory import terms_cell
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, bad, fair, gap, good
from riskmap.report.view.words import capital
from riskmap.rules.accountability import in_force
from riskmap.rules.leaving.portfolio import Row, portfolio_of
from riskmap.rules.leaving.scoring import Term
from riskmap.rules.statement import count_word

MOST, SCORED = 30, 15

_TERMS = {
    Term.FACETS: "Parts to be made anew",
    Term.SUBSTITUTABILITY: "Hard to replace",
    Term.CONTRACT: "Contract",
    Term.FORMAT: "Format",
    Term.DATA: "Data",
    Term.IDENTITY: "Accounts",
    Term.SKILLS: "Skills",
}


def build(context: AuditContext) -> Part | None:
    """Return the section, or None where nothing is bought."""
    rows = portfolio_of(context.results.leaving).rows
    if not rows:
        return None
    heads = (
        (tr("Service"), 22),
        (tr("Held"), 8),
        (tr("Must leave together with"), 19),
        (tr("Leaving takes"), 18),
        (tr("Contract ends; our notice"), 17),
        (tr("Exit plan"), 16),
    )
    shown = [_row(context, row) for row in rows]
    return Part(
        _title(context, rows),
        tr(
            "Held runs from 0 (free) to 100 (held in full); what nobody stated about a service"
            " counts in full. Whoever is tied by licence, identity or data leaves together."
        ),
        (Block(grid=grid(heads, shown, MOST, tight=True)), *_scores(context, rows)),
    )


def _title(context: AuditContext, rows: tuple[Row, ...]) -> str:
    planned = sum(1 for row in rows if context.results.leaving.facts(row.service).plan is not None)
    if len(rows) == 1:
        if planned:
            return tr("The one service that is bought has a written exit plan")
        return tr("The one service that is bought has no written exit plan")
    total = count_word(len(rows))
    if not planned:
        return tr("None of {total} services that are bought has a written exit plan", total=total)
    return trn(
        "One of {total} services that are bought has a written exit plan",
        "{planned} of {total} services that are bought have a written exit plan",
        planned,
        planned=capital(count_word(planned)),
        total=total,
    )


def _row(context: AuditContext, row: Row) -> tuple[Cell, ...]:
    words = context.words
    others = [name for name in row.members if name != row.service]
    held = (
        tr("held by {names}", names=words.names(row.holders, 2, "service")) if row.holders else ""
    )
    return (
        Cell(context.model.title(row.service), note=words.short(row.provider)),
        Cell(f"{row.score.total:.0f}"),
        Cell(words.names(others, 2, "service") if others else tr("nothing"), note=held),
        _leaving(context, row),
        _ends(context, row),
        _written(context, row),
    )


def _leaving(context: AuditContext, row: Row) -> Cell:
    """Return the time and the cost of leaving, each a least where a part is not stated."""
    words = context.words
    facts = [f"{name}.exit" for name in row.members]
    cost = tr("cost not estimated")
    if not row.cost.unknown:
        spoken = words.amount(row.cost.likely, *facts)
        cost = tr("at least {amount}", amount=spoken) if row.cost.open else spoken
    if row.move.unknown:
        return gap(tr("time not estimated"), note=cost)
    spoken = words.span(row.move.seconds, *facts)
    return Cell(tr("at least {length}", length=spoken) if row.move.open else spoken, note=cost)


def _covering(context: AuditContext, service: str) -> list[Contract]:
    return [
        contract
        for contract in context.model.contracts
        if service in contract.covers and in_force(contract, context.assessment.today)
    ]


def _ends(context: AuditContext, row: Row) -> Cell:
    """Return the end of the contract that ends first; one without an end ends last."""
    contracts = _covering(context, row.service)
    if not contracts:
        return Cell("", mark=bad(tr("No contract")))
    first = min(contracts, key=lambda c: (c.ends is None, c.ends or context.assessment.today, c.id))
    return terms_cell(context, first, first.ends)


def _written(context: AuditContext, row: Row) -> Cell:
    plan = context.results.leaving.facts(row.service).plan
    if plan is None:
        return Cell("", mark=bad(tr("None")))
    newest = newest_test(plan.tests, context.assessment.today)
    if newest is None:
        return Cell("", mark=fair(tr("Never tested")))
    day = context.words.day(newest.date)
    if newest.result is TestResult.PASSED:
        return Cell("", mark=good(tr("Passed")), note=day)
    return Cell("", mark=fair(tr("Not passed")), note=day)


def _scores(context: AuditContext, rows: tuple[Row, ...]) -> list[Block]:
    """Return what each score is made of, for those about which anything is stated."""
    told = [row for row in rows if len(row.score.unstated) < len(Term)]
    bare = len(rows) - len(told)
    text = tr(
        "Points out of the most that each term can add; “?” marks what is not stated in full."
    )
    if bare:
        text += " " + trn(
            "Of one service nothing of this is stated.",
            "Of {count} services nothing of this is stated.",
            bare,
            count=count_word(bare),
        )
    heads = ((tr("Service"), 23), *((tr(_TERMS[term]), 11) for term in Term))
    table = [
        (
            Cell(context.words.short(row.service, 60)),
            *(
                Cell(f"{term.points:.0f} / {term.weight}{'' if term.stated else ' ?'}")
                for term in row.score.terms
            ),
        )
        for row in told
    ]
    if not table:
        return []
    return [Block(tr("What each hold is made of"), text, grid(heads, table, SCORED, tight=True))]
