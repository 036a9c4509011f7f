"""The contracts: what the exit is held against, what to do under them, what to ask for."""

import math
from dataclasses import dataclass

from riskmap.model import Contract
from riskmap.report.view.exit.subject import ExitContext
from riskmap.report.view.parts import Callout, Cell, Mark, bad, fair, gap, good
from riskmap.report.view.words import NBSP, capital, counted, tie
from riskmap.rules.leaving.ground import DAY
from riskmap.rules.leaving.limits import Comparison, ContractStep, LimitKind
from riskmap.rules.leaving.wording import LIMITS
from riskmap.rules.statement import duration

HARD = (LimitKind.PROVIDER_NOTICE, LimitKind.REMAINING_TERM)
"""Limits that somebody else can make fall due."""
SHOWN = (*HARD, LimitKind.TOLERANCE)
"""Limits in the table: data has a section of its own, and our own notice binds only us."""
MOST = 12
"""Rows of each table."""


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit against what is needed."""

    what: Cell
    allows: Cell
    needed: Cell
    mark: Mark


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do under a contract."""

    contract: str
    action: str
    by: Cell


@dataclass(frozen=True, slots=True)
class Asked:
    """A clause to ask for, and the rule it follows."""

    subject: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What an exit must fit into, and what contracts should say."""

    title: str
    text: str
    rows: tuple[LimitRow, ...]
    more: str
    warning: Callout | None
    actions: tuple[Action, ...]
    clauses: tuple[Asked, ...]
    more_clauses: str


def build(context: ExitContext) -> Limits:
    """Return the section; without a contract it says that there is none."""
    plan = context.plan
    rows = tuple(_row(context, item) for item in plan.comparisons if item.kind in SHOWN)
    clauses = tuple(
        Asked(
            context.words.title(clause.subject),
            context.words.sentence(clause.text),
            clause.source.replace("Art. ", f"Art.{NBSP}"),
        )
        for clause in plan.clauses
    )
    return Limits(
        title=_title(context),
        text=_text(context),
        rows=rows[:MOST],
        more=_more(len(rows) - MOST, "further limit"),
        warning=_warning(context),
        actions=tuple(_action(context, step) for step in plan.contract_steps[:MOST]),
        clauses=clauses[:MOST],
        more_clauses=_more(len(clauses) - MOST, "further clause"),
    )


def _more(number: int, what: str) -> str:
    return f"{capital(counted(number, what))} in the output of riskmap exit." if number > 0 else ""


def hard_limits(context: ExitContext) -> tuple[Comparison, ...]:
    """Return the limits that somebody else can make fall due."""
    return tuple(item for item in context.plan.comparisons if item.kind in HARD)


def worst_limit(context: ExitContext) -> str | None:
    """Say by how much the move overruns the tightest such limit, None when it overruns none.

    Our own notice does not count: it plays no part when the other side ends the contract.
    """
    short = [item for item in hard_limits(context) if item.fits is False]
    if not short:
        return None
    tightest = max(short, key=lambda item: (item.short_by, item.subject))
    over = tie(duration(tightest.short_by))
    assert tightest.limit is not None
    timing = context.plan.timing
    subject = "the exit takes"
    if timing.move != timing.whole:
        subject = f"without our notice it takes {context.length(timing.move)},"
    if tightest.kind is LimitKind.REMAINING_TERM:
        return f"{subject} {over} longer than the contract still runs"
    notice = tie(duration(tightest.limit))
    return f"{subject} {over} longer than the {notice} of notice the provider owes us"


def in_time(context: ExitContext) -> bool:
    """Tell whether every contract says how soon it may end, and the exit fits."""
    found = hard_limits(context)
    uncovered = any(
        not context.ground.contracts((name,))
        for name in context.plan.members
        if context.ground.service(name).provider
    )
    return bool(found) and not uncovered and all(item.fits for item in found)


def _title(context: ExitContext) -> str:
    if not context.contracts:
        return "No contract in force says how we may leave"
    worst = worst_limit(context)
    if worst is not None:
        return capital(worst)
    if in_time(context):
        return "The exit fits into what the contracts allow"
    return "What the contracts say does not decide whether the exit fits"


def _text(context: ExitContext) -> str:
    if not context.contracts:
        return (
            "Without a contract nobody owes us notice, our data or help with the move, and the"
            " service may end from one day to the next."
        )
    return (
        "If the other side ends the contract, the clock is theirs: the exit must fit into their"
        " notice and into what is left of the term. Where a function bears less than the exit"
        " takes, leaving is no way out of an outage: a fallback has to carry it first."
    )


_FITS = {True: good("Fits"), False: bad("Too short"), None: fair("Not decided")}


def _row(context: ExitContext, item: Comparison) -> LimitRow:
    words = context.words
    field = {
        LimitKind.PROVIDER_NOTICE: "provider_notice",
        LimitKind.REMAINING_TERM: "ends",
        LimitKind.TOLERANCE: "mtd",
    }[item.kind]
    needed = gap("not known")
    if not item.needed.unknown:
        needed = Cell(context.length(item.needed), note="to move, our notice not counted")
    allows = gap("not stated")
    if item.limit is not None:
        allows = Cell(words.span(item.limit, f"{item.subject}.{field}", item.subject))
    return LimitRow(
        what=Cell(words.short(item.subject, 60), note=LIMITS[item.kind]),
        allows=allows,
        needed=needed,
        mark=fair("A fallback first") if _needs_fallback(item) else _FITS[item.fits],
    )


def _needs_fallback(item: Comparison) -> bool:
    """An exit is months where functions bear hours: it is too slow to be a way out of an outage."""
    return item.kind is LimitKind.TOLERANCE and item.fits is False


@dataclass(frozen=True, slots=True)
class Break:
    """A contract that notice given on the first day ends before all that it covers is out.

    Attributes
    ----------
    ends : int
        Day on which that notice runs out.
    out : int or None
        Day by whose end we are out at the earliest; None when nothing stated makes it later than
        the notice, and not everything is stated.
    """

    contract: Contract
    ends: int
    out: int | None


def breaks(context: ExitContext) -> tuple[Break, ...]:
    """Return every contract that may end before the last service it covers is out."""
    found = []
    for contract in context.contracts:
        covered = set(contract.covers) & set(context.plan.members)
        phases = [p for p in context.plan.timing.phases if p.subject in covered]
        out = max((p.end for p in phases), default=0.0)
        if contract.notice is None:
            continue
        notice = contract.notice.total_seconds()
        late = notice < out
        if late or not all(phase.stated for phase in phases):
            known = math.ceil(out / DAY) if late else None
            found.append(Break(contract, math.floor(notice / DAY), known))
    return tuple(found)


def _warning(context: ExitContext) -> Callout | None:
    lines = []
    for each in breaks(context):
        name, ends = context.words.name(each.contract.id), f"day{NBSP}{each.ends:,}"
        if each.out is None:
            lines.append(
                f"{name}: notice given on day{NBSP}0 runs out on {ends}, and when what it covers is"
                " out nobody can tell yet. Agree in writing that it runs on until then before"
                " giving notice."
            )
            continue
        lines.append(
            f"{name}: notice given on day{NBSP}0 runs out on {ends}, and what it covers is out on"
            f" day{NBSP}{each.out:,} at the earliest. Agree in writing that it runs on until then"
            f" before giving notice; else notice must not be given before"
            f" day{NBSP}{each.out - each.ends:,}, and whatever waits for it begins later than shown"
            " here."
        )
    if not lines:
        return None
    return Callout(fair("Order"), "Notice alone would end the service too soon", tuple(lines))


def _action(context: ExitContext, step: ContractStep) -> Action:
    words = context.words
    by = gap("day to be set")
    if step.by is not None and step.overdue:
        note = "the last day to end it with its term has passed"
        by = Cell(words.day(step.by), mark=bad("Missed"), note=note)
    elif step.by is not None:
        by = Cell(words.day(step.by), note="at the latest, to end it with its term")
    return Action(words.title(step.contract), words.sentence(step.action), by)
