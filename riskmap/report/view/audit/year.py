"""Year on year: what changed since an earlier assessment; a line where none was given."""

from collections.abc import Callable, Iterator

from riskmap.assessment.comparing import Change, Comparison, Decided, FindingChange, Tolerance
from riskmap.assessment.comparing.function_words import function_alone, function_sentence
from riskmap.assessment.comparing.words import (
    cautions,
    decision_sentence,
    difference,
    headline,
    plan_sentence,
    remark,
)
from riskmap.language import tr
from riskmap.report.view.audit.subject import AuditContext, rating
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, Mark, bad, fair, good
from riskmap.report.view.words import capital, shorten

MOST = 60
"""Rows of each table."""


def build(context: AuditContext) -> Part:
    """Return the section."""
    comparison = context.beside.since
    if comparison is None:
        return Part(tr("Year on year"), tr("There is no earlier assessment to compare with."))
    words = context.words
    since = tr(
        "Compared with the assessment of {day}. {headline}",
        day=words.day(comparison.old.today),
        headline=headline(comparison),
    )
    blocks = [Block(lines=tuple(cautions(comparison)))]
    blocks.extend(_functions(comparison))
    blocks.extend(_findings(context, comparison))
    blocks.extend(_plans(comparison))
    return Part(tr("Year on year"), since, tuple(blocks))


def _functions(comparison: Comparison) -> Iterator[Block]:
    rows = [
        (
            Cell(
                change.new.title, mark=_fares(change.tolerance, beyond=change.new.standing.beyond)
            ),
            Cell(f"{capital(function_sentence(comparison, change))}."),
        )
        for change in comparison.functions
    ]
    rows += [
        (
            Cell(state.title, mark=Mark("plain", "○", tr("New"))),
            Cell(f"{capital(function_alone(state))}."),
        )
        for state in comparison.functions_added
    ]
    rows += [
        (
            Cell(state.title, mark=Mark("plain", "○", tr("Gone"))),
            Cell(tr("No longer in the model.")),
        )
        for state in comparison.functions_removed
    ]
    heads = ((tr("Function"), 30), (tr("How it fares"), 70))
    if rows:
        yield Block(tr("Functions"), grid=grid(heads, rows, MOST, tight=True))


def _fares(tolerance: Tolerance, *, beyond: bool) -> Mark:
    if tolerance in {Tolerance.LOST, Tolerance.NO_LONGER_KNOWN}:
        return bad(tr("Worse"))
    if tolerance is Tolerance.GAINED:
        return good(tr("Better"))
    return bad(tr("Still beyond")) if beyond else fair(tr("Changed"))


def _findings(context: AuditContext, comparison: Comparison) -> Iterator[Block]:
    """Yield a table for each kind of change, what asks for attention first."""
    kinds: tuple[tuple[str, tuple[FindingChange, ...]], ...] = (
        (tr("New findings"), comparison.of(Change.NEW, Change.NEWLY_LOOKED_FOR)),
        (tr("Findings that got worse"), comparison.of(Change.WORSENED, Change.ALTERED)),
        (tr("Open again"), comparison.decided(Decided.EXPIRED, Decided.WITHDRAWN)),
        (tr("Decided on since"), comparison.decided(Decided.TAKEN)),
        (tr("Findings that got better"), comparison.of(Change.IMPROVED)),
        (tr("Resolved"), comparison.of(Change.RESOLVED)),
        (tr("No longer looked for"), comparison.of(Change.NO_LONGER_LOOKED_FOR)),
        (
            tr("As before"),
            tuple(f for f in comparison.of(Change.PERSISTING) if f.decided is Decided.UNCHANGED),
        ),
    )
    heads = ((tr("Finding"), 15), (tr("Condition"), 47), (tr("What is behind the change"), 38))
    for title, found in kinds:
        tell = decision_sentence if title in {tr("Open again"), tr("Decided on since")} else None
        rows = [_row(context, comparison, change, tell) for change in found]
        if rows:
            yield Block(title, grid=grid(heads, rows, MOST, tight=True))


def _row(
    context: AuditContext,
    comparison: Comparison,
    change: FindingChange,
    tell: Callable[[FindingChange], str] | None,
) -> tuple[Cell, ...]:
    state = change.state
    number = context.numbers.get(change.key)
    told = [difference(comparison, change), remark(comparison, change)]
    if tell is not None:
        told.insert(0, tell(change))
    said = capital("; ".join(part for part in told if part))
    return (
        Cell(f"{number} · {state.rule}" if number else state.rule, mark=rating(state.severity)),
        Cell(f"{shorten(state.summary, 200)}."),
        Cell(f"{said}." if said else ""),
    )


def _plans(comparison: Comparison) -> Iterator[Block]:
    rows = [
        (Cell(comparison.new.title(change.plan)), Cell(f"{capital(plan_sentence(change))}."))
        for change in comparison.plans
    ]
    heads = ((tr("Plan"), 35), (tr("What happened"), 65))
    if rows:
        yield Block(tr("Plans"), grid=grid(heads, rows, MOST, tight=True))
