"""What leaving costs, item by item, with the arithmetic of each."""

from dataclasses import dataclass

from riskmap.report.view.exit.gaps import QUESTIONS
from riskmap.report.view.exit.subject import ExitContext, marked_as
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.words import capital, counted
from riskmap.rules.leaving.costs import CostItem
from riskmap.rules.leaving.wording import COSTS

MOST = 24
"""Rows of the table; the largest and those that are not stated come first when there are more."""


@dataclass(frozen=True, slots=True)
class CostRow:
    """One item; three amounts without their currency."""

    what: Cell
    low: str
    likely: Cell
    high: str
    how: str


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost table."""

    title: str
    text: str
    rows: tuple[CostRow, ...]
    more: str
    total: CostRow


def build(context: ExitContext) -> Cost:
    """Return the section."""
    plan = context.plan
    items = plan.costs
    shown = items
    if len(items) > MOST:
        largest = sorted(items, key=_weight, reverse=True)[:MOST]
        shown = tuple(item for item in items if item in largest)
    rest = len(items) - len(shown)
    total = plan.cost
    return Cost(
        title=_title(context),
        text=f"Amounts in {context.model.currency or 'a currency nobody stated'}. A single number"
        " has no spread, and none is made up; what nobody stated counts as nothing, and makes the"
        " sum a least.",
        rows=tuple(_row(context, item) for item in shown),
        more=f"{capital(counted(rest, 'smaller item'))} in the sum, and in the output of riskmap"
        " exit."
        if rest
        else "",
        total=CostRow(
            what=Cell("Together"),
            low="" if total.unknown else f"{total.low:,.0f}",
            likely=gap("not known") if total.unknown else Cell(f"{total.likely:,.0f}"),
            high="" if total.unknown else f"{total.high:,.0f}",
            how="at least: something is not stated" if total.open else "everything is stated",
        ),
    )


def _weight(item: CostItem) -> tuple[float, bool]:
    return (item.amount.likely if item.amount else 0.0), item.amount is None


def _title(context: ExitContext) -> str:
    cost = context.plan.cost
    if cost.unknown:
        return "What leaving costs, nobody has estimated"
    spoken = context.amount(cost.likely, about=True)
    known = [item for item in context.plan.costs if item.amount is not None]
    largest = max(known, key=lambda item: item.amount.likely if item.amount else 0.0)
    least = "at least " if cost.open else "about "
    text = f"Leaving costs {least}{spoken}"
    amount = largest.amount.likely if largest.amount else 0.0
    if not cost.likely or 2 * amount < cost.likely:
        return text
    name = context.words.name(largest.subject)
    share = "all of it" if amount == cost.likely else "more than half of it"
    return f"{text}, {share} {COSTS[largest.kind].lower()} of {name}"


def _row(context: ExitContext, item: CostItem) -> CostRow:
    what = Cell(COSTS[item.kind], note=context.words.short(item.subject, 60))
    how = context.words.sentence(item.how).replace("labour_per_day", QUESTIONS["labour_per_day"])
    if item.amount is None:
        return CostRow(what, "", gap("not stated"), "", "" if how == "Not stated" else how)
    plus = "+" if item.open else ""
    return CostRow(
        what=what,
        low=f"{item.amount.low:,.0f}",
        likely=Cell(marked_as(f"{item.amount.likely:,.0f}{plus}", item.basis)),
        high=f"{item.amount.high:,.0f}{plus}",
        how=how,
    )
