"""The dependency inventory: contracted, subcontracted, reached by no contract, our own."""

from riskmap.assessment.criteria import harmful_points
from riskmap.language import tr, trn
from riskmap.model import Element, Function
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, bad, gap
from riskmap.rules.accountability import Accountability
from riskmap.rules.statement import count_word

MOST = 60


def build(context: Context) -> Part | None:
    """Return the section, or None where nothing is depended on."""
    results = context.results
    used = frozenset[str]().union(*results.closures.values())
    entries = [e for e in context.model.elements() if not isinstance(e, Function) and e.id in used]
    if not entries:
        return None
    points = set(harmful_points(context.assessment))
    entries.sort(key=lambda e: (e.id not in points, _rank(results.accountability[e.id]), e.id))
    heads = (
        (tr("Dependency"), 30),
        (tr("Run by"), 18),
        (tr("Contract"), 22),
        (tr("Functions"), 10),
        (tr("Worst outage"), 20),
    )
    rows = [_row(context, entry, entry.id in points) for entry in entries]
    loose = sum(1 for e in entries if _rank(results.accountability[e.id]) == _NONE)
    return Part(
        _title(len(entries), loose),
        tr(
            "Everything a function needs, at any depth; what alone stops a function for too long"
            " comes first, marked ▲. Rank 1 is a party to a contract of ours, rank n its nth"
            " subcontractor (as in template B_05.02 of DORA's register)."
        ),
        (Block(grid=grid(heads, rows, MOST, tight=True)),),
    )


_OWN, _NONE = 0, 99


def _rank(stands: Accountability) -> int:
    if stands.own:
        return _OWN
    return _NONE if stands.rank is None else stands.rank


def _title(total: int, loose: int) -> str:
    if not loose:
        return trn(
            "The one dependency is our own or reached by a contract",
            "All {total} dependencies are our own or reached by a contract",
            total,
            total=count_word(total),
        )
    return trn(
        "No contract reaches one of {total} dependencies",
        "No contract reaches {loose} of {total} dependencies",
        loose,
        loose=count_word(loose),
        total=count_word(total),
    )


def _row(context: Context, entry: Element, point: bool) -> tuple[Cell, ...]:
    results, words = context.results, context.words
    stands = results.accountability[entry.id]
    users = sum(1 for needed in results.closures.values() if entry.id in needed)
    worst = entry.outage.worst
    outage = gap(tr("no end known"))
    if not entry.fails_alone:
        outage = Cell(tr("does not fail by itself"))
    elif worst is not None:
        outage = Cell(words.span(worst.total_seconds(), f"{entry.id}.outage", entry.id))
    by = tr("ourselves") if stands.own else words.short(stands.party) if stands.party else ""
    return (
        Cell(f"▲ {entry.title}" if point else entry.title),
        Cell(by) if by else gap(tr("not stated")),
        _contract(context, stands),
        Cell(str(users)),
        outage,
    )


def _contract(context: Context, stands: Accountability) -> Cell:
    if stands.own:
        return Cell(tr("ours"))
    if stands.rank is None:
        return Cell("", mark=bad(tr("None")))
    chain = " → ".join(context.words.short(name, 30) for name in stands.chain)
    return Cell(chain, note=tr("rank {rank}", rank=stands.rank))
