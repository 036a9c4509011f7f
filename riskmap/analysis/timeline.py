"""Levels over time: exact piecewise-constant functions from zero to infinity.

A :class:`Course` says at which level something works, from the start of a scenario on. Pointwise
minimum is all-of, maximum is any-of, the k-th largest is k-of-n; the time below a level is a set of
intervals. Times are seconds; ``math.inf`` means that nothing ends it.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

Interval = tuple[float, float]
"""From (included) and until (excluded), in seconds."""

FULL = Fraction(1)
NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Course:
    """A level over time.

    Attributes
    ----------
    steps : tuple of (float, Fraction)
        Start of each stretch and its level; the first starts at zero, neighbours differ.
    """

    steps: tuple[tuple[float, Fraction], ...] = ((0.0, FULL),)

    def level_at(self, time: float) -> Fraction:
        """Return the level at one moment."""
        level = self.steps[0][1]
        for start, value in self.steps:
            if start > time:
                break
            level = value
        return level

    @property
    def lowest(self) -> Fraction:
        """The lowest level ever reached."""
        return min(level for _, level in self.steps)

    def when(self, holds: Callable[[Fraction], bool]) -> tuple[Interval, ...]:
        """Return the maximal intervals during which the level satisfies ``holds``."""
        found: list[Interval] = []
        for index, (start, level) in enumerate(self.steps):
            if not holds(level):
                continue
            last = index + 1 == len(self.steps)
            end = math.inf if last else self.steps[index + 1][0]
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        return tuple(found)


ALWAYS = Course()
NEVER = Course(((0.0, NONE),))


def combine(courses: Sequence[Course], value: Callable[[Sequence[Fraction]], Fraction]) -> Course:
    """Apply ``value`` to the levels of several courses at every moment.

    Linear in the number of moments at which any of them changes, times their number. What is full
    throughout is :data:`ALWAYS` itself.
    """
    moments = sorted({start for course in courses for start, _ in course.steps})
    positions = [0] * len(courses)
    steps: list[tuple[float, Fraction]] = []
    for moment in moments:
        levels = []
        for index, course in enumerate(courses):
            at = positions[index]
            while at + 1 < len(course.steps) and course.steps[at + 1][0] <= moment:
                at += 1
            positions[index] = at
            levels.append(course.steps[at][1])
        level = value(levels)
        if not steps or steps[-1][1] != level:
            steps.append((moment, level))
    full = len(steps) == 1 and steps[0][1] == FULL
    return ALWAYS if full else Course(tuple(steps))


def during(intervals: Iterable[Interval], inside: Fraction, outside: Fraction) -> Course:
    """Return the course that is at one level inside the intervals and at another outside."""
    merged = union(intervals)
    steps: list[tuple[float, Fraction]] = []
    if not merged or merged[0][0] > 0:
        steps.append((0.0, outside))
    for start, end in merged:
        steps.append((start, inside))
        if end < math.inf:
            steps.append((end, outside))
    return Course(tuple(steps))


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the same times as disjoint intervals in order; empty ones vanish.

    >>> union([(5, 9), (1, 3), (2, 5), (7, 7)])
    ((1, 9),)
    """
    found: list[Interval] = []
    for start, end in sorted(i for i in intervals if i[0] < i[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def longest(intervals: Iterable[Interval]) -> float:
    """Return the length of the longest interval, zero when there is none."""
    return max((end - start for start, end in intervals), default=0.0)
