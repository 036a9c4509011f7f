"""Dropping what a formula says twice along one path, before any diagram is built.

Below ``x and g`` the gate ``g`` matters only where ``x`` holds, so that ``x`` inside it may be read
as true; below ``x or g``, as false. What is certain at a gate is what is certain on every way from
the root to it, so that nothing needs to be copied. The idea is that of the Boolean optimisation of
common nodes in fault tree engines (Niemela, "On simplification of large fault trees", Reliability
Engineering and System Safety 44, 1994).
"""

from riskmap.analysis.exact.formula import FALSE, TRUE, Formulas

_ROUNDS = 8
_Certain = tuple[int, int]
"""Shared nodes that hold and that do not, as bit masks."""


def simplified(formulas: Formulas, root: int) -> int:
    """Return an equal formula without gates that what surrounds them already decides.

    Each round is linear in the arguments of all gates, times shared nodes over 64.
    """
    for _ in range(_ROUNDS):
        found = _round(formulas, root)
        if found == root:
            break
        root = found
    return root


def _round(formulas: Formulas, root: int) -> int:
    order = formulas.below(root)
    parents: dict[int, int] = {}
    for node in order:
        for child in formulas.gates[node].children:
            parents[child] = parents.get(child, 0) + 1
    bits: dict[int, int] = {}
    for node in order:
        if parents.get(node, 0) > 1:
            bits[node] = 1 << len(bits)
    certain = _certain(formulas, order, bits) if bits else {}
    found: dict[int, int] = {}
    for node in order:
        gate = formulas.gates[node]
        if not gate.children:
            found[node] = node
            continue
        true, false = certain.get(node, (0, 0))
        children = []
        for child in gate.children:
            bit = bits.get(child, 0)
            children.append(TRUE if bit & true else FALSE if bit & false else found[child])
        found[node] = formulas.rebuilt(gate, children)
    return found[root]


def _certain(formulas: Formulas, order: list[int], bits: dict[int, int]) -> dict[int, _Certain]:
    """Return for each gate which shared nodes are decided wherever the gate matters.

    Of two arguments only the later one may count on the earlier, or each could be dropped because
    of the other. Variables come first; of two gates only the later can contain the earlier.
    """
    certain: dict[int, _Certain] = {order[-1]: (0, 0)}
    for node in reversed(order):
        gate = formulas.gates[node]
        true, false = certain[node]
        for child in sorted(gate.children, key=lambda c: (bool(formulas.gates[c].children), c)):
            before = certain.get(child)
            certain[child] = (
                (true, false) if before is None else (before[0] & true, before[1] & false)
            )
            if gate.kind == "and":
                true |= bits.get(child, 0)
            elif gate.kind == "or":
                false |= bits.get(child, 0)
    return certain
