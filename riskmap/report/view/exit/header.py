"""The head of an exit plan: what leaving takes in one sentence, and how ready we are for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from riskmap.model import ExitTestKind, TestResult
from riskmap.report.view.exit.limits import in_time, worst_limit
from riskmap.report.view.exit.subject import NO_OWNER, ExitContext
from riskmap.report.view.parts import Callout, Cell, Mark, Tile, bad, fair, gap, good
from riskmap.report.view.words import capital, counted
from riskmap.rules.statement import count_word, join

LONG_TITLE = 60
MOST = 2
"""Services named in the headline."""


@dataclass(frozen=True, slots=True)
class Header:
    """The head of the plan.

    Attributes
    ----------
    facts : tuple of rows of (str, Cell)
        Labels and values, two to a row.
    state : Callout
        Whether the exit could begin as it is written here.
    """

    headline: str
    long: bool
    lead: str
    tiles: tuple[Tile, ...]
    facts: tuple[tuple[tuple[str, Cell], ...], ...]
    state: Callout


def headline(context: ExitContext) -> str:
    """Return what leaving takes, and what must move with it."""
    plan, name = context.plan, context.words.name(context.subject)
    time, cost = plan.timing.whole, plan.cost
    spoken = context.length(time)
    money = context.amount(cost.likely, about=True)
    money = f"at least {money}" if cost.open else f"about {money}"
    if time.unknown and cost.unknown:
        text = f"Nobody has stated what leaving {name} takes"
    elif time.unknown:
        text = f"Leaving {name} costs {money}; how long it takes nobody has stated"
    elif cost.unknown:
        text = f"Leaving {name} takes {spoken}; what it costs nobody has stated"
    else:
        text = f"Leaving {name} takes {spoken} and {money}"
    return text + _together(context)


def _together(context: ExitContext) -> str:
    along = [item.service for item in context.plan.along]
    if along:
        names = context.words.names(along, MOST, "service")
        return f"; {names} must move with it"
    if context.is_provider and len(context.plan.members) > 1:
        return f"; {counted(len(context.plan.members), 'service')} must move"
    return ""


def build(context: ExitContext) -> Header:
    """Return the head of the plan."""
    title = headline(context)
    facts = _facts(context)
    if len(facts) % 2:
        facts.append(("", Cell("")))
    return Header(
        headline=title,
        long=len(title) > LONG_TITLE,
        lead=" ".join(_lead(context)),
        tiles=tuple(_tiles(context)),
        facts=tuple(zip(facts[::2], facts[1::2], strict=True)),
        state=_state(context),
    )


def _lead(context: ExitContext) -> Iterator[str]:
    words, plan, time = context.words, context.plan, context.plan.timing.whole
    served = [function.id for function in context.served]
    if served:
        verb = "needs" if len(served) == 1 else "need"
        functions = capital(words.functions(served))
        yield f"{functions} {verb} what leaves, and must be carried across without a break."
    else:
        yield "No function in the model needs what leaves."
    if time.unknown:
        yield "The pages that follow ask what a plan would need."
    elif time.open:
        end = context.day_after(time.seconds)
        yield f"Begun today, it would be done no sooner than {end}: parts of it nobody has stated."
    else:
        yield f"Begun today, it would be done on {context.day_after(time.seconds)}."
    if plan.holders:
        holders = words.names(plan.holders, MOST, "service")
        verb = "is" if len(plan.holders) == 1 else "are"
        yield f"{holders} {verb} proprietary, and {'holds' if verb == 'is' else 'hold'} the rest."


def _tiles(context: ExitContext) -> Iterator[Tile]:
    plan = context.plan
    yield _time_tile(context)
    cost = plan.cost
    if cost.unknown:
        yield Tile(bad("Not estimated"), "?", "", "no part of the cost is stated")
    else:
        bounds = f"between {cost.low:,.0f} and {cost.high:,.0f}"
        text = bounds if cost.low != cost.high else "nobody gave bounds to it"
        if cost.open:
            text = "at least: parts of it nobody has stated"
        state = fair("At least") if cost.open else Mark("plain", "●", "Likely cost")
        yield Tile(state, f"{float(f'{cost.likely:.4g}'):,.0f}", _unit(context), text)
    moving = len(plan.members)
    along = len(plan.along)
    state, text = good("Leaves alone"), "nothing else must move with it"
    if along:
        state = fair("Held" if plan.holders else "Tied")
        text = f"must move, {count_word(along)} of them only because of ties"
    elif moving > 1:
        state, text = Mark("plain", "●", "All it runs"), "must move"
    yield Tile(state, str(moving), "service" if moving == 1 else "services", text)


def _unit(context: ExitContext) -> str:
    unit = context.model.currency or "(currency not given)"
    return unit + (f" {'○'}" if context.cost_assumed else "")


def _time_tile(context: ExitContext) -> Tile:
    time = context.plan.timing.whole
    if time.unknown:
        return Tile(bad("Not estimated"), "?", "", "no length of any phase is stated")
    short = worst_limit(context)
    spoken = context.length(time).removeprefix("at least ")
    figure, _, unit = spoken.replace("\u00a0", " ").partition(" ")
    if short is not None:
        return Tile(bad("Too long"), figure, unit, short)
    if time.open:
        return Tile(fair("At least"), figure, unit, "parts of it nobody has stated")
    if in_time(context):
        return Tile(good("In time"), figure, unit, "fits the provider's notice and the term")
    return Tile(fair("Not compared"), figure, unit, "how soon the provider may leave is not stated")


def _facts(context: ExitContext) -> list[tuple[str, Cell]]:
    words, model, plan = context.words, context.model, context.plan
    found = [("What is left", Cell(words.short(context.subject, 80)))]
    provider = model.provider_of(context.subject)
    if not context.is_provider and provider:
        found.append(("Run by", Cell(words.short(provider, 80))))
    contracts = "; ".join(_contract(context, name) for name in plan.contracts[:3])
    found.append(
        ("Contract", Cell(contracts) if contracts else gap("no contract in force covers it"))
    )
    leader = Cell(context.leader) if context.leader else gap(NO_OWNER)
    found.append(("Who leads the exit", leader))
    version = words.day(model.as_of) if model.as_of else "day not stated"
    if model.digest:
        version += f", model {model.digest[:8]}"
    found.append(("Version", Cell(version)))
    found.append(("Last test", _last_test(context)))
    return found


def _contract(context: ExitContext, name: str) -> str:
    entry = next(c for c in context.contracts if c.id == name)
    ends = f"ends {context.words.day(entry.ends)}" if entry.ends else "no end stated"
    return f"{context.words.short(name)} ({ends})"


def _last_test(context: ExitContext) -> Cell:
    tests = [(test, name) for name, plan in context.plan.written for test in plan.tests]
    if not tests:
        return gap("never tested")
    newest, name = max(tests, key=lambda pair: (pair[0].date, pair[1]))
    kind = f", {newest.kind}" if newest.kind else ""
    note = f"of {context.words.short(name)}" if len(context.plan.members) > 1 else ""
    return Cell(f"{context.words.day(newest.date)}{kind}, {newest.result}", note=note)


def _state(context: ExitContext) -> Callout:
    """Say at once whether somebody could begin with this."""
    lines = [*_missing(context)]
    if not lines:
        return Callout(good("Ready"), "Written, tested and complete", ("Nothing is missing.",))
    nothing = context.plan.timing.whole.unknown
    if nothing:
        return Callout(bad("A form"), "This is a form, not yet a plan", tuple(lines))
    return Callout(fair("To do"), "What it still lacks", tuple(lines))


def _missing(context: ExitContext) -> Iterator[str]:
    plan, words = context.plan, context.words
    if plan.gaps:
        number = counted(len(plan.gaps), "fact is", "facts are")
        yield f"{capital(number)} not stated: the last table lists what to find out."
    unowned = [name for name in plan.members if not context.ground.service(name).owner]
    if not context.leader:
        yield "Nobody is named to lead it."
    if unowned:
        names = words.names(unowned, MOST, "service")
        yield f"Nobody is named as owner of {names}."
    bare = [n for n in plan.members if not context.ground.facts(n).alternatives]
    if bare:
        yield f"No alternative is named for {words.names(bare, MOST, 'service')}."
    kinds = {
        test.kind
        for _, written in plan.written
        for test in written.tests
        if test.result is TestResult.PASSED
    }
    wanted = [str(kind) for kind in (ExitTestKind.UNSTRESSED, ExitTestKind.STRESSED)]
    lacking = [kind for kind in wanted if kind not in {str(k) for k in kinds if k}]
    if lacking:
        yield f"No {join(lacking, last='or')} test of leaving has been passed."
