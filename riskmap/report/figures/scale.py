"""A time axis: from now on, with ticks a person would choose.

Linear while the longest time is at most sixteen times the shortest. Beyond that eight hours beside
ten days would shrink to a hair, so the axis is compressed: position grows with
log(1 + time / shortest), which still starts at "now" and is nearly linear up to the shortest time.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

_LINEAR_UP_TO = 16.0
_WIDEST = 5000.0
"""Shorter times than the longest divided by this are not told apart."""
_OPEN_SHARE = 0.86
"""Part of the axis for times with an end when some have none."""
_DAY, _YEAR = 24.0, 8760.0
_STEPS = (
    *(m / 60 for m in (1, 2, 5, 10, 15, 30)),
    *(1.0, 2.0, 3.0, 4.0, 6.0, 12.0),
    *(d * _DAY for d in (1, 2, 3, 5, 7, 10, 20, 30, 60, 90, 180)),
)
_LADDER = (
    *(m / 60 for m in (1, 5, 15)),
    *(1.0, 4.0, 8.0),
    *(d * _DAY for d in (1, 3, 10, 30, 90)),
)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Where on the axis a time lies.

    Attributes
    ----------
    left, right : float
        Ends of the axis in millimetres.
    longest : float
        The longest time that ends, in hours.
    shortest : float or None
        What the compression is relative to, in hours; None for a linear axis.
    open_ended : bool
        Whether some times never end; they reach the right end, past all others.
    """

    left: float
    right: float
    longest: float
    shortest: float | None
    open_ended: bool

    def fraction(self, hours: float) -> float:
        """Return how far along the axis a time lies, from 0 to 1."""
        if math.isinf(hours):
            return 1.0
        share = max(0.0, min(1.0, hours / self.longest))
        if self.shortest is not None:
            ratio = self.longest / self.shortest
            share = math.log1p(share * ratio) / math.log1p(ratio)
        return share * (_OPEN_SHARE if self.open_ended else 1.0)

    def x(self, hours: float) -> float:
        """Return the position of a time in millimetres."""
        return self.left + self.fraction(hours) * (self.right - self.left)

    def ticks(self) -> tuple[float, ...]:
        """Return times worth a label, in hours, zero first; some may lie too close."""
        if self.shortest is None:
            step = next(s for s in _steps() if self.longest / s <= 6)
            return tuple(n * step for n in range(int(self.longest / step + 1e-9) + 1))
        found = [0.0]
        for hours in _rungs():
            if hours > self.longest:
                break
            if hours * 3 >= self.shortest:
                found.append(hours)
        return tuple(found)


def time_scale(hours: Iterable[float], *, left: float = 0.0, right: float = 1.0) -> TimeScale:
    """Choose the axis on which all of these times can be read.

    Parameters
    ----------
    hours : iterable of float
        Everything that will be marked; zero and infinity are allowed.
    """
    times = list(hours)
    finite = [t for t in times if 0 < t < math.inf]
    longest = max(finite, default=_DAY)
    shortest = max(min(finite, default=_DAY), longest / _WIDEST)
    compressed = longest > _LINEAR_UP_TO * shortest
    open_ended = any(math.isinf(t) for t in times)
    return TimeScale(left, right, longest, shortest if compressed else None, open_ended)


def tick_label(hours: float) -> str:
    """Write a time as short as can be.

    >>> [tick_label(t) for t in (0, 0.25, 8, 36, 240, 17520)]
    ['now', '15 min', '8 h', '36 h', '10 d', '2 y']
    """
    if hours == 0:
        return "now"
    if hours < 1:
        return f"{round(hours * 60, 2):g} min"
    if hours >= _YEAR and hours % _YEAR == 0:
        return f"{hours / _YEAR:,g} y"
    if hours >= _DAY and hours % _DAY == 0:
        return f"{hours / _DAY:,g} d"
    return f"{hours:g} h"


def _steps() -> Iterable[float]:
    yield from (1 / 3600 * s for s in (1, 5, 15))
    yield from _STEPS
    size = _YEAR
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _rungs() -> Iterable[float]:
    yield from _LADDER
    size = _YEAR
    while True:
        yield from (size, 3 * size)
        size *= 10
