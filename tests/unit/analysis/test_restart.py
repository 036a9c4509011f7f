"""Restart deadlocks: what holds itself up cannot start, and the fewest helps that break it."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from riskmap.analysis.restart import deadlocks, startable
from riskmap.analysis.structure import Down, Node, Structure, Votes


def _structure(**needs: list[str | tuple[str, ...]]) -> Structure:
    """Build nodes by name; a tuple is a group of which one is enough."""
    nodes = {}
    for name, wanted in needs.items():
        terms = tuple(
            Down(one) if isinstance(one, str) else Votes(len(one), tuple(map(Down, one)))
            for one in wanted
        )
        nodes[name] = Node(name, True, terms)
    return Structure(nodes)


def test_a_chain_starts_from_its_end():
    structure = _structure(a=["b"], b=["c"], c=[])
    assert startable(structure) == {"a", "b", "c"}
    assert deadlocks(structure) == ()


def test_two_that_need_each_other_never_start():
    structure = _structure(top=["a"], a=["b"], b=["a"])
    assert startable(structure) == set()
    (found,) = deadlocks(structure)
    assert found.members == ("a", "b")
    assert len(found.helps) == 1
    assert found.smallest


def test_what_merely_waits_is_no_part_of_the_deadlock():
    structure = _structure(above=["top"], top=["a"], a=["b"], b=["a"], free=[])
    assert [deadlock.members for deadlock in deadlocks(structure)] == [("a", "b")]


def test_an_alternative_outside_the_circle_breaks_it():
    assert deadlocks(_structure(a=[("b", "file")], b=["a"], file=[])) == ()


def test_an_alternative_inside_another_circle_does_not():
    structure = _structure(a=[("b", "c")], b=["a"], c=["a"])
    (found,) = deadlocks(structure)
    assert found.members == ("a", "b", "c")
    assert found.helps == ("a",)


def test_two_circles_that_feed_each_other_only_one_way():
    structure = _structure(a=["b"], b=["a", "c"], c=["d"], d=["c"])
    assert [deadlock.members for deadlock in deadlocks(structure)] == [("a", "b"), ("c", "d")]


def test_two_helps_where_one_is_not_enough():
    structure = _structure(a=["b", "d"], b=["a", "c"], c=["d", "b"], d=["c", "a"])
    (found,) = deadlocks(structure)
    assert len(found.helps) == 2
    assert found.smallest
    assert startable(structure, found.helps) >= set(found.members)


@st.composite
def _random(draw: st.DrawFn) -> Structure:
    names = [f"n{i}" for i in range(draw(st.integers(2, 6)))]
    needs = {}
    for name in names:
        others = [other for other in names if other != name]
        single = st.sampled_from(others)
        group = st.lists(single, min_size=2, max_size=3, unique=True).map(tuple)
        needs[name] = draw(st.lists(single | group if len(others) > 1 else single, max_size=2))
    return _structure(**needs)


def _cold(structure: Structure, helped: frozenset[str]) -> set[str]:
    """Start in rounds, straight from the definition."""
    up = set(helped)

    def met(term: Down | Votes) -> bool:
        if isinstance(term, Down):
            return term.target in up
        return any(met(member) for member in term.members)

    while True:
        more = {n for n, node in structure.nodes.items() if all(map(met, node.terms))} - up
        if not more:
            return up
        up |= more


@given(_random())
def test_against_the_definition(structure):
    names = sorted(structure.nodes)
    for size in (0, 1, 2):
        for helped in itertools.combinations(names, size):
            assert startable(structure, helped) == _cold(structure, frozenset(helped))
    stuck = set(names) - _cold(structure, frozenset())
    found = deadlocks(structure)
    assert bool(found) == bool(stuck)
    helps = {name for deadlock in found for name in deadlock.helps}
    assert _cold(structure, frozenset(helps)) == set(names)
    for deadlock in found:
        assert set(deadlock.members) <= stuck
