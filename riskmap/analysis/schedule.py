"""When tasks can start and end: longest paths, and a stated number of people to do them.

Without a binding number of people the schedule is the critical path method's and exact. With one,
list scheduling, twice: whenever something ends, the waiting task with the longest way to the end
starts first, once with its own length counted and once without, and the shorter schedule is kept.
That need not be the shortest of all; a lower bound says how far from it one may be.
"""

import heapq
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work.

    Attributes
    ----------
    length : float
        Zero or more, in any unit of time.
    after : tuple of str
        Tasks that must have ended before.
    people : int
        How many it keeps busy; zero for mere waiting.
    """

    id: str
    length: float
    after: tuple[str, ...] = ()
    people: int = 0


@dataclass(frozen=True)
class Schedule:
    """Start and end of every task.

    Attributes
    ----------
    times : mapping of str to (float, float)
        By task.
    bound : float
        No schedule is shorter.
    critical : tuple of str
        A chain of tasks from the beginning to the last end, each starting when the one before it
        ends, because it must come after it or because it waits for its people.
    """

    times: Mapping[str, tuple[float, float]]
    bound: float
    critical: tuple[str, ...]

    @cached_property
    def length(self) -> float:
        """The last end."""
        return max((end for _, end in self.times.values()), default=0.0)

    @property
    def exact(self) -> bool:
        """Whether no schedule can be shorter."""
        return math.isclose(self.length, self.bound, rel_tol=1e-9, abs_tol=1e-9)


def schedule(tasks: Iterable[Task], people: int | None = None) -> Schedule:
    """Schedule tasks as early as their order and the people allow.

    Parameters
    ----------
    people : int, optional
        How many work at the same time; a task that asks for more than all of them gets them all.

    Raises
    ------
    ValueError
        When tasks wait for one another in a ring, or for a task that does not exist.

    References
    ----------
    J. E. Kelley, M. R. Walker, "Critical-path planning and scheduling", 1959; R. L. Graham,
    "Bounds on multiprocessing timing anomalies", SIAM J. Appl. Math. 17, 1969.

    >>> found = schedule([Task("a", 3), Task("b", 2), Task("c", 1, ("a", "b"))])
    >>> found.length, found.critical, found.exact
    (4.0, ('a', 'c'), True)
    """
    known = {task.id: task for task in tasks}
    order = _in_order(known)
    heads: dict[str, float] = {}
    for name in order:
        heads[name] = max((heads[a] + known[a].length for a in known[name].after), default=0.0)
    tails = _tails(known, order)
    ways = ({n: known[n].length + tails[n] for n in order}, tails)
    tried = [_placed(known, way, people) for way in ways]
    times = min(tried, key=lambda found: max((end for _, end in found.values()), default=0.0))
    bound = max((heads[n] + known[n].length + tails[n] for n in order), default=0.0)
    if people is not None:
        bound = max(bound, _work_bound(known, heads, tails, people))
    return Schedule(times, bound, _chain(known, times))


def _in_order(known: Mapping[str, Task]) -> list[str]:
    missing = sorted({a for task in known.values() for a in task.after} - set(known))
    if missing:
        raise ValueError(f"no such task: {missing[0]}")
    waiting = {name: len(set(task.after)) for name, task in known.items()}
    followers: dict[str, list[str]] = {name: [] for name in known}
    for name in sorted(known):
        for before in set(known[name].after):
            followers[before].append(name)
    queue = sorted(name for name, count in waiting.items() if not count)
    for name in queue:
        for follower in sorted(followers[name]):
            waiting[follower] -= 1
            if not waiting[follower]:
                queue.append(follower)
    if len(queue) < len(known):
        ring = sorted(set(known) - set(queue))
        raise ValueError(f"tasks wait for one another: {', '.join(ring)}")
    return queue


def _tails(known: Mapping[str, Task], order: list[str]) -> dict[str, float]:
    """Return for each task the longest way from its end to the end of all."""
    tails = dict.fromkeys(known, 0.0)
    for name in reversed(order):
        for before in known[name].after:
            tails[before] = max(tails[before], known[name].length + tails[name])
    return tails


def _placed(
    known: Mapping[str, Task], urgency: Mapping[str, float], people: int | None
) -> dict[str, tuple[float, float]]:
    limit = math.inf if people is None else people
    left = {name: set(task.after) for name, task in known.items()}
    times: dict[str, tuple[float, float]] = {}
    running: list[tuple[float, str]] = []
    free, now = limit, 0.0
    waiting = sorted(known, key=lambda name: (-urgency[name], name))
    while waiting or running:
        started = [name for name in waiting if not left[name]]
        for name in started:
            busy = min(known[name].people, limit)
            if busy <= free:
                free -= busy
                times[name] = (now, now + known[name].length)
                heapq.heappush(running, (now + known[name].length, name))
        waiting = [name for name in waiting if name not in times]
        now = running[0][0]
        while running and running[0][0] == now:
            _, ended = heapq.heappop(running)
            free += min(known[ended].people, limit)
            for before in left.values():
                before.discard(ended)
    return times


def _work_bound(
    known: Mapping[str, Task], heads: Mapping[str, float], tails: Mapping[str, float], people: int
) -> float:
    """Return what all the work takes at the least, however it is arranged."""
    busy = [task for task in known.values() if task.people and task.length]
    if not busy:
        return 0.0
    work = sum(task.length * min(task.people, people) for task in busy) / people
    return min(heads[task.id] for task in busy) + work + min(tails[task.id] for task in busy)


def _chain(known: Mapping[str, Task], times: Mapping[str, tuple[float, float]]) -> tuple[str, ...]:
    """Follow the last end back to the beginning."""
    if not times:
        return ()
    last = max(sorted(times), key=lambda name: (times[name][1], times[name][0]))
    chain = [last]
    while True:
        name = chain[-1]
        start = times[name][0]
        before = [a for a in known[name].after if times[a][1] == start]
        if not before and start > 0:
            before = [
                other
                for other, (_, end) in times.items()
                if end == start and known[other].people and known[other].length
            ]
        if not before:
            return tuple(reversed(chain))
        chain.append(max(sorted(before), key=lambda other: known[other].length))
