"""The dependency inventory: contracted, subcontracted, reached by no contract, our own."""

from collections import Counter
from datetime import date

from riskmap.assessment.criteria import harmful_points
from riskmap.language import tr, trn
from riskmap.model import Contract, Element, Function
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, bad, gap
from riskmap.report.view.words import capital
from riskmap.rules.accountability import Accountability
from riskmap.rules.statement import count_word, join

MOST = 60
NAMED = 2
"""Functions named in a row; more are counted."""


def build(context: AuditContext) -> Part | None:
    """Return the section, or None where nothing is depended on."""
    results = context.results
    elements = (e for e in context.model.elements() if e.id in results.needed)
    entries = [element for element in elements if not isinstance(element, Function)]
    if not entries:
        return None
    points = set(harmful_points(context.assessment))
    stands = results.accountability
    entries.sort(key=lambda e: (e.id not in points, -_rank(stands[e.id]), e.id))
    heads = (
        (tr("Dependency"), 26),
        (tr("Reached by"), 20),
        (tr("Ends; our notice"), 18),
        (tr("Functions that need it"), 22),
        (tr("Worst outage"), 14),
    )
    rows = [_row(context, entry, entry.id in points) for entry in entries]
    loose = sum(1 for e in entries if _rank(stands[e.id]) == _NONE)
    return Part(
        _title(len(entries), loose),
        tr(
            "{counts}. What alone would stop a function for too long without a plan comes first,"
            " marked ▲; then what no contract reaches. Rank 1 is a party to a contract of ours, and"
            " rank n its nth subcontractor (template B_05.02 of DORA's register).",
            counts=_counts([stands[e.id] for e in entries]),
        ),
        (Block(grid=grid(heads, rows, MOST, tight=True)),),
    )


_OWN, _NONE = 0, 99


def _rank(stands: Accountability) -> int:
    if stands.own:
        return _OWN
    return _NONE if stands.rank is None else stands.rank


def _counts(found: list[Accountability]) -> str:
    """Say how many there are of each kind."""
    kinds = Counter(_kind(stands) for stands in found)
    forms = (
        ("own", tr("run by ourselves")),
        ("direct", tr("under a contract of ours")),
        ("sub", tr("with a subcontractor")),
        ("none", tr("reached by no contract")),
        ("unknown", tr("whose operator nobody named")),
    )
    parts = [f"{count_word(kinds[kind])} {text}" for kind, text in forms if kinds[kind]]
    return capital(join(parts))


def _kind(stands: Accountability) -> str:
    if stands.own:
        return "own"
    if stands.rank is None:
        return "unknown" if stands.party is None else "none"
    return "direct" if stands.rank == 1 else "sub"


def _title(total: int, loose: int) -> str:
    if not loose:
        return trn(
            "The one dependency is our own or reached by a contract",
            "All {total} dependencies are our own or reached by a contract",
            total,
            total=count_word(total),
        )
    if loose == total:
        return trn(
            "No contract reaches the one dependency",
            "No contract reaches any of {total} dependencies",
            total,
            total=count_word(total),
        )
    return tr(
        "No contract reaches {loose} of {total} dependencies",
        loose=count_word(loose),
        total=count_word(total),
    )


def _row(context: AuditContext, entry: Element, point: bool) -> tuple[Cell, ...]:
    results, words = context.results, context.words
    stands = results.accountability[entry.id]
    users = [f.id for f in context.functions if entry.id in results.closures[f.id]]
    named = "; ".join(words.short(name, 32) for name in users[:NAMED])
    if len(users) > NAMED:
        named += " " + tr("and {count} more", count=count_word(len(users) - NAMED))
    worst = entry.outage.worst
    outage = gap(tr("no end known"))
    if not entry.fails_alone:
        outage = Cell(tr("does not fail by itself"))
    elif worst is not None:
        outage = Cell(words.span(worst.total_seconds(), f"{entry.id}.outage", entry.id))
    party = stands.party
    by = "" if party is None or party == entry.id else words.short(party)
    return (
        Cell(f"▲ {entry.title}" if point else entry.title, note=by),
        _contract(context, stands),
        _terms(context, stands),
        Cell(named),
        outage,
    )


def _contract(context: AuditContext, stands: Accountability) -> Cell:
    if stands.own:
        return Cell(tr("our own"))
    if stands.rank is None:
        note = tr("nobody is named who runs it") if stands.party is None else ""
        return Cell("", mark=bad(tr("No contract")), note=note)
    chain = " → ".join(context.words.short(name, 30) for name in stands.chain)
    return Cell(chain, note=tr("rank {rank}", rank=stands.rank))


def _terms(context: AuditContext, stands: Accountability) -> Cell:
    """Return when the contract that leads there ends, and how long before we must say so."""
    if not stands.chain:
        return Cell("")
    contract = context.model.entry(stands.chain[0])
    assert isinstance(contract, Contract)
    return terms_cell(context, contract, contract.ends)


def terms_cell(context: AuditContext, contract: Contract, ends: date | None) -> Cell:
    """Return the end of a contract and our notice, each where it is stated."""
    words = context.words
    notice = tr("no notice stated")
    if contract.notice is not None:
        facts = (f"{contract.id}.notice", contract.id)
        notice = tr("notice {length}", length=words.span(contract.notice.total_seconds(), *facts))
    return Cell(words.day(ends), note=notice) if ends else gap(tr("no end stated"), note=notice)
