"""Can it start again from cold? Things that only hold each other up cannot.

Down is a least fixpoint, so a cycle of needs causes no outage by itself. Starting is the other
question: something starts once everything it needs has started. What never starts that way, though
nothing is broken, is in the greatest fixpoint of waiting: a restart deadlock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice

from riskmap.analysis.structure import Down, Structure, Term, Votes

MOST_TRIED = 5_000
"""Sets of helps tried before a deadlock's smallest set is given up for a small one."""


@dataclass(frozen=True, slots=True)
class Deadlock:
    """Nodes that wait for each other.

    Attributes
    ----------
    members : tuple of str
        Sorted.
    helps : tuple of str
        Members that, started from outside, let all of them start.
    smallest : bool
        Whether it is certain that no smaller set of helps does.
    """

    members: tuple[str, ...]
    helps: tuple[str, ...]
    smallest: bool


def startable(structure: Structure, helped: Iterable[str] = ()) -> frozenset[str]:
    """Return what starts from cold when some nodes are started from outside.

    Each node is looked at once per need that starts.
    """
    started: set[str] = set()
    queue = [*helped, *(n for n in sorted(structure.nodes) if not structure.nodes[n].terms)]
    started.update(queue)
    for name in queue:
        for source in structure.predecessors[name]:
            if source not in started and not _waits(structure.nodes[source].terms, started):
                started.add(source)
                queue.append(source)
    return frozenset(started)


def _waits(terms: Sequence[Term], started: set[str]) -> bool:
    return any(_unmet(term, started) for term in terms)


def _unmet(term: Term, started: set[str]) -> bool:
    match term:
        case Down(target):
            return target not in started
        case Votes(threshold, members):
            return sum(_unmet(member, started) for member in members) >= threshold
    missing = (weight for name, weight in term.parts if name not in started)
    return sum(missing, Fraction(0)) > term.limit


def deadlocks(structure: Structure) -> tuple[Deadlock, ...]:
    """Return the groups of nodes that cannot start again from cold, sorted.

    A group is a component of mutual need of which nothing starts although everything it needs from
    outside the component has. What merely waits for such a group is not part of it.
    """
    found = []
    assumed: set[str] = set()
    cold = startable(structure)
    for component in structure.order:
        stuck = [name for name in component if name not in cold]
        if not stuck:
            continue
        outside = cold | assumed
        alone = startable(structure, outside)
        waiting = [name for name in stuck if name not in alone]
        if waiting:
            helps, smallest = _helps(structure, outside, waiting)
            found.append(Deadlock(tuple(sorted(waiting)), helps, smallest))
        assumed.update(stuck)
    return tuple(sorted(found, key=lambda deadlock: deadlock.members))


def _helps(
    structure: Structure, outside: frozenset[str], waiting: list[str]
) -> tuple[tuple[str, ...], bool]:
    """Find a smallest set of members whose start lets all others start."""
    tried = 0
    for size in range(1, len(waiting) + 1):
        for chosen in islice(combinations(sorted(waiting), size), MOST_TRIED - tried):
            tried += 1
            if startable(structure, outside | set(chosen)) >= set(waiting):
                return chosen, True
        if tried >= MOST_TRIED:
            break
    kept = sorted(waiting)
    for name in sorted(waiting):
        fewer = [other for other in kept if other != name]
        if startable(structure, outside | set(fewer)) >= set(waiting):
            kept = fewer
    return tuple(kept), False
