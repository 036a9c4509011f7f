"""The criteria matrix: what standards ask for, and how much evidence of it the model holds."""

from dataclasses import replace

from riskmap.assessment.criteria import (
    SILENT,
    TITLES,
    Count,
    Criterion,
    Held,
    chosen,
    criteria_of,
    held,
)
from riskmap.language import tr
from riskmap.model import Standard
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, Mark, bad, fair, good
from riskmap.report.view.words import capital
from riskmap.rules.statement import count_word, join


def build(context: AuditContext) -> Part:
    """Return the section."""
    standards = chosen(context.assessment)
    blocks = [_block(context, standard) for standard in standards]
    return Part(
        tr("What the standards ask for, and what evidence there is"),
        tr(
            "Counted is evidence in the model, case by case; what somebody only assumed is no full"
            " evidence. “Found” says that there is evidence for every case and no finding against"
            " it, not that a requirement is met: that takes an auditor. Which standards are looked"
            " at is chosen in the policy (criteria); without a choice it is ISO 22301, and DORA"
            " where the law of the EU applies."
        ),
        tuple(blocks),
        fresh=True,
    )


def _block(context: AuditContext, standard: Standard) -> Block:
    rows = [_row(context, clause, criterion) for clause, criterion in criteria_of(standard)]
    heads = (
        (tr("Clause"), 10),
        (tr("What is asked for"), 31),
        (tr("Evidence in the model"), 32),
        (tr("So far"), 14),
        (tr("Findings"), 13),
    )
    table = grid(heads, rows, len(rows), tight=True)
    assert table is not None
    return Block(TITLES[standard], grid=replace(table, more=tr(SILENT[standard])))


def _row(context: AuditContext, clause: str, criterion: Criterion) -> tuple[Cell, ...]:
    found = criterion.count(context.assessment)
    silent = [rule for rule in criterion.rules if rule in context.assessment.left_out]
    note = tr("{rules} did not run", rules=join(silent)) if silent else ""
    numbers = context.numbered(criterion.rules)
    return (
        Cell(clause),
        Cell(tr(criterion.asks)),
        Cell(_evidence(criterion, found), note=note),
        Cell("", mark=_MARKS[held(context.assessment, criterion)]()),
        Cell(numbers or (tr("none") if criterion.rules else "")),
    )


def _evidence(criterion: Criterion, count: Count) -> str:
    """Say how many cases there are and how many show it."""
    if not count.total:
        return capital(tr(criterion.absent)) if criterion.absent else tr("Nothing to look at")
    text = tr(
        "{cases}: {met} of {total}",
        cases=tr(criterion.cases),
        met=count_word(count.met) if count.met else tr("none"),
        total=count_word(count.total),
    )
    if not count.assumed:
        return text
    if count.assumed == count.met:
        return tr("{evidence}, only assumed", evidence=text)
    return tr(
        "{evidence}, {count} of them only assumed", evidence=text, count=count_word(count.assumed)
    )


def _all() -> Mark:
    return good(tr("Found"))


def _some() -> Mark:
    return fair(tr("In part"))


def _none() -> Mark:
    return bad(tr("None found"))


def _nothing() -> Mark:
    return Mark("plain", "○", tr("Not judged"))


_MARKS = {Held.FOUND: _all, Held.PARTLY: _some, Held.NONE: _none, Held.NOTHING: _nothing}
