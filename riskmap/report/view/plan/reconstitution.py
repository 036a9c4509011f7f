"""Reconstitution: back to normal, and the log of tests and of uses."""

from dataclasses import dataclass

from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.plan.subject import PlanContext

EMPTY_BACK = 4
EMPTY_TESTS = 12
"""Rows to fill in by hand."""
EVENT = (
    "Noticed, by which sign",
    "Decided, by whom",
    "Carried from, how much",
    "Back to normal",
    "What it cost",
    "What to change in this plan",
)
"""What to write down about a use of the plan (NIST SP 800-34, event documentation)."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One test or use of the plan."""

    day: str
    what: str
    took: str
    notes: str


@dataclass(frozen=True, slots=True)
class Reconstitution:
    """The way back and the log."""

    back: tuple[Cell, ...]
    event: tuple[str, ...]
    log: tuple[LogRow, ...]
    empty: int


def build(context: PlanContext) -> Reconstitution:
    """Return the section; a plan always has it, if only to be filled in."""
    plan, words = context.plan, context.words
    back: tuple[Cell, ...] = tuple(gap("") for _ in range(EMPTY_BACK))
    log: list[LogRow] = []
    if plan is not None:
        if plan.back_to_normal:
            back = tuple(Cell(step) for step in plan.back_to_normal)
        for test in sorted(plan.tests, key=lambda test: test.date):
            took = words.span(test.took.total_seconds()) if test.took is not None else ""
            log.append(LogRow(words.day(test.date), f"test, {test.result}", took, test.notes or ""))
    shown = tuple(log[-6:])
    return Reconstitution(back, EVENT, shown, EMPTY_TESTS - len(shown))
