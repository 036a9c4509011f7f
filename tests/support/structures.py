"""Random structures: cycles, votes, weights and standbys, without the limits of the model."""

from fractions import Fraction

from hypothesis import strategies as st

from riskmap.analysis.propagation import propagate
from riskmap.analysis.structure import Down, Node, Standby, Structure, Term, Votes, Weighted


@st.composite
def terms(draw: st.DrawFn, names: list[str], depth: int = 1) -> Term:
    """What stops a node: another one, votes among several, or a loss of weight."""
    kind = draw(st.sampled_from(["down", "down", "votes", "votes", "weighted"]))
    if kind == "down":
        return Down(draw(st.sampled_from(names)))
    if kind == "weighted":
        weight = st.fractions(Fraction(1, 7), 3, max_denominator=7)
        parts = draw(st.lists(st.tuples(st.sampled_from(names), weight), min_size=1, max_size=4))
        whole = sum((weight for _, weight in parts), Fraction(0))
        return Weighted(tuple(parts), whole * draw(st.integers(0, 9)) / 10)
    member = st.sampled_from(names).map(Down)
    inner: st.SearchStrategy[Term] = member
    if depth:
        inner = st.one_of(member, member, terms(names, depth - 1))
    members = draw(st.lists(inner, min_size=1, max_size=4))
    return Votes(draw(st.integers(1, len(members))), tuple(members))


@st.composite
def structures(
    draw: st.DrawFn, most: int = 12, standbys: int = 4, cycles: bool = True, degree: int = 3
) -> Structure:
    """A structure of up to ``most`` nodes, all of them tops."""
    names = [f"n{number:03}" for number in range(draw(st.integers(1, most)))]
    nodes = {}
    for number, name in enumerate(names):
        below = names if cycles else names[number + 1 :]
        needs = draw(st.lists(terms(below), max_size=degree)) if below else []
        nodes[name] = Node(name, draw(st.integers(0, 4)) > 0, tuple(needs))
    plans = {}
    for number in range(draw(st.integers(0, standbys))):
        covers = draw(st.sets(st.sampled_from(names), min_size=1, max_size=2))
        uses = draw(st.lists(terms(names), max_size=2))
        plan = Standby(f"s{number}", tuple(sorted(covers)), tuple(uses), 0.0, 0.0, Fraction(1))
        plans[plan.id] = plan
    return Structure(nodes, plans, tuple(names))


def single_points_by_trying(structure: Structure) -> dict[str, frozenset[str]]:
    """Return the single points of every node, each candidate propagated."""
    basic = sorted(name for name, node in structure.nodes.items() if node.basic)
    failed = {name: 1 << bit for bit, name in enumerate(basic)}
    down = propagate(structure, failed, len(basic))
    return {
        start: frozenset(name for bit, name in enumerate(basic) if down[start] >> bit & 1)
        for start in structure.nodes
    }


def double_points_by_trying(structure: Structure) -> dict[str, set[tuple[str, str]]]:
    """Return the minimal pairs of every node, each pair of candidates propagated."""
    single = single_points_by_trying(structure)
    basic = sorted(name for name, node in structure.nodes.items() if node.basic)
    pairs = [(one, other) for one in basic for other in basic if one < other]
    failed = {
        name: sum(1 << bit for bit, pair in enumerate(pairs) if name in pair) for name in basic
    }
    down = propagate(structure, failed, len(pairs))
    return {
        start: {
            pair
            for bit, pair in enumerate(pairs)
            if down[start] >> bit & 1 and not single[start] & set(pair)
        }
        for start in structure.nodes
    }
