"""From success logic to failure logic: the only place where the two meet.

Users say what must work; the mathematics asks what stops it:

=====================  ==========================================
what must work         what brings it down
=====================  ==========================================
all of                 any one down
any of                 all down
at least k of n        at least n - k + 1 down
shares with a minimum  parts down that weigh more than the rest
provider               the provider down
parent                 the owner down
=====================  ==========================================

Soft needs never stop anything; unknown hardness counts as hard.
"""

import math
from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

from riskmap.analysis.structure import Down, Node, Standby, Structure, Term, Votes, Weighted
from riskmap.model import (
    Contingency,
    Element,
    Function,
    Model,
    Need,
    NeedExpression,
    Provider,
    Service,
    ThirdParty,
)


def structure_of(model: Model) -> Structure:
    """Return the failure logic of a model."""
    nodes = {element.id: _node(element) for element in model.elements()}
    standbys = {plan.id: _standby(plan) for plan in model.contingencies}
    tops = tuple(function.id for function in model.functions)
    return Structure(nodes, standbys, tops)


def seconds(duration: timedelta | None) -> float:
    """Return a duration in seconds; infinite when nobody knows it."""
    return math.inf if duration is None else duration.total_seconds()


def _node(element: Element) -> Node:
    terms = _terms(element.needs)
    minimum = Fraction(0)
    if isinstance(element, Service | ThirdParty) and element.provider is not None:
        terms.append(Down(element.provider))
    if isinstance(element, Provider) and element.parent is not None:
        terms.append(Down(element.parent))
    if isinstance(element, Function):
        minimum = effective_minimum(element)
        if element.shares:
            total = sum((share.share for share in element.shares), Fraction(0))
            parts = tuple((share.target, share.share) for share in element.shares)
            terms.append(Weighted(parts, max(total - minimum, Fraction(0))))
    soft = (need.target for need in element.needs if isinstance(need, Need) and not _stops(need))
    return Node(element.id, element.fails_alone, tuple(terms), minimum, tuple(sorted(soft)))


def effective_minimum(function: Function) -> Fraction:
    """Return the capacity below which a function counts as stopped: all of it if not stated."""
    stated = function.objectives.minimum
    return Fraction(1) if stated is None else stated


def _stops(need: Need) -> bool:
    return need.hardness.stops


def _terms(needs: Iterable[NeedExpression]) -> list[Term]:
    return [term_of(need) for need in needs if not isinstance(need, Need) or _stops(need)]


def term_of(need: NeedExpression) -> Term:
    """Return when a need is not met: fewer than ``count`` of its members are up."""
    if isinstance(need, Need):
        return Down(need.target)
    members = tuple(term_of(member) for member in need.members)
    return Votes(len(members) - need.count + 1, members)


def _standby(plan: Contingency) -> Standby:
    """A plan counts only for what it states."""
    sustains = 0.0 if plan.sustains is None else plan.sustains.total_seconds()
    level = Fraction(0) if plan.capacity is None else plan.capacity
    lead = seconds(plan.lead)
    return Standby(plan.id, plan.covers, tuple(_terms(plan.uses)), lead, sustains, level)
