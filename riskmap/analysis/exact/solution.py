"""Everything about the minimal cut sets of one top, without listing them.

A formula is solved module by module; each module has a diagram of its function and one of its
minimal solutions, in which smaller modules stand as variables. Counting, probability and importance
are one pass over each diagram.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from riskmap.analysis.exact.diagram import Diagrams, deep
from riskmap.analysis.exact.formula import FALSE, TRUE, Formulas, Gate
from riskmap.analysis.exact.modules import modules, rewritten
from riskmap.analysis.exact.ordering import depth_first, inside, orders
from riskmap.analysis.limits import BudgetExceededError, Limits

Polynomial = list[int]
"""Number of sets by size: the coefficient at ``k`` counts those of ``k`` members."""

_FIRST_BUDGET = 2_000
_GROWTH = 10
_TRIED_EARLY = 2
"""Orders tried while the budget can still grow."""


@dataclass(frozen=True, slots=True)
class ModuleDiagram:
    """One module, solved.

    Attributes
    ----------
    gate : int
        Its gate.
    order : tuple of int
        Variable or smaller module at each level.
    function, family : int
        Its function, and its minimal solutions.
    """

    gate: int
    order: tuple[int, ...]
    diagrams: Diagrams
    function: int
    family: int


@dataclass(frozen=True)
class Solution:
    """The minimal cut sets of one top.

    Parameters
    ----------
    formulas : Formulas
    root : int
        Gate of the top after rewriting.
    parts : tuple of ModuleDiagram
        Modules that matter, smaller before larger; the root's is the last. Empty when the root is
        a variable or a constant.
    """

    formulas: Formulas
    root: int
    parts: tuple[ModuleDiagram, ...]

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """Names of everything that takes part in any cut set, sorted."""
        gates = (self.formulas.gates[node] for node in _taking_part(self.root, self.parts))
        return tuple(sorted(gate.name for gate in gates if gate.kind == "variable"))

    @cached_property
    def polynomials(self) -> Mapping[int, Mapping[int, Polynomial]]:
        """For each module and each node of its family, sets by number of basic events."""
        found: dict[int, dict[int, Polynomial]] = {}
        whole: dict[int, Polynomial] = {}
        for part in self.parts:
            table: dict[int, Polynomial] = {0: [], 1: [1]}
            diagrams = part.diagrams
            for node in diagrams.below(part.family):
                taken = part.order[diagrams.level[node]]
                high = table[diagrams.high[node]]
                with_it = _times(whole[taken], high) if taken in whole else [0, *high]
                table[node] = _plus(table[diagrams.low[node]], with_it)
            found[part.gate] = table
            whole[part.gate] = table[part.family]
        return found

    @cached_property
    def by_order(self) -> tuple[int, ...]:
        """Number of minimal cut sets of order one, two, three and so on."""
        if self.root in (TRUE, FALSE):
            return ()
        if not self.parts:
            return (1,)
        last = self.parts[-1]
        return tuple(self.polynomials[last.gate][last.family][1:])

    @property
    def count(self) -> int:
        """Number of minimal cut sets."""
        return sum(self.by_order)

    def contains(self, members: Iterable[str]) -> bool:
        """Tell whether a set is a minimal cut set, in one evaluation per member."""
        chosen = frozenset(members)
        if not chosen <= set(self.variables):
            return False
        return self.holds(chosen) and not any(self.holds(chosen - {one}) for one in chosen)

    def holds(self, failed: frozenset[str]) -> bool:
        """Tell whether the top is down when exactly these fail."""
        value = {FALSE: False, TRUE: True}
        for node in self.formulas.below(self.root):
            if node not in (FALSE, TRUE):
                value[node] = _holds(self.formulas.gates[node], value, failed)
        return value[self.root]


def _holds(gate: Gate, value: Mapping[int, bool], failed: frozenset[str]) -> bool:
    match gate.kind:
        case "variable":
            return gate.name in failed
        case "or":
            return any(value[child] for child in gate.children)
        case "and":
            return all(value[child] for child in gate.children)
    pairs = zip(gate.children, gate.weights, strict=True)
    return sum(weight for child, weight in pairs if value[child]) > gate.limit


def _plus(a: Polynomial, b: Polynomial) -> Polynomial:
    if len(a) < len(b):
        a, b = b, a
    return [x + y for x, y in zip(a, b, strict=False)] + a[len(b) :]


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    if not a or not b:
        return []
    found = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        if x:
            for j, y in enumerate(b):
                found[i + j] += x * y
    return found


def solve(formulas: Formulas, root: int, limits: Limits | None = None) -> Solution:
    """Find the minimal cut sets of a top, of all orders.

    Raises
    ------
    BudgetExceededError
        When no order of variables keeps a module's diagram within ``limits.nodes``.
    TimeExceededError
        When ``limits.expired`` says so.

    Notes
    -----
    Worst case exponential; in practice the order of variables decides, so each module is tried
    under several orders with a budget that grows until one succeeds.
    """
    limits = limits or Limits()
    root = rewritten(formulas, root, limits)
    if not formulas.gates[root].children:
        return Solution(formulas, root, ())
    found = modules(formulas, root)
    leaves = frozenset(found)
    with deep():
        parts = tuple(_module(formulas, gate, leaves, limits) for gate in found)
    taking_part = _taking_part(root, parts)
    return Solution(formulas, root, tuple(part for part in parts if part.gate in taking_part))


def _taking_part(root: int, parts: tuple[ModuleDiagram, ...]) -> set[int]:
    """Return the variables and modules that some cut set contains, the root included."""
    found = {root}
    for part in reversed(parts):
        if part.gate in found:
            level = part.diagrams.level
            found.update(part.order[level[node]] for node in part.diagrams.below(part.family))
    return found


def _module(formulas: Formulas, gate: int, leaves: frozenset[int], limits: Limits) -> ModuleDiagram:
    """Solve one module: at once if it is easy, else under the first order that fits a budget."""
    most = limits.nodes
    budget = min(_FIRST_BUDGET, most)
    part = replace(limits, nodes=budget)
    tried = [depth_first(formulas, gate, leaves)]
    while True:
        for order in tried:
            try:
                return _diagram(formulas, gate, leaves, order, part)
            except BudgetExceededError:
                continue
        if budget >= most:
            raise BudgetExceededError
        budget = min(budget * _GROWTH, most)
        part = replace(limits, nodes=budget)
        tried = orders(formulas, gate, leaves, part)
        if budget < most:
            tried = tried[:_TRIED_EARLY]


def _diagram(
    formulas: Formulas, gate: int, leaves: frozenset[int], order: tuple[int, ...], limits: Limits
) -> ModuleDiagram:
    """Build the diagrams of one module under one order."""
    diagrams = Diagrams(len(order), limits.nodes, limits.expired)
    value = {node: diagrams.node(level, 0, 1) for level, node in enumerate(order)}
    for node in inside(formulas, gate, leaves):
        one = formulas.gates[node]
        children = sorted((value[c] for c in one.children), key=diagrams.level.__getitem__)
        if one.kind == "or":
            total = 0
            for child in reversed(children):
                total = diagrams.either(child, total)
        elif one.kind == "and":
            total = 1
            for child in reversed(children):
                total = diagrams.both(child, total)
        else:
            parts = [(value[c], w) for c, w in zip(one.children, one.weights, strict=True)]
            total = diagrams.threshold(one.limit, parts)
        value[node] = total
    function = value[gate]
    family = diagrams.minimal(function)
    diagrams.forget()
    return ModuleDiagram(gate, order, diagrams, function, family)
