"""The business impact table: each function, what it can bear, and its worst single failure."""

from datetime import timedelta

from riskmap.language import tr
from riskmap.model import Function
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, bad, gap, good, mark_of
from riskmap.rules.verdict import loss_of, tolerated

MOST = 60
A_DAY = 86400.0


def build(context: AuditContext) -> Part:
    """Return the section; every model has a function."""
    heads = (
        (tr("Function"), 18),
        (tr("MTD"), 11),
        (tr("RTO"), 11),
        (tr("RPO"), 12),
        (tr("Minimum"), 10),
        (tr("A stop costs"), 14),
        (tr("Worst single failure"), 24),
    )
    rows = [_row(context, function) for function in context.functions]
    return Part(
        tr("What must be kept going, and what would stop it"),
        tr(
            "What the business said it can bear (MTD, maximum tolerable downtime), aims for (RTO,"
            " RPO) and needs at least, against the worst plausible outage of each single thing. The"
            " one that matters most and fares worst comes first."
        ),
        (Block(grid=grid(heads, rows, MOST, tight=True)),),
    )


def _row(context: AuditContext, function: Function) -> tuple[Cell, ...]:
    goals = function.objectives
    matters = str(function.criticality) if function.criticality else tr("criticality not stated")
    owner = function.owner or tr("no owner named")
    return (
        Cell(function.title, note=tr("{matters}; {owner}", matters=tr(matters), owner=owner)),
        _time(context, function, goals.mtd, "mtd"),
        _time(context, function, goals.rto, "rto"),
        _time(context, function, goals.rpo, "rpo"),
        _minimum(context, function),
        _cost(context, function),
        _worst(context, function),
    )


def _time(context: AuditContext, function: Function, length: timedelta | None, name: str) -> Cell:
    if length is None:
        return gap(tr("not stated"))
    return Cell(context.words.span(length.total_seconds(), f"{function.id}.{name}"))


def _minimum(context: AuditContext, function: Function) -> Cell:
    least = function.objectives.minimum
    if least is None:
        return gap(tr("not stated"))
    return Cell(context.words.share(least, f"{function.id}.minimum"))


def _cost(context: AuditContext, function: Function) -> Cell:
    """Return what a stop of a day costs, and one as long as can be borne."""
    if not function.loss:
        return gap(tr("not stated"))
    fact, limit = f"{function.id}.loss", tolerated(function, "mtd")
    day = context.words.amount(loss_of(function, ((0.0, A_DAY),)), fact)
    note = ""
    if limit:
        spoken = context.words.amount(
            loss_of(function, ((0.0, limit),)), fact, f"{function.id}.mtd"
        )
        note = tr("{amount} until the MTD", amount=spoken)
    return Cell(tr("{amount} in 24 hours", amount=day), note=note)


def _worst(context: AuditContext, function: Function) -> Cell:
    impact = context.worst(function.id)
    if not function.needs and not function.shares:
        return Cell("", mark=bad(tr("Not known")), note=tr("the model does not say what it needs"))
    if impact is None:
        return Cell("", mark=good(tr("None")), note=tr("no single failure stops it"))
    stated = tolerated(function, "mtd") > 0
    note = tr(
        "{element}: {length}",
        element=context.words.short(impact.element, 60),
        length=context.words.stop(impact) if impact.stopped else tr("loses capacity only"),
    )
    return Cell("", mark=mark_of(impact, stated), note=note)
