"""Cut sets on a terminal."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from riskmap.assessment import Assessment
from riskmap.cli.common import console
from riskmap.rules.all_orders import CutSetAnswer, Reading
from riskmap.rules.likelihood import YEAR
from riskmap.rules.statement import duration, join, mention

MOST_IMPORTANT = 15
"""Elements shown in the table of importance; the JSON has all of them."""


def print_answer(assessment: Assessment, answer: CutSetAnswer, *, with_probability: bool) -> None:
    """Print the cut sets of one function for a person."""
    out, model = console(), assessment.model
    out.print(Text.assemble((model.title(answer.function), "bold"), f", {answer.reading}"))
    out.print(Text(_counted(answer)))
    for line in _inexact(assessment, answer):
        out.print(Text(line, "red"))
    if with_probability:
        for line in _probability(assessment, answer):
            out.print(Text(line))
    if answer.listed:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(justify="right", style="dim")
        table.add_column(overflow="fold", ratio=1)
        if with_probability:
            table.add_column(justify="right", no_wrap=True)
        for listed in answer.listed:
            members = " + ".join(model.title(name) for name in listed.members)
            cells = [f"{len(listed.members)}", members]
            if with_probability:
                known = listed.probability
                cells.append("unknown" if known is None else f"{known:.2e}")
            table.add_row(*cells)
        out.print(table)
        if answer.count is not None and answer.count > len(answer.listed):
            left = answer.count - len(answer.listed)
            out.print(Text(f"and {left:,} more (--limit, --order)", "dim"))
    if answer.importance:
        out.print(_importance(assessment, answer))
    out.print()


def _inexact(assessment: Assessment, answer: CutSetAnswer) -> Iterator[str]:
    """Say what was cut off, and what was rounded."""
    if answer.limit is not None:
        yield f"Cut short: {answer.limit.what}. Missing: {answer.limit.cut_off}."
    if answer.rounded:
        names = join([mention(name, assessment.model) for name in answer.rounded])
        yield f"Rounded down, so that some may not be real: too many degrees add up in {names}."


def _counted(answer: CutSetAnswer) -> str:
    orders = [f"{n:,} of order {k}" for k, n in enumerate(answer.by_order, 1) if n]
    if answer.count is None:
        return f"Complete to order {len(answer.by_order)}: {join(orders) or 'none'}"
    if not answer.count:
        return "Nothing stops it"
    word = "minimal cut set" if answer.count == 1 else "minimal cut sets"
    return f"{answer.count:,} {word}: {join(orders)}"


def _probability(assessment: Assessment, answer: CutSetAnswer) -> Iterator[str]:
    """Say how much of the time it is down, by each kind of figure, never mixing them."""
    yield f"By outages expected: {_expected(assessment, answer)}"
    if answer.promised is not None:
        kept = answer.promised
        without = f"; {len(kept.uncovered)} elements have no promise" if kept.uncovered else ""
        yield f"By promised service levels alone, at best: {_a_year(kept.p_down)}{without}"
    if answer.approximations is not None:
        rare, bound = answer.approximations.rare_event, answer.approximations.min_cut_upper_bound
        shown = "too many cut sets" if bound is None else f"{bound:.6g}"
        yield f"Approximations: rare-event sum {rare:.6g}, min-cut upper bound {shown}"


def _a_year(share: float) -> str:
    return f"down {share:.3g} of the time, about {duration(share * YEAR.total_seconds())} a year"


def _expected(assessment: Assessment, answer: CutSetAnswer) -> str:
    limit = answer.limit
    if answer.reading is Reading.RESIDUAL:
        return "not given for the residual reading, since a contingency takes time to start"
    if answer.unknown:
        names = [mention(name, assessment.model) for name in answer.unknown[:5]]
        more = len(answer.unknown) - len(names)
        listed = join([*names, f"{more} more"] if more > 0 else names)
        return f"not computed, no figure for {listed}"
    if answer.probability is not None:
        return _a_year(answer.probability)
    if limit is not None and limit.estimate is not None and limit.error is not None:
        return (
            f"down between {limit.lower:.3g} and {limit.upper:.3g} of the time for certain; "
            f"estimated {limit.estimate:.3g} ± {limit.error:.1g} ({limit.samples:,} samples)"
        )
    return "not computed"


def _importance(assessment: Assessment, answer: CutSetAnswer) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("Element", overflow="fold")
    for name in ("Birnbaum", "Criticality", "Fussell-Vesely", "RAW", "RRW"):
        table.add_column(name, justify="right", no_wrap=True)
    ranked = sorted(answer.importance.items(), key=lambda item: (-item[1].criticality, item[0]))
    for name, factors in ranked[:MOST_IMPORTANT]:
        numbers = (
            factors.birnbaum,
            factors.criticality,
            factors.fussell_vesely,
            factors.raw,
            factors.rrw,
        )
        table.add_row(assessment.model.title(name), *(f"{number:.3g}" for number in numbers))
    return table
