"""What can leave alone and what cannot: services, what must move with them, what that takes."""

import math
from dataclasses import dataclass

from riskmap.model import Service, Substitutability
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, Mark, fair, gap, good
from riskmap.report.view.words import capital, counted, shorten
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
    used = frozenset[str]().union(*context.results.closures.values())
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
        effort=_effort(context, leaving.members),
        cost=_cost(context, leaving.members),
    )


def _services(context: Context, members: tuple[str, ...]) -> list[Service]:
    entries = [context.model.entry(name) for name in members]
    return [entry for entry in entries if isinstance(entry, Service)]


def _effort(context: Context, members: tuple[str, ...]) -> Cell:
    """Return the longest effort known in the set; it is a least when others are unknown."""
    services = _services(context, members)
    known = [(s.exit.effort.total_seconds(), s.id) for s in services if s.exit and s.exit.effort]
    if not known:
        return gap("not estimated")
    longest, holder = max(known)
    spoken = context.words.span(longest, f"{holder}.exit")
    entry = context.model.entry(holder)
    note = ""
    if isinstance(entry, Service) and entry.exit and entry.exit.substitutability:
        note = _SUBSTITUTE[entry.exit.substitutability]
    return Cell(spoken if len(known) == len(services) else f"at least {spoken}", note=note)


_SUBSTITUTE = {
    Substitutability.NOT_SUBSTITUTABLE: "not substitutable",
    Substitutability.HIGHLY_COMPLEX: "highly complex to replace",
    Substitutability.MEDIUM_COMPLEXITY: "of medium complexity to replace",
    Substitutability.EASILY_SUBSTITUTABLE: "easy to replace",
}


def _cost(context: Context, members: tuple[str, ...]) -> Cell:
    services = _services(context, members)
    known = [(s.exit.cost, s.id) for s in services if s.exit and s.exit.cost is not None]
    if not known:
        return gap("not estimated")
    total = math.fsum(cost for cost, _ in known)
    spoken = context.words.amount(total, *(f"{name}.exit" for _, name in known))
    return Cell(spoken if len(known) == len(services) else f"at least {spoken}")
