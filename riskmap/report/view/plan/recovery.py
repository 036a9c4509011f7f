"""Recovery: the steps against the clock, the limits of the way round, the horizons."""

from dataclasses import dataclass

from riskmap.analysis.translation import effective_minimum
from riskmap.model import Contingency
from riskmap.report.view.horizons import Rung, ladder
from riskmap.report.view.parts import Cell, bad, gap
from riskmap.report.view.plan.subject import PlanContext
from riskmap.report.view.words import NBSP, capital, mark
from riskmap.rules.support import facts_of_plan

EMPTY_STEPS = 6
"""Rows to fill in where no step is written down."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of the table of steps.

    Attributes
    ----------
    kind : str
        ``wait`` for noticing and deciding, ``step``, or ``limit`` for the line at which what can
        be borne is used up.
    """

    kind: str
    number: str
    action: Cell
    owner: Cell
    takes: Cell
    clock: Cell
    needs: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """The steps and how far they carry."""

    title: str
    text: str
    rows: tuple[StepRow, ...]
    remark: str
    limits: tuple[Cell, ...]
    ladder_title: str
    rungs: tuple[Rung, ...]


def build(context: PlanContext) -> Recovery:
    """Return the section; without steps it is a table to fill in."""
    rows, remark = _rows(context)
    case = context.case
    rungs = ladder(context, case) if case is not None and case.fates else ()
    element = context.worst_case.element if context.worst_case else None
    return Recovery(
        title="The steps, against the clock",
        text="The clock runs from the start of the outage, not from when it was noticed.",
        rows=rows,
        remark=remark,
        limits=tuple(_limits(context)),
        ladder_title=(
            f"How far this carries, if {context.words.name(element)} fails" if element else ""
        ),
        rungs=rungs,
    )


def _rows(context: PlanContext) -> tuple[tuple[StepRow, ...], str]:
    plan = context.plan
    if plan is None:
        return tuple(_empty(number + 1) for number in range(EMPTY_STEPS)), ""
    rows: list[StepRow] = []
    clock: float | None = 0.0
    passed = False
    for label, value in (("Notice it", plan.detect), ("Decide", plan.decide)):
        before = clock
        clock = None if clock is None or value is None else clock + value.total_seconds()
        passed = _limit_row(context, rows, before, clock, passed)
        who = Cell(plan.decides) if label == "Decide" and plan.decides else gap("who?")
        takes = _span(context, value.total_seconds() if value is not None else None)
        rows.append(StepRow("wait", "", Cell(label), who, takes, _clock(context, clock), ""))
    total: float | None = 0.0
    for number, step in enumerate(plan.steps, start=1):
        before = clock
        length = step.takes.total_seconds() if step.takes is not None else None
        clock = None if clock is None or length is None else clock + length
        total = None if total is None or length is None else total + length
        passed = _limit_row(context, rows, before, clock, passed)
        needs = [context.words.title(name) for name in step.requires]
        owner = Cell(step.owner) if step.owner else gap("who?")
        if step.deputy:
            owner = Cell(owner.text, gap=owner.gap, note=f"deputy: {step.deputy}")
        takes = _span(context, length)
        rows.append(
            StepRow(
                "step",
                str(number),
                Cell(step.action),
                owner,
                takes,
                _clock(context, clock),
                "; ".join(needs),
            )
        )
    if not plan.steps:
        rows.extend(_empty(number + 1) for number in range(EMPTY_STEPS))
    return tuple(rows), _remark(context, plan, total)


def _limit_row(
    context: PlanContext,
    rows: list[StepRow],
    before: float | None,
    after: float | None,
    passed: bool,
) -> bool:
    """Draw the line at which what can be borne is used up, once."""
    limit = context.tolerance
    if passed or limit is None or before is None or after is None or after <= limit:
        return passed
    spoken = context.words.span(limit, *context.tolerance_facts)
    text = f"{spoken}: what can be borne ends before the next line is done"
    blank = Cell("")
    rows.append(
        StepRow("limit", "", Cell(text, mark=bad("Outside tolerance")), blank, blank, blank, "")
    )
    return True


def _empty(number: int) -> StepRow:
    return StepRow("step", str(number), gap(""), gap(""), gap(""), gap(""), "")


def _span(context: PlanContext, length: float | None) -> Cell:
    if length is None:
        return gap("?")
    assert context.plan is not None
    facts = (*facts_of_plan(context.plan.id), f"{context.plan.id}.steps")
    return Cell(context.words.span(length, *facts))


def _clock(context: PlanContext, clock: float | None) -> Cell:
    """Return the running total, with its mark once what can be borne is used up."""
    if clock is None:
        return gap("?")
    assert context.plan is not None
    facts = (*facts_of_plan(context.plan.id), f"{context.plan.id}.steps")
    cell = Cell(mark(on_the_clock(clock), context.words.assumed(*facts)))
    limit = context.tolerance
    if limit is None or clock <= limit:
        return cell
    return Cell(cell.text, mark=bad("late"))


def on_the_clock(seconds: float) -> str:
    """Write a moment of the outage, to the minute at first.

    >>> [on_the_clock(s).replace(NBSP, " ") for s in (1200, 8400, 10800, 360000)]
    ['20 min', '2 h 20 min', '3 h', '4 d 4 h']
    """
    minutes = round(seconds / 60)
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    if days >= 2:
        parts = [(days, "d"), (hours, "h")]
    else:
        parts = [(days * 24 + hours, "h"), (minutes, "min")]
    said = [f"{number}{NBSP}{unit}" for number, unit in parts if number]
    return NBSP.join(said) or f"0{NBSP}min"


def _remark(context: PlanContext, plan: Contingency, total: float | None) -> str:
    """Say where the steps and the stated time differ."""
    if total is None or plan.activate is None or not plan.steps:
        return ""
    stated = plan.activate.total_seconds()
    if abs(total - stated) < 60:
        return ""
    words, facts = context.words, facts_of_plan(plan.id)
    return (
        f"The steps add up to {words.span(total, *facts, f'{plan.id}.steps')}; the plan states"
        f" {words.span(stated, *facts)} for starting."
    )


def _limits(context: PlanContext) -> list[Cell]:
    """Return what the way round cannot do."""
    plan, words = context.plan, context.words
    if plan is None:
        return [
            gap("How much of the work will it carry?"),
            gap("For how long can it be kept up?"),
            gap("What will it do to clients and staff?"),
        ]
    found = [_capacity(context, plan)]
    if plan.sustains is None:
        found.append(gap("How long it can be kept up is not stated."))
    else:
        held = words.span(plan.sustains.total_seconds(), *facts_of_plan(plan.id))
        found.append(Cell(f"It can be kept up for {held}."))
    found.extend(Cell(capital(effect)) for effect in plan.side_effects)
    if plan.annual_cost is not None:
        cost = words.amount(plan.annual_cost, f"{plan.id}.annual_cost", plan.id)
        found.append(Cell(f"It costs {cost} a year to keep ready."))
    return found


def _capacity(context: PlanContext, plan: Contingency) -> Cell:
    words = context.words
    if plan.capacity is None:
        return gap("How much it carries is not stated.")
    facts = facts_of_plan(plan.id)
    text = f"It carries {words.share(plan.capacity, *facts)} of what it replaces"
    impact = context.worst_case
    if impact is None or impact.carried is None:
        return Cell(f"{text}.")
    function = context.results.functions[impact.function]
    minimum = effective_minimum(function)
    level = words.share(impact.carried, *facts, f"{function.id}.shares")
    text += f"; {words.name(function.id)} then works at {level}"
    if impact.carried < minimum:
        needed = words.share(minimum, f"{function.id}.minimum")
        return Cell(f"{text}, and needs {needed}.", mark=bad("Too little"))
    return Cell(f"{text}.")
