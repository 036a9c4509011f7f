"""Lock-in over everything that is bought: who holds what, and which choice locks in most."""

from dataclasses import dataclass
from enum import StrEnum

from riskmap.analysis.weighing import Shift, ranks
from riskmap.rules.leaving.ground import Estimate, Ground, Length
from riskmap.rules.leaving.plan import owners, plan_of
from riskmap.rules.leaving.scoring import Score, sensitivity


class Hold(StrEnum):
    """How a provider holds a service, the firmest first."""

    RUNS = "runs"
    DRAGS = "drags"
    NEEDED = "needed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One provider's hold on one service.

    Attributes
    ----------
    hold : Hold
        ``runs``: it runs the service; ``drags``: one of its services must move along; ``needed``:
        the service needs one of its services, at any depth.
    through : tuple of str
        Services of the provider through which it holds.
    """

    provider: str
    service: str
    hold: Hold
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One service."""

    service: str
    provider: str
    parent: str
    rank: int
    score: Score
    members: tuple[str, ...]
    holders: tuple[str, ...]
    move: Length
    cost: Estimate
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parent:
    """One ultimate parent: everything leaving it means.

    Attributes
    ----------
    providers : tuple of str
        Those it owns, itself included, that run any service.
    members : tuple of str
        What leaving all of them would move.
    """

    parent: str
    providers: tuple[str, ...]
    services: tuple[str, ...]
    members: tuple[str, ...]
    move: Length
    cost: Estimate
    worst_score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """One choice of a service, and what it locks in.

    Attributes
    ----------
    locks_in : tuple of str
        Other services that cannot leave unless this one leaves too.
    functions : tuple of str
        Functions that need the service or any of these.
    """

    service: str
    locks_in: tuple[str, ...]
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Lock-in over all services of providers.

    Attributes
    ----------
    rows : tuple of Row
        The highest score first.
    decisions : tuple of Decision
        Choices that lock in anything else, the one that locks in most first.
    tornado : tuple of Shift
        How the ranking moves when one weight is halved or doubled.
    """

    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    parents: tuple[Parent, ...]
    decisions: tuple[Decision, ...]
    tornado: tuple[Shift, ...]


def portfolio_of(ground: Ground) -> Portfolio:
    """Return lock-in over everything that is bought."""
    plans = {name: plan_of(ground, name) for name in sorted(ground.exit_sets)}
    scores = {
        name: next(score for score in plan.scores if score.service == name)
        for name, plan in plans.items()
    }
    placed = ranks({name: score.total for name, score in scores.items()})
    rows = []
    for name, plan in plans.items():
        provider = ground.model.provider_of(name) or ""
        rows.append(
            Row(
                name,
                provider,
                owners(ground, provider)[-1],
                placed[name],
                scores[name],
                plan.members,
                ground.exit_sets[name].holders,
                plan.timing.move,
                plan.cost,
                _functions(ground, {name}),
            )
        )
    rows.sort(key=lambda row: (row.rank, row.service))
    return Portfolio(
        rows=tuple(rows),
        cells=_cells(ground),
        parents=_parents(ground, rows),
        decisions=_decisions(ground),
        tornado=sensitivity(tuple(scores.values())),
    )


def _functions(ground: Ground, services: set[str]) -> tuple[str, ...]:
    return tuple(name for name, needed in sorted(ground.users.items()) if needed & services)


def _cells(ground: Ground) -> tuple[Cell, ...]:
    model = ground.model
    owner = {service.id: service.provider for service in model.services}
    found: list[Cell] = []
    for name, leaving in sorted(ground.exit_sets.items()):
        held: dict[str, tuple[Hold, list[str]]] = {}
        for hold, others in (
            (Hold.RUNS, [name]),
            (Hold.DRAGS, [other for other in leaving.members if other != name]),
            (Hold.NEEDED, sorted(ground.below(name) - {name})),
        ):
            for other in others:
                provider = owner.get(other)
                if provider is not None:
                    kept, through = held.setdefault(provider, (hold, []))
                    if kept is hold:
                        through.append(other)
        found.extend(
            Cell(provider, name, hold, tuple(through))
            for provider, (hold, through) in sorted(held.items())
        )
    return tuple(sorted(found, key=lambda cell: (cell.provider, cell.service)))


def _parents(ground: Ground, rows: list[Row]) -> tuple[Parent, ...]:
    found = []
    for parent in sorted({row.parent for row in rows}):
        own = [row for row in rows if row.parent == parent]
        plan = plan_of(ground, parent)
        found.append(
            Parent(
                parent,
                tuple(sorted({row.provider for row in own})),
                tuple(sorted(row.service for row in own)),
                plan.members,
                plan.timing.move,
                plan.cost,
                max(row.score.total for row in own),
            )
        )
    found.sort(key=lambda p: (-len(p.services), -p.worst_score, p.parent))
    return tuple(found)


def _decisions(ground: Ground) -> tuple[Decision, ...]:
    locked: dict[str, set[str]] = {}
    for name, leaving in ground.exit_sets.items():
        for other in leaving.members:
            if other != name:
                locked.setdefault(other, set()).add(name)
    found = [
        Decision(name, tuple(sorted(held)), _functions(ground, {name, *held}))
        for name, held in locked.items()
    ]
    found.sort(key=lambda d: (-len(d.locks_in), -len(d.functions), d.service))
    return tuple(found)
