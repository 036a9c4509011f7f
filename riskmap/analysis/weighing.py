"""Weighted sums of shares, and how far a ranking by them depends on the weights."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

Shares = Mapping[str, float]
"""By term a number from zero to one."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What one changed weight does to the ranking.

    Attributes
    ----------
    term : str
    factor : float
        What its weight was multiplied by; the others kept their proportions.
    ranks : mapping of str to int
        The rank of everything under the changed weights.
    moved : tuple of str
        Whatever changed its rank, sorted.
    """

    term: str
    factor: float
    ranks: Mapping[str, int]
    moved: tuple[str, ...]


def weighted(shares: Shares, weights: Mapping[str, float]) -> float:
    """Return the weighted sum on a scale from zero to a hundred, whatever the weights add up to.

    >>> weighted({"a": 1.0, "b": 0.5}, {"a": 1, "b": 3})
    62.5
    """
    total = math.fsum(weights.values())
    return 100 * math.fsum(shares[term] * weight for term, weight in weights.items()) / total


def ranks(scores: Mapping[str, float]) -> dict[str, int]:
    """Return the rank of each name, the highest score first; equal scores share a rank.

    >>> ranks({"a": 10.0, "b": 30.0, "c": 10.0})
    {'a': 2, 'b': 1, 'c': 2}
    """
    rounded = {name: round(score, 9) for name, score in scores.items()}
    first: dict[float, int] = {}
    for place, score in enumerate(sorted(rounded.values(), reverse=True), start=1):
        first.setdefault(score, place)
    return {name: first[score] for name, score in rounded.items()}


def tornado(
    shares: Mapping[str, Shares], weights: Mapping[str, float], factors: tuple[float, ...]
) -> tuple[Shift, ...]:
    """Return what changing each weight by each factor does to the ranking, term by term."""
    before = ranks({name: weighted(given, weights) for name, given in shares.items()})
    found = []
    for term, weight in weights.items():
        for factor in factors:
            changed = {**weights, term: weight * factor}
            after = ranks({name: weighted(given, changed) for name, given in shares.items()})
            moved = tuple(sorted(name for name in shares if after[name] != before[name]))
            found.append(Shift(term, factor, after, moved))
    return tuple(found)
