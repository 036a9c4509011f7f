"""Closures over ties."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from riskmap.analysis.coupling import blocks, cheapest_cut, closure


def test_everything_tied_is_reached_with_a_shortest_chain() -> None:
    ties = {"a": ["c", "b"], "b": ["d"], "c": ["d", "a"], "d": ["e"]}
    assert closure(ties, "a") == {
        "a": ("a",),
        "b": ("a", "b"),
        "c": ("a", "c"),
        "d": ("a", "b", "d"),
        "e": ("a", "b", "d", "e"),
    }


def test_what_is_tied_to_nothing_is_alone() -> None:
    assert closure({}, "a") == {"a": ("a",)}


NAMES = "abcde"
GRAPHS = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda tie: tie[0] != tie[1]),
    st.integers(0, 6),
    max_size=9,
)


def reached(ties, start):
    graph = {name: [head for tail, head in ties if tail == name] for name in NAMES}
    return set(closure(graph, start))


@given(GRAPHS, st.sets(st.sampled_from(NAMES[1:]), min_size=1))
def test_the_cheapest_cut_against_every_set_of_ties(costs, behind):
    cut = cheapest_cut(costs, "a", behind)
    assert cut <= set(costs)
    assert not reached(set(costs) - cut, "a") & behind
    cheapest = min(
        sum(costs[tie] for tie in tried)
        for size in range(len(costs) + 1)
        for tried in itertools.combinations(costs, size)
        if not reached(set(costs) - set(tried), "a") & behind
    )
    assert sum(costs[tie] for tie in cut) == cheapest


@given(GRAPHS)
def test_blocks_let_everything_go_after_what_it_drags(costs):
    ties = {name: [head for tail, head in costs if tail == name] for name in NAMES}
    found = blocks(ties)
    assert sorted(name for block in found for name in block) == sorted(NAMES)
    for index, block in enumerate(found):
        gone = {name for earlier in found[: index + 1] for name in earlier}
        for name in block:
            assert set(ties[name]) <= gone
            assert {n for n in reached(costs, name) if name in reached(costs, n)} == set(block)
