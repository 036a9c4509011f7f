"""Refusing an order of leaving that leads back to itself."""

from collections.abc import Mapping

from riskmap.loading.document import report
from riskmap.loading.problems import Problems
from riskmap.loading.shape import ServiceShape
from riskmap.loading.validation import RawEntry


def check_exit_order(entries: list[RawEntry], problems: Problems) -> None:
    """Refuse services that each must have left before the other, once for each such ring."""
    waiting: dict[str, RawEntry] = {}
    written: dict[str, list[str]] = {}
    for entry in entries:
        if isinstance(entry.shape, ServiceShape) and entry.shape.exit is not None:
            waiting[entry.id] = entry
            written[entry.id] = entry.shape.exit.after
    order = {name: [n for n in after if n != name] for name, after in written.items()}
    for ring in rings(order):
        entry = waiting[ring[0]]
        path = ("services", ring[0], "exit", "after", written[ring[0]].index(ring[1]))
        chain = " > ".join([*ring, ring[0]][:6])
        message = f"{ring[0]!r} would have to leave before itself: {chain}"
        hint = "take one of them out of 'after': services that wait for one another leave together"
        report(problems, entry.document, path, "contradiction", message, hint=hint)


def rings(order: Mapping[str, list[str]]) -> list[list[str]]:
    """Return rings that share no member, each from its first name on.

    >>> rings({"a": ["b"], "b": ["c"], "c": ["b"]})
    [['b', 'c']]
    """
    found: list[list[str]] = []
    done: set[str] = set()
    for start in sorted(order):
        trail: list[str] = []
        iterators = [iter([start])]
        while iterators:
            name = next(iterators[-1], None)
            if name is None:
                iterators.pop()
                if trail:
                    done.add(trail.pop())
            elif name in trail:
                ring = trail[trail.index(name) :]
                if not any(set(ring) & set(other) for other in found):
                    first = ring.index(min(ring))
                    found.append([*ring[first:], *ring[:first]])
            elif name in order and name not in done:
                trail.append(name)
                iterators.append(iter(sorted(order[name])))
    return found
