"""Levels over time."""

import itertools
import math
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.analysis.timeline import ALWAYS, NEVER, Course, combine, during, longest, union

HALF = Fraction(1, 2)
INTERVALS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4)


def test_level_holds_from_its_start_until_the_next() -> None:
    course = Course(((0, Fraction(1)), (2, Fraction(0)), (5, HALF)))
    assert [course.level_at(t) for t in (0, 1.9, 2, 4.9, 5, 99)] == [1, 1, 0, 0, HALF, HALF]
    assert course.lowest == 0
    assert course.when(lambda level: level < 1) == ((2, math.inf),)
    assert course.when(lambda level: level == 0) == ((2, 5),)


def test_empty_and_reversed_intervals_vanish() -> None:
    assert union([(3, 3), (5, 4)]) == ()
    assert during([], Fraction(0), Fraction(1)) == ALWAYS
    assert during([(0, math.inf)], Fraction(0), Fraction(1)) == NEVER
    assert longest([]) == 0


@given(INTERVALS)
@settings(max_examples=60)
def test_union_is_disjoint_in_order_and_covers_the_same(intervals: list[tuple[int, int]]) -> None:
    found = union(intervals)
    assert all(a < b for a, b in found)
    assert all(left[1] < right[0] for left, right in itertools.pairwise(found))
    for now in range(10):
        assert any(a <= now < b for a, b in found) == any(a <= now < b for a, b in intervals)


@given(st.lists(INTERVALS, min_size=1, max_size=3))
@settings(max_examples=60)
def test_combining_works_at_every_moment_and_leaves_no_false_steps(
    groups: list[list[tuple[int, int]]],
) -> None:
    courses = [during(intervals, Fraction(0), Fraction(1)) for intervals in groups]
    for value in (min, max):
        combined = combine(courses, value)
        for now in range(11):
            assert combined.level_at(now) == value(c.level_at(now) for c in courses)
        levels = [level for _, level in combined.steps]
        assert all(a != b for a, b in itertools.pairwise(levels))
        assert combined.steps[0][0] == 0
