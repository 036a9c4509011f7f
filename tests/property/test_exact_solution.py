"""All minimal cut sets against enumeration, on random formulas and structures."""

from collections import Counter
from itertools import islice, pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from riskmap.analysis.exact.formula import Formulas
from riskmap.analysis.exact.formulation import formulate
from riskmap.analysis.exact.listing import cut_sets
from riskmap.analysis.exact.modules import modules, rewritten
from riskmap.analysis.exact.ordering import orders
from riskmap.analysis.exact.solution import Solution, _diagram, solve
from riskmap.analysis.limits import BudgetExceededError, Limits
from riskmap.analysis.structure import Structure
from tests.support import truth_tables as brute
from tests.support.truth_tables import NAMES, formulas, structures

CHANCES = st.lists(st.floats(0.001, 0.999), min_size=len(NAMES), max_size=len(NAMES)).map(
    lambda chances: dict(zip(NAMES, chances, strict=True))
)


def listed(solution: Solution) -> list[tuple[str, ...]]:
    return [members for members, _ in cut_sets(solution)]


@given(formula=formulas())
@settings(max_examples=400)
def test_cut_sets_are_those_found_by_trying_everything(formula: tuple[Formulas, int]) -> None:
    found, root = formula
    table = brute.table_of_formula(found, root, NAMES[:8])
    expected = brute.minimal_sets(table, NAMES[:8])
    solution = solve(found, root)
    if table == (1 << (1 << 8)) - 1:
        assert expected == {()}
        assert (solution.count, listed(solution)) == (0, [])
        return
    members = listed(solution)
    assert len(members) == len(set(members)) == solution.count
    assert set(members) == expected
    sizes = Counter(map(len, expected))
    assert solution.by_order == tuple(sizes[size] for size in range(1, max(sizes, default=0) + 1))
    assert solution.variables == tuple(sorted(set().union(*expected)))


@given(structure=structures(most=8), residual=st.booleans())
@settings(max_examples=200)
def test_cut_sets_of_structures(structure: Structure, residual: bool) -> None:
    """An antichain; every cut set meets every path set; membership is exact."""
    one = structure if residual else structure.bare
    names = sorted(name for name, node in one.nodes.items() if node.basic)
    found, roots = formulate(one, one.tops)
    solution = solve(found, roots[one.tops[0]])
    table = 0
    for scenario, failed in enumerate(brute.subsets(names)):
        table |= solution.holds(failed) << scenario
    assert table == brute.table_of_formula(found, roots[one.tops[0]], names)
    members = {frozenset(cut_set) for cut_set in listed(solution)}
    assert {tuple(sorted(cut_set)) for cut_set in members} == brute.minimal_sets(table, names)
    assert not any(a < b for a in members for b in members)
    paths = brute.path_sets(table, names)
    assert all(cut_set & set(path) for cut_set in members for path in paths)
    for chosen in brute.subsets(names):
        assert solution.contains(chosen) == (chosen in members)
    assert not solution.contains(["not-there"])


@given(structure=structures(most=7))
@settings(max_examples=80)
def test_residual_cut_sets_are_never_easier(structure: Structure) -> None:
    """Each contains an inherent one."""
    found = {}
    for label, one in (("residual", structure), ("inherent", structure.bare)):
        formed, roots = formulate(one, one.tops)
        found[label] = [set(members) for members in listed(solve(formed, roots[one.tops[0]]))]
    for members in found["residual"]:
        assert any(inherent <= members for inherent in found["inherent"])


@given(formula=formulas())
@settings(max_examples=150)
def test_every_order_gives_the_same_diagram_of_sets(formula: tuple[Formulas, int]) -> None:
    found, start = formula
    root = rewritten(found, start)
    names = NAMES[:8]
    assert brute.table_of_formula(found, root, names) == brute.table_of_formula(found, start, names)
    assume(found.gates[root].children)
    leaves = frozenset(modules(found, root))
    expected = solve(found, start).by_order
    limits = Limits(nodes=10_000)
    for order in orders(found, root, leaves, limits):
        last = _diagram(found, root, leaves, order, limits)
        parts = (*solve(found, start).parts[:-1], last)
        assert Solution(found, root, parts).by_order == expected


@given(formula=formulas(), p=CHANCES)
@settings(max_examples=150)
def test_sets_are_listed_by_order_then_by_probability(
    formula: tuple[Formulas, int], p: dict[str, float]
) -> None:
    solution = solve(*formula)
    everything = list(cut_sets(solution, p))
    for members, chance in everything:
        product = 1.0
        for name in members:
            product *= p[name]
        assert chance == pytest.approx(product, rel=1e-12)
        assert list(members) == sorted(members)
    ranks = [(len(members), -chance) for members, chance in everything]
    for before, after in pairwise(ranks):
        assert before[0] <= after[0]
        assert before[0] < after[0] or before[1] <= after[1] * (1 - 1e-12)
    for count in range(len(everything) + 2):
        assert list(islice(cut_sets(solution, p), count)) == everything[:count]
    for order in range(1, 4):
        assert list(cut_sets(solution, p, order)) == [x for x in everything if len(x[0]) <= order]


@given(formula=formulas(), seed=st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_renaming_events_renames_cut_sets(formula: tuple[Formulas, int], seed: object) -> None:
    """Names decide in which order things are met, and nothing else."""
    assert hasattr(seed, "sample")
    found, root = formula
    renamed = dict(zip(NAMES, seed.sample(NAMES, len(NAMES)), strict=True))
    other = Formulas()
    copies = {0: 0, 1: 1}
    for node, gate in enumerate(found.gates):
        if gate.kind == "variable":
            copies[node] = other.variable(renamed[gate.name])
        elif gate.children:
            copies[node] = other.rebuilt(gate, [copies[child] for child in gate.children])
    expected = {tuple(sorted(renamed[name] for name in one)) for one in listed(solve(found, root))}
    assert set(listed(solve(other, copies[root]))) == expected


@given(formula=formulas(), nodes=st.integers(2, 12))
@settings(max_examples=100)
def test_a_budget_is_kept_or_said_to_be_exceeded(formula: tuple[Formulas, int], nodes: int) -> None:
    expected = solve(*formula).by_order
    try:
        solution = solve(*formula, Limits(nodes=nodes))
    except BudgetExceededError:
        return
    assert solution.by_order == expected
    assert all(len(part.diagrams.level) <= nodes + 1 for part in solution.parts)
