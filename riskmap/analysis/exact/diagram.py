"""Decision diagrams: coherent functions, and families of sets, as shared graphs.

A node tests one variable and leads to one node if it fails to hold and to another if it holds. Read
as a function it is a binary decision diagram (Bryant 1986), read as a family of sets a
zero-suppressed one (Minato 1993); both live in one table, and the terminals are the same: 0 is
false and the empty family, 1 is true and the family that holds only the empty set.

Functions here are coherent, so conjunction and disjunction are all that is needed. Recursion goes
as deep as there are variables; :func:`deep` allows for it.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from riskmap.analysis.limits import BudgetExceededError, TimeExceededError, never

_DEPTH = 1_000_000
_BITS = 30
"""Binary digits of a node's id inside a key."""
_BETWEEN_CHECKS = 4096
"""New nodes after which the clock is looked at: some milliseconds of work; a power of two."""


@contextmanager
def deep() -> Iterator[None]:
    """Allow deep recursion meanwhile; Python functions take no C stack (since Python 3.11)."""
    with _LOCK:
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(max(before, _DEPTH))
        try:
            yield
        finally:
            sys.setrecursionlimit(before)


_LOCK = threading.RLock()


class Diagrams:
    """A table of nodes over variables ``0 .. variables - 1``, tested in that order.

    Parameters
    ----------
    variables : int
    budget : int
        Most nodes; one more raises :class:`~riskmap.analysis.limits.BudgetExceededError`.
    expired : callable, optional
        Asked now and then; once true, :class:`~riskmap.analysis.limits.TimeExceededError` follows.
    """

    def __init__(self, variables: int, budget: int, expired: Callable[[], bool] = never) -> None:
        self.level = [variables, variables]
        self.low = [0, 1]
        self.high = [0, 1]
        self._budget = budget
        self._expired = expired
        # Keys are packed into one integer: less memory than tuples, and no work for the collector.
        self._stored: dict[int, int] = {}
        self._without: dict[int, int] = {}
        self._minimal: dict[int, int] = {0: 0, 1: 1}
        self._either: dict[int, int] = {}
        self._both: dict[int, int] = {}

    def node(self, level: int, low: int, high: int) -> int:
        """Return the node with this test and these successors, stored once."""
        key = (level << _BITS | low) << _BITS | high
        found = self._stored.get(key)
        if found is None:
            found = len(self.level)
            if found > self._budget:
                raise BudgetExceededError
            if not found % _BETWEEN_CHECKS and self._expired():
                raise TimeExceededError
            self._stored[key] = found
            self.level.append(level)
            self.low.append(low)
            self.high.append(high)
        return found

    def either(self, f: int, g: int) -> int:
        """Return the disjunction of two functions."""
        if f == g:
            return f
        if f > g:
            f, g = g, f
        if f <= 1:
            return 1 if f else g
        key = f << _BITS | g
        found = self._either.get(key)
        if found is None:
            a, b = self.level[f], self.level[g]
            if a == b:
                low = self.either(self.low[f], self.low[g])
                high = self.either(self.high[f], self.high[g])
            elif a < b:
                low, high = self.either(self.low[f], g), self.either(self.high[f], g)
            else:
                a = b
                low, high = self.either(f, self.low[g]), self.either(f, self.high[g])
            found = self._either[key] = low if low == high else self.node(a, low, high)
        return found

    def both(self, f: int, g: int) -> int:
        """Return the conjunction of two functions."""
        if f == g:
            return f
        if f > g:
            f, g = g, f
        if f <= 1:
            return g if f else 0
        key = f << _BITS | g
        found = self._both.get(key)
        if found is None:
            a, b = self.level[f], self.level[g]
            if a == b:
                low = self.both(self.low[f], self.low[g])
                high = self.both(self.high[f], self.high[g])
            elif a < b:
                low, high = self.both(self.low[f], g), self.both(self.high[f], g)
            else:
                a = b
                low, high = self.both(f, self.low[g]), self.both(f, self.high[g])
            found = self._both[key] = low if low == high else self.node(a, low, high)
        return found

    def threshold(self, limit: int, parts: list[tuple[int, int]]) -> int:
        """Return the function that holds when parts that hold weigh more than ``limit``."""
        ordered = sorted(parts, key=lambda part: self.level[part[0]])
        rest = [0]
        for _, weight in reversed(ordered):
            rest.append(rest[-1] + weight)
        rest.reverse()
        known: dict[tuple[int, int], int] = {}

        def above(index: int, weight: int) -> int:
            if weight > limit:
                return 1
            if weight + rest[index] <= limit:
                return 0
            found = known.get((index, weight))
            if found is None:
                function, own = ordered[index]
                held = self.both(function, above(index + 1, weight + own))
                found = self.either(held, above(index + 1, weight))
                known[index, weight] = found
            return found

        return above(0, 0)

    def minimal(self, f: int) -> int:
        """Return the family of minimal solutions of a function (Rauzy 1993, section 3.3)."""
        found = self._minimal.get(f)
        if found is None:
            low = self.minimal(self.low[f])
            high = self.without(self.minimal(self.high[f]), self.low[f])
            found = low if high == 0 else self.node(self.level[f], low, high)
            self._minimal[f] = found
        return found

    def without(self, family: int, f: int) -> int:
        """Return the sets of a family that do not satisfy a function."""
        if f <= 1 or family <= 1:
            # A coherent function that the empty set satisfies is always true.
            return 0 if f == 1 else family
        level, lows, highs = self.level, self.low, self.high
        top = level[family]
        while level[f] < top:
            f = lows[f]
        if f <= 1:
            return 0 if f else family
        key = family << _BITS | f
        found = self._without.get(key)
        if found is None:
            low, high = lows[family], highs[family]
            below, above = (lows[f], highs[f]) if level[f] == top else (f, f)
            # Most arguments are terminals: looking first saves a call.
            if low > 1 or below == 1:
                low = self.without(low, below)
            if high > 1 or above == 1:
                high = self.without(high, above)
            found = self._without[key] = low if high == 0 else self.node(top, low, high)
        return found

    def forget(self) -> None:
        """Drop what only speeds up building: most of the memory."""
        for known in (self._stored, self._either, self._both, self._without, self._minimal):
            known.clear()

    def below(self, root: int) -> list[int]:
        """Return every node under ``root`` but the terminals, successors before predecessors."""
        seen = {0, 1}
        found: list[int] = []
        stack = [root]
        while stack:
            node = stack[-1]
            if node in seen:
                stack.pop()
                continue
            waiting = [n for n in (self.low[node], self.high[node]) if n not in seen]
            if waiting:
                stack.extend(waiting)
            else:
                seen.add(node)
                found.append(node)
                stack.pop()
        return found
