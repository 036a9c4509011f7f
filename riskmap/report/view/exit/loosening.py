"""What would loosen it: the cheapest ties to cut, what that costs, and whether it pays."""

from dataclasses import dataclass

from riskmap.report.view.exit.subject import ExitContext
from riskmap.report.view.parts import Cell, Mark, bad, fair, gap, good
from riskmap.report.view.words import capital
from riskmap.rules.leaving.ground import Estimate, Length
from riskmap.rules.leaving.plan import Cut, Loosening
from riskmap.rules.leaving.wording import at_least, percent_of
from riskmap.rules.statement import join


@dataclass(frozen=True, slots=True)
class CutRow:
    """One tie to cut."""

    source: str
    target: str
    kinds: str
    cost: Cell


@dataclass(frozen=True, slots=True)
class Choice:
    """One set of ties whose cutting lets it leave without others."""

    heading: str
    cuts: tuple[CutRow, ...]
    mark: Mark
    before: str
    after: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Loosenings:
    """Every choice."""

    title: str
    text: str
    choices: tuple[Choice, ...]


def build(context: ExitContext) -> Loosenings | None:
    """Return the section, or None when nothing has to be cut."""
    plan = context.plan
    if not plan.loosenings:
        return None
    return Loosenings(
        title=_title(context),
        text="Cutting a tie means giving its two ends ways of their own: separate accounts,"
        " licences or copies of the data. It costs money now, and saves only when we leave.",
        choices=tuple(_choice(context, found) for found in plan.loosenings),
    )


def _title(context: ExitContext) -> str:
    first = context.plan.loosenings[0]
    name = context.words.name(context.subject)
    if first.open:
        return f"Whether {name} could be loosened at a fair price is not known"
    price = _price(context, first)
    if first.pays is None:
        return f"{price} would let {name} leave more freely; whether that pays is not known"
    if first.pays:
        return f"{price} would let {name} leave more freely, and pay for itself the day we leave"
    return f"{price} would let {name} leave more freely, and would not pay by cost"


def _price(context: ExitContext, found: Loosening) -> str:
    held = any(_assumed(context, cut) for cut in found.cuts)
    return context.amount(found.cost, assumed=held)


def _assumed(context: ExitContext, cut: Cut) -> bool:
    return context.words.assumed(f"{cut.source}.coupled_to", cut.source)


def _choice(context: ExitContext, found: Loosening) -> Choice:
    words, plan = context.words, context.plan
    price = f"for {at_least(_price(context, found), is_open=found.open)}"
    if found.open and not found.cost:
        price = "at a price that nobody stated"
    alone = "alone" if len(found.members) == 1 else "with fewer others"
    return Choice(
        heading=f"To leave without {words.names(found.left_behind, 3, 'service')}",
        cuts=tuple(_cut(context, cut) for cut in found.cuts),
        mark=_mark(found),
        before=f"As things are: {_takes(context, plan.timing.move, plan.cost)}.",
        after=f"After cutting {price}, it leaves {alone}:"
        f" {_takes(context, found.move, found.leaving)}.",
        verdict=_verdict(context, found),
    )


def _takes(context: ExitContext, move: Length, cost: Estimate) -> str:
    time = "time to move not known" if move.unknown else f"{context.length(move)} to move"
    money = "cost not known" if cost.unknown else context.estimate(cost)
    return f"{time}, {money}"


def _mark(found: Loosening) -> Mark:
    if found.pays is None:
        return fair("Not decided")
    return good("Pays if we leave") if found.pays else bad("Does not pay by cost")


def _cut(context: ExitContext, cut: Cut) -> CutRow:
    kinds = join([str(kind) for kind in cut.kinds]) or "kind not stated"
    cost = gap("price to be found")
    if cut.cost is not None:
        cost = Cell(context.amount(cut.cost, assumed=_assumed(context, cut)))
    words = context.words
    return CutRow(words.short(cut.source, 60), words.short(cut.target, 60), kinds, cost)


def _verdict(context: ExitContext, found: Loosening) -> str:
    if found.pays is None:
        return "Whether that pays cannot be said: something above is not stated."
    saving = context.amount(max(0.0, found.saving or 0.0))
    if not found.pays:
        return f"Leaving would be only {saving} cheaper, less than the cuts cost."
    least = "at least " if context.plan.cost.open else ""
    both = context.amount(found.cost + found.leaving.likely)
    whole = context.amount(context.plan.cost.likely)
    text = (
        f"Cutting and then leaving costs {both}; leaving as things are {least}{whole}:"
        " cutting is cheaper the day we leave"
    )
    if found.break_even is None:
        return f"{text}."
    chance = percent_of(found.break_even)
    return capital(
        f"{text}. Staying tied is cheaper only while the chance of ever leaving is below {chance}."
    )
