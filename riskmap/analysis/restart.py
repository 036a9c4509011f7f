"""Can it start again from cold? Things that only hold each other up cannot.

Down is a least fixpoint, so a cycle of needs causes no outage by itself. Starting is the other
question: something starts once everything it needs has started. What never starts that way, though
nothing is broken, is in the greatest fixpoint of waiting: a restart deadlock.

Which members must be started from outside is a hitting set problem: whatever set of members stays
stuck under some helps holds itself up, so every sufficient set of helps takes one of its members
(Reiter 1987 for the search by such conflicts). The search is exact until its budget is used up, and
then says between what the least number lies.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

from riskmap.analysis.structure import Down, Structure, Term, Votes

MOST_LOOKS = 200_000
"""Nodes looked at before the search for the fewest helps of a deadlock is cut off."""
MOST_WAYS = 50
"""Smallest sets of helps that are listed of one deadlock."""


@dataclass(frozen=True, slots=True)
class Deadlock:
    """Nodes that wait for each other.

    Attributes
    ----------
    members : tuple of str
        Sorted.
    ways : tuple of tuple of str
        The smallest sets of members that, started from outside, let all of them start, in order;
        where the search was cut off one set, which may not be smallest.
    at_least : int
        So many helps are needed for certain.
    complete : bool
        Whether ``ways`` holds every smallest set.
    """

    members: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]
    at_least: int
    complete: bool

    @property
    def helps(self) -> tuple[str, ...]:
        """The first of the smallest sets."""
        return self.ways[0]

    @property
    def smallest(self) -> bool:
        """Whether it is certain that no smaller set of helps does."""
        return len(self.helps) == self.at_least


def deadlocks(structure: Structure) -> tuple[Deadlock, ...]:
    """Return the groups of nodes that cannot start again from cold, sorted.

    A group is a component of mutual need of which nothing starts although everything it needs from
    outside the component has. What merely waits for such a group is not part of it. Linear in the
    structure, but for the search for the fewest helps.
    """
    found = []
    for component in structure.order:
        if len(component) == 1 and component[0] not in structure.successors[component[0]]:
            continue
        waiting = stuck(structure, component)
        if waiting:
            found.append(_Search(structure, waiting).deadlock())
    return tuple(sorted(found, key=lambda deadlock: deadlock.members))


def stuck(structure: Structure, nodes: Iterable[str]) -> frozenset[str]:
    """Return those of some nodes that never start although all others have.

    Each node is looked at once per need that starts.
    """
    missing = set(nodes)
    _start(structure, missing, sorted(missing))
    return frozenset(missing)


def _start(structure: Structure, missing: set[str], queue: list[str]) -> None:
    """Take from what is missing all that starts, the nodes in the queue looked at first."""
    for name in queue:
        if name in missing and not _waits(structure.nodes[name].terms, missing):
            missing.discard(name)
            queue.extend(source for source in structure.predecessors[name] if source in missing)


def _waits(terms: Sequence[Term], missing: AbstractSet[str]) -> bool:
    return any(_unmet(term, missing) for term in terms)


def _unmet(term: Term, missing: AbstractSet[str]) -> bool:
    match term:
        case Down(target):
            return target in missing
        case Votes(threshold, members):
            return sum(_unmet(member, missing) for member in members) >= threshold
    lost = (weight for name, weight in term.parts if name in missing)
    return sum(lost, Fraction(0)) > term.limit


class _CutOffError(Exception):
    """The budget is used up."""


@dataclass
class _Search:
    """The search for the fewest helps of one deadlock.

    Attributes
    ----------
    conflicts : list of frozenset of str
        Sets of members found so far that hold themselves up: helps must take one of each.
    left : int
        Looks that may still be spent.
    """

    structure: Structure
    members: frozenset[str]
    conflicts: list[frozenset[str]] = field(default_factory=list)
    left: int = MOST_LOOKS

    def deadlock(self) -> Deadlock:
        members = tuple(sorted(self.members))
        ways: list[tuple[str, ...]] = []
        size, cut_off = 0, False
        try:
            while not ways:
                size += 1
                for way in islice(self._ways(frozenset(), size), MOST_WAYS + 1):
                    ways.append(way)  # noqa: PERF402 - what was found before a cut-off is kept
        except _CutOffError:
            cut_off = True
        if not ways:
            return Deadlock(members, (self._few(),), size, complete=False)
        complete = not cut_off and len(ways) <= MOST_WAYS
        return Deadlock(members, tuple(sorted(ways[:MOST_WAYS])), size, complete)

    def _spend(self, looks: int) -> None:
        self.left -= looks
        if self.left < 0:
            raise _CutOffError

    def _stuck(self, nodes: AbstractSet[str]) -> frozenset[str]:
        self._spend(len(nodes))
        return stuck(self.structure, nodes)

    def _ways(
        self,
        helps: frozenset[str],
        size: int,
        barred: frozenset[str] = frozenset(),
    ) -> Iterator[tuple[str, ...]]:
        """Yield every sufficient set of at most ``size`` more helps, none of them barred.

        Each set comes once: a member of a conflict is barred once all sets with it are tried.
        """
        self._spend(len(self.conflicts) + 1)
        conflict = self._conflict(helps)
        if conflict is None:
            yield tuple(sorted(helps))
            return
        if self._apart(helps) > size:
            return
        for name in sorted(conflict - barred):
            yield from self._ways(helps | {name}, size - 1, barred)
            barred |= {name}

    def _conflict(self, helps: frozenset[str]) -> frozenset[str] | None:
        """Return members that hold themselves up under some helps, as few as easily found."""
        known = [conflict for conflict in self.conflicts if conflict.isdisjoint(helps)]
        if known:
            return min(known, key=lambda conflict: (len(conflict), sorted(conflict)))
        rest = self._stuck(self.members - helps)
        if not rest:
            return None
        for name in sorted(rest):
            if name in rest:
                rest = self._stuck(rest - {name}) or rest
        self.conflicts.append(rest)
        return rest

    def _apart(self, helps: frozenset[str]) -> int:
        """Return how many conflicts without a common member are left: so many helps, or more."""
        taken = set(helps)
        count = 0
        for conflict in sorted(self.conflicts, key=lambda c: (len(c), sorted(c))):
            if taken.isdisjoint(conflict):
                taken |= conflict
                count += 1
        return count

    def _few(self) -> tuple[str, ...]:
        """Return a sufficient set of helps, small but perhaps not smallest.

        Whatever most others wait for comes first; linear, since what has started stays started.
        """
        helps = []
        missing = set(self.members)
        sources = self.structure.predecessors
        for name in sorted(self.members, key=lambda n: (-len(sources[n]), n)):
            if name in missing:
                helps.append(name)
                missing.discard(name)
                _start(self.structure, missing, [n for n in sources[name] if n in missing])
        return tuple(sorted(helps))
