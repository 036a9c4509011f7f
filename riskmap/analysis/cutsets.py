"""Minimal cut sets of order one and two, and the paths that witness them.

A minimal cut set is a smallest set of basic events that brings a top node down (Vesely et al.,
NUREG-0492, section VII.2). This module finds those of order one and two exactly, by trying every
candidate; larger ones it does not look for, and says so through :data:`COMPLETE_ORDER`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from riskmap.analysis.propagation import propagate
from riskmap.analysis.structure import Structure, targets

COMPLETE_ORDER = 2
"""Cut sets up to this order are all found; none of a higher order is."""


@dataclass(frozen=True, slots=True, order=True)
class MinimalCutSet:
    """A smallest set of failures that stops one top node.

    Attributes
    ----------
    top : str
    members : tuple of str
        Sorted.
    witness : tuple of tuple of str
        For every member a shortest path from the top down to it, in the order of ``members``.
    """

    top: str
    members: tuple[str, ...]
    witness: tuple[tuple[str, ...], ...]

    @property
    def order(self) -> int:
        """How many things must fail together."""
        return len(self.members)


def single_points(structure: Structure, starts: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return for each start the basic nodes whose failure alone brings it down.

    One pass over the structure for all candidates and all starts together.
    """
    basic = sorted(name for name, node in structure.nodes.items() if node.basic)
    failed = {name: 1 << index for index, name in enumerate(basic)}
    down = propagate(structure, failed, len(basic))
    return {start: frozenset(_set_bits(down[start], basic)) for start in starts}


def common_points(structure: Structure, starts: Iterable[str], count: int) -> frozenset[str]:
    """Return the basic nodes that bring down at least ``count`` of ``starts`` by themselves."""
    found: dict[str, int] = {}
    for points in single_points(structure, starts).values():
        for name in points:
            found[name] = found.get(name, 0) + 1
    return frozenset(name for name, number in found.items() if number >= count)


def _set_bits(mask: int, names: list[str]) -> list[str]:
    found = []
    while mask:
        low = mask & -mask
        found.append(names[low.bit_length() - 1])
        mask ^= low
    return found


def double_points(structure: Structure, top: str, singles: frozenset[str]) -> list[tuple[str, str]]:
    """Return the pairs that bring ``top`` down together though neither does alone.

    For each candidate in turn, all partners at once; quadratic in candidates over 64.
    """
    within = structure.closure(top, standbys=True)
    candidates = sorted(
        name for name in within if structure.nodes[name].basic and name not in singles
    )
    everything = (1 << len(candidates)) - 1
    masks = {name: 1 << index for index, name in enumerate(candidates)}
    pairs: list[tuple[str, str]] = []
    for name in candidates:
        failed = {**masks, name: everything}
        partners = propagate(structure, failed, len(candidates), within)[top]
        pairs.extend(
            (name, partner) for partner in _set_bits(partners, candidates) if partner > name
        )
    return sorted(pairs)


def minimal_cut_sets(structure: Structure) -> tuple[MinimalCutSet, ...]:
    """Return every minimal cut set of order one and two of every top, sorted."""
    found: list[MinimalCutSet] = []
    singles = single_points(structure, structure.tops)
    for top in structure.tops:
        members: list[tuple[str, ...]] = [(name,) for name in sorted(singles[top])]
        members.extend(double_points(structure, top, singles[top]))
        paths = shortest_paths(structure, top)
        found.extend(
            MinimalCutSet(top, names, tuple(paths[name] for name in names)) for names in members
        )
    return tuple(sorted(found, key=lambda c: (c.top, c.order, c.members)))


def shortest_paths(structure: Structure, start: str) -> Mapping[str, tuple[str, ...]]:
    """Return a shortest path from ``start`` to everything it reaches, ties by name.

    A standby is a step of its own, between a node it covers and what the standby needs.
    """
    paths: dict[str, tuple[str, ...]] = {start: (start,)}
    queue = [start]
    for name in queue:
        for target in _following(structure, name):
            if target not in paths:
                paths[target] = (*paths[name], target)
                queue.append(target)
    return paths


def _following(structure: Structure, name: str) -> Iterable[str]:
    if name in structure.standbys:
        return sorted(set(targets(structure.standbys[name].terms)))
    return (*structure.successors[name], *structure.covered_by.get(name, ()))
