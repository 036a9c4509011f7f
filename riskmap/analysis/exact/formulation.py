"""From a structure to a formula per top: cycles and standbys written out.

Outside cycles a node's formula is built once from those of what it needs. Inside a cycle down is
the least fixpoint: starting from nothing down, the rules are applied until nothing changes, at most
once more than there are nodes that close a cycle. Standbys are let in from none running, as in
:mod:`riskmap.analysis.propagation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from riskmap.analysis.exact.formula import FALSE, TRUE, Formulas
from riskmap.analysis.limits import Limits
from riskmap.analysis.structure import Down, Structure, Term, Votes, targets

if TYPE_CHECKING:
    import networkx as nx


def formulate(
    structure: Structure, tops: Iterable[str], limits: Limits | None = None
) -> tuple[Formulas, dict[str, int]]:
    """Write down when each top is down, as formulas over the basic nodes.

    Returns
    -------
    Formulas
        All gates, shared between tops.
    dict of str to int
        The gate of each top, as those who need it see it: where standbys serve, it is up.

    Raises
    ------
    TimeExceededError
        When ``limits.expired`` says so before a cycle is written out.

    Notes
    -----
    Linear in the structure outside cycles. Mutual dependency costs one pass over its nodes for each
    node that closes a cycle, so a plain ring costs two.
    """
    wanted = tuple(tops)
    formulation = _Formulation(structure, limits or Limits())
    for component in _components(structure, wanted):
        formulation.add(component)
    return formulation.formulas, {top: formulation.served[top] for top in wanted}


class _Formulation:
    """Formulas found so far."""

    def __init__(self, structure: Structure, limits: Limits) -> None:
        self.structure = structure
        self.limits = limits
        self.formulas = Formulas()
        self.down: dict[str, int] = {}
        self.served: dict[str, int] = {}
        self.dead: dict[str, int] = {}

    def add(self, component: list[str]) -> None:
        """Add one component of mutual dependency; all it needs outside itself is known."""
        standbys = [name for name in component if name in self.structure.standbys]
        nodes = [name for name in component if name not in self.structure.standbys]
        cyclic = len(component) > 1 or _needs_itself(self.structure, component[0])
        for name in standbys:
            self.dead[name] = TRUE
        if not cyclic:
            for name in nodes:
                self._update(name)
            for name in standbys:
                self.dead[name] = self._any_term(self.structure.standbys[name].terms)
            return
        order, feedback = _untangled(self.structure, nodes)
        for _ in range(len(standbys) + 1):
            self._least(order, feedback)
            changed = False
            for name in standbys:
                terms = self._any_term(self.structure.standbys[name].terms)
                found = self.formulas.all_of((self.dead[name], terms))
                changed |= found != self.dead[name]
                self.dead[name] = found
            if not changed:
                break

    def _least(self, order: list[str], feedback: int) -> None:
        """Least fixpoint of what is down among mutually dependent nodes.

        All else follows from the ``feedback`` nodes in one pass, and each pass that has not reached
        the fixpoint brings down at least one of them more in every scenario (Kleene).
        """
        for name in order:
            self.down[name] = self.served[name] = FALSE
        for _ in range(feedback + 1):
            self.limits.check()
            changed = [name for name in order if self._update(name)]
            if not changed:
                break

    def _update(self, name: str) -> bool:
        """Apply the rule of one node; tell whether that changed anything."""
        node = self.structure.nodes[name]
        found = self._any_term(node.terms)
        if node.basic:
            found = self.formulas.any_of((found, self.formulas.variable(name)))
        changed = self.down.get(name) != found
        self.down[name] = found
        dead = (self.dead[standby] for standby in self.structure.covered_by.get(name, ()))
        self.served[name] = self.formulas.all_of((found, *dead))
        return changed

    def _any_term(self, terms: Iterable[Term]) -> int:
        return self.formulas.any_of([self._term(term) for term in terms])

    def _term(self, term: Term) -> int:
        match term:
            case Down(target):
                return self.served[target]
            case Votes(threshold, members):
                return self.formulas.at_least(threshold, [self._term(m) for m in members])
        parts = [(self.served[name], weight) for name, weight in term.parts]
        return self.formulas.threshold(term.limit, parts)


def _untangled(structure: Structure, nodes: list[str]) -> tuple[list[str], int]:
    """Order nodes so that few are needed before they come; return how many those are.

    A walk from node to need; what it meets again before it has finished with it is on every cycle
    that closes there, so that without these nodes there is no cycle left.
    """
    within = set(nodes)
    entered: set[str] = set()
    finished: dict[str, None] = {}
    feedback: set[str] = set()
    for start in nodes:
        if start in entered:
            continue
        entered.add(start)
        stack = [(start, iter(structure.successors[start]))]
        while stack:
            name, rest = stack[-1]
            target = next(rest, None)
            if target is None:
                finished[name] = None
                stack.pop()
            elif target in within and target not in entered:
                entered.add(target)
                stack.append((target, iter(structure.successors[target])))
            elif target in within and target not in finished:
                feedback.add(target)
    return list(finished), len(feedback)


def _needs_itself(structure: Structure, name: str) -> bool:
    return name in structure.nodes and name in structure.successors[name]


def _components(structure: Structure, tops: tuple[str, ...]) -> Iterable[list[str]]:
    """Components of the graph of nodes and standbys below the tops, what is needed first."""
    import networkx as nx  # noqa: PLC0415 - only when somebody asks for all orders

    following: Mapping[str, tuple[str, ...]] = structure.successors
    graph: nx.DiGraph[str] = nx.DiGraph()
    seen, queue = set(tops), list(tops)
    for name in queue:
        if name in structure.standbys:
            needed = sorted(set(targets(structure.standbys[name].terms)))
        else:
            needed = [*following[name], *structure.covered_by.get(name, ())]
        graph.add_node(name)
        for target in needed:
            graph.add_edge(target, name)
            if target not in seen:
                seen.add(target)
                queue.append(target)
    condensed = nx.condensation(graph)
    for component in nx.topological_sort(condensed):
        yield sorted(condensed.nodes[component]["members"])
