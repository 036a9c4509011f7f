"""Coherent Boolean formulas as shared graphs: the form in which all orders are computed.

A formula is a directed acyclic graph of gates over variables, every distinct gate stored once
(structural hashing). There is no negation. A gate holds when the weights of its children that hold
add up to more than its limit; OR is weight one each and limit zero, AND is limit ``n - 1``, k-of-n
is limit ``k - 1``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

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
    limit : Fraction
        A threshold holds when more weight than this holds.
    weights : tuple of Fraction
    """

    kind: str
    children: tuple[int, ...] = ()
    name: str = ""
    limit: Fraction = Fraction(0)
    weights: tuple[Fraction, ...] = ()


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

    def threshold(self, limit: Fraction, parts: Iterable[tuple[int, Fraction]]) -> int:
        """Return the gate that holds when parts that hold weigh more than ``limit``."""
        kept: list[tuple[int, Fraction]] = []
        for child, weight in parts:
            if child == TRUE:
                limit -= weight
            elif child != FALSE:
                kept.append((child, weight))
        kept.sort()
        if limit < 0:
            return TRUE
        if sum((weight for _, weight in kept), Fraction(0)) <= limit:
            return FALSE
        if all(weight > limit for _, weight in kept):
            return self.any_of(child for child, _ in kept)
        lightest = min(weight for _, weight in kept)
        if sum((weight for _, weight in kept), Fraction(0)) - lightest <= limit:
            return self.all_of(child for child, _ in kept)
        children = tuple(child for child, _ in kept)
        return self._store(
            Gate("threshold", children, "", limit, tuple(weight for _, weight in kept))
        )

    def at_least(self, count: int, children: Sequence[int]) -> int:
        """Return the gate that holds when at least ``count`` of the children do."""
        return self.threshold(Fraction(count - 1), [(child, Fraction(1)) for child in children])

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
