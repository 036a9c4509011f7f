"""What the engines promise beside their results: order, limits, and what they cost to import."""

import subprocess
import sys

import numpy as np
import pytest

from riskmap.analysis.components import components
from riskmap.analysis.scale import singles, sparse
from riskmap.analysis.scale.contraction import contract
from riskmap.analysis.scale.graph import Graph, TooWideError, levels, reached
from riskmap.analysis.scale.network import Network
from riskmap.analysis.scale.pairs import count_pairs, pairs


def chain(length: int) -> Network:
    network = Network()
    for number in range(length):
        network.add(1, [number - 1] if number else [], f"c{number}")
    network.place = {"top": length - 1}
    return network


def test_small_models_do_not_import_numpy() -> None:
    code = (
        "import sys\n"
        "from riskmap.analysis.cutsets import minimal_cut_sets\n"
        "from riskmap.analysis.structure import Down, Node, Structure\n"
        "nodes = {'a': Node('a', True), 'b': Node('b', False, (Down('a'),))}\n"
        "assert len(minimal_cut_sets(Structure(nodes, {}, ('b',)))) == 1\n"
        "assert 'numpy' not in sys.modules and 'scipy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_deep_chain_needs_no_recursion_and_goes_to_the_dense_engine() -> None:
    network = chain(25_000)
    assert levels(Graph.of(network), 2_000) is None
    assert len(singles.singles(network, ["top"])["top"]) == 25_000


def test_the_sparse_engine_gives_up_when_it_costs_more() -> None:
    graph = Graph.of(chain(50))
    order = levels(graph, 100)
    assert order is not None
    with pytest.raises(sparse.TooLargeError):
        sparse.solve(graph, order, np.array([49]), 100)
    rows = sparse.solve(graph, order, np.array([49]), 10_000)
    assert rows.of(49).tolist() == list(range(50))


def test_weights_that_machine_integers_cannot_hold_go_to_the_dense_engine() -> None:
    network = Network()
    parts = [network.add(1, [], label) for label in "ab"]
    top = network.add(3 << 62, parts)
    network.weights[top] = [1 << 63, 1 << 63]
    network.place["top"] = top
    with pytest.raises(TooWideError):
        Graph.of(network)
    assert singles._sparsely(network, ["top"]) is None
    assert list(pairs(network, ["top"])) == [("top", "a", "b")]


def test_arrays_from_beginning_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network()
    leaves = [network.add(1, [], label) for label in "abcd"]
    network.add(1, [], "unrelated")
    top = network.add(1, [network.add(2, leaves[:3]), leaves[3], leaves[3]])
    graph, starts = Graph.of(network), np.array([top])
    assert reached(graph, starts).tolist() == [0, 1, 2, 3, 5, 6]
    assert [row.tolist() for row in singles.single_rows(graph, starts)] == [[3]]
    monkeypatch.setattr(singles, "dense_cost", lambda vertices, edges: -1.0)
    assert [row.tolist() for row in singles.single_rows(graph, starts)] == [[3]]
    network.place["top"] = top
    assert count_pairs(network, ["top"]) == {"top": 3}


def test_components_come_members_first() -> None:
    members = [[1], [2, 3], [0], [4], [], [0, 5]]
    order = components(members)
    place = {vertex: number for number, found in enumerate(order) for vertex in found}
    assert sorted(map(sorted, order)) == [[0, 1, 2], [3], [4], [5]]
    assert all(place[m] <= place[v] for v, targets in enumerate(members) for m in targets)


def test_cycles_of_ors_are_merged_and_only_those() -> None:
    network = Network()
    for label in "abc":
        network.add(1, [], label)
    network.members[:3] = [[1], [0, 2], []]
    gate = network.add(2, [0, 2])
    network.members[2] = [gate]
    network.place = {"a": 0, "gate": gate}
    merged = contract(network)
    assert merged.place["a"] != merged.place["gate"]
    assert contract(merged) is merged
    assert singles.singles(network, ["a", "gate"]) == {
        "a": frozenset("abc"),
        "gate": frozenset("c"),
    }
