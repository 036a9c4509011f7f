"""Formulas of structures against enumeration: by propagation, and by the definitions alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.analysis.exact.formulation import formulate
from riskmap.analysis.propagation import propagate
from riskmap.analysis.structure import Structure
from tests.support import truth_tables as brute
from tests.support.truth_tables import structures


def basics(structure: Structure) -> list[str]:
    return sorted(name for name, node in structure.nodes.items() if node.basic)


@given(structure=structures(most=12))
@settings(max_examples=120)
def test_formulas_agree_with_propagation_in_every_scenario(structure: Structure) -> None:
    names = basics(structure)[:9]
    width = 1 << len(names)
    down = propagate(structure, brute.columns(names), width)
    found, roots = formulate(structure, structure.nodes)
    assert set(roots) == set(structure.nodes)
    top = structure.tops[0]
    assert brute.table_of_formula(found, roots[top], names) == down[top]


@given(structure=structures(most=5))
@settings(max_examples=150)
def test_formulas_agree_with_the_definitions(structure: Structure) -> None:
    names = basics(structure)
    found, roots = formulate(structure, sorted(structure.nodes))
    for name, root in roots.items():
        table = brute.table_of_formula(found, root, names)
        for scenario, failed in enumerate(brute.subsets(names)):
            assert bool(table >> scenario & 1) == brute.is_down(structure, name, failed)


@given(structure=structures(most=8), seed=st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_nodes_and_terms_changes_nothing(structure: Structure, seed: object) -> None:
    assert hasattr(seed, "sample")
    nodes = seed.sample(sorted(structure.nodes.items()), len(structure.nodes))
    helpers = seed.sample(sorted(structure.standbys.items()), len(structure.standbys))
    shuffled = Structure(dict(nodes), dict(helpers), structure.tops)
    names = basics(structure)
    tables = []
    for one in (structure, shuffled):
        found, roots = formulate(one, one.tops)
        tables.append(brute.table_of_formula(found, roots[one.tops[0]], names))
    assert tables[0] == tables[1]


@given(structure=structures(most=7))
@settings(max_examples=80)
def test_standbys_only_help(structure: Structure) -> None:
    """Whatever stops a function with its standbys stops it without them."""
    names = basics(structure)
    tables = []
    for one in (structure, structure.bare):
        found, roots = formulate(one, one.tops)
        tables.append(brute.table_of_formula(found, roots[one.tops[0]], names))
    residual, inherent = tables
    assert not residual & ~inherent
