"""Many failure scenarios at once: one bit per scenario, one integer per node.

OR and AND of whole scenarios are single operations on Python's big integers, so all single
failures of a model are tried in one pass. Cycles take the least fixpoint: things are down because
something failed. Standbys are added from the outside in: one runs only if what it needs is up
without its own help, so a standby that needs what it replaces never helps.
"""

from collections.abc import Mapping, Sequence

from riskmap.analysis.masks import outweighed, votes
from riskmap.analysis.structure import Down, Structure, Term, Votes, Weighted


def propagate(structure: Structure, failed: Mapping[str, int], width: int) -> dict[str, int]:
    """Compute in which scenarios each node is down.

    Parameters
    ----------
    failed : mapping of str to int
        For each node that fails by itself, the scenarios in which it does, as a bit mask.
    width : int
        Number of scenarios.

    Returns
    -------
    dict of str to int
        Mask of the scenarios in which each node is down as seen by those who need it: where a
        standby serves in its place, it counts as up.

    Notes
    -----
    With ``s`` standbys at most ``s + 1`` rounds of one pass each; a pass is linear in edges, and in
    the length of cycles inside a component, times ``width / 64`` machine words.
    """
    everything = (1 << width) - 1
    running = dict.fromkeys(structure.standbys, 0)
    while True:
        down = _down(structure, failed, running)
        served = {
            name: mask & ~_covered(structure, running, name) if mask else 0
            for name, mask in down.items()
        }
        found = {
            name: everything & ~_any_of(standby.terms, served)
            for name, standby in structure.standbys.items()
        }
        found = {name: found[name] | mask for name, mask in running.items()}
        if found == running:
            return served
        running = found


def _covered(structure: Structure, running: Mapping[str, int], name: str) -> int:
    mask = 0
    for standby in structure.covered_by.get(name, ()):
        mask |= running[standby]
    return mask


def _down(
    structure: Structure, failed: Mapping[str, int], running: Mapping[str, int]
) -> dict[str, int]:
    """Least fixpoint for a given set of running standbys."""
    down: dict[str, int] = {}
    served: dict[str, int] = {}
    for members in structure.order:
        cyclic = len(members) > 1 or members[0] in structure.successors[members[0]]
        for name in members:
            down[name] = failed.get(name, 0)
            served[name] = down[name] & ~_covered(structure, running, name)
        changed = True
        while changed:
            changed = False
            for name in members:
                mask = down[name] | _any_of(structure.nodes[name].terms, served)
                if mask != down[name]:
                    down[name] = mask
                    served[name] = mask & ~_covered(structure, running, name)
                    changed = cyclic
    return down


def _any_of(terms: Sequence[Term], down: Mapping[str, int]) -> int:
    mask = 0
    for term in terms:
        mask |= _holds(term, down)
    return mask


def _holds(term: Term, down: Mapping[str, int]) -> int:
    match term:
        case Down(target):
            return down[target]
        case Votes(threshold, members):
            return votes(threshold, [_holds(member, down) for member in members])
        case Weighted(parts, limit):
            return outweighed(limit, [(down[name], weight) for name, weight in parts])
