"""Past the budget: bounds that certainly hold, and an estimate with its interval.

Independent basic events and coherent gates are associated, so that bounds can be carried upwards
gate by gate (Esary, Proschan and Walkup, "Association of random variables, with applications",
Annals of Mathematical Statistics 38, 1967). The estimate draws samples, one bit each in Python's
integers, so that every gate is one operation for all of them.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from riskmap.analysis.exact.formula import FALSE, TRUE, Formulas, Gate
from riskmap.analysis.limits import AnalysisLimit, Limits
from riskmap.analysis.masks import outweighed, votes

_DIGITS = 9
"""Binary digits of a probability that are sampled for all samples at once."""
_NEVER = 1e-15
"""A probability that no number of samples would ever meet."""
_BATCH = 1 << 17
_Z = 1.959963984540054
"""Normal quantile of a 95% interval."""


def bounds(formulas: Formulas, root: int, p: Mapping[str, float]) -> tuple[float, float]:
    """Return bounds on the probability of a gate that certainly hold, in one pass."""
    known: dict[int, tuple[float, float]] = {FALSE: (0.0, 0.0), TRUE: (1.0, 1.0)}
    for node in formulas.below(root):
        if node not in known:
            gate = formulas.gates[node]
            known[node] = _gate_bounds(gate, [known[child] for child in gate.children], p)
    return known[root]


def _gate_bounds(
    gate: Gate, below: Sequence[tuple[float, float]], p: Mapping[str, float]
) -> tuple[float, float]:
    if gate.kind == "variable":
        return p[gate.name], p[gate.name]
    lower, upper = [low for low, _ in below], [high for _, high in below]
    if gate.kind == "or":
        return max(lower), 1 - math.prod(1 - high for high in upper)
    if gate.kind == "and":
        return math.prod(lower), min(upper)
    return _threshold_bounds(gate, lower, upper)


def _threshold_bounds(
    gate: Gate, lower: Sequence[float], upper: Sequence[float]
) -> tuple[float, float]:
    """Bound a threshold by one way to reach it, and by the weight expected to hold (Markov)."""
    total, chosen = 0, []
    ranked = sorted(zip(lower, gate.weights, strict=True), reverse=True)
    for chance, weight in ranked:
        chosen.append(chance)
        total += weight
        if total > gate.limit:
            break
    expected = sum(high * w for high, w in zip(upper, gate.weights, strict=True))
    union = 1 - math.prod(1 - high for high in upper)
    markov = expected / (gate.limit + 1)
    return math.prod(chosen), min(1.0, union, markov)


def estimate(
    cut: AnalysisLimit, formulas: Formulas, root: int, p: Mapping[str, float], limits: Limits
) -> AnalysisLimit:
    """Add bounds and a Monte Carlo estimate for a formula too large to solve exactly.

    Parameters
    ----------
    cut : AnalysisLimit
        Which limit was reached, and what is therefore missing.
    p : mapping of str to float
        Probability of each basic event.
    limits : Limits
        Number of samples and seed; the same seed gives the same estimate.
    """
    lower, upper = bounds(formulas, root, p)
    order = [node for node in formulas.below(root) if node not in (FALSE, TRUE)]
    source = random.Random(limits.seed)  # noqa: S311 - sampling, not secrecy
    hits, left = 0, limits.samples
    while left > 0:
        width = min(left, _BATCH)
        hits += _sample(formulas, order, root, p, source, width)
        left -= width
    share, error = wilson(hits, limits.samples)
    return replace(
        cut,
        lower=lower,
        upper=upper,
        estimate=share,
        error=error,
        samples=limits.samples,
    )


def _sample(
    formulas: Formulas,
    order: list[int],
    root: int,
    p: Mapping[str, float],
    source: random.Random,
    width: int,
) -> int:
    """Draw ``width`` samples and count those in which the root holds."""
    everything = (1 << width) - 1
    value = {FALSE: 0, TRUE: everything}
    for node in order:
        gate = formulas.gates[node]
        below = [value[child] for child in gate.children]
        match gate.kind:
            case "variable":
                value[node] = _bernoulli(p[gate.name], source, width)
            case "or":
                value[node] = 0
                for mask in below:
                    value[node] |= mask
            case "and":
                value[node] = everything
                for mask in below:
                    value[node] &= mask
            case _:
                value[node] = _reached(gate, below) & everything
    return value[root].bit_count()


def _reached(gate: Gate, below: list[int]) -> int:
    """Return the samples in which a threshold holds."""
    if max(gate.weights) == 1:
        return votes(gate.limit + 1, below)
    parts = [(mask, Fraction(weight)) for mask, weight in zip(below, gate.weights, strict=True)]
    return outweighed(Fraction(gate.limit), parts)


def _bernoulli(chance: float, source: random.Random, width: int) -> int:
    """Return a mask in which each bit is set with this probability.

    Reading the first binary digits of the probability from the last to the first, a digit one joins
    half of what is not set, a digit zero drops half of what is. What the further digits would add
    is rare, so that it is set bit by bit.
    """
    if chance >= 1:
        return (1 << width) - 1
    digits = int(chance * (1 << _DIGITS))
    mask = 0
    for position in range(_DIGITS if digits else 0):
        if not mask and not digits >> position & 1:
            continue
        word = source.getrandbits(width)
        mask = mask | word if digits >> position & 1 else mask & word
    most = digits / (1 << _DIGITS)
    return mask | _rare((chance - most) / (1 - most), source, width)


def _rare(chance: float, source: random.Random, width: int) -> int:
    """Return such a mask for a small probability, jumping from one set bit to the next."""
    if chance < _NEVER:
        return 0
    found = bytearray((width + 7) // 8)
    scale = 1 / math.log1p(-chance)
    at = int(math.log(1 - source.random()) * scale)
    while at < width:
        found[at >> 3] |= 1 << (at & 7)
        at += 1 + int(math.log(1 - source.random()) * scale)
    return int.from_bytes(found, "little")


def wilson(hits: int, samples: int) -> tuple[float, float]:
    """Return the share of hits and half the width of its 95% Wilson interval.

    >>> wilson(0, 1000)[1] > 0
    True
    """
    if not samples:
        return 0.0, 1.0
    share = hits / samples
    spread = math.sqrt(share * (1 - share) / samples + _Z**2 / (4 * samples**2))
    return share, _Z * spread / (1 + _Z**2 / samples)
