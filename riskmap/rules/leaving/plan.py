"""The exit plan of one service or provider, complete: whatever a report prints is in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from riskmap.analysis.coupling import Tie, cheapest_cut
from riskmap.model import CouplingKind, Provider, Service, WrittenExit
from riskmap.rules.leaving.costs import CostItem, cost_items, sum_of
from riskmap.rules.leaving.gaps import Gap, gaps_of
from riskmap.rules.leaving.ground import Estimate, Ground, Length
from riskmap.rules.leaving.limits import (
    Clause,
    Comparison,
    ContractStep,
    DataReturn,
    clauses_to_ask_for,
    comparisons,
    contract_steps,
    data_return,
)
from riskmap.rules.leaving.phases import Timing, timing
from riskmap.rules.leaving.scoring import Score, score_of
from riskmap.rules.leaving.sets import exit_set_without

UNPRICED = 10**30
"""Price of a tie whose cutting nobody priced, in cents: it is cut only where nothing else helps."""


@dataclass(frozen=True, slots=True)
class Along:
    """A service that must move too, and the ties that drag it.

    Attributes
    ----------
    chain : tuple of str
        From the service that leaves, tie by tie, to this one.
    kinds : tuple of CouplingKind
        What ties the last two of the chain.
    """

    service: str
    chain: tuple[str, ...]
    kinds: tuple[CouplingKind, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """One tie to cut; ``cost`` is None when nobody stated what that would cost."""

    source: str
    target: str
    kinds: tuple[CouplingKind, ...]
    cost: float | None


@dataclass(frozen=True, slots=True)
class Loosening:
    """The cheapest ties to cut so that a service leaves without others.

    Attributes
    ----------
    left_behind : tuple of str
        What it should no longer drag along.
    cost : float
        What the priced cuts cost together.
    open : bool
        Whether a cut has no price.
    members : tuple of str
        What moves together afterwards.
    move : Length
    leaving : Estimate
        What moving takes and leaving costs afterwards, the cuts not counted.
    saving : float or None
        Likely cost of leaving as things are, less that of leaving after the cuts; None when the
        latter is open.
    saving_open : bool
        Whether it may be more, since the cost of leaving as things are is open.
    """

    left_behind: tuple[str, ...]
    cuts: tuple[Cut, ...]
    cost: float
    open: bool
    members: tuple[str, ...]
    move: Length
    leaving: Estimate
    saving: float | None
    saving_open: bool

    @property
    def break_even(self) -> float | None:
        """The chance of ever leaving above which cutting pays, None when it never does.

        Cutting costs its price now; it saves only when we leave.
        """
        if self.saving is None or self.open or self.saving <= 0 or self.cost >= self.saving:
            return None
        return self.cost / self.saving

    @property
    def pays(self) -> bool | None:
        """Whether cutting and then leaving costs less than leaving as things are.

        None when what is stated does not decide it.
        """
        if self.saving is None or self.open:
            return None
        if self.cost < self.saving:
            return True
        return None if self.saving_open else False


@dataclass(frozen=True, slots=True)
class ExitPlan:
    """Everything about leaving one service or provider.

    Attributes
    ----------
    members : tuple of str
        Every service that leaves, sorted.
    along : tuple of Along
        Those of them that were not asked for, with what drags them.
    holders : tuple of str
        Proprietary services among these.
    contracts : tuple of str
        Contracts in force that cover any of them.
    loosenings : tuple of Loosening
        First without the holders, then alone; empty when nothing moves along.
    written : tuple of (str, WrittenExit)
        Exit plans somebody wrote, by service.
    """

    subject: str
    members: tuple[str, ...]
    along: tuple[Along, ...]
    holders: tuple[str, ...]
    contracts: tuple[str, ...]
    timing: Timing
    costs: tuple[CostItem, ...]
    cost: Estimate
    comparisons: tuple[Comparison, ...]
    data: tuple[DataReturn, ...]
    contract_steps: tuple[ContractStep, ...]
    clauses: tuple[Clause, ...]
    scores: tuple[Score, ...]
    loosenings: tuple[Loosening, ...]
    written: tuple[tuple[str, WrittenExit], ...]
    gaps: tuple[Gap, ...]


def plan_of(ground: Ground, subject: str) -> ExitPlan:
    """Return the exit plan of a service with a provider, or of a provider.

    Raises
    ------
    KeyError
        When there is nothing to leave.
    """
    if subject not in ground.plans:
        ground.plans[subject] = _planned(ground, subject)
    known = ground.plans[subject]
    assert isinstance(known, ExitPlan)
    return known


def _planned(ground: Ground, subject: str) -> ExitPlan:
    asked = leaving_with(ground, subject)
    if not asked:
        raise KeyError(subject)
    chains = {
        name: chain
        for start in reversed(asked)
        for name, chain in ground.exit_sets[start].chains.items()
    }
    members = tuple(sorted(chains))
    along = tuple(_along(ground, name, chains[name]) for name in members if name not in asked)
    dragged = frozenset(item.service for item in along)
    holders = sorted({h for start in asked for h in ground.exit_sets[start].holders} & dragged)
    timed = timing(ground, members)
    items = cost_items(ground, members, timed)
    compared = comparisons(ground, members, timed)
    loosenings: tuple[Loosening, ...] = ()
    if asked == (subject,):
        loosenings = tuple(_loosenings(ground, subject, sum_of(items)))
    return ExitPlan(
        subject=subject,
        members=members,
        along=along,
        holders=tuple(holders),
        contracts=tuple(contract.id for contract in ground.contracts(members)),
        timing=timed,
        costs=items,
        cost=sum_of(items),
        comparisons=compared,
        data=tuple(data_return(ground, name) for name in members),
        contract_steps=contract_steps(ground, members, timed),
        clauses=clauses_to_ask_for(ground, members, compared),
        scores=tuple(score_of(ground, name) for name in members),
        loosenings=loosenings,
        written=tuple(
            (name, plan) for name in members if (plan := ground.facts(name).plan) is not None
        ),
        gaps=gaps_of(ground, members),
    )


def leaving_with(ground: Ground, subject: str) -> tuple[str, ...]:
    """Return what somebody who leaves this service or provider asks to leave, sorted.

    Leaving a provider means leaving those it owns.
    """
    model = ground.model
    entry = model.entry(subject)
    if isinstance(entry, Service):
        return (subject,) if subject in ground.exit_sets else ()
    if not isinstance(entry, Provider):
        return ()
    return tuple(
        name
        for name in sorted(ground.exit_sets)
        if subject in owners(ground, model.provider_of(name))
    )


def subjects(ground: Ground) -> tuple[str, ...]:
    """Return everything that could be left: services with a provider, and their providers."""
    providers = {ground.model.provider_of(name) for name in ground.exit_sets}
    return tuple(sorted({*ground.exit_sets, *(name for name in providers if name)}))


def owners(ground: Ground, provider: str | None) -> tuple[str, ...]:
    """Return a provider, its parent, and so on to the ultimate parent."""
    found: list[str] = []
    while provider is not None and provider not in found:
        found.append(provider)
        entry = ground.model.entry(provider)
        provider = entry.parent if isinstance(entry, Provider) else None
    return tuple(found)


def _along(ground: Ground, name: str, chain: tuple[str, ...]) -> Along:
    return Along(name, chain, _kinds(ground, chain[-2], name))


def _kinds(ground: Ground, source: str, target: str) -> tuple[CouplingKind, ...]:
    ties = ground.ties(source)
    return tuple(sorted({kind for tie in ties if tie.service == target for kind in tie.by}))


def _loosenings(ground: Ground, subject: str, before: Estimate) -> Iterator[Loosening]:
    leaving = ground.exit_sets[subject]
    others = tuple(name for name in leaving.members if name != subject)
    seen: set[frozenset[Tie]] = set()
    for left_behind in (leaving.holders, others):
        if not left_behind:
            continue
        cuts = cheapest_loosening(ground, subject, left_behind)
        if cuts not in seen:
            seen.add(cuts)
            yield _loosened(ground, subject, left_behind, cuts, before)


def _prices(ground: Ground, members: tuple[str, ...]) -> dict[Tie, list[float | None]]:
    prices: dict[Tie, list[float | None]] = {}
    for source in members:
        for tie in ground.ties(source):
            prices.setdefault((source, tie.service), []).append(tie.cost)
    return prices


def cheapest_loosening(
    ground: Ground, subject: str, left_behind: tuple[str, ...]
) -> frozenset[Tie]:
    """Return the ties whose cutting lets a service leave without others at the least cost.

    Ties without a price are cut only where no priced ones would do, and then as few as possible.
    """
    prices = _prices(ground, ground.exit_sets[subject].members)
    cents = {
        tie: sum(UNPRICED if cost is None else round(cost * 100) for cost in costs)
        for tie, costs in prices.items()
    }
    return cheapest_cut(cents, subject, left_behind)


def _loosened(
    ground: Ground,
    subject: str,
    left_behind: tuple[str, ...],
    ties: frozenset[Tie],
    before: Estimate,
) -> Loosening:
    prices = _prices(ground, ground.exit_sets[subject].members)
    cuts = []
    for source, target in sorted(ties):
        known = [cost for cost in prices[source, target] if cost is not None]
        priced = len(known) == len(prices[source, target])
        kinds = _kinds(ground, source, target)
        cuts.append(Cut(source, target, kinds, sum(known) if priced else None))
    members = exit_set_without(ground.model, subject, ties).members
    timed = timing(ground, members)
    after = sum_of(cost_items(ground, members, timed))
    return Loosening(
        left_behind=left_behind,
        cuts=tuple(cuts),
        cost=sum(c for tie in ties for c in prices[tie] if c is not None),
        open=any(cut.cost is None for cut in cuts),
        members=members,
        move=timed.move,
        leaving=after,
        saving=None if after.open else before.likely - after.likely,
        saving_open=before.open,
    )
