"""Restart deadlocks: what holds itself up cannot start, and the fewest helps that break it."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings

from riskmap.analysis import restart
from riskmap.analysis.restart import deadlocks, stuck
from riskmap.analysis.structure import Down, Node, Structure, Term, Votes
from tests.support.truth_tables import structures


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
    assert stuck(structure, structure.nodes) == set()
    assert deadlocks(structure) == ()


def test_two_that_need_each_other_never_start():
    structure = _structure(top=["a"], a=["b"], b=["a"])
    assert stuck(structure, structure.nodes) == {"top", "a", "b"}
    (found,) = deadlocks(structure)
    assert found.members == ("a", "b")
    assert found.ways == (("a",), ("b",))
    assert found.helps == ("a",)
    assert found.smallest
    assert found.complete


def test_what_merely_waits_is_no_part_of_the_deadlock():
    structure = _structure(above=["top"], top=["a"], a=["b"], b=["a"], free=[])
    assert [deadlock.members for deadlock in deadlocks(structure)] == [("a", "b")]


def test_an_alternative_outside_the_circle_breaks_it():
    assert deadlocks(_structure(a=[("b", "file")], b=["a"], file=[])) == ()


def test_an_alternative_inside_another_circle_does_not():
    structure = _structure(a=[("b", "c")], b=["a"], c=["a"])
    (found,) = deadlocks(structure)
    assert found.members == ("a", "b", "c")
    assert found.ways == (("a",), ("b",), ("c",))


def test_two_circles_that_feed_each_other_only_one_way():
    structure = _structure(a=["b"], b=["a", "c"], c=["d"], d=["c"])
    assert [deadlock.members for deadlock in deadlocks(structure)] == [("a", "b"), ("c", "d")]


def test_two_helps_where_one_is_not_enough():
    structure = _structure(a=["b", "d"], b=["a", "c"], c=["d", "b"], d=["c", "a"])
    (found,) = deadlocks(structure)
    assert found.at_least == 2
    assert found.smallest
    # a-b and c-d hold each other up, and so do b-c and d-a: one of each is taken.
    assert found.ways == (("a", "c"), ("b", "d"))


def test_two_of_three_need_one_help_and_three_of_three_another():
    """By hand: each of a, b and c starts once two of the others and itself are there."""
    others = {"a": "bcd", "b": "acd", "c": "abd", "d": "abc"}
    nodes = {
        name: Node(name, True, (Votes(2, tuple(map(Down, needs))),))
        for name, needs in others.items()
    }
    (found,) = deadlocks(Structure(nodes))
    # Two of three must be up, so two helps start the rest, and no single one does.
    assert found.ways == tuple(itertools.combinations("abcd", 2))
    assert found.complete


def _pairs(count: int) -> Structure:
    """Pairs that need each other, all tied into one circle: one of each pair is enough."""
    needs: dict[str, list[str | tuple[str, ...]]] = {}
    for number in range(count):
        following = f"a{(number + 1) % count:03}"
        needs[f"a{number:03}"] = [f"b{number:03}"]
        needs[f"b{number:03}"] = [f"a{number:03}", following]
    return _structure(**needs)


def test_a_long_list_of_smallest_sets_says_that_it_is_not_complete(monkeypatch):
    (found,) = deadlocks(_pairs(3))
    assert (found.at_least, len(found.ways), found.complete) == (3, 8, True)
    monkeypatch.setattr(restart, "MOST_WAYS", 2)
    (found,) = deadlocks(_pairs(3))
    assert (found.at_least, len(found.ways), found.complete) == (3, 2, False)
    assert found.smallest


@pytest.mark.parametrize("count", [2, 50, 2000])
def test_a_search_cut_off_still_helps_and_says_how_many_there_must_be(count, monkeypatch):
    monkeypatch.setattr(restart._Search, "__init__", _with_budget(restart._Search.__init__, 500))
    structure = _pairs(count)
    (found,) = deadlocks(structure)
    assert not stuck(structure, set(structure.nodes) - set(found.helps))
    assert 1 <= found.at_least <= count <= len(found.helps)
    if count > 2:
        assert not found.complete
        assert found.at_least < count
        assert not found.smallest


def _with_budget(make, budget):
    return lambda self, structure, members: make(self, structure, members, left=budget)


def _cold(structure: Structure, helped: frozenset[str]) -> set[str]:
    """Start in rounds, straight from the definition."""
    up = set(helped)

    def missed(term: Term) -> bool:
        if isinstance(term, Down):
            return term.target not in up
        if isinstance(term, Votes):
            return sum(map(missed, term.members)) >= term.threshold
        return sum((w for name, w in term.parts if name not in up), Fraction(0)) > term.limit

    while True:
        more = {n for n, node in structure.nodes.items() if not any(map(missed, node.terms))} - up
        if not more:
            return up
        up |= more


@given(structures(most=7))
@settings(max_examples=300)
def test_against_the_definition(structure):
    """Cycles, k-of-n groups and shares; every set of helps tried, smallest first."""
    names = sorted(structure.nodes)
    stopped = set(names) - _cold(structure, frozenset())
    assert stuck(structure, names) == stopped
    found = deadlocks(structure)
    assert bool(found) == bool(stopped)
    helps = {name for deadlock in found for name in deadlock.helps}
    assert _cold(structure, frozenset(helps)) == set(names)
    for deadlock in found:
        members = set(deadlock.members)
        outside = frozenset(names) - members
        assert members <= stopped
        assert members == set(names) - _cold(structure, outside), "waits for nothing outside"
        for size in range(len(members) + 1):
            ways = tuple(
                chosen
                for chosen in itertools.combinations(deadlock.members, size)
                if _cold(structure, outside | set(chosen)) >= members
            )
            if ways:
                break
        assert deadlock.ways == ways
        assert deadlock.smallest
        assert deadlock.complete


@given(structures(most=7))
@settings(max_examples=100)
def test_the_order_in_which_things_are_written_changes_nothing(structure):
    turned = dict(reversed(structure.nodes.items()))
    assert deadlocks(Structure(turned)) == deadlocks(Structure(structure.nodes))
