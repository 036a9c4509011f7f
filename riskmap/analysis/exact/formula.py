"""Coherent Boolean formulas as shared graphs: the form in which all orders are computed.

A formula is a directed acyclic graph of gates over variables, every distinct gate stored once
(structural hashing). There is no negation. A gate holds when the weights of its children that hold
add up to more than its limit; OR is weight one each and limit zero, AND is limit ``n - 1``, k-of-n
is limit ``k - 1``.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Weight = Fraction | int

FALSE, TRUE = 0, 1
"""Ids of the constants."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate or variable.

    Attributes
    ----------
    kind : str
        ``constant``, ``variable``, ``or``, ``and`` or ``threshold``.
    children : tuple of int
        Ids of what it depends on, sorted; for a threshold in the order of ``weights``.
    name : str
        Of a variable.
    limit : int
        A threshold holds when more weight than this holds.
    weights : tuple of int
    """

    kind: str
    children: tuple[int, ...] = ()
    name: str = ""
    limit: int = 0
    weights: tuple[int, ...] = ()


@dataclass(slots=True)
class Formulas:
    """A growing set of gates, each stored once; ids of children are smaller than their parents'."""

    gates: list[Gate] = field(default_factory=lambda: [Gate("constant"), Gate("constant")])
    _known: dict[Gate, int] = field(default_factory=dict)

    def _store(self, gate: Gate) -> int:
        found = self._known.get(gate)
        if found is None:
            found = self._known[gate] = len(self.gates)
            self.gates.append(gate)
        return found

    def variable(self, name: str) -> int:
        """Return the variable of this name."""
        return self._store(Gate("variable", name=name))

    def any_of(self, children: Iterable[int]) -> int:
        """Return the disjunction."""
        kept = set(children)
        kept.discard(FALSE)
        if TRUE in kept:
            return TRUE
        kept = self._absorbed(kept, "and")
        if len(kept) <= 1:
            return next(iter(kept), FALSE)
        return self._store(Gate("or", tuple(sorted(kept))))

    def all_of(self, children: Iterable[int]) -> int:
        """Return the conjunction."""
        kept = set(children)
        kept.discard(TRUE)
        if FALSE in kept:
            return FALSE
        kept = self._absorbed(kept, "or")
        if len(kept) <= 1:
            return next(iter(kept), TRUE)
        return self._store(Gate("and", tuple(sorted(kept))))

    def _absorbed(self, children: set[int], dual: str) -> set[int]:
        """Drop children that another child implies: ``x or (x and y)`` is ``x``, and dually."""
        if len(children) < 2:
            return children
        return {
            child
            for child in children
            if self.gates[child].kind != dual
            or not any(other in children for other in self.gates[child].children)
        }

    def threshold(self, limit: Weight, parts: Iterable[tuple[int, Weight]]) -> int:
        """Return the gate that holds when parts that hold weigh more than ``limit``."""
        weights: dict[int, Weight] = {}
        for child, weight in parts:
            if child == TRUE:
                limit -= weight
            elif child != FALSE and weight:
                weights[child] = weights.get(child, 0) + weight
        total = sum(weights.values())
        if limit < 0:
            return TRUE
        if total <= limit:
            return FALSE
        enough = [child for child, weight in weights.items() if weight > limit]
        if enough:
            rest = [part for part in weights.items() if part[1] <= limit]
            return self.any_of([*enough, self.threshold(limit, rest)])
        needed = [child for child, weight in weights.items() if total - weight <= limit]
        if needed:
            limit -= sum(weights.pop(child) for child in needed)
            return self.all_of([*needed, self.threshold(limit, weights.items())])
        return self._store(_normal(limit, weights))

    def at_least(self, count: int, children: Sequence[int]) -> int:
        """Return the gate that holds when at least ``count`` of the children do."""
        return self.threshold(count - 1, [(child, 1) for child in children])

    def rebuilt(self, gate: Gate, children: Sequence[int]) -> int:
        """Return a gate of the same kind over other children."""
        if gate.kind == "or":
            return self.any_of(children)
        if gate.kind == "and":
            return self.all_of(children)
        return self.threshold(gate.limit, list(zip(children, gate.weights, strict=True)))

    def below(self, root: int) -> list[int]:
        """Return every gate and variable under ``root``, children before parents."""
        seen, order = {root}, []
        stack = [(root, iter(self.gates[root].children))]
        while stack:
            node, rest = stack[-1]
            for child in rest:
                if child not in seen:
                    seen.add(child)
                    stack.append((child, iter(self.gates[child].children)))
                    break
            else:
                stack.pop()
                order.append(node)
        return order


def _normal(limit: Weight, weights: Mapping[int, Weight]) -> Gate:
    """Return a threshold gate in whole numbers without a common divisor."""
    scale = math.lcm(*(weight.denominator for weight in weights.values()))
    whole = {child: int(weight * scale) for child, weight in weights.items()}
    divisor = math.gcd(*whole.values())
    children = tuple(sorted(whole))
    shares = tuple(whole[child] // divisor for child in children)
    return Gate("threshold", children, "", int(limit * scale // divisor), shares)
