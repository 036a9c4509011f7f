"""Cycles and standbys written out: small known cases, and sizes."""

from fractions import Fraction

from riskmap.analysis.exact.formulation import formulate
from riskmap.analysis.exact.listing import cut_sets
from riskmap.analysis.exact.solution import solve
from riskmap.analysis.structure import Down, Node, Standby, Structure, Votes


def sets(structure: Structure, top: str) -> list[str]:
    formulas, roots = formulate(structure, (top,))
    return [" ".join(members) for members, _ in cut_sets(solve(formulas, roots[top]))]


def node(name: str, *needs: str, basic: bool = True) -> Node:
    return Node(name, basic, tuple(Down(need) for need in needs))


def plan(name: str, covers: str, *uses: str) -> Standby:
    terms = tuple(Down(use) for use in uses)
    return Standby(name, (covers,), terms, 0.0, float("inf"), Fraction(1))


def structure(nodes: list[Node], *plans: Standby) -> Structure:
    return Structure({n.id: n for n in nodes}, {p.id: p for p in plans})


def test_in_a_ring_anything_stops_everything() -> None:
    names = [f"n{number:04}" for number in range(2_000)]
    ring = [node(name, after) for name, after in zip(names, [*names[1:], names[0]], strict=True)]
    formulas, roots = formulate(structure(ring), ("n0000",))
    assert len(formulas.gates) < 5 * len(names)
    assert solve(formulas, roots["n0000"]).by_order == (2_000,)


def test_a_cycle_alone_brings_nothing_down() -> None:
    ring = [node("a", "b", basic=False), node("b", "a", basic=False)]
    assert sets(structure(ring), "a") == []


def test_alternatives_inside_a_cycle() -> None:
    pair = Node("a", True, (Votes(2, (Down("b"), Down("c"))),))
    assert sets(structure([pair, node("b", "a"), node("c", "a")]), "a") == ["a", "b c"]


def test_a_standby_that_needs_what_it_covers_never_helps() -> None:
    nodes = [node("f", "a", basic=False), node("a"), node("b", "a")]
    assert sets(structure(nodes, plan("p", "a", "b")), "f") == ["a"]


def test_standbys_in_a_circle_cannot_lift_each_other() -> None:
    nodes = [node("f", "a", basic=False), node("a"), node("b")]
    circle = (plan("p", "a", "b"), plan("q", "b", "a"))
    assert sets(structure(nodes, *circle), "f") == ["a b"]
    chain = (plan("p", "a", "b"), plan("q", "b", "c"))
    assert sets(structure([*nodes, node("c")], *chain), "f") == ["a b c"]


def test_what_stands_by_with_no_needs_serves_always() -> None:
    nodes = [node("f", "a", basic=False), node("a")]
    assert sets(structure(nodes, plan("p", "a")), "f") == []
