"""How much of what must be kept going hangs on one organisation, country or third party.

After Kashaf et al. (IMC 2020): the *concentration* of a provider is the share of functions that
reach it, directly or through others; its *impact* is the share that stops when it fails. Both are
given by number of functions and weighted by criticality (:data:`WEIGHT`). Only needs that stop
something count; soft needs do not, and neither does what only a contingency uses.

When an organisation is lost, everything it runs is: itself, the organisations it owns at any depth,
and every service and third party that any of them runs, also those without a failure of their own.
Owners form no circle; the loader sees to it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from riskmap.analysis.outage import evolve
from riskmap.analysis.propagation import propagate
from riskmap.analysis.structure import Structure
from riskmap.analysis.timeline import FULL, Interval
from riskmap.model import Criticality, Element, Function, Model, Provider, Service, ThirdParty
from riskmap.rules.accountability import in_force
from riskmap.rules.results import Results, Simulation

WEIGHT = {Criticality.CRITICAL: 3, Criticality.IMPORTANT: 2, Criticality.NORMAL: 1}
"""What a function counts for: a convention that keeps the order of criticality, not a measurement.

A function whose criticality nobody stated counts as critical.
"""

_ALL_TIME: Interval = (0.0, math.inf)


class Kind(StrEnum):
    """What is lost as a whole."""

    PROVIDER = "provider"
    PARENT = "parent"
    COUNTRY = "country"
    THIRD_PARTY = "third-party"


@dataclass(frozen=True, slots=True)
class Whole:
    """What is taken to fail together.

    Attributes
    ----------
    id : str
        Of the provider, of the organisation at the top of its owners, or of the third party; the
        two letters of a country.
    members : tuple of str
        The organisations it consists of, sorted; empty for a third party nobody is named for.
    elements : tuple of str
        Everything that is lost with it, sorted, the organisations included.
    """

    kind: Kind
    id: str
    members: tuple[str, ...]
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Some functions, out of all.

    Attributes
    ----------
    functions : tuple of str
        Sorted.
    of_all : Fraction
        Their number as a share of all functions.
    weighted : Fraction
        Their weight by criticality as a share of that of all functions.
    """

    functions: tuple[str, ...]
    of_all: Fraction
    weighted: Fraction


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much hangs on one whole.

    Attributes
    ----------
    direct : Share
        Functions that reach it through nothing but our own elements.
    indirect : Share
        Functions that reach it only through what others run.
    reached : Share
        Both together: the concentration.
    stopped : Share
        Functions that stop while it is lost, counting automatic redundancy only: the impact.
    stopped_with_plans : Share
        Those that stop even with every contingency running that can run without it.
    """

    whole: Whole
    direct: Share
    indirect: Share
    reached: Share
    stopped: Share
    stopped_with_plans: Share


@dataclass(frozen=True, slots=True)
class Index:
    """How evenly something is spread over organisations.

    Attributes
    ----------
    points : float
        Herfindahl-Hirschman index: the sum of the squares of all shares in per cent, from nearly
        zero to 10,000 when one has everything (Herfindahl 1950; Hirschman 1964).
    shares : tuple of (str, Fraction)
        Organisation at the top of its owners and its share, the largest first.
    count : int
        How many amounts it is made of: contracts, or functions.
    """

    points: float
    shares: tuple[tuple[str, Fraction], ...]
    count: int


def ultimate_parent(model: Model, provider: str) -> str:
    """Return the organisation at the top of a provider's owners, itself when nobody owns it."""
    while True:
        entry = model.entry(provider)
        if not isinstance(entry, Provider) or entry.parent is None:
            return provider
        provider = entry.parent


def wholes(model: Model, kind: Kind) -> tuple[Whole, ...]:
    """Return everything of one kind that may be lost as a whole, sorted by id."""
    if kind is Kind.THIRD_PARTY:
        parties = sorted(model.third_parties, key=lambda party: party.id)
        members = {
            party.id: () if party.provider is None else (party.provider,) for party in parties
        }
        return tuple(Whole(kind, name, parties, (name,)) for name, parties in members.items())
    groups: dict[str, set[str]] = {}
    owned = _owned(model)
    for provider in model.providers:
        for name in _names(model, kind, provider):
            groups.setdefault(name, set()).update(owned[provider.id])
    run = _run_by(model)
    return tuple(
        Whole(
            kind,
            name,
            tuple(sorted(members)),
            tuple(sorted({e for member in members for e in (member, *run.get(member, ()))})),
        )
        for name, members in sorted(groups.items())
    )


def _names(model: Model, kind: Kind, provider: Provider) -> Iterator[str]:
    """Yield the group that a provider belongs to."""
    if kind is Kind.PROVIDER:
        yield provider.id
    elif kind is Kind.PARENT:
        yield ultimate_parent(model, provider.id)
    elif provider.country is not None:
        yield provider.country


def _owned(model: Model) -> dict[str, set[str]]:
    """Return each organisation with those it owns, at any depth."""
    owners = {provider.id: provider.parent for provider in model.providers}
    found = {name: {name} for name in owners}
    for provider in model.providers:
        above = provider.parent
        while above is not None:
            found[above].add(provider.id)
            above = owners[above]
    return found


def _run_by(model: Model) -> dict[str, list[str]]:
    """Return what each organisation runs."""
    found: dict[str, list[str]] = {}
    entries: tuple[Service | ThirdParty, ...] = (*model.services, *model.third_parties)
    for entry in entries:
        if entry.provider is not None:
            found.setdefault(entry.provider, []).append(entry.id)
    return found


# -- reached and stopped ---------------------------------------------------------------------


def concentrations(results: Results, kind: Kind) -> tuple[Concentration, ...]:
    """Return how much hangs on every whole of one kind that any function reaches, sorted by id."""
    found = wholes(results.model, kind)
    reached = _users(results.closures, found)
    found = tuple(whole for whole in found if reached[whole.id])
    used = {top: used_directly(results, top) for top in results.structure.tops}
    direct = _users(used, found)
    bare = _stopped(results, results.structure.bare, found)
    planned = _stopped(results, results.structure, found)
    return tuple(
        Concentration(
            whole,
            share_of(results, direct[whole.id]),
            share_of(results, reached[whole.id] - direct[whole.id]),
            share_of(results, reached[whole.id]),
            share_of(results, bare[whole.id]),
            share_of(results, planned[whole.id]),
        )
        for whole in found
    )


def share_of(results: Results, functions: Iterable[str]) -> Share:
    """Return some functions as a share of all."""
    chosen = tuple(sorted(functions))
    weights = {name: weight_of(function) for name, function in results.functions.items()}
    return Share(
        chosen,
        Fraction(len(chosen), len(weights) or 1),
        Fraction(sum(weights[name] for name in chosen), sum(weights.values()) or 1),
    )


def weight_of(function: Function) -> int:
    """Return what a function counts for."""
    return WEIGHT[function.criticality or Criticality.CRITICAL]


def _users(
    needs: Mapping[str, frozenset[str]], found: Iterable[Whole]
) -> dict[str, frozenset[str]]:
    """Return the functions whose needs have anything of each whole."""
    users: dict[str, set[str]] = {}
    for function, needed in needs.items():
        for name in needed:
            users.setdefault(name, set()).add(function)
    nobody: set[str] = set()
    return {
        whole.id: frozenset().union(*(users.get(name, nobody) for name in whole.elements))
        for whole in found
    }


def used_directly(results: Results, function: str) -> frozenset[str]:
    """Return what a function reaches through nothing but our own elements.

    That is the first element of others on each path, together with the organisation that runs it.
    """
    seen, queue = {function}, [function]
    direct: set[str] = set()
    for name in queue:
        for target in results.structure.successors[name]:
            if target in seen:
                continue
            seen.add(target)
            if _is_own(results.model.element(target)):
                queue.append(target)
            else:
                direct.add(target)
                provider = results.model.provider_of(target)
                if provider is not None:
                    direct.add(provider)
    return frozenset(direct)


def _is_own(element: Element) -> bool:
    """Tell whether we run an element ourselves; a third party nobody is named for we do not."""
    if isinstance(element, Service):
        return element.provider is None
    return not isinstance(element, ThirdParty | Provider)


def _stopped(
    results: Results, structure: Structure, found: tuple[Whole, ...]
) -> dict[str, frozenset[str]]:
    """Return the functions that stop while each whole is lost; all are tried in one pass.

    Only where functions need functions that work by shares each is tried by itself and by level:
    what is left of one may be enough for itself and too little for whoever needs it.
    """
    if results.levels_matter:
        ready = structure.with_standbys(
            replace(standby, lead=0.0, sustains=math.inf, level=FULL)
            for standby in structure.standbys.values()
        )
        courses = {w.id: evolve(ready, dict.fromkeys(w.elements, (_ALL_TIME,))) for w in found}
        return {
            name: frozenset(top for top in structure.tops if course.down(top))
            for name, course in courses.items()
        }
    failed = dict.fromkeys(structure.nodes, 0)
    for number, whole in enumerate(found):
        for name in whole.elements:
            failed[name] |= 1 << number
    down = propagate(structure, failed, len(found))
    return {
        whole.id: frozenset(top for top in structure.tops if down[top] >> number & 1)
        for number, whole in enumerate(found)
    }


# -- time -------------------------------------------------------------------------------------


def lost_for(results: Results, whole: Whole) -> float:
    """Return how long a whole may be lost, in seconds, infinite when nobody knows.

    The longest worst outage of anything in it that fails by itself; where nothing in it does, the
    model has no such failure and the answer is zero.
    """
    failing = (n for n in whole.elements if results.model.element(n).fails_alone)
    return max((results.worst_outage(name) for name in failing), default=0.0)


def losing(results: Results, whole: Whole) -> Simulation:
    """Return the course of losing a whole for as long as it may be, contingencies counted."""
    length = lost_for(results, whole)
    return results.simulate({name: [(0.0, length)] for name in whole.elements})


def nearest(results: Results, function: str, whole: Whole) -> tuple[str, ...]:
    """Return a shortest path from a function into a whole, empty when it does not reach it."""
    paths = results.paths[function]
    found = (paths[name] for name in whole.elements if name in paths)
    return min(found, key=lambda path: (len(path), path), default=())


# -- evenness ---------------------------------------------------------------------------------


def spend_index(results: Results) -> Index:
    """Return how evenly the yearly cost of the contracts in force is spread over organisations.

    Only contracts with a cost count; a contract with a subsidiary counts for the organisation at
    the top.
    """
    costs: dict[str, Fraction] = {}
    count = 0
    for contract in results.model.contracts:
        if contract.annual_cost and in_force(contract, results.today):
            top = ultimate_parent(results.model, contract.provider)
            costs[top] = costs.get(top, Fraction(0)) + Fraction(contract.annual_cost)
            count += 1
    return _index(costs, count)


def function_index(results: Results) -> Index:
    """Return how evenly functions, weighted by criticality, are spread over organisations.

    A function that reaches several counts for each of them in full.
    """
    found = concentrations(results, Kind.PARENT)
    weights = {c.whole.id: c.reached.weighted for c in found}
    functions = {name for c in found for name in c.reached.functions}
    return _index(weights, len(functions))


def _index(amounts: Mapping[str, Fraction], count: int) -> Index:
    whole = sum(amounts.values(), Fraction(0))
    shares = {name: amount / whole for name, amount in amounts.items() if amount}
    points = float(sum((share * 100) ** 2 for share in shares.values()))
    return Index(points, tuple(sorted(shares.items(), key=lambda s: (-s[1], s[0]))), count)
