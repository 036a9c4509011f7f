"""The business impact table: each function, what it can bear, and its worst single failure."""

from datetime import timedelta

from riskmap.language import tr
from riskmap.model import Function
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, bad, gap, good, mark_of
from riskmap.rules.verdict import loss_of, tolerated

MOST = 60


def build(context: Context) -> Part:
    """Return the section; every model has a function."""
    heads = (
        (tr("Function"), 22),
        (tr("Owner"), 13),
        (tr("Matters"), 10),
        (tr("Can be down / back within"), 15),
        (tr("A stop as long as can be borne costs"), 14),
        (tr("Worst single failure"), 26),
    )
    rows = [_row(context, function) for function in context.functions]
    return Part(
        tr("What must be kept going, and what would stop it"),
        tr(
            "Maximum tolerable downtime (MTD) and recovery time objective (RTO) as the business"
            " stated them, against the worst plausible outage of each single thing."
        ),
        (Block(grid=grid(heads, rows, MOST)),),
    )


def _row(context: Context, function: Function) -> tuple[Cell, ...]:
    words, goals = context.words, function.objectives
    matters = Cell(str(function.criticality)) if function.criticality else gap(tr("not stated"))
    mtd = words.tolerance(function)
    rto = _time(context, function, goals.rto, "rto")
    limits = f"{mtd or tr('not stated')} / {rto or tr('not stated')}"
    return (
        Cell(function.title),
        Cell(function.owner) if function.owner else gap(tr("nobody named")),
        matters,
        Cell(limits, gap=mtd is None and rto is None),
        _cost(context, function),
        _worst(context, function),
    )


def _time(context: Context, function: Function, length: timedelta | None, name: str) -> str | None:
    if length is None:
        return None
    return context.words.span(length.total_seconds(), f"{function.id}.{name}")


def _cost(context: Context, function: Function) -> Cell:
    limit = tolerated(function, "mtd")
    if not function.loss or not limit:
        return gap(tr("not stated"))
    amount = loss_of(function, ((0.0, limit),))
    return Cell(context.words.amount(amount, f"{function.id}.loss", f"{function.id}.mtd"))


def _worst(context: Context, function: Function) -> Cell:
    impact = context.worst(function.id)
    if not function.needs and not function.shares:
        return Cell("", mark=bad(tr("Not known")), note=tr("the model does not say what it needs"))
    if impact is None:
        return Cell("", mark=good(tr("None")), note=tr("no single failure stops it"))
    stated = tolerated(function, "mtd") > 0
    note = tr(
        "{element}: {length}",
        element=context.words.short(impact.element, 60),
        length=context.words.stop(impact),
    )
    return Cell("", mark=mark_of(impact, stated), note=note)
