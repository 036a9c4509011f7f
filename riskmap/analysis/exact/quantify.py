"""Probability and importance from the diagrams of a solution.

One pass upwards gives the probability of every node, one downwards the chance of passing through
it; Birnbaum's importance of every variable follows from both (Dutuit and Rauzy, "Efficient
algorithms to assess component and gate importance in fault tree analysis", Reliability Engineering
and System Safety 72, 2001). Basic events are independent; common causes must be in the structure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from riskmap.analysis.exact.formula import FALSE, TRUE
from riskmap.analysis.exact.solution import ModuleDiagram, Solution


@dataclass(frozen=True, slots=True)
class ImportanceFactors:
    """How much one basic event matters for the top.

    Attributes
    ----------
    p_event : float
        Its own probability.
    birnbaum : float
        Probability that it decides: P(top | it is down) - P(top | it is up).
    criticality : float
        Probability that it is down and decides, given that the top is down.
    fussell_vesely : float
        Share of the rare-event sum over all minimal cut sets that those containing it make up.
    raw : float
        Risk achievement worth, P(top | it is down) / P(top).
    rrw : float
        Risk reduction worth, P(top) / P(top | it is up); infinite when the top then never is.
    """

    p_event: float
    birnbaum: float
    criticality: float
    fussell_vesely: float
    raw: float
    rrw: float


def probability(solution: Solution, p: Mapping[str, float]) -> float:
    """Return the exact probability that the top is down.

    Parameters
    ----------
    p : mapping of str to float
        Probability of each basic event.
    """
    return _upward(solution, p)[1][solution.root]


def rare_event(solution: Solution, p: Mapping[str, float]) -> float:
    """Return the rare-event approximation: the sum over all minimal cut sets, above the truth."""
    return _family_sums(solution, p)[1][solution.root]


def _of_leaf(solution: Solution, p: Mapping[str, float], node: int) -> float:
    return p[solution.formulas.gates[node].name]


def _by_level(
    solution: Solution,
    p: Mapping[str, float],
    whole: Mapping[int, float],
    part: ModuleDiagram,
    nodes: list[int],
) -> dict[int, float]:
    """Return the value of the variable or module at each level that these nodes test."""
    found = {}
    for level in {part.diagrams.level[node] for node in nodes}:
        leaf = part.order[level]
        found[level] = whole[leaf] if leaf in whole else _of_leaf(solution, p, leaf)
    return found


def _upward(
    solution: Solution, p: Mapping[str, float]
) -> tuple[dict[int, dict[int, float]], dict[int, float]]:
    """Return the probability of every diagram node by module, and of every module."""
    nodes: dict[int, dict[int, float]] = {}
    whole: dict[int, float] = {FALSE: 0.0, TRUE: 1.0}
    if not solution.parts and solution.root not in whole:
        whole[solution.root] = _of_leaf(solution, p, solution.root)
    for part in solution.parts:
        table = {0: 0.0, 1: 1.0}
        diagrams = part.diagrams
        order = diagrams.below(part.function)
        chance = _by_level(solution, p, whole, part, order)
        for node in order:
            q = chance[diagrams.level[node]]
            table[node] = q * table[diagrams.high[node]] + (1 - q) * table[diagrams.low[node]]
        nodes[part.gate] = table
        whole[part.gate] = table[part.function]
    return nodes, whole


def _family_sums(
    solution: Solution, p: Mapping[str, float]
) -> tuple[dict[int, dict[int, float]], dict[int, float]]:
    """Return the sum over sets of the product of their members, by node and by module."""
    nodes: dict[int, dict[int, float]] = {}
    whole: dict[int, float] = {FALSE: 0.0, TRUE: 1.0}
    if not solution.parts and solution.root not in whole:
        whole[solution.root] = _of_leaf(solution, p, solution.root)
    for part in solution.parts:
        table = {0: 0.0, 1: 1.0}
        diagrams = part.diagrams
        order = diagrams.below(part.family)
        weight = _by_level(solution, p, whole, part, order)
        for node in order:
            taken = weight[diagrams.level[node]] * table[diagrams.high[node]]
            table[node] = taken + table[diagrams.low[node]]
        nodes[part.gate] = table
        whole[part.gate] = table[part.family]
    return nodes, whole


def importance(solution: Solution, p: Mapping[str, float]) -> dict[str, ImportanceFactors]:
    """Return the importance of every basic event that takes part in any cut set."""
    nodes, whole = _upward(solution, p)
    sums, totals = _family_sums(solution, p)
    decides = {solution.root: 1.0}
    shares = {solution.root: 1.0}
    for part in reversed(solution.parts):
        _downward(part, nodes[part.gate], whole, decides, solution, p)
        _share_downward(part, sums[part.gate], totals, shares, solution, p)
    top, total = whole[solution.root], totals[solution.root]
    found = {}
    for node, birnbaum in decides.items():
        gate = solution.formulas.gates[node]
        if gate.kind != "variable":
            continue
        q = p[gate.name]
        when_up = max(0.0, top - q * birnbaum)
        when_down = min(1.0, top + (1 - q) * birnbaum)
        found[gate.name] = ImportanceFactors(
            p_event=q,
            birnbaum=birnbaum,
            criticality=q * birnbaum / top if top else 0.0,
            fussell_vesely=q * shares.get(node, 0.0) / total if total else 0.0,
            raw=when_down / top if top else float("inf"),
            rrw=top / when_up if when_up else float("inf"),
        )
    return dict(sorted(found.items()))


def _downward(
    part: ModuleDiagram,
    table: Mapping[int, float],
    whole: Mapping[int, float],
    decides: dict[int, float],
    solution: Solution,
    p: Mapping[str, float],
) -> None:
    """Add, for each leaf of a module, the probability that it decides the top."""
    diagrams = part.diagrams
    reach = {part.function: decides[part.gate]}
    for node in reversed(diagrams.below(part.function)):
        through = reach.get(node, 0.0)
        leaf = part.order[diagrams.level[node]]
        q = whole[leaf] if leaf in whole else _of_leaf(solution, p, leaf)
        low, high = diagrams.low[node], diagrams.high[node]
        decides[leaf] = decides.get(leaf, 0.0) + through * (table[high] - table[low])
        reach[low] = reach.get(low, 0.0) + through * (1 - q)
        reach[high] = reach.get(high, 0.0) + through * q


def _share_downward(
    part: ModuleDiagram,
    table: Mapping[int, float],
    totals: Mapping[int, float],
    shares: dict[int, float],
    solution: Solution,
    p: Mapping[str, float],
) -> None:
    """Add, for each leaf of a module, the sum over the rest of the sets that contain it."""
    diagrams = part.diagrams
    reach = {part.family: shares[part.gate]}
    for node in reversed(diagrams.below(part.family)):
        through = reach.get(node, 0.0)
        leaf = part.order[diagrams.level[node]]
        weight = totals[leaf] if leaf in totals else _of_leaf(solution, p, leaf)
        low, high = diagrams.low[node], diagrams.high[node]
        shares[leaf] = shares.get(leaf, 0.0) + through * table[high]
        reach[low] = reach.get(low, 0.0) + through
        reach[high] = reach.get(high, 0.0) + through * weight
