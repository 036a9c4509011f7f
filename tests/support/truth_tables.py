"""Random structures and formulas, and what is down in them, worked out the slow way.

A truth table is one integer: bit ``s`` says whether the top is down in scenario ``s``, and bit
``i`` of ``s`` whether the ``i``-th variable failed.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from hypothesis import strategies as st

from riskmap.analysis.exact.formula import FALSE, TRUE, Formulas
from riskmap.analysis.structure import Down, Node, Standby, Structure, Term, Votes, Weighted

NAMES = "abcdefghijkl"


# -- random structures -------------------------------------------------------------------------


@st.composite
def terms(draw: st.DrawFn, names: Sequence[str], most: int = 2, depth: int = 1) -> tuple[Term, ...]:
    """Needs of one node: plain, k-of-n groups that may hold groups, and weighted shares."""
    found: list[Term] = []
    for _ in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(["down", "down", "votes", "votes", "weighted"]))
        if kind == "down":
            found.append(Down(draw(st.sampled_from(names))))
        elif kind == "votes":
            members: list[Term] = [
                Down(name)
                for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=4))
            ]
            if depth:
                members += draw(terms(names, 1, depth - 1))
            found.append(Votes(draw(st.integers(1, len(members))), tuple(members)))
        else:
            carriers = draw(st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True))
            parts = tuple((name, Fraction(draw(st.integers(1, 5)), 10)) for name in carriers)
            whole = sum((weight for _, weight in parts), Fraction(0))
            found.append(Weighted(parts, whole * Fraction(draw(st.integers(0, 9)), 10)))
    return tuple(found)


@st.composite
def structures(draw: st.DrawFn, most: int = 6, standbys: int = 3) -> Structure:
    """Up to ``most`` nodes that need each other in any way, cycles included, and standbys.

    Standbys may need what they cover, each other's charges, or nothing.
    """
    names = NAMES[: draw(st.integers(2, most))]
    nodes = {
        name: Node(name, basic=draw(st.integers(0, 4)) > 0, terms=draw(terms(names)))
        for name in names
    }
    helpers = {}
    for number in range(draw(st.integers(0, standbys))):
        covers = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
        needs = draw(terms(names, 2, 0))
        helper = Standby(f"z{number}", tuple(covers), needs, 0.0, float("inf"), Fraction(1))
        helpers[helper.id] = helper
    return Structure(nodes, helpers, (names[0],))


@st.composite
def formulas(draw: st.DrawFn, most: int = 8) -> tuple[Formulas, int]:
    """A shared graph of gates over up to ``most`` variables, constants among them."""
    found = Formulas()
    made = [found.variable(name) for name in NAMES[: draw(st.integers(1, most))]]
    made += [FALSE, TRUE] if draw(st.integers(0, 4)) == 0 else []
    for _ in range(draw(st.integers(0, 12))):
        children = draw(st.lists(st.sampled_from(made), min_size=1, max_size=5))
        kind = draw(st.sampled_from(["or", "and", "votes", "weighted"]))
        if kind == "or":
            made.append(found.any_of(children))
        elif kind == "and":
            made.append(found.all_of(children))
        elif kind == "votes":
            made.append(found.at_least(draw(st.integers(1, len(children))), children))
        else:
            weights = [Fraction(draw(st.integers(0, 4)), 4) for _ in children]
            limit = Fraction(draw(st.integers(0, 12)), 4)
            made.append(found.threshold(limit, list(zip(children, weights, strict=True))))
    return found, made[-1]


# -- truth tables ------------------------------------------------------------------------------


def columns(names: Sequence[str]) -> dict[str, int]:
    """Return for every variable the scenarios in which it fails."""
    count = 1 << len(names)
    return {
        name: sum(1 << scenario for scenario in range(count) if scenario >> index & 1)
        for index, name in enumerate(names)
    }


def table_of_formula(found: Formulas, root: int, names: Sequence[str]) -> int:
    """Return the truth table of a formula, gate by gate and scenario by scenario."""
    column = columns(names)
    table = 0
    for scenario in range(1 << len(names)):
        value = {FALSE: False, TRUE: True}
        for node, gate in enumerate(found.gates):
            if gate.kind == "variable":
                value[node] = bool(column.get(gate.name, 0) >> scenario & 1)
            elif gate.kind != "constant":
                held = [value[child] for child in gate.children]
                if gate.kind == "or":
                    value[node] = any(held)
                elif gate.kind == "and":
                    value[node] = all(held)
                else:
                    pairs = zip(held, gate.weights, strict=True)
                    value[node] = sum(w for h, w in pairs if h) > gate.limit
        table |= value[root] << scenario
    return table


def minimal_sets(table: int, names: Sequence[str]) -> set[tuple[str, ...]]:
    """Return the minimal cut sets of a coherent truth table."""
    return {
        tuple(name for index, name in enumerate(names) if scenario >> index & 1)
        for scenario in range(1 << len(names))
        if table >> scenario & 1
        and not any(
            scenario >> index & 1 and table >> (scenario ^ 1 << index) & 1
            for index in range(len(names))
        )
    }


def path_sets(table: int, names: Sequence[str]) -> set[tuple[str, ...]]:
    """Return the minimal sets whose working alone keeps the top up."""
    everything = (1 << len(names)) - 1
    up = sum(1 << (everything ^ s) for s in range(1 << len(names)) if not table >> s & 1)
    return minimal_sets(up, names)


def chance(table: int, names: Sequence[str], p: Mapping[str, float]) -> float:
    """Return the probability of a truth table by adding up scenarios."""
    total = 0.0
    for scenario in range(1 << len(names)):
        if table >> scenario & 1:
            product = 1.0
            for index, name in enumerate(names):
                product *= p[name] if scenario >> index & 1 else 1 - p[name]
            total += product
    return total


# -- what is down, from the definitions ----------------------------------------------------------


def is_down(structure: Structure, name: str, failed: frozenset[str]) -> bool:
    """Tell whether a node is down for those who need it."""
    return name in _down(structure, failed, _running(structure, failed))


def _holds(term: Term, down: set[str]) -> bool:
    match term:
        case Down(target):
            return target in down
        case Votes(threshold, members):
            return sum(_holds(member, down) for member in members) >= threshold
        case Weighted(parts, limit):
            return sum((w for name, w in parts if name in down), Fraction(0)) > limit


def _down(structure: Structure, failed: frozenset[str], running: set[str]) -> set[str]:
    covered = {name for standby in running for name in structure.standbys[standby].covers}
    down: set[str] = set()
    while True:
        more = {
            name
            for name, node in structure.nodes.items()
            if name not in covered
            and name not in down
            and (name in failed or any(_holds(term, down) for term in node.terms))
        }
        if not more:
            return down
        down |= more


def _running(
    structure: Structure, failed: frozenset[str], apart: frozenset[str] = frozenset()
) -> set[str]:
    """Return the standbys that run, each judged without its own help."""
    found = set()
    for name in structure.standbys.keys() - apart:
        alone = apart | {name}
        down = _down(structure, failed, _running(structure, failed, alone))
        if not any(_holds(term, down) for term in structure.standbys[name].terms):
            found.add(name)
    return found


def subsets(names: Sequence[str]) -> list[frozenset[str]]:
    """Return every set of names, by scenario number."""
    found = [frozenset(s) for size in range(len(names) + 1) for s in combinations(names, size)]
    place = {name: index for index, name in enumerate(names)}
    return sorted(found, key=lambda s: sum(1 << place[name] for name in s))
