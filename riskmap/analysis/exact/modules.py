"""Modules: parts of a formula that share nothing with the rest.

A module can be solved by itself and then stands for one variable (Dutuit and Rauzy, "A linear-time
algorithm to find modules of fault trees", IEEE Transactions on Reliability 45, 1996). Gates are
first rewritten so that more modules appear: gates with one parent of the same kind are merged into
it, and children of a gate that share variables are put under a gate of their own.
"""

from riskmap.analysis.exact.formula import Formulas
from riskmap.analysis.exact.simplification import simplified
from riskmap.analysis.limits import Limits


def rewritten(formulas: Formulas, root: int, limits: Limits | None = None) -> int:
    """Return an equal formula in which modules appear."""
    limits = limits or Limits()
    while True:
        limits.check()
        found = simplified(formulas, _flattened(formulas, root))
        if found == root:
            return _grouped(formulas, root)
        root = found


def _flattened(formulas: Formulas, root: int) -> int:
    """Merge gates that have a single parent of the same kind into it."""
    order = formulas.below(root)
    parents: dict[int, list[int]] = {}
    for node in order:
        for child in formulas.gates[node].children:
            parents.setdefault(child, []).append(node)
    pieces: dict[int, list[int]] = {}
    for node in order:
        gate = formulas.gates[node]
        if gate.kind not in ("or", "and"):
            children = [pieces[child][0] for child in gate.children]
            pieces[node] = [formulas.rebuilt(gate, children)] if children else [node]
            continue
        parts = [piece for child in gate.children for piece in pieces[child]]
        above = parents.get(node, [])
        if len(above) == 1 and formulas.gates[above[0]].kind == gate.kind:
            pieces[node] = parts
        else:
            pieces[node] = [formulas.rebuilt(gate, parts)]
    return pieces[root][0]


def _grouped(formulas: Formulas, root: int) -> int:
    """Put children of a gate that share variables under a gate of their own."""
    order = formulas.below(root)
    support: dict[int, int] = {}
    for node in order:
        gate = formulas.gates[node]
        support[node] = 0 if gate.children else 1 << len(support)
        for child in gate.children:
            support[node] |= support[child]
    found: dict[int, int] = {}
    for node in order:
        gate = formulas.gates[node]
        if not gate.children:
            found[node] = node
            continue
        children = [found[child] for child in gate.children]
        if gate.kind in ("or", "and") and len(children) > 2:
            join = formulas.any_of if gate.kind == "or" else formulas.all_of
            clusters = _clusters([(support[child], found[child]) for child in gate.children])
            if len(clusters) > 1:
                children = [join(cluster) for cluster in clusters]
        found[node] = formulas.rebuilt(gate, children)
    return found[root]


def _clusters(children: list[tuple[int, int]]) -> list[list[int]]:
    """Gather children whose sets of variables overlap, directly or through others.

    Clusters are disjoint, so whatever a child overlaps becomes one cluster with it.
    """
    clusters: list[tuple[int, list[int]]] = []
    everything = 0
    for mask, child in children:
        if not mask & everything:
            clusters.append((mask, [child]))
            everything |= mask
            continue
        everything |= mask
        merged, members, apart = mask, [child], []
        for other, others in clusters:
            if other & merged:
                merged |= other
                members = others + members
            else:
                apart.append((other, others))
        clusters = apart
        clusters.append((merged, members))
    return [members for _, members in clusters]


def modules(formulas: Formulas, root: int) -> list[int]:
    """Return the gates under ``root`` that are modules, children first, ``root`` last.

    Linear: one walk dates the first and last visit of every node; a gate is a module when nothing
    below it was visited before it was entered or after it was left.
    """
    gates = formulas.gates
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    left: dict[int, int] = {}
    clock = 0
    stack: list[tuple[int, int]] = [(root, 0)]
    while stack:
        node, at = stack.pop()
        clock += 1
        if at == 0 and node in first:
            last[node] = clock
            continue
        if at == 0:
            first[node] = clock
        last[node] = clock
        children = gates[node].children
        if at < len(children):
            stack.append((node, at + 1))
            stack.append((children[at], 0))
        else:
            left[node] = clock
    found: list[int] = []
    earliest: dict[int, int] = {}
    latest: dict[int, int] = {}
    for node in formulas.below(root):
        children = gates[node].children
        if not children:
            continue
        earliest[node] = min(min(first[c], earliest.get(c, first[c])) for c in children)
        latest[node] = max(max(last[c], latest.get(c, last[c])) for c in children)
        if earliest[node] > first[node] and latest[node] < left[node]:
            found.append(node)
    return found
