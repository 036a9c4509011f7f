"""Probability, importance, bounds and estimates against enumeration."""

import math
import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from riskmap.analysis.exact.estimate import _bernoulli, bounds, estimate, wilson
from riskmap.analysis.exact.formula import FALSE, TRUE, Formulas
from riskmap.analysis.exact.listing import cut_sets
from riskmap.analysis.exact.quantify import importance, probability, rare_event
from riskmap.analysis.exact.solution import solve
from riskmap.analysis.limits import AnalysisLimit, LimitKind, Limits
from tests.support import truth_tables as brute
from tests.support.truth_tables import NAMES, formulas

NAMES_USED = NAMES[:7]
CUT = AnalysisLimit(LimitKind.NODES, "too large", "all but these")
CHANCES = st.lists(
    st.one_of(st.floats(0, 1), st.sampled_from([0.0, 1.0, 0.5, 1e-9])), min_size=7, max_size=7
).map(lambda chances: dict(zip(NAMES_USED, chances, strict=True)))
INNER = st.lists(st.floats(0.01, 0.99), min_size=7, max_size=7).map(
    lambda chances: dict(zip(NAMES_USED, chances, strict=True))
)


@given(formula=formulas(most=7), p=CHANCES)
@settings(max_examples=200)
def test_probability_is_that_of_all_scenarios_together(
    formula: tuple[Formulas, int], p: dict[str, float]
) -> None:
    table = brute.table_of_formula(*formula, NAMES_USED)
    expected = brute.chance(table, NAMES_USED, p)
    assert probability(solve(*formula), p) == pytest.approx(expected, rel=1e-9, abs=1e-15)


@given(formula=formulas(most=7), p=CHANCES)
@settings(max_examples=150)
def test_rare_event_sum_is_that_over_the_cut_sets(
    formula: tuple[Formulas, int], p: dict[str, float]
) -> None:
    assume(formula[1] != TRUE)
    solution = solve(*formula)
    assume(solution.root != TRUE)
    sums = [math.prod(p[name] for name in members) for members, _ in cut_sets(solution)]
    assert rare_event(solution, p) == pytest.approx(math.fsum(sums), rel=1e-9, abs=1e-15)
    assert rare_event(solution, p) >= probability(solution, p) - 1e-12


@given(formula=formulas(most=7), p=INNER)
@settings(max_examples=150)
def test_importance_against_differences(formula: tuple[Formulas, int], p: dict[str, float]) -> None:
    solution = solve(*formula)
    assume(solution.count)
    found = importance(solution, p)
    assert tuple(found) == solution.variables
    top = probability(solution, p)
    products = {
        members: math.prod(p[name] for name in members) for members, _ in cut_sets(solution)
    }
    for name, factors in found.items():
        down = probability(solution, {**p, name: 1.0})
        up = probability(solution, {**p, name: 0.0})
        close = {"rel": 1e-7, "abs": 1e-12}
        assert factors.p_event == p[name]
        assert factors.birnbaum == pytest.approx(down - up, **close)
        assert factors.criticality == pytest.approx(p[name] * (down - up) / top, **close)
        assert factors.raw == pytest.approx(down / top, **close)
        if up > 1e-9:
            assert factors.rrw == pytest.approx(top / up, rel=1e-5)
        share = sum(product for members, product in products.items() if name in members)
        total = sum(products.values())
        assert factors.fussell_vesely == pytest.approx(share / total, **close)


@given(formula=formulas(most=7), p=CHANCES)
@settings(max_examples=200)
def test_bounds_hold(formula: tuple[Formulas, int], p: dict[str, float]) -> None:
    lower, upper = bounds(*formula, p)
    exact = probability(solve(*formula), p)
    assert 0 <= lower <= exact + 1e-12
    assert exact - 1e-12 <= upper <= 1 + 1e-12


@given(formula=formulas(most=7), p=INNER, seed=st.integers(0, 3))
@settings(max_examples=60)
def test_estimates_are_near(formula: tuple[Formulas, int], p: dict[str, float], seed: int) -> None:
    """Within five standard errors, which a right estimate misses once in a million."""
    samples = 20_000
    exact = probability(solve(*formula), p)
    limit = estimate(CUT, *formula, p, Limits(samples=samples, seed=seed))
    assert limit.samples == samples
    assert limit.estimate is not None
    assert limit.error is not None
    assert abs(limit.estimate - exact) <= 5 * math.sqrt(exact * (1 - exact) / samples) + 5 / samples
    assert limit == estimate(CUT, *formula, p, Limits(samples=samples, seed=seed))


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    """95 in 100 fixed seeds, give or take three standard errors."""
    found = Formulas()
    a, b, c = (found.variable(name) for name in "abc")
    root = found.at_least(2, [a, b, c])
    p = {"a": 0.2, "b": 0.3, "c": 0.001}
    exact = probability(solve(found, root), p)
    covered = 0
    for seed in range(200):
        limit = estimate(CUT, found, root, p, Limits(samples=5_000, seed=seed))
        assert limit.estimate is not None
        assert limit.error is not None
        centre, half = _wilson_centre(limit.estimate, 5_000), limit.error
        covered += abs(centre - exact) <= half
    assert 181 <= covered <= 199


def _wilson_centre(share: float, samples: int) -> float:
    z = 1.959963984540054
    return (share + z * z / (2 * samples)) / (1 + z * z / samples)


@pytest.mark.parametrize(("root", "expected"), [(FALSE, 0.0), (TRUE, 1.0)])
def test_constants(root: int, expected: float) -> None:
    found = Formulas()
    assert probability(solve(found, root), {}) == expected
    assert bounds(found, root, {}) == (expected, expected)
    assert estimate(CUT, found, root, {}, Limits(samples=100)).estimate == expected
    assert importance(solve(found, root), {}) == {}


def test_no_samples_know_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    "chance",
    [0.0, 1e-300, 1e-15, 1e-6, 0.001, 1 / 512, 0.01, 0.3, 0.5, 0.7, 511 / 512, 0.9999, 1.0],
)
def test_samples_hold_as_often_as_they_should(chance: float) -> None:
    """Within five standard errors, near either end of a batch as anywhere."""
    source, width, batches = random.Random(1), 1003, 400
    halves = [0, 0]
    for _ in range(batches):
        mask = _bernoulli(chance, source, width)
        assert mask < 1 << width
        halves[0] += (mask & (1 << 500) - 1).bit_count()
        halves[1] += (mask >> 500).bit_count()
    for found, drawn in zip(halves, (500 * batches, 503 * batches), strict=True):
        assert abs(found - drawn * chance) <= 5 * math.sqrt(drawn * chance * (1 - chance))
