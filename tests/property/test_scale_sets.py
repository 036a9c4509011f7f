"""Both engines for single points, and pairs, against propagation of every candidate."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.analysis.scale import dense, graph, hub, pairs, singles, sparse
from riskmap.analysis.scale.network import network_of
from riskmap.analysis.structure import Down, Node, Standby, Structure, Term, Votes, Weighted
from tests.support.structures import (
    double_points_by_trying,
    single_points_by_trying,
    structures,
)


@pytest.fixture(params=["as it is", "tiny pieces"])
def forced(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send everything through the sparse engine, in pieces of all sizes and by all orders."""
    monkeypatch.setattr(singles, "_ALWAYS_DENSE", -1)
    monkeypatch.setattr(singles, "dense_cost", lambda vertices, edges: float("inf"))
    if request.param == "tiny pieces":
        monkeypatch.setattr(sparse, "_CHUNK", 3)
        monkeypatch.setattr(graph, "_PYTHON_BELOW", 0)
        monkeypatch.setattr(singles, "_CYCLE", 0)


@given(structure=structures())
@settings(max_examples=200)
def test_dense_single_points_are_those_found_by_trying(structure: Structure) -> None:
    starts = list(structure.nodes)
    found = dense.solve(network_of(structure, starts), starts)
    assert found == single_points_by_trying(structure)


@pytest.mark.usefixtures("forced")
def test_sparse_single_points_are_those_found_by_trying() -> None:
    @given(structure=structures())
    @settings(max_examples=100)
    def check(structure: Structure) -> None:
        starts = list(structure.nodes)
        found = singles._sparsely(network_of(structure, starts), starts)
        assert found == single_points_by_trying(structure)

    check()


@pytest.mark.parametrize("broad", [1, 4, 1000])
def test_hubs_change_nothing(broad: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "LARGE", 2)
    monkeypatch.setattr(hub, "_BROAD", broad)

    @given(structure=structures(degree=4))
    @settings(max_examples=100)
    def check(structure: Structure) -> None:
        starts = list(structure.nodes)
        found = dense.solve(network_of(structure, starts), starts)
        assert found == single_points_by_trying(structure)

    check()


@given(structure=structures(), start=st.integers(0, 11))
@settings(max_examples=100)
def test_asking_for_less_changes_nothing(structure: Structure, start: int) -> None:
    names = list(structure.nodes)
    name = names[start % len(names)]
    network = network_of(structure, [name])
    expected = single_points_by_trying(structure)[name]
    assert singles.singles(network, [name]) == {name: expected}
    couples = {(one, other) for _, one, other in pairs.pairs(network, [name])}
    assert couples == double_points_by_trying(structure)[name]


@pytest.mark.parametrize("block", [1, 3, 256])
def test_pairs_are_those_found_by_trying(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "_BLOCK", block)

    @given(structure=st.one_of(structures(), structures(cycles=False, degree=4)))
    @settings(max_examples=100)
    def check(structure: Structure) -> None:
        starts = list(structure.nodes)
        network = network_of(structure, starts)
        listed = list(pairs.pairs(network, starts))
        assert len(listed) == len(set(listed))
        expected = double_points_by_trying(structure)
        for start in starts:
            assert {(a, b) for s, a, b in listed if s == start} == expected[start]
        counts = pairs.count_pairs(network, starts)
        assert counts == {start: len(found) for start, found in expected.items()}

    check()


# -- larger ------------------------------------------------------------------------------------


def larger(chance: random.Random, count: int, cyclic: bool) -> Structure:
    """A structure with several layers, a few cycles and plans, that is not all one cycle."""
    names = [f"n{number:04}" for number in range(count)]

    def target(place: int) -> str:
        back = cyclic and chance.random() < 0.05
        low = 0 if back else place + 1
        return names[chance.randrange(low, min(count, low + count // 4 + 2))]

    def term(place: int) -> Term:
        kind = chance.random()
        if kind < 0.6:
            return Down(target(place))
        number = chance.randint(2, 4)
        if kind < 0.9:
            members = tuple(Down(target(place)) for _ in range(number))
            return Votes(chance.randint(2, number), members)
        parts = tuple((target(place), Fraction(chance.randint(1, 5), 7)) for _ in range(number))
        return Weighted(parts, Fraction(chance.randint(0, 9), 7))

    nodes = {}
    for place, name in enumerate(names):
        needs = chance.choice([0, 1, 2, 3]) if place < count - 1 else 0
        own = tuple(term(place) for _ in range(needs))
        nodes[name] = Node(name, chance.random() < 0.8, own)
    plans = {}
    for number in range(chance.randint(0, 6)):
        place = chance.randrange(count - 1)
        plans[f"s{number}"] = Standby(
            f"s{number}", (names[place],), (term(place), term(0)), 0.0, 0.0, Fraction(1)
        )
    return Structure(nodes, plans, tuple(names))


@pytest.mark.usefixtures("forced")
@pytest.mark.parametrize("cyclic", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_larger_structures_agree(seed: int, cyclic: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "LARGE", 20)
    monkeypatch.setattr(hub, "_BROAD", 10)
    structure = larger(random.Random(seed), 300, cyclic)
    starts = list(structure.nodes)
    network = network_of(structure, starts)
    expected = single_points_by_trying(structure)
    assert dense.solve(network, starts) == expected
    assert singles._sparsely(network, starts) == expected


@pytest.mark.parametrize("cyclic", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_pairs_of_larger_structures_agree(seed: int, cyclic: bool) -> None:
    structure = larger(random.Random(seed), 40, cyclic)
    starts = list(structure.nodes)
    expected = double_points_by_trying(structure)
    found: dict[str, set[tuple[str, str]]] = {start: set() for start in starts}
    for start, one, other in pairs.pairs(network_of(structure, starts), starts):
        found[start].add((one, other))
    assert found == expected
