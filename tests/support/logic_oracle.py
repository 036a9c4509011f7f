"""What is down, worked out the slow way from the definitions in docs: sets, success logic, no bits.

Independent of :mod:`riskmap.analysis`: it reads the model itself. Down is the least fixpoint:
something is down when it fails by itself, its provider is down, or a need that is not soft is not
met, and no contingency that runs covers it. A contingency runs when what it uses is up without its
own help.
"""

from fractions import Fraction
from itertools import combinations

from riskmap.model import (
    AtLeast,
    Contingency,
    Element,
    Function,
    Hardness,
    Model,
    Need,
    NeedExpression,
    Service,
    ThirdParty,
)


def met(expression: NeedExpression, down: set[str]) -> bool:
    """Tell whether a need is met."""
    if isinstance(expression, Need):
        return expression.hardness is Hardness.SOFT or expression.target not in down
    return sum(met(member, down) for member in expression.members) >= expression.count


def works(element: Element, down: set[str]) -> bool:
    """Tell whether everything an element relies on is there."""
    if not all(met(need, down) for need in element.needs):
        return False
    if isinstance(element, Service | ThirdParty) and element.provider in down:
        return False
    if isinstance(element, Function):
        lost = [share for share in element.shares if share.target in down]
        kept = sum((s.share for s in element.shares if s.target not in down), Fraction(0))
        least = element.objectives.minimum
        return not lost or kept >= (Fraction(1) if least is None else least)
    return True


def down_set(model: Model, failed: set[str], running: set[str]) -> set[str]:
    """Return what is down for those who need it, given which contingencies run."""
    covered = {c for plan in model.contingencies if plan.id in running for c in plan.covers}
    down: set[str] = set()
    while True:
        more = {
            element.id
            for element in model.elements()
            if element.id not in covered
            and element.id not in down
            and (element.id in failed or not works(element, down))
        }
        if not more:
            return down
        down |= more


def running(model: Model, failed: set[str], without: frozenset[str] = frozenset()) -> set[str]:
    """Return the contingencies that run; each is judged without its own help."""
    found = set()
    for plan in model.contingencies:
        if plan.id in without:
            continue
        apart = without | {plan.id}
        down = down_set(model, failed, running(model, failed, apart))
        if all(met(use, down) for use in plan.uses):
            found.add(plan.id)
    return found


def is_down(model: Model, top: str, failed: set[str], *, residual: bool) -> bool:
    """Tell whether a function is down when exactly ``failed`` fail by themselves."""
    return top in down_set(model, failed, running(model, failed) if residual else set())


def cut_sets(model: Model, top: str, *, residual: bool) -> set[tuple[str, ...]]:
    """Enumerate the minimal cut sets of order one and two."""
    basic = sorted(element.id for element in model.elements() if element.fails_alone)
    singles = {(n,) for n in basic if is_down(model, top, {n}, residual=residual)}
    doubles = {
        pair
        for pair in combinations(basic, 2)
        if not any((name,) in singles for name in pair)
        and is_down(model, top, set(pair), residual=residual)
    }
    return singles | doubles


# -- paths -------------------------------------------------------------------------------------


def mentioned(expression: NeedExpression) -> set[str]:
    """Return what a need names, soft ones left out."""
    if isinstance(expression, AtLeast):
        return set().union(*(mentioned(member) for member in expression.members))
    return set() if expression.hardness is Hardness.SOFT else {expression.target}


def steps_from(model: Model, name: str, *, residual: bool) -> set[str]:
    """Return where a path of needs may go on: to what is needed, or to a plan that covers."""
    entry = model.entry(name)
    if isinstance(entry, Contingency):
        return set().union(*(mentioned(use) for use in entry.uses))
    assert isinstance(entry, Element)
    found = set().union(*(mentioned(need) for need in entry.needs))
    if isinstance(entry, Service | ThirdParty) and entry.provider is not None:
        found.add(entry.provider)
    if isinstance(entry, Function):
        found |= {share.target for share in entry.shares}
    if residual:
        found |= {plan.id for plan in model.contingencies if name in plan.covers}
    return found


def distances(model: Model, start: str, *, residual: bool) -> dict[str, int]:
    """Return the number of steps to everything that can be reached."""
    found, layer = {start: 0}, {start}
    while layer:
        following = set().union(*(steps_from(model, n, residual=residual) for n in layer))
        layer = following - found.keys()
        found.update(dict.fromkeys(layer, max(found.values()) + 1))
    return found
