"""Solving formulas: what does not matter, depth, budgets and what still holds past them."""

import random
import sys

import pytest

from riskmap.analysis.exact.estimate import estimate
from riskmap.analysis.exact.formula import Formulas
from riskmap.analysis.exact.listing import cut_sets
from riskmap.analysis.exact.quantify import importance, probability, rare_event
from riskmap.analysis.exact.solution import solve
from riskmap.analysis.limits import (
    AnalysisLimit,
    BudgetExceededError,
    LimitKind,
    Limits,
    TimeExceededError,
)


def tangled(gates: int) -> tuple[Formulas, int]:
    """A formula whose diagrams are large under every order."""
    found, source = Formulas(), random.Random(5)
    names = [found.variable(f"e{number:02}") for number in range(20)]
    sums = [found.any_of(source.sample(names, 3)) for _ in range(gates)]
    return found, found.all_of(sums)


def test_what_is_in_no_cut_set_is_left_out_and_needs_no_probability() -> None:
    found = Formulas()
    a, b, c, d = (found.variable(name) for name in "abcd")
    idle = found.all_of([a, found.any_of([b, c])])
    root = found.all_of([found.any_of([a, d]), found.any_of([a, idle, d])])
    solution = solve(found, root)
    assert solution.variables == ("a", "d")
    p = {"a": 0.5, "d": 0.5}
    assert probability(solution, p) == 0.75
    assert rare_event(solution, p) == 1.0
    assert tuple(importance(solution, p)) == ("a", "d")


def test_a_module_that_does_not_matter_is_no_part() -> None:
    """Two thresholds of which one implies the other, over a module of their own."""
    found = Formulas()
    a, b, c, x, y = (found.variable(name) for name in "abcxy")
    module = found.all_of([x, y])
    two = found.at_least(2, [a, b, c])
    more = found.threshold(3, [(a, 2), (b, 2), (c, 2), (module, 1)])
    solution = solve(found, found.any_of([two, more]))
    assert solution.variables == ("a", "b", "c")
    assert solution.by_order == (0, 3)
    p = dict.fromkeys("abc", 0.1)
    assert probability(solution, p) == pytest.approx(0.028)
    assert [members for members, _ in cut_sets(solution, p)] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert tuple(importance(solution, p)) == ("a", "b", "c")


def test_one_variable_is_its_own_cut_set() -> None:
    found = Formulas()
    solution = solve(found, found.variable("a"))
    assert solution.by_order == (1,)
    assert list(cut_sets(solution, {"a": 0.3})) == [(("a",), 0.3)]
    assert probability(solution, {"a": 0.3}) == 0.3
    assert importance(solution, {"a": 0.3})["a"].birnbaum == 1.0


def test_depth_is_no_obstacle() -> None:
    """Alternating gates 4,000 deep, and one module with as many variables."""
    found = Formulas()
    node = found.variable("e0")
    for number in range(1, 4_000):
        join = found.any_of if number % 2 else found.all_of
        node = join([node, found.variable(f"e{number}")])
    before = sys.getrecursionlimit()
    assert solve(found, node).by_order[0] == 1
    flat = found.at_least(2, [found.variable(f"e{number}") for number in range(2_000)])
    solution = solve(found, flat)
    assert solution.by_order == (0, 1_999_000)
    p = dict.fromkeys(solution.variables, 0.001)
    assert probability(solution, p) == pytest.approx(1 - 0.999**2000 - 2 * 0.999**1999, rel=1e-9)
    assert sys.getrecursionlimit() == before


def test_past_the_budget_it_says_so_and_still_answers() -> None:
    formula = tangled(25)
    limits = Limits(nodes=100, samples=50_000)
    with pytest.raises(BudgetExceededError):
        solve(*formula, limits)
    p = {f"e{number:02}": 0.4 for number in range(20)}
    answer = estimate(AnalysisLimit(LimitKind.NODES, "", ""), *formula, p, limits)
    assert answer.lower is not None
    assert answer.upper is not None
    assert answer.estimate is not None
    assert answer.error is not None
    assert 0 < answer.lower <= answer.upper <= 1
    exact = probability(solve(*tangled(25)), p)
    assert answer.lower <= exact <= answer.upper
    assert abs(answer.estimate - exact) <= 2 * answer.error


def test_the_first_of_many_are_listed_at_once() -> None:
    """3^40 sets, of which ten are asked for."""
    found = Formulas()
    groups = [[found.variable(f"e{i}-{j}") for j in range(3)] for i in range(40)]
    solution = solve(found, found.all_of([found.any_of(group) for group in groups]))
    assert solution.count == 3**40
    p = {name: 0.5 if name.endswith("-1") else 0.1 for name in solution.variables}
    first = next(cut_sets(solution, p))
    assert first[0] == tuple(sorted(f"e{i}-1" for i in range(40)))
    assert first[1] == pytest.approx(0.5**40)


@pytest.mark.parametrize("looks", [0, 1, 5, 50])
def test_when_time_is_over_it_stops(looks: int) -> None:
    """Wherever the work is by then: rewriting, looking for orders, or building a diagram."""
    left = iter(range(looks))

    def expired() -> bool:
        return next(left, None) is None

    with pytest.raises(TimeExceededError):
        solve(*tangled(60), Limits(expired=expired))
