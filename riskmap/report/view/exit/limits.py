"""The contracts: what the exit is held against, what to do under them, what to ask for."""

from dataclasses import dataclass

from riskmap.model import Contract
from riskmap.report.view.exit.subject import ExitContext
from riskmap.report.view.parts import Callout, Cell, Mark, bad, fair, gap, good
from riskmap.report.view.words import NBSP, capital, counted, tie
from riskmap.rules.leaving.limits import Comparison, ContractStep, LimitKind
from riskmap.rules.leaving.wording import LIMITS
from riskmap.rules.statement import duration

HARD = (LimitKind.PROVIDER_NOTICE, LimitKind.REMAINING_TERM)
"""Limits that somebody else can make fall due."""
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
    compared = sorted(plan.comparisons, key=lambda item: item.kind is LimitKind.TOLERANCE)
    rows = tuple(_row(context, item) for item in compared if item.kind is not LimitKind.OUR_NOTICE)
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
    """Say by how much the exit overruns the tightest such limit, None when it overruns none."""
    short = [item for item in hard_limits(context) if item.fits is False]
    if not short:
        return None
    tightest = max(short, key=lambda item: (item.short_by, item.subject))
    over = tie(duration(tightest.short_by))
    assert tightest.limit is not None
    if tightest.kind is LimitKind.REMAINING_TERM:
        return f"{over} longer than the contract still runs"
    return f"{over} longer than the {tie(duration(tightest.limit))} of notice the provider owes us"


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
        return f"The exit takes {worst}"
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
        " notice, into what is left of the term and, for the data, into the time it can still be"
        " fetched."
    )


_FITS = {True: good("Fits"), False: bad("Too short"), None: fair("Not decided")}


def _row(context: ExitContext, item: Comparison) -> LimitRow:
    words = context.words
    field = {
        LimitKind.PROVIDER_NOTICE: "provider_notice",
        LimitKind.REMAINING_TERM: "ends",
        LimitKind.RETRIEVAL: "exit",
        LimitKind.TOLERANCE: "mtd",
    }[item.kind]
    what = "to fetch the data" if item.kind is LimitKind.RETRIEVAL else "to move"
    needed = gap("not known")
    if not item.needed.unknown:
        needed = Cell(context.length(item.needed), note=what)
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


def gaps_in_service(context: ExitContext) -> tuple[tuple[Contract, float, float], ...]:
    """Return contracts that would end before the last service they cover is out.

    Returns
    -------
    tuple of (Contract, float, float)
        With the day in seconds on which notice given at the start ends it, and the one on which we
        are out.
    """
    found = []
    for contract in context.contracts:
        covered = set(contract.covers) & set(context.plan.members)
        phases = [p for p in context.plan.timing.phases if p.subject in covered]
        out = max((p.end for p in phases), default=0.0)
        if contract.notice is not None and contract.notice.total_seconds() < out:
            found.append((contract, contract.notice.total_seconds(), out))
    return tuple(found)


def _warning(context: ExitContext) -> Callout | None:
    lines = []
    for contract, ends, out in gaps_in_service(context):
        day_ends, day_out = round(ends / 86400), round(out / 86400)
        lines.append(
            f"{context.words.name(contract.id)}: notice given on day{NBSP}0 runs out on"
            f" day{NBSP}{day_ends:,}, and what it covers is out on day{NBSP}{day_out:,} at the"
            f" earliest. Give notice on day{NBSP}{max(0, day_out - day_ends):,}, or agree in"
            " writing that the service runs on until then."
        )
    if not lines:
        return None
    return Callout(fair("Order"), "Do not give notice on the first day", tuple(lines))


def _action(context: ExitContext, step: ContractStep) -> Action:
    words = context.words
    by = gap("day to be set")
    if step.by is not None and step.overdue:
        note = "the last day to end it with its term has passed"
        by = Cell(words.day(step.by), mark=bad("Missed"), note=note)
    elif step.by is not None:
        by = Cell(words.day(step.by), note="at the latest, to end it with its term")
    return Action(words.title(step.contract), words.sentence(step.action), by)
