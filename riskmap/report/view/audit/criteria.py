"""The criteria matrix: what standards ask for, and how much evidence of it the model holds."""

from riskmap.assessment.criteria import TITLES, Criterion, Held, chosen, criteria_of
from riskmap.language import tr
from riskmap.model import Standard
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, Mark, bad, fair, good
from riskmap.rules.statement import count_word


def build(context: Context) -> Part:
    """Return the section."""
    blocks = [_block(context, standard) for standard in chosen(context.assessment)]
    return Part(
        tr("What the standards ask for, and what evidence there is"),
        tr(
            "Counted is evidence in the model, case by case. Found everywhere does not mean that a"
            " requirement is met; found nowhere means that an auditor would find nothing here."
        ),
        tuple(blocks),
        fresh=True,
    )


def _block(context: Context, standard: Standard) -> Block:
    rows = [_row(context, clause, criterion) for clause, criterion in criteria_of(standard)]
    heads = (
        (tr("Clause"), 9),
        (tr("What is asked for"), 36),
        (tr("Evidence in the model"), 25),
        (tr("So far"), 15),
        (tr("Findings"), 15),
    )
    return Block(TITLES[standard], grid=grid(heads, rows, len(rows), tight=True))


def _row(context: Context, clause: str, criterion: Criterion) -> tuple[Cell, ...]:
    count = criterion.count(context.assessment)
    one, many = criterion.cases
    evidence = tr("there is nothing to judge")
    if count.total:
        evidence = tr(
            "{met} of {total} {cases}",
            met=count_word(count.met) if count.met else tr("none"),
            total=count_word(count.total),
            cases=tr(one) if count.total == 1 else tr(many),
        )
    keys = [
        treated.finding.rule
        for treated in context.assessment.findings
        if treated.open and treated.finding.rule in criterion.rules
    ]
    named = sorted(set(keys))
    found = ", ".join(f"{rule} ({keys.count(rule)})" for rule in named) or tr("none open")
    mark = _MARKS[count.held]()
    return (
        Cell(clause),
        Cell(tr(criterion.asks)),
        Cell(evidence),
        Cell("", mark=mark),
        Cell(found),
    )


def _all() -> Mark:
    return good(tr("Found"))


def _some() -> Mark:
    return fair(tr("In part"))


def _none() -> Mark:
    return bad(tr("None found"))


def _nothing() -> Mark:
    return Mark("plain", "○", tr("No case"))


_MARKS = {Held.FOUND: _all, Held.PARTLY: _some, Held.NONE: _none, Held.NOTHING: _nothing}
