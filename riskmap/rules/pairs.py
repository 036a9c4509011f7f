"""Which two failures together stop a function for longer than it can bear.

Both fail at the same moment, each for its own worst plausible outage, so the function is down while
both are: until the first of them is repaired, unless a contingency carries. A pair whose members
one and the same failure brings down is left out where that failure alone already breaches what the
function can bear: the two are then not independent, and the worse thing is said by itself.

Where no contingency helps against a pair even once it runs, the stop is exactly the shorter of the
two outages. Only the other pairs are followed in time, the longest first and as many as
:data:`EFFORT` allows; whatever is left counts as if no contingency helped, and is counted apart.

Pairs are those of the logic: where a function needs another that works by shares, two losses that
leave enough for the other and too little for the function are not looked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from riskmap.analysis.propagation import propagate
from riskmap.analysis.scale.network import network_of
from riskmap.analysis.scale.pairs import pairs
from riskmap.analysis.structure import Structure
from riskmap.model import Criticality
from riskmap.rules.results import Results
from riskmap.rules.verdict import Impact, Verdict, verdict_of

EFFORT = 30_000
"""Pairs followed in time, times elements of the model: 30 pairs in a model of 1,000 elements.

The time for one pair grows with the model, so that this bounds the time for all: about 0.1 s.
"""

Pair = tuple[str, str]
"""Ids of two elements, sorted."""


@dataclass(frozen=True, slots=True)
class DoublePoint:
    """Two elements that stop a function together, and what that does to it.

    Attributes
    ----------
    members : tuple of (str, str)
        Sorted.
    impact : Impact
        With both down from the beginning.
    followed : bool
        Whether contingencies are counted; without, they are left out.
    """

    members: Pair
    impact: Impact
    followed: bool = True


@dataclass(frozen=True, slots=True)
class DoublePoints:
    """All pairs that stop one function past its tolerance.

    Attributes
    ----------
    count : int
        How many pairs, those not followed included.
    unfollowed : int
        How many of them count only because they were too many to follow.
    worst : DoublePoint
    kinds : tuple of Pair
        The worst pair of each kind, the longest stop first. Pairs are of a kind when their members
        have the same partners, as thirty elements below one alternative have that each stop the
        function with any of thirty below the other.
    """

    function: str
    count: int
    unfollowed: int
    worst: DoublePoint
    kinds: tuple[Pair, ...]


def double_points(results: Results) -> dict[str, DoublePoints]:
    """Return the double points of failure of each critical function that has any.

    A function whose criticality nobody stated counts as critical.

    Notes
    -----
    Finding the pairs is exact (:mod:`riskmap.analysis.scale.pairs`). Which of them contingencies
    may help against, and which have a common cause, takes one pass each over all of them together.
    """
    candidates = _independent(results, _long_enough(results))
    helped = _helped(results.logic, candidates)
    doubtful = sum(1 for pairs_of_top in helped.values() if pairs_of_top)
    share = max(1, EFFORT // len(results.structure.nodes) // max(1, doubtful))
    answers = {}
    courses: dict[Pair, Mapping[str, Impact]] = {}
    for function, found in candidates.items():
        stops = {p: length for p, length in found.items() if p not in helped[function]}
        uncertain = sorted(helped[function], key=lambda p: (-found[p], p))
        for pair in uncertain[:share]:
            if pair not in courses:
                courses[pair] = results.impacts_of(results.structure, *pair)
            impact = courses[pair].get(function)
            if impact is not None and _breaches(impact.verdict):
                stops[pair] = impact.stopped
        left = {pair: found[pair] for pair in uncertain[share:]}
        if stops or left:
            answers[function] = _answer(results, function, stops, left)
    return answers


def _long_enough(results: Results) -> dict[str, dict[Pair, float]]:
    """Return, by critical function, the pairs that are both down for longer than it can bear."""
    critical = [
        name
        for name, function in sorted(results.functions.items())
        if function.criticality in (None, Criticality.CRITICAL)
    ]
    outages: dict[str, float] = {}
    found: dict[str, dict[Pair, float]] = {name: {} for name in critical}
    for top, one, other in pairs(network_of(results.logic.bare, critical), critical):
        for name in (one, other):
            if name not in outages:
                outages[name] = results.worst_outage(name)
        length = min(outages[one], outages[other])
        if _breaches(verdict_of(results.functions[top], length)):
            found[top][one, other] = length
    return {name: lengths for name, lengths in found.items() if lengths}


def _breaches(verdict: Verdict) -> bool:
    return verdict.rank >= Verdict.BREACHED.rank


def _independent(
    results: Results, candidates: Mapping[str, dict[Pair, float]]
) -> dict[str, dict[Pair, float]]:
    """Leave out the pairs that one failure brings down together and breaches by itself."""
    breaching = {
        function: [
            name
            for name in sorted(results.inherent_singles[function])
            if (function, name) in results.impacts
            and _breaches(results.impacts[function, name].verdict)
        ]
        for function in candidates
    }
    causes = sorted(set().union(*breaching.values()))
    bit = {name: 1 << number for number, name in enumerate(causes)}
    down = propagate(results.logic.bare, bit, len(causes))
    found = {}
    for function, lengths in candidates.items():
        own = sum(bit[name] for name in breaching[function])
        kept = {p: length for p, length in lengths.items() if not down[p[0]] & down[p[1]] & own}
        if kept:
            found[function] = kept
    return found


def _helped(
    structure: Structure, candidates: Mapping[str, Mapping[Pair, float]]
) -> dict[str, frozenset[Pair]]:
    """Return, by function, the pairs that contingencies might make up for once they run."""
    if not structure.standbys:
        return dict.fromkeys(candidates, frozenset())
    listed = sorted({pair for found in candidates.values() for pair in found})
    rows: dict[str, bytearray] = {}
    for number, pair in enumerate(listed):
        for name in pair:
            row = rows.setdefault(name, bytearray(len(listed) // 8 + 1))
            row[number >> 3] |= 1 << (number & 7)
    failed = {name: int.from_bytes(row, "little") for name, row in rows.items()}
    down = propagate(structure, failed, len(listed))
    answers = {}
    for function, found in candidates.items():
        still = down[function].to_bytes(len(listed) // 8 + 1, "little")
        answers[function] = frozenset(
            pair
            for number, pair in enumerate(listed)
            if pair in found and not still[number >> 3] >> (number & 7) & 1
        )
    return answers


def _answer(
    results: Results, function: str, stops: Mapping[Pair, float], left: Mapping[Pair, float]
) -> DoublePoints:
    """Put the answer together; it speaks of pairs not followed only where there is no other."""
    kinds = _of_each_kind(stops or left)
    followed = bool(stops)
    structure = results.structure if followed else results.structure.bare
    impact = results.impacts_of(structure, *kinds[0], tops=(function,))[function]
    worst = DoublePoint(kinds[0], impact, followed)
    return DoublePoints(function, len(stops) + len(left), len(left), worst, tuple(kinds))


def _of_each_kind(stops: Mapping[Pair, float]) -> list[Pair]:
    """Return the worst pair of each kind, the longest stop first, ties by name."""
    partners: dict[str, set[str]] = {}
    for one, other in stops:
        partners.setdefault(one, set()).add(other)
        partners.setdefault(other, set()).add(one)
    kinds = {name: frozenset(others) for name, others in partners.items()}
    found: dict[frozenset[frozenset[str]], Pair] = {}
    for pair in sorted(stops, key=lambda p: (-stops[p], p)):
        found.setdefault(frozenset(kinds[name] for name in pair), pair)
    return list(found.values())
