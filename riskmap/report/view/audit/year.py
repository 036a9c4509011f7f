"""Year on year: what changed since an earlier assessment; a line where none was given."""

from collections.abc import Callable, Iterator

from riskmap.assessment.comparing import Change, Comparison, Decided, FindingChange, Tolerance
from riskmap.assessment.comparing.fact_words import metric_label, metric_value, section_word
from riskmap.assessment.comparing.function_words import as_before as function_sentences
from riskmap.assessment.comparing.function_words import function_alone, function_sentence
from riskmap.assessment.comparing.snapshot import EntryState, Snapshot
from riskmap.assessment.comparing.words import (
    cautions,
    cover_sentence,
    decision_sentence,
    difference,
    headline,
    plan_sentence,
    remark,
)
from riskmap.language import tr, trn
from riskmap.report.view.audit.subject import AuditContext, rating
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, Mark, bad, fair, good
from riskmap.report.view.words import capital, shorten
from riskmap.rules.statement import count_word, join

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
    blocks.extend(_as_before(context, comparison))
    blocks.extend(_plans(comparison))
    blocks.extend(_model(comparison))
    blocks.extend(_figures(comparison))
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


def _as_before(context: AuditContext, comparison: Comparison) -> Iterator[Block]:
    """Yield the numbers of the findings that are as before, lest silence pass for safety."""
    same = [found for found in comparison.findings if not found.changed]
    numbers = sorted(context.numbers[f.key] for f in same if f.key in context.numbers)
    lines = list(function_sentences(comparison))
    if numbers:
        lines.append(
            trn(
                "One finding is as before: {numbers}.",
                "{count} findings are as before: {numbers}.",
                len(numbers),
                count=capital(count_word(len(numbers))),
                numbers=join(_runs(numbers)),
            )
        )
    if lines:
        yield Block(tr("As before"), lines=tuple(lines))


def _runs(numbers: list[int]) -> Iterator[str]:
    """Write numbers in order, those that follow each other as one run.

    >>> list(_runs([1, 2, 3, 5, 7, 8]))
    ['1 to 3', '5', '7', '8']
    """
    first = 0
    for at, number in enumerate(numbers):
        if at + 1 < len(numbers) and numbers[at + 1] == number + 1:
            continue
        run = numbers[first : at + 1]
        first = at + 1
        if len(run) > 2:
            yield tr("{first} to {last}", first=run[0], last=run[-1])
        else:
            yield from map(str, run)


def _model(comparison: Comparison) -> Iterator[Block]:
    """Yield what came into the model, left it, or is covered by other contracts."""
    changes = comparison.entries
    rows = [_entry(comparison.new, entry, tr("Added")) for entry in changes.added]
    rows += [_entry(comparison.old, entry, tr("Removed")) for entry in changes.removed]
    rows += [
        _entry(comparison.new, pair.after, tr("Renamed: was {name}", name=pair.before.id))
        for pair in changes.renamed
    ]
    rows += [
        _entry(
            comparison.new,
            comparison.new.entries[change.entry],
            capital(cover_sentence(comparison, change)),
        )
        for change in comparison.covers
    ]
    facts: dict[str, int] = {}
    for change in changes.facts:
        if change.entry in comparison.new.entries:
            facts[change.entry] = facts.get(change.entry, 0) + 1
    rows += [
        _entry(
            comparison.new,
            comparison.new.entries[name],
            trn("One fact restated", "{count} facts restated", number, count=count_word(number)),
        )
        for name, number in sorted(facts.items())
    ]
    heads = ((tr("Entry"), 45), (tr("What changed"), 55))
    if rows:
        text = tr("riskmap compare --details lists every fact.")
        yield Block(tr("The model"), text, grid(heads, rows, MOST, tight=True))


def _entry(names: Snapshot, entry: EntryState, said: str) -> tuple[Cell, ...]:
    return Cell(names.title(entry.id), note=section_word(entry.section)), Cell(capital(said))


def _figures(comparison: Comparison) -> Iterator[Block]:
    rows = [
        (
            Cell(metric_label(change.name)),
            Cell(metric_value(change.name, change.old)),
            Cell(metric_value(change.name, change.new)),
        )
        for change in comparison.metrics
    ]
    heads = ((tr("Figure"), 60), (tr("Before"), 20), (tr("Now"), 20))
    if rows:
        yield Block(tr("Figures"), grid=grid(heads, rows, MOST, tight=True))
