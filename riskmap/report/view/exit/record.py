"""The written exit plan: its steps, and the tests of it, stressed and unstressed."""

from dataclasses import dataclass

from riskmap.model import ExitTest, ExitTestKind, TestResult
from riskmap.report.view.exit.subject import ExitContext, owner_cell
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.words import capital, counted, shorten

EMPTY_STEPS, EMPTY_TESTS = 4, 2
"""Rows to fill in by hand."""
MOST_STEPS, MOST_TESTS = 20, 8


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step that somebody wrote."""

    number: str
    action: Cell
    who: Cell
    takes: Cell


@dataclass(frozen=True, slots=True)
class TestRow:
    """One test of leaving."""

    day: str
    kind: str
    result: str
    took: str
    notes: str


@dataclass(frozen=True, slots=True)
class Record:
    """Steps and tests."""

    title: str
    text: str
    steps: tuple[StepRow, ...]
    more: str
    tests_title: str
    tests: tuple[TestRow, ...]
    empty: int


def build(context: ExitContext) -> Record:
    """Return the section; what nobody wrote is a table to fill in."""
    written = context.plan.written
    rows: list[StepRow] = []
    for name, plan in written:
        for step in plan.steps:
            note = context.words.short(name, 60) if len(context.plan.members) > 1 else ""
            takes = gap("to be estimated")
            if step.takes is not None:
                takes = Cell(context.words.span(step.takes.total_seconds(), f"{name}.exit", name))
            who = owner_cell(step.owner or plan.owner)
            action = Cell(step.action, note=note)
            rows.append(StepRow(str(len(rows) + 1), action, who, takes))
    rest = len(rows) - MOST_STEPS
    if not rows:
        rows = [StepRow(str(n + 1), gap(""), gap(""), gap("")) for n in range(EMPTY_STEPS)]
    tests = sorted(
        ((test, name) for name, plan in written for test in plan.tests),
        key=lambda pair: (pair[0].date, pair[1]),
    )
    has_steps = any(plan.steps for _, plan in written)
    return Record(
        title="The steps that were written down" if has_steps else "No steps are written down yet",
        text="An unstressed exit is planned and orderly; a stressed one happens while the provider"
        " is failing or gone. A plan needs a test of each.",
        steps=tuple(rows[:MOST_STEPS]),
        more=f"{capital(counted(rest, 'further step'))} in the attached model." if rest > 0 else "",
        tests_title=_tests_title([test for test, _ in tests]),
        tests=tuple(_test(context, test, name) for test, name in tests[-MOST_TESTS:]),
        empty=EMPTY_TESTS,
    )


def _tests_title(tests: list[ExitTest]) -> str:
    passed = {test.kind for test in tests if test.result is TestResult.PASSED}
    if not tests:
        return "Leaving has never been tested"
    both = {ExitTestKind.STRESSED, ExitTestKind.UNSTRESSED} & passed
    if len(both) == 2:
        return "Both kinds of exit have passed a test"
    if not passed:
        return "No test of leaving has been passed"
    if ExitTestKind.STRESSED in passed:
        return "Only a stressed exit has passed a test"
    if ExitTestKind.UNSTRESSED in passed:
        return "Only an unstressed exit has passed a test"
    return "A test was passed, of which kind nobody stated"


def _test(context: ExitContext, test: ExitTest, name: str) -> TestRow:
    words = context.words
    took = "" if test.took is None else words.span(test.took.total_seconds())
    notes = shorten(test.notes or "", 160)
    if len(context.plan.members) > 1:
        notes = f"{words.short(name)}: {notes}" if notes else words.short(name)
    kind = str(test.kind) if test.kind else "kind not stated"
    return TestRow(words.day(test.date), kind, str(test.result), took, notes)
