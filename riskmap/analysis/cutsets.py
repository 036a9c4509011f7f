"""Minimal cut sets of order one and two, and the paths that witness them.

A minimal cut set is a smallest set of basic events that brings a top node down (Vesely et al.,
NUREG-0492, section VII.2). This module finds those of order one and two exactly, at any size
(:mod:`riskmap.analysis.scale`); larger ones it does not look for, and says so through
:data:`COMPLETE_ORDER`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from riskmap.analysis.propagation import propagate
from riskmap.analysis.scale.network import network_of
from riskmap.analysis.scale.pairs import pairs
from riskmap.analysis.scale.singles import singles
from riskmap.analysis.structure import Node, Standby, Structure, targets

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

    One pass over what the starts depend on, for all candidates and all starts together.
    """
    starts = list(starts)
    return singles(network_of(structure, starts), starts)


def single_points_with_each(
    structure: Structure, starts: Iterable[str]
) -> dict[str, dict[str, frozenset[str]]]:
    """Return the single points of each start were there but one standby, by standby and start.

    Without standbys everything is solved once; for each standby, what lies above what it covers.
    """
    starts = list(starts)
    without = single_points(structure.bare, starts)
    candidates = sorted(frozenset().union(*without.values()))
    failed = {name: 1 << bit for bit, name in enumerate(candidates)}
    down = propagate(structure.bare, failed, len(candidates))
    found = {}
    for name, standby in structure.standbys.items():
        above = structure.above(standby.covers)
        masks = _above_one(structure, standby, above, failed, down)
        found[name] = {
            start: frozenset(point for point in points if masks[start] & failed[point])
            if start in above
            else points
            for start, points in without.items()
        }
    return found


def _above_one(
    structure: Structure,
    standby: Standby,
    above: frozenset[str],
    failed: Mapping[str, int],
    down: Mapping[str, int],
) -> dict[str, int]:
    """Propagate through what lies above one standby, all else being as without it."""
    nodes = {name: structure.nodes[name] for name in above}
    own = {name: failed[name] for name in above if name in failed}
    needed = {target for node in nodes.values() for target in targets(node.terms)}
    for name in needed.union(targets(standby.terms)) - above:
        nodes[name], own[name] = Node(name, True), down[name]
    return propagate(Structure(nodes, {standby.id: standby}), own, len(failed))


def common_points(structure: Structure, starts: Iterable[str], count: int) -> frozenset[str]:
    """Return the basic nodes that bring down at least ``count`` of ``starts`` by themselves."""
    found: dict[str, int] = {}
    for points in single_points(structure, starts).values():
        for name in points:
            found[name] = found.get(name, 0) + 1
    return frozenset(name for name, number in found.items() if number >= count)


def double_points(structure: Structure, top: str, alone: frozenset[str]) -> list[tuple[str, str]]:
    """Return the pairs that bring ``top`` down together though neither does ``alone``, sorted."""
    return sorted(
        (one, other)
        for _, one, other in pairs(network_of(structure, (top,)), (top,))
        if one not in alone and other not in alone
    )


def minimal_cut_sets(
    structure: Structure, shown: Structure | None = None
) -> tuple[MinimalCutSet, ...]:
    """Return every minimal cut set of order one and two of every top, sorted.

    Parameters
    ----------
    shown : Structure, optional
        Where the paths lead, instead of ``structure``: the same before levels were written out.
    """
    found: list[MinimalCutSet] = []
    network = network_of(structure, structure.tops)
    members: dict[str, list[tuple[str, ...]]] = {
        top: [(name,) for name in names] for top, names in singles(network, structure.tops).items()
    }
    for top, one, other in pairs(network, structure.tops):
        members[top].append((one, other))
    for top, together in members.items():
        paths = shortest_paths(shown or structure, top)
        found.extend(
            MinimalCutSet(top, names, tuple(paths[name] for name in names)) for names in together
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
