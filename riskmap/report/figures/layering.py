"""Which column each box of a graph stands in, left to right.

Cycles are broken by turning round the edges that close them; everything then stands one column
right of whatever leads to it. Pure; decided by ids, so the order of the input changes nothing.
"""

from collections.abc import Iterable

Edge = tuple[str, str]
"""From a box to another."""


def acyclic(ids: Iterable[str], edges: Iterable[Edge]) -> frozenset[Edge]:
    """Return the edges without loops, those that close a cycle turned round.

    Depth-first from what nothing leads to; linear but for sorting.
    """
    following: dict[str, list[str]] = {name: [] for name in sorted(ids)}
    led_to = set()
    for source, target in sorted(set(edges)):
        if source != target:
            following[source].append(target)
            led_to.add(target)
    done: set[str] = set()
    open_: set[str] = set()
    kept: set[Edge] = set()
    for root in sorted(following, key=lambda name: (name in led_to, name)):
        stack = [(root, iter(following[root]))] if root not in done else []
        done.add(root)
        open_.add(root)
        while stack:
            name, rest = stack[-1]
            for target in rest:
                kept.add((target, name) if target in open_ else (name, target))
                if target not in done:
                    done.add(target)
                    open_.add(target)
                    stack.append((target, iter(following[target])))
                    break
            else:
                open_.discard(name)
                stack.pop()
    return frozenset(kept)


def columns(ids: Iterable[str], edges: frozenset[Edge], first: frozenset[str]) -> dict[str, int]:
    """Return the column of each box: one right of everything that leads to it.

    Parameters
    ----------
    edges : frozenset of Edge
        Without cycles.
    first : frozenset of str
        What stays on the left; anything else that nothing leads to moves up to what it leads to.
    """
    names = sorted(ids)
    after: dict[str, list[str]] = {name: [] for name in names}
    waiting = dict.fromkeys(names, 0)
    for source, target in sorted(edges):
        after[source].append(target)
        waiting[target] += 1
    column = dict.fromkeys(names, 0)
    ready = [name for name in names if not waiting[name]]
    roots = list(ready)
    for name in ready:
        for target in after[name]:
            column[target] = max(column[target], column[name] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    for name in roots:
        if name not in first and after[name]:
            column[name] = min(column[target] for target in after[name]) - 1
    return column
