"""Everything computed from one model, on one day: what rules and reports look at.

Nothing here judges. Each property is computed once, on first use; all of it is a pure function of
the model and the day.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import islice

from riskmap.analysis.cutsets import (
    MinimalCutSet,
    minimal_cut_sets,
    shortest_paths,
    single_points,
    single_points_with_each,
)
from riskmap.analysis.outage import Evolution, Service, evolve
from riskmap.analysis.propagation import propagate
from riskmap.analysis.structure import Node, Structure, Weighted
from riskmap.analysis.thresholds import ByLevel, by_level
from riskmap.analysis.timeline import Course, Interval, longest, union
from riskmap.analysis.translation import effective_minimum, seconds, structure_of
from riskmap.model import SHIPPED, Function, Model, Policy, Scenario
from riskmap.rules.accountability import Accountability, accountability
from riskmap.rules.assumptions import Assumption, assumptions_of
from riskmap.rules.leaving.ground import Ground
from riskmap.rules.leaving.sets import ExitSet, exit_sets
from riskmap.rules.verdict import Impact, loss_of, verdict_of


@dataclass(frozen=True, slots=True)
class Simulation:
    """The course of one outage.

    Attributes
    ----------
    failures : mapping of str to tuple of Interval
        When each element fails by itself, in seconds from the beginning.
    evolution : Evolution
        What follows.
    impacts : mapping of str to Impact
        What it does to each function that loses any capacity.
    degraded : tuple of str
        Functions that are not stopped but lose something they softly need, sorted.
    """

    failures: Mapping[str, tuple[Interval, ...]]
    evolution: Evolution
    impacts: Mapping[str, Impact]
    degraded: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """What follows from a model.

    Parameters
    ----------
    model : Model
    today : date
        The day on which contracts, tests and treatments are looked at.
    policy : Policy
        From where on something is worth a finding; no number computed here depends on it.
    """

    model: Model
    today: date
    policy: Policy = SHIPPED
    _closures: dict[str, frozenset[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _without: dict[tuple[frozenset[str], str, str], Impact | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    _others: dict[frozenset[str], Structure] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def structure(self) -> Structure:
        """The failure logic, contingencies included."""
        return structure_of(self.model)

    @cached_property
    def by_level(self) -> ByLevel:
        """The same with nodes for the levels that minimums ask about, where shares are needed."""
        return by_level(self.structure)

    @property
    def logic(self) -> Structure:
        """The structure that logic looks at: single points, cut sets of all orders."""
        return self.by_level.structure

    @cached_property
    def functions(self) -> Mapping[str, Function]:
        """Functions by id."""
        return {function.id: function for function in self.model.functions}

    @cached_property
    def inherent(self) -> tuple[MinimalCutSet, ...]:
        """Minimal cut sets counting automatic redundancy only."""
        return minimal_cut_sets(self.logic.bare, self.structure.bare)

    @cached_property
    def residual(self) -> tuple[MinimalCutSet, ...]:
        """Minimal cut sets counting a running contingency as an alternative."""
        return minimal_cut_sets(self.logic, self.structure)

    @cached_property
    def inherent_singles(self) -> Mapping[str, frozenset[str]]:
        """Single points of failure of each function without contingencies."""
        return single_points(self.logic.bare, self.structure.tops)

    @property
    def levels_matter(self) -> bool:
        """Whether logic alone may miss what stops a function: one needs another's shares."""
        return bool(self._shared_in)

    @cached_property
    def _shared_in(self) -> tuple[str, ...]:
        """Nodes that work by shares and that a function needs."""
        needed = frozenset().union(
            *(
                self.below(name)
                for top in self.structure.tops
                for name in self.structure.successors[top]
            )
        )
        return tuple(name for name in self._sharing if name in needed)

    @cached_property
    def _sharing(self) -> tuple[str, ...]:
        """Nodes that work by shares."""
        nodes = self.structure.nodes.values()
        return tuple(n.id for n in nodes if any(isinstance(term, Weighted) for term in n.terms))

    @cached_property
    def residual_singles(self) -> Mapping[str, frozenset[str]]:
        """Single points of failure of each function with contingencies running."""
        return single_points(self.logic, self.structure.tops)

    @cached_property
    def paths(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """For each function a shortest path to everything it needs."""
        return {top: shortest_paths(self.structure.bare, top) for top in self.structure.tops}

    @cached_property
    def closures(self) -> Mapping[str, frozenset[str]]:
        """Everything each function needs, itself included, contingencies left out."""
        return {top: self.structure.closure(top) for top in self.structure.tops}

    @cached_property
    def needed(self) -> frozenset[str]:
        """Everything that any function needs, the functions included, contingencies left out."""
        return frozenset().union(*self.closures.values())

    @cached_property
    def reach(self) -> Mapping[str, frozenset[str]]:
        """Everything each function needs, itself and what its contingencies need included."""
        structure = self.structure
        return {top: structure.closure(top, standbys=True) for top in structure.tops}

    def below(self, element: str) -> frozenset[str]:
        """Return everything an element needs, itself included."""
        if element not in self._closures:
            self._closures[element] = self.structure.closure(element)
        return self._closures[element]

    def between(self, function: str, element: str) -> frozenset[str]:
        """Return what lies on any path from a function to an element, both included."""
        return self.closures[function] & self.structure.above((element,))

    def all_paths(self, function: str, element: str, most: int) -> tuple[tuple[str, ...], ...]:
        """Return at most so many different paths from a function to an element, shortest first."""
        import networkx as nx  # noqa: PLC0415 - only when somebody asks for all paths

        inside = self.between(function, element)
        graph: nx.DiGraph[str] = nx.DiGraph()
        for name in sorted(inside):
            graph.add_edges_from((name, t) for t in self.structure.successors[name] if t in inside)
        if function not in graph or element not in graph:
            return ()
        found = nx.shortest_simple_paths(graph, function, element)
        return tuple(tuple(path) for path in islice(found, most))

    # -- time ------------------------------------------------------------------------------

    def worst_outage(self, element: str) -> float:
        """Return the worst plausible outage of an element in seconds, infinite when unknown."""
        return seconds(self.model.element(element).outage.worst)

    def impacts_of(
        self, structure: Structure, *elements: str, tops: Iterable[str] | None = None
    ) -> dict[str, Impact]:
        """Return what failures, each for its worst outage from one moment on, do to functions.

        Parameters
        ----------
        tops : iterable of str, optional
            The functions to look at, instead of all.

        Returns
        -------
        dict of str to Impact
            By function; those that lose no capacity at any time are absent.
        """
        outages = {name: self.worst_outage(name) for name in elements}
        failures = {name: [(0.0, outage)] for name, outage in outages.items()}
        within = None if tops is None else frozenset().union(*(self._reach[t] for t in tops))
        evolution = evolve(structure, failures, within)
        return {
            name: self._impact(evolution, name, elements, max(outages.values()))
            for name in (self.structure.tops if tops is None else tops)
            if name in evolution.courses and evolution.course(name).lowest < 1
        }

    @cached_property
    def _reach(self) -> Mapping[str, frozenset[str]]:
        """Everything each function needs, itself and what contingencies use included."""
        return {top: self.structure.closure(top, standbys=True) for top in self.structure.tops}

    def _impact(
        self, evolution: Evolution, name: str, elements: tuple[str, ...], outage: float
    ) -> Impact:
        function = self.functions[name]
        down, course = evolution.down(name), evolution.course(name)
        covered = self.closures[name]
        services = tuple(service for service in evolution.services if service.node in covered)
        stopped = math.fsum(end - start for start, end in down)
        fallback, carried = _fallback(services, course, effective_minimum(function))
        return Impact(
            function=name,
            elements=elements,
            outage=outage,
            down=down,
            longest=longest(down),
            stopped=stopped,
            lowest=course.lowest,
            services=services,
            fallback=fallback,
            carried=carried,
            loss=loss_of(function, down),
            verdict=verdict_of(function, stopped),
        )

    def simulate(self, failures: Mapping[str, Iterable[Interval]]) -> Simulation:
        """Return the course of an outage.

        Parameters
        ----------
        failures : mapping of str to iterable of Interval
            When each element fails by itself, in seconds; a grouping may be failed as well.
        """
        given = {name: union(times) for name, times in sorted(failures.items())}
        evolution = evolve(self.structure, given)
        elements = tuple(sorted(given, key=lambda name: (given[name][:1], name)))
        ends = [end for times in given.values() for _, end in times]
        outage = max(ends, default=0.0)
        impacts = {
            name: self._impact(evolution, name, elements, outage)
            for name in self.structure.tops
            if evolution.course(name).lowest < 1
        }
        down = frozenset(name for name in evolution.courses if evolution.down(name))
        soft = self.structure.degraded_by(down)
        degraded = tuple(name for name in self.structure.tops if name in soft)
        return Simulation(given, evolution, impacts, degraded)

    def scenario(self, scenario: Scenario) -> Simulation:
        """Return the course of a scenario of the model."""
        failures = {
            failure.element: [
                (
                    failure.after.total_seconds(),
                    failure.after.total_seconds() + seconds(failure.lasts),
                )
            ]
            for failure in scenario.fails
        }
        return self.simulate(failures)

    @cached_property
    def impacts(self) -> Mapping[tuple[str, str], Impact]:
        """Impact of every single failure, by function and element; unaffected pairs are absent."""
        return self._all_impacts(self.structure)

    @cached_property
    def pair_impacts(self) -> Mapping[tuple[str, tuple[str, ...]], Impact]:
        """Impact of both members of a minimal cut set of order two, by function and members.

        Of either reading, contingencies being there. Both fail at the same moment, each for its
        worst outage; what is felt of the longer one alone is part of it. Pairs that no function
        feels are absent.
        """
        tops: dict[tuple[str, ...], set[str]] = {}
        for cut_set in (*self.inherent, *self.residual):
            if cut_set.order == 2:
                tops.setdefault(cut_set.members, set()).add(cut_set.top)
        return {
            (function, members): impact
            for members in sorted(tops)
            for function, impact in self.impacts_of(
                self.structure, *members, tops=sorted(tops[members])
            ).items()
        }

    def impact_of(self, cut_set: MinimalCutSet) -> Impact | None:
        """Return what a cut set of order one or two does to its function, contingencies counted.

        None when the function loses no capacity at any time: a contingency carries it throughout.
        """
        if cut_set.order == 1:
            return self.impacts.get((cut_set.top, cut_set.members[0]))
        return self.pair_impacts.get((cut_set.top, cut_set.members))

    @cached_property
    def unaided(self) -> Mapping[tuple[str, str], Impact]:
        """The same without any contingency."""
        return self._all_impacts(self.structure.bare)

    def impact_without(
        self, contingencies: frozenset[str], function: str, element: str
    ) -> Impact | None:
        """Return the impact of one failure, were some contingencies not there; None if it has none.

        Computed for one function and element at a time, since few are ever asked for.
        """
        key = contingencies, function, element
        if key not in self._without:
            structure = self._structure_without(contingencies)
            found = self.impacts_of(structure, element, tops=(function,))
            self._without[key] = found.get(function)
        return self._without[key]

    def _structure_without(self, contingencies: frozenset[str]) -> Structure:
        if contingencies not in self._others:
            others = (s for s in self.structure.standbys.values() if s.id not in contingencies)
            self._others[contingencies] = self.structure.with_standbys(others)
        return self._others[contingencies]

    def _all_impacts(self, structure: Structure) -> dict[tuple[str, str], Impact]:
        found = {}
        for name in sorted(self._felt):
            for function, impact in self.impacts_of(structure, name).items():
                found[function, name] = impact
        return found

    @cached_property
    def _felt(self) -> frozenset[str]:
        """Basic elements whose failure alone takes anything from a function.

        Besides single points these are parts of what works by shares; everything else has an
        alternative that serves in full.
        """
        alone = frozenset().union(*self.inherent_singles.values())
        shared = (self.below(name) for name in self._sharing)
        nodes = self.structure.nodes
        return alone | frozenset(n for n in frozenset().union(*shared) if nodes[n].basic)

    # -- contingencies ---------------------------------------------------------------------

    def served_functions(self, contingency: str) -> tuple[str, ...]:
        """Return the functions that need anything a contingency covers, sorted."""
        covers = self.structure.standbys[contingency].covers
        return tuple(
            name for name in self.structure.tops if any(c in self.closures[name] for c in covers)
        )

    @cached_property
    def standby_singles(self) -> Mapping[str, frozenset[str]]:
        """Whatever alone keeps each contingency from running."""
        probes = {
            f"{name}/": Node(f"{name}/", False, standby.terms)
            for name, standby in self.structure.standbys.items()
        }
        probed = Structure({**self.logic.nodes, **probes})
        found = single_points(probed, probes)
        return {name.removesuffix("/"): points for name, points in found.items()}

    def shared_fate(self, contingency: str, function: str) -> frozenset[str]:
        """Return what alone stops both a function and the contingency meant to help it.

        Only causes that reach the function through something the contingency covers count.
        """
        both = self.inherent_singles[function] & self.standby_singles[contingency]
        covers = self.structure.standbys[contingency].covers
        below = [self.below(name) for name in covers if name in self.closures[function]]
        return both & frozenset().union(*below)

    @cached_property
    def _alone_singles(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Single points of each function with one contingency running, by contingency."""
        return single_points_with_each(self.logic, self.structure.tops)

    def helped_by(self, contingency: str, function: str) -> frozenset[str]:
        """Return the single points of a function that one contingency makes up for.

        By itself, or as one of several of which none does by itself: each that cannot be left out.
        By structure only: whether it comes in time and carries enough is another question.
        """
        alone = self.inherent_singles[function] - self._alone_singles[contingency][function]
        return alone | self._together.get((contingency, function), frozenset())

    @cached_property
    def _together(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Single points that only several contingencies together make up for, by one of them.

        A contingency is one of those if the point stops the function once that one is gone. All
        points are tried in one pass for each contingency; without any such point there is none.
        """
        points = {top: self._helped_together(top) for top in self.structure.tops}
        wanted = sorted(frozenset().union(*points.values()))
        if not wanted:
            return {}
        failed = {name: 1 << number for number, name in enumerate(wanted)}
        found = {}
        for name in self.logic.standbys:
            others = (s for s in self.logic.standbys.values() if s.id != name)
            down = propagate(self.logic.with_standbys(others), failed, len(wanted))
            for top, single in points.items():
                found[name, top] = frozenset(p for p in single if down[top] & failed[p])
        return found

    def _helped_together(self, function: str) -> frozenset[str]:
        """Return the single points that contingencies make up for, though none does alone."""
        helped = self.inherent_singles[function] - self.residual_singles[function]
        alone = self._alone_singles.values()
        return frozenset(p for p in helped if all(p in singles[function] for singles in alone))

    def unplanned(self, function: str) -> frozenset[str]:
        """Return the single points of a function against which no contingency helps at all.

        Those that a contingency meant to help falls with are left out: they are shared fate.
        """
        shared = (self.shared_fate(name, function) for name in self.structure.standbys)
        both = self.residual_singles[function] & self.inherent_singles[function]
        return both - frozenset().union(*shared)

    # -- exit, contracts, assumptions ------------------------------------------------------

    @cached_property
    def exit_sets(self) -> Mapping[str, ExitSet]:
        """What must move with each service that has a provider, by service."""
        return exit_sets(self.model)

    @cached_property
    def leaving(self) -> Ground:
        """What the calculations about leaving stand on."""
        return Ground(
            self.model, self.today, self.exit_sets, frozenset(self.assumptions), self.closures
        )

    @cached_property
    def accountability(self) -> Mapping[str, Accountability]:
        """Where every element stands in our chain of contracts."""
        return accountability(self.model, self.today)

    @cached_property
    def assumptions(self) -> Mapping[str, Assumption]:
        """Everything results may rest on that nobody has shown, by key."""
        return {assumption.key: assumption for assumption in assumptions_of(self.model)}

    def rests_on(self, *facts: str) -> tuple[str, ...]:
        """Return those of the named facts that are assumptions.

        Parameters
        ----------
        *facts : str
            Keys such as ``senderbase.outage``; a bare id means the entry as a whole.
        """
        return tuple(sorted({fact for fact in facts if fact in self.assumptions}))


def _fallback(
    services: Iterable[Service], course: Course, minimum: Fraction
) -> tuple[Service | None, Fraction | None]:
    """Return the first contingency with which enough works, else the one with which most does.

    With it the level that is reached when it begins to serve.
    """
    reached = [(course.level_at(service.start), service) for service in sorted(services)]
    if not reached:
        return None, None
    enough = (pair for pair in reached if pair[0] >= minimum)
    level, service = next(enough, None) or max(reached, key=lambda pair: pair[0])
    return service, level
