"""Year on year: what changed since an earlier assessment; in a line where there is none."""

from collections.abc import Callable, Mapping

from riskmap.assessment.comparing import Change, Comparison, Decided, FindingChange, Tolerance
from riskmap.assessment.comparing.fact_words import metric_label, metric_value
from riskmap.assessment.comparing.function_words import function_sentence
from riskmap.assessment.comparing.words import cautions, difference, headline, plan_sentence
from riskmap.language import tr
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Callout, Cell, Mark, bad, fair, good
from riskmap.report.view.words import capital, shorten
from riskmap.rules.statement import mention

MOST = 40


def build(context: Context) -> Part:
    """Return the section."""
    since = context.beside.since
    if since is None:
        return Part(
            tr("Year on year"),
            tr(
                "No earlier assessment was given to compare with: riskmap audit MODEL --since LAST"
                " takes last year's model, JSON or PDF."
            ),
        )
    return Part(
        tr("What changed since {day}", day=context.words.day(since.old.today)),
        headline(since),
        tuple(blocks(context, since)),
        fresh=True,
    )


def blocks(context: Context, since: Comparison) -> list[Block]:
    """Return what changed: functions, findings, plans, figures."""
    del context
    found = []
    notes = tuple(cautions(since))
    if notes:
        mark = fair(tr("Note"))
        found.append(Block(callout=Callout(mark, tr("Before comparing"), notes)))
    found.extend(block for block in (_functions(since), _findings(since)) if block)
    plans = [
        (Cell(mention(change.plan, since.new)), Cell(f"{capital(plan_sentence(change))}."))
        for change in since.plans
    ]
    table = grid(((tr("Plan"), 36), (tr("Tests since"), 64)), plans, MOST, tight=True)
    if table:
        found.append(Block(tr("Plans tested, and tests that are too old now"), grid=table))
    figures = [
        (
            Cell(metric_label(change.name)),
            Cell(metric_value(change.name, change.old)),
            Cell(metric_value(change.name, change.new)),
        )
        for change in since.metrics
    ]
    heads = ((tr("Figure"), 56), (tr("Before"), 22), (tr("Now"), 22))
    table = grid(heads, figures, MOST, tight=True)
    if table:
        found.append(Block(tr("Figures"), grid=table))
    return found


_TOLERANCE: Mapping[Tolerance, Callable[[], Mark]] = {
    Tolerance.LOST: lambda: bad(tr("Lost")),
    Tolerance.NO_LONGER_KNOWN: lambda: bad(tr("No longer known")),
    Tolerance.NOW_KNOWN: lambda: fair(tr("Now known")),
    Tolerance.KEPT: lambda: Mark("plain", "○", tr("As before")),
    Tolerance.GAINED: lambda: good(tr("Gained")),
}


def _functions(since: Comparison) -> Block | None:
    rows = [
        (
            Cell(change.new.title),
            Cell("", mark=_TOLERANCE[change.tolerance]()),
            Cell(f"{capital(function_sentence(since, change))}."),
        )
        for change in since.functions
    ]
    heads = ((tr("Function"), 26), (tr("Tolerance"), 16), (tr("What changed"), 58))
    table = grid(heads, rows, MOST, tight=True)
    return Block(tr("Functions against what they can bear"), grid=table) if table else None


_CHANGES: tuple[tuple[Change, Callable[[], Mark]], ...] = (
    (Change.NEW, lambda: bad(tr("New"))),
    (Change.NEWLY_LOOKED_FOR, lambda: fair(tr("Newly looked for"))),
    (Change.WORSENED, lambda: bad(tr("Worse"))),
    (Change.ALTERED, lambda: fair(tr("Altered"))),
    (Change.IMPROVED, lambda: good(tr("Better"))),
    (Change.RESOLVED, lambda: good(tr("Resolved"))),
    (Change.NO_LONGER_LOOKED_FOR, lambda: fair(tr("No longer looked for"))),
)
_DECIDED: Mapping[Decided, Callable[[], Mark]] = {
    Decided.TAKEN: lambda: good(tr("Decided on")),
    Decided.EXPIRED: lambda: bad(tr("Decision expired")),
    Decided.WITHDRAWN: lambda: bad(tr("Decision withdrawn")),
}


def _findings(since: Comparison) -> Block | None:
    same = since.of(Change.PERSISTING)
    again = [c for c in same if c.decided in {Decided.EXPIRED, Decided.WITHDRAWN}]
    taken = [c for c in same if c.decided is Decided.TAKEN]
    rows = [_finding(since, change, _DECIDED[change.decided]()) for change in again]
    rows.extend(
        _finding(since, change, mark()) for kind, mark in _CHANGES for change in since.of(kind)
    )
    rows.extend(_finding(since, change, _DECIDED[change.decided]()) for change in taken)
    heads = ((tr("Finding"), 26), (tr("Became"), 14), (tr("What it says"), 60))
    table = grid(heads, rows, MOST, tight=True)
    return Block(tr("Findings"), grid=table) if table else None


def _finding(since: Comparison, change: FindingChange, mark: Mark) -> tuple[Cell, ...]:
    state = change.state
    more = difference(since, change)
    text = shorten(state.summary.rstrip("."), 200)
    return (
        Cell(f"{change.key} ({state.severity})"),
        Cell("", mark=mark),
        Cell(f"{capital(text)}.", note=f"{capital(more)}." if more else ""),
    )
