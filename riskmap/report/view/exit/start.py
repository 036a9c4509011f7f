"""The first steps: what a project manager does before anything else, in order."""

from collections.abc import Iterator
from dataclasses import dataclass

from riskmap.report.view.exit.limits import breaks
from riskmap.report.view.exit.subject import ExitContext, owner_cell
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.words import NBSP, counted
from riskmap.rules.leaving.ground import DAY
from riskmap.rules.leaving.phases import Phase, PhaseKind
from riskmap.rules.statement import join

MOST = 4
"""Procurements and contracts told one by one."""


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing to do, who does it, and by when."""

    action: Cell
    who: Cell
    by: Cell


@dataclass(frozen=True, slots=True)
class Start:
    """What to do first."""

    title: str
    text: str
    steps: tuple[FirstStep, ...]


def build(context: ExitContext) -> Start:
    """Return the section."""
    return Start(
        title="Where to begin",
        text="In this order. A name, a day and a signature turn each line into a task.",
        steps=tuple(_steps(context)),
    )


def _steps(context: ExitContext) -> Iterator[FirstStep]:
    leader = owner_cell(context.leader)
    if not context.leader:
        yield FirstStep(Cell("Name who leads the exit, and a deputy"), leader, Cell("first"))
    gaps = context.plan.gaps
    if gaps:
        number = counted(len(gaps), "fact")
        action = Cell(
            f"Find out the {number} that nobody stated",
            note="the last table lists them, by whom to ask",
        )
        yield FirstStep(action, leader, Cell("before anything is signed"))
    yield from _alternatives(context)
    yield from _procurements(context)
    yield from _contracts(context)
    yield from _loosening(context)
    yield from _test(context)


def _alternatives(context: ExitContext) -> Iterator[FirstStep]:
    bare = [name for name in context.plan.members if not context.ground.facts(name).alternatives]
    if not bare:
        return
    action = Cell(f"Name at least one alternative for {context.words.names(bare, 3, 'service')}")
    owners = {context.ground.service(name).owner for name in bare}
    who = owners.pop() if len(owners) == 1 else None
    yield FirstStep(action, owner_cell(who), Cell("before procurement begins"))


def _procurements(context: ExitContext) -> Iterator[FirstStep]:
    kind = PhaseKind.PROCUREMENT
    phases = [p for p in context.plan.timing.phases if p.kind is kind and p.stated and p.length]
    phases.sort(key=lambda p: (not p.critical, -p.length, p.subject))
    for phase in phases[:MOST]:
        yield FirstStep(_procurement(context, phase), owner_cell(phase.owner), _end(phase))
    rest = len(phases) - MOST
    if rest > 0:
        action = Cell(f"Begin {counted(rest, 'further procurement')}, as the schedule says")
        yield FirstStep(action, owner_cell(context.leader), gap("day to be set"))


def _procurement(context: ExitContext, phase: Phase) -> Cell:
    alternatives = context.ground.facts(phase.subject).alternatives
    offers = f"; candidates: {join(alternatives[:3], last='or')}" if alternatives else ""
    note = "sets the time: every day it starts later is a day lost at the end"
    return Cell(
        f"Begin procurement of what replaces {context.words.name(phase.subject)}{offers}",
        note=note if phase.critical else "",
    )


def _end(phase: Phase) -> Cell:
    return Cell(f"begin on day{NBSP}0, done by day{NBSP}{phase.end / DAY:,.0f}")


def _contracts(context: ExitContext) -> Iterator[FirstStep]:
    plan, words = context.plan, context.words
    late = {each.contract.id: each for each in breaks(context)}
    for contract in context.contracts[:MOST]:
        if contract.notice is None:
            continue
        name, note = words.name(contract.id), ""
        what = f"Give {words.name(contract.provider)} notice under {name}"
        if contract.id in late:
            each = late[contract.id]
            until = "we are out" if each.out is None else f"day{NBSP}{each.out:,}"
            what = (
                f"Agree with {words.name(contract.provider)} in writing that {name} runs on until"
                f" {until}; then give notice"
            )
            before = "maybe before" if each.out is None else "before"
            note = f"else it ends on day{NBSP}{each.ends:,}, {before} we are out"
        yield FirstStep(Cell(what, note=note), owner_cell(contract.owner), Cell(f"day{NBSP}0"))
    if plan.clauses:
        number = counted(len(plan.clauses), "clause")
        action = Cell(f"Ask for the {number} listed further down")
        yield FirstStep(action, owner_cell(context.leader), Cell("before notice is given"))
    if not context.contracts:
        action = Cell("Get a contract that says how it ends, or the terms that hold instead")
        yield FirstStep(action, owner_cell(context.leader), Cell("before anything else is agreed"))


def _loosening(context: ExitContext) -> Iterator[FirstStep]:
    for found in context.plan.loosenings[:1]:
        names = context.words.names(found.left_behind, 2, "service")
        action = Cell(
            f"Decide whether to cut the ties to {names} first",
            note="what that costs and saves is told further down",
        )
        yield FirstStep(action, owner_cell(context.leader), Cell("before the build begins"))


def _test(context: ExitContext) -> Iterator[FirstStep]:
    if any(written.tests for _, written in context.plan.written):
        return
    action = Cell(
        "Walk through this plan at a table, once in order and once as if the provider had failed"
    )
    yield FirstStep(action, owner_cell(context.leader), gap("day to be set"))
