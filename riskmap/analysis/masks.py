"""Gates over many scenarios at once: one bit per scenario, one integer per gate."""

from fractions import Fraction


def votes(threshold: int, masks: list[int]) -> int:
    """Return the scenarios in which at least ``threshold`` of the masks are set."""
    at_least = [0] * (threshold + 1)
    at_least[0] = -1
    for mask in masks:
        for count in range(threshold, 0, -1):
            at_least[count] |= at_least[count - 1] & mask
    return at_least[threshold]


def outweighed(limit: Fraction, parts: list[tuple[int, Fraction]]) -> int:
    """Return the scenarios in which the weights of the set masks add up to more than ``limit``."""
    below: dict[Fraction, int] = {Fraction(0): -1}
    above = 0
    for mask, weight in parts:
        following: dict[Fraction, int] = {}
        for lost, scenarios in below.items():
            with_it, without = scenarios & mask, scenarios & ~mask
            if without:
                following[lost] = following.get(lost, 0) | without
            if with_it and lost + weight > limit:
                above |= with_it
            elif with_it:
                total = lost + weight
                following[total] = following.get(total, 0) | with_it
        below = following
    return above
