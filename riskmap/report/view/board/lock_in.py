"""What can leave alone and what cannot: services, what must move with them, what that takes."""

from dataclasses import dataclass

from riskmap.model import Service, Substitutability
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, Mark, fair, gap, good
from riskmap.report.view.words import capital, counted, shorten
from riskmap.rules.leaving.plan import ExitPlan, plan_of
from riskmap.rules.statement import count_word, join

MOST = 8
FREE = 2
"""Services shown that are tied, and that leave alone."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """One service and what leaving it takes."""

    service: Cell
    verdict: Mark
    along: str
    effort: Cell
    cost: Cell


@dataclass(frozen=True, slots=True)
class LockIn:
    """Which services can leave alone."""

    title: str
    text: str
    rows: tuple[Leaving, ...]
    more: str


def build(context: Context) -> LockIn | None:
    """Return the section, or None when the model buys nothing or says nothing about leaving."""
    exits = context.results.exit_sets
    services = [s for s in context.model.services if s.id in exits]
    told = [s for s in services if s.coupled_to or s.exit or s.market]
    if not told:
        return None
    used = context.results.needed
    told.sort(
        key=lambda s: (
            not exits[s.id].holders,
            len(exits[s.id].members) == 1,
            s.id not in used,
            s.id,
        )
    )
    tied = [service for service in told if len(exits[service.id].members) > 1]
    most = context.rows(MOST)
    shown = [*tied[:most], *(service for service in told if service not in tied)][
        : max(min(len(tied), most) + FREE, 5)
    ]
    rest = len(told) - len(shown)
    return LockIn(
        title=_title(context, told),
        text="A service leaves alone when nothing else must move with it. Whoever is tied by"
        " licence, identity or data moves together, and the hardest of them sets the time.",
        rows=tuple(_row(context, service) for service in shown),
        more=f"{capital(counted(rest, 'further service'))} in the attached assessment."
        if rest
        else "",
    )


def _title(context: Context, services: list[Service]) -> str:
    exits = context.results.exit_sets
    held = [s for s in services if exits[s.id].holders]
    if not held:
        tied = [s for s in services if len(exits[s.id].members) > 1]
        if not tied:
            every = "The service we buy" if len(services) == 1 else "Every service we buy"
            return f"{every} can leave alone"
        return capital(f"{counted(len(tied), 'service')} can leave only together with others")
    holders = sorted({holder for s in held for holder in exits[s.id].holders})
    by = context.words.names(holders, 1, "service")
    verb = "is" if len(held) == 1 else "are"
    if len(held) <= 2:
        names = context.words.names([s.id for s in held], 2)
        return f"{names} {verb} held in place by {by}"
    return capital(f"{count_word(len(held))} services {verb} held in place by {by}")


def _row(context: Context, service: Service) -> Leaving:
    words, leaving = context.words, context.results.exit_sets[service.id]
    plan = plan_of(context.results.leaving, service.id)
    others = [name for name in leaving.members if name != service.id]
    market = str(service.market) if service.market else "kind of market not stated"
    provider = words.short(service.provider) if service.provider else ""
    verdict = good("Leaves alone")
    if leaving.holders:
        verdict = fair("Held")
    elif others:
        verdict = fair("Tied")
    along = "; ".join(words.short(name) for name in others[:2])
    if len(others) > 2:
        along += f" and {count_word(len(others) - 2)} more"
    if others:
        kinds = sorted({str(kind) for tie in service.coupled_to for kind in tie.by})
        along += f" (tied by {join(kinds)})" if kinds else ""
    return Leaving(
        service=Cell(
            shorten(service.title, 60), note=f"{provider}; {market}" if provider else market
        ),
        verdict=verdict,
        along=along or "nothing",
        effort=_effort(context, plan),
        cost=_cost(context, plan),
    )


def _effort(context: Context, plan: ExitPlan) -> Cell:
    """Return how long the move takes; it is a least when a part of it is not stated."""
    move = plan.timing.move
    if move.unknown:
        return gap("not estimated")
    facts = [f"{name}.exit" for name in plan.members]
    spoken = context.words.span(move.seconds, *facts)
    note = ""
    known = [
        (list(Substitutability).index(facts.substitutability), facts.substitutability)
        for facts in map(context.results.leaving.facts, plan.members)
        if facts.substitutability is not None
    ]
    if known:
        note = _SUBSTITUTE[min(known)[1]]
    return Cell(f"at least {spoken}" if move.open else spoken, note=note)


_SUBSTITUTE = {
    Substitutability.NOT_SUBSTITUTABLE: "not substitutable",
    Substitutability.HIGHLY_COMPLEX: "highly complex to replace",
    Substitutability.MEDIUM_COMPLEXITY: "of medium complexity to replace",
    Substitutability.EASILY_SUBSTITUTABLE: "easy to replace",
}


def _cost(context: Context, plan: ExitPlan) -> Cell:
    if plan.cost.unknown:
        return gap("not estimated")
    facts = [f"{name}.exit" for name in plan.members]
    spoken = context.words.amount(plan.cost.likely, *facts)
    return Cell(f"at least {spoken}" if plan.cost.open else spoken)
