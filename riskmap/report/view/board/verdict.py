"""The first page: one sentence, what lies behind it, four figures, the decisions asked for."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from riskmap.model import Function, Market
from riskmap.report.view.board.decisions import Decisions, decisions
from riskmap.report.view.context import Context
from riskmap.report.view.effects import facts_of_loss, fallback_sentence, stop_sentence
from riskmap.report.view.naming import weak_point
from riskmap.report.view.parts import Tile, bad, fair, good, mark_of
from riskmap.report.view.words import MARK, NBSP, capital, counted
from riskmap.rules.accountability import states_payment
from riskmap.rules.leaving.plan import plan_of
from riskmap.rules.statement import count_word
from riskmap.rules.support import facts_of_plan, harmful
from riskmap.rules.verdict import Impact, Verdict, tolerated

LONG_TITLE = 100
"""Characters beyond which a title is set smaller."""


@dataclass(frozen=True, slots=True)
class VerdictPage:
    """The verdict, its reasons, its figures and what is asked.

    Attributes
    ----------
    long : bool
        Whether the headline must be set smaller.
    lead : str
        One paragraph.
    """

    headline: str
    long: bool
    lead: str
    tiles: tuple[Tile, ...]
    decisions: Decisions


def build(context: Context) -> VerdictPage:
    """Return the first page."""
    title = headline(context)
    return VerdictPage(
        headline=title,
        long=len(title) > LONG_TITLE,
        lead=" ".join(sentence for sentence in _lead(context) if sentence),
        tiles=tuple(_tiles(context)),
        decisions=decisions(context),
    )


def headline(context: Context) -> str:
    """Return the report in one sentence."""
    focus, words = context.focus, context.words
    total = len(context.functions)
    unknown = _without_needs(context)
    if unknown and (focus is None or focus.verdict in {Verdict.TOLERABLE, Verdict.STRAINED}):
        names = words.functions([function.id for function in unknown], most=2)
        return f"The model does not say what {names} cannot do without"
    if focus is None:
        many = "our function" if total == 1 else f"any of our {count_word(total)} functions"
        return f"No single failure stops {many}"
    if focus.verdict in {Verdict.TOLERABLE, Verdict.STRAINED}:
        return "No single failure stops a function for longer than it can bear"
    hits = context.hits(focus.element)
    stopped = words.functions([impact.function for impact in hits], most=2)
    if math.isinf(focus.stopped):
        length = "with no known end"
    else:
        same = len({impact.stopped for impact in hits}) == 1
        length = f"for {'' if same else 'up to '}{words.stop(focus)}"
    return f"{weak_point(context, focus.element)} can stop {stopped} {length}"


def _lead(context: Context) -> Iterator[str]:
    focus, words = context.focus, context.words
    if focus is None:
        yield (
            f"The model has {counted(len(context.functions), 'function')} and nothing in it"
            " brings one down alone. That is either good news or a model that lacks needs."
        )
        return
    element = context.model.element(focus.element)
    party = context.model.provider_of(focus.element)
    run = f", run by {words.title(party)}" if party not in {None, focus.element} else ""
    yield f"The weak point is {words.name(element.id)}{run}."
    yield stop_sentence(context, focus)
    yield fallback_sentence(context, focus)
    yield _leverage(context, focus)
    untouched = context.untouched(focus.element)
    if untouched:
        names = words.names([f.id for f in untouched], 3, "function")
        carry = "carries on as usual" if len(untouched) == 1 else "carry on as usual"
        yield f"{capital(names)} {carry}."
    yield _what_helps(context)


def _what_helps(context: Context) -> str:
    """Say what a fallback saves in the case told, when it keeps a function within tolerance."""
    case, words = context.case, context.words
    if case is None or case.scenario is None or not case.fates:
        return ""
    fate = case.fates[0]
    limit = tolerated(fate.function, "mtd")
    if not fate.stopped <= limit < fate.unaided or not fate.stretches:
        return ""
    facts = [*case.facts, *facts_of_plan(fate.stretches[0].standby)]
    before = (
        "an end nobody knows" if math.isinf(fate.unaided) else words.span(fate.unaided, *case.facts)
    )
    return (
        f"One case is in hand: in “{case.scenario.title}”,"
        f" {words.name(fate.function.id)} stops for {words.span(fate.stopped, *facts)} instead of"
        f" {before}."
    )


def _leverage(context: Context, focus: Impact) -> str:
    words = context.words
    stands = context.results.accountability.get(focus.element)
    function = context.results.functions[focus.function]
    cost = ""
    if function.loss and focus.loss:
        cost = words.amount(focus.loss, *facts_of_loss(context, focus))
    if stands is None or stands.own:
        return f"It is ours to repair; the outage would cost {cost}." if cost else ""
    if stands.payable > 0:
        pays = words.amount(stands.payable, *(f"{c}.credits" for c in stands.chain[:1]))
        against = f" towards a loss of {cost}" if cost else " for it"
        return f"Our contract pays at most {pays}{against}."
    end = f"; the outage would cost {cost}" if cost else ""
    if stands.rank is None:
        return f"No contract obliges anybody to repair it{end}."
    if not states_payment(context.model, stands):
        return f"Nobody stated what our contract pays if it is not repaired{end}."
    return f"Our contract pays nothing if it is not repaired{end}."


def _without_needs(context: Context) -> list[Function]:
    """Return the functions of which nothing is modelled, so that nothing can be said."""
    return [f for f in context.functions if not f.needs and not f.shares]


def _tiles(context: Context) -> Iterator[Tile]:
    yield _tile_tolerance(context)
    contracts = _tile_contracts(context)
    if contracts is not None:
        yield contracts
    held = _tile_lock_in(context)
    if held is not None:
        yield held
    yield _tile_reach(context)


def _tile_tolerance(context: Context) -> Tile:
    focus, words = context.focus, context.words
    if focus is None:
        entries = sum(1 for _ in context.model.elements()) - len(context.functions)
        text = "of what the functions need, as far as the model knows"
        if _without_needs(context):
            return Tile(fair("Not modelled"), str(entries), "entries", text)
        return Tile(good("No weak point"), str(entries), "entries", text)
    function = context.results.functions[focus.function]
    limit = words.tolerance(function)
    bears = f"it can bear {limit}" if limit else "nobody stated how long it can be down"
    number, _, unit = words.stop(focus).replace("\u00a0", " ").partition(" ")
    stated = tolerated(function, "mtd") > 0
    text = f"longest stop of {words.name(function.id)}; {bears}"
    return Tile(
        mark_of(focus, stated), capital(number), unit.replace(f" {MARK}", f"{NBSP}{MARK}"), text
    )


def _tile_contracts(context: Context) -> Tile | None:
    focus = context.focus
    if focus is None:
        return None
    results = context.results
    known = [
        results.accountability.get(element)
        for element in results.inherent_singles[focus.function]
        if harmful(
            results.impacts[key] for key in [(focus.function, element)] if key in results.impacts
        )
    ]
    bought = [stands for stands in known if stands is not None and not stands.own]
    if not bought:
        return None
    without = sum(1 for stands in bought if stands.rank is None)
    name = context.words.name(focus.function)
    points = "single point" if len(bought) == 1 else "single points"
    if without == 0:
        text = f"{points} of failure of {name} outside every contract"
        return Tile(good("Under contract"), "0", f"of {len(bought)}", text)
    are = "lies" if without == 1 else "lie"
    text = f"{points} of failure of {name} {are} outside every contract"
    return Tile(bad("No contract"), str(without), f"of {len(bought)}", text)


def _tile_lock_in(context: Context) -> Tile | None:
    services = [s for s in context.model.services if s.market is Market.COMMODITY]
    exits = context.results.exit_sets
    bought = [s for s in services if s.id in exits]
    if not bought or not any(s.coupled_to for s in context.model.services):
        return None
    held = [s for s in bought if exits[s.id].holders]
    word = "service" if len(bought) == 1 else "services"
    if not held:
        text = f"commodity {word} held in place by something proprietary"
        return Tile(good("Free to leave"), "0", f"of {len(bought)}", text)
    path = context.results.closures[context.functions[0].id]
    first = min(held, key=lambda service: (service.id not in path, service.id))
    holder = exits[first.id].holders[0]
    name = context.words.name(holder)
    plan = plan_of(context.results.leaving, first.id)
    move = plan.timing.move
    if move.unknown:
        text = f"commodity {word} cannot leave without {name}"
        return Tile(fair("Held"), str(len(held)), f"of {len(bought)}", text)
    spoken = context.words.span(move.seconds, *(f"{member}.exit" for member in plan.members))
    number, _, unit = spoken.replace("\u00a0", " ").partition(" ")
    least = "at least, " if move.open else ""
    text = f"{least}to leave with {context.words.name(first.id)}: {name} must move with it"
    return Tile(fair("Held"), number, unit.replace(f" {MARK}", f"{NBSP}{MARK}"), text)


def _tile_reach(context: Context) -> Tile:
    focus, words, total = context.focus, context.words, len(context.functions)
    if focus is None:
        text = f"{'function' if total == 1 else 'functions'} stopped by a single failure"
        return Tile(good("Not affected"), "0", f"of {total}", text)
    untouched = context.untouched(focus.element)
    noun = "function" if total == 1 else "functions"
    if not untouched:
        stopped = len(context.hits(focus.element))
        text = f"{noun} stopped for too long by this one failure"
        mark = bad("Everything affected") if stopped == total else fair("All touched")
        return Tile(mark, str(stopped), f"of {total}", text)
    names = words.names([f.id for f in untouched], 2, "function")
    carry = "carries on" if len(untouched) == 1 else "carry on"
    return Tile(
        good("Not affected"), str(len(untouched)), f"of {total}", f"{noun}: {names} {carry}"
    )
