"""Cut sets of small systems worked out by hand."""

import math
from fractions import Fraction

from riskmap.analysis.cutsets import minimal_cut_sets, shortest_paths, single_points
from riskmap.analysis.structure import Down, Node, Standby, Structure, Term, Votes, Weighted


def node(name: str, *terms: Term | str, basic: bool = True) -> Node:
    return Node(name, basic, tuple(Down(t) if isinstance(t, str) else t for t in terms))


def standby(name: str, covers: str, *uses: str) -> Standby:
    needs = tuple(Down(use) for use in uses)
    return Standby(name, tuple(covers.split()), needs, 0.0, math.inf, Fraction(1))


def structure(*nodes: Node, standbys: tuple[Standby, ...] = ()) -> Structure:
    by_name = {n.id: n for n in (*nodes, *[Node("top", False, (Down(nodes[0].id),))])}
    return Structure(by_name, {s.id: s for s in standbys}, ("top",))


def members(system: Structure) -> list[str]:
    return [" ".join(cut_set.members) for cut_set in minimal_cut_sets(system)]


def test_a_cycle_falls_as_one_and_nothing_else_falls_with_it() -> None:
    system = structure(node("a", "b"), node("b", "a"), node("c", "a"))
    assert members(system) == ["a", "b"]


def test_alternatives_that_back_each_other_up_in_a_ring_stay_up() -> None:
    """The least fixpoint, as docs say: nothing in the ring failed, so nothing in it is down.

    For a flow, such as power or packets, this is too kind: a ring without a source carries nothing.
    Enter such systems by their minimal paths, as the bridge of the literature test.
    """
    left = node("left", Votes(2, (Down("source-1"), Down("right"))), basic=False)
    right = node("right", Votes(2, (Down("source-2"), Down("left"))), basic=False)
    assert members(structure(left, right, node("source-1"), node("source-2"))) == []


def test_a_weighted_part_may_be_lost_up_to_the_limit() -> None:
    parts = (("a", Fraction(45, 100)), ("b", Fraction(35, 100)), ("c", Fraction(20, 100)))
    for limit, expected in [
        (10, ["a", "b", "c"]),
        (20, ["a", "b"]),
        (35, ["a", "b c"]),
        (45, ["a b", "a c", "b c"]),
        (55, ["a b", "a c"]),
        (65, ["a b"]),
    ]:
        gate = node("gate", Weighted(parts, Fraction(limit, 100)), basic=False)
        assert members(structure(gate, node("a"), node("b"), node("c"))) == expected


def test_a_standby_that_needs_what_it_covers_never_helps() -> None:
    for uses in ("a", "b", "c"):  # itself, something above it, something that needs it
        system = structure(
            node("a"),
            node("b", "a"),
            node("c", Votes(2, (Down("b"), Down("a")))),
            standbys=(standby("s", "a", uses),),
        )
        assert members(system) == ["a"]


def test_two_standbys_that_hold_each_other_up_help_nobody() -> None:
    nodes = (node("both", "a", "b", basic=False), node("a"), node("b"))
    ring = (standby("s", "a", "b"), standby("t", "b", "a"))
    assert members(structure(*nodes, standbys=ring)) == ["a b"]
    outside = (standby("s", "a", "b"), standby("t", "b"))
    assert members(structure(*nodes, standbys=outside)) == []


def test_a_standby_may_rest_on_what_another_standby_serves() -> None:
    chain = (standby("s", "a", "b"), standby("t", "b", "c"))
    nodes = (node("a", "b"), node("b"), node("c"))
    assert members(structure(*nodes, standbys=chain)) == ["b c"]
    assert members(structure(*nodes, standbys=chain[:1])) == ["b"]


def test_covering_a_grouping_serves_whatever_stopped_it() -> None:
    nodes = (node("group", "a", "b", basic=False), node("a"), node("b"), node("spare"))
    system = structure(*nodes, standbys=(standby("s", "group", "spare"),))
    assert members(system) == ["a spare", "b spare"]


def test_covering_the_function_itself_serves_it() -> None:
    system = structure(node("a"), standbys=(standby("s", "top"),))
    assert members(system) == []


def test_the_witness_is_the_shortest_path_standby_steps_counted() -> None:
    nodes = (node("fork", "a", "b", basic=False), node("a"), node("b", "t"), node("t"))
    system = structure(*nodes, standbys=(standby("s", "a", "t"),))
    found = {cut_set.members: cut_set.witness for cut_set in minimal_cut_sets(system)}
    assert found["t",] == (("top", "fork", "b", "t"),)


def test_a_witness_leads_through_a_standby_where_nothing_else_does() -> None:
    system = structure(node("a"), node("t"), standbys=(standby("s", "a", "t"),))
    (cut_set,) = minimal_cut_sets(system)
    assert cut_set.members == ("a", "t")
    assert cut_set.order == 2
    assert cut_set.witness == (("top", "a"), ("top", "a", "s", "t"))


def test_ties_between_paths_are_broken_by_name() -> None:
    system = structure(
        node("fork", "y", "x", basic=False), node("x", "t"), node("y", "t"), node("t")
    )
    assert shortest_paths(system, "top")["t"] == ("top", "fork", "x", "t")


def test_what_cannot_fail_alone_is_in_no_cut_set() -> None:
    system = structure(node("a", "b", basic=False), node("b", basic=False))
    assert members(system) == []
    assert single_points(system, ["top"]) == {"top": frozenset()}
