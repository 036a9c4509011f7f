"""Minimal cut sets of all orders of one function: counts, probability, importance, a listing.

Where the exact computation passes its budget the answer says so, gives all cut sets of order one
and two, and bounds and an estimate of the probability.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice

from riskmap.analysis.cutsets import COMPLETE_ORDER, shortest_paths
from riskmap.analysis.exact.estimate import estimate
from riskmap.analysis.exact.formula import Formulas
from riskmap.analysis.exact.formulation import formulate
from riskmap.analysis.exact.listing import cut_sets
from riskmap.analysis.exact.quantify import (
    ImportanceFactors,
    importance,
    probability,
    rare_event,
)
from riskmap.analysis.exact.solution import Solution, solve
from riskmap.analysis.limits import (
    AnalysisLimit,
    LimitKind,
    LimitReachedError,
    Limits,
    TimeExceededError,
)
from riskmap.analysis.structure import Structure
from riskmap.rules.availability import Promised, expected, promised
from riskmap.rules.results import Results

MOST_FOR_BOUND = 200_000
"""Cut sets up to this number are listed for the min-cut upper bound."""


class Reading(StrEnum):
    """Whether contingencies count."""

    INHERENT = "inherent"
    RESIDUAL = "residual"


@dataclass(frozen=True, slots=True)
class ListedCutSet:
    """One minimal cut set.

    Attributes
    ----------
    members : tuple of str
        Sorted.
    probability : float or None
        That all members are down at once; None when a figure is missing for one.
    witness : tuple of tuple of str
        For every member a shortest path from the function down to it.
    """

    members: tuple[str, ...]
    probability: float | None
    witness: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Approximations:
    """Figures other tools give in place of the exact probability; both are never below it.

    Attributes
    ----------
    rare_event : float
        Sum of the probabilities of all minimal cut sets; may be above one.
    min_cut_upper_bound : float or None
        One less the product of their complements (Esary and Proschan 1963); None when there are
        too many to list.
    """

    rare_event: float
    min_cut_upper_bound: float | None


@dataclass(frozen=True, slots=True)
class CutSetAnswer:
    """What is known about the minimal cut sets of one function.

    Attributes
    ----------
    exact : bool
        Whether nothing was cut off or rounded.
    count : int or None
        Number of minimal cut sets of all orders; None past the budget.
    by_order : tuple of int
        Number of order one, two and so on; past the budget, as far as it is complete.
    probability : float or None
        That the function is down at any time; None past the budget, when figures are missing, and
        for the residual reading: it is about structure, and a contingency takes time to start.
    unknown : tuple of str
        Elements of some cut set for which nobody gave a figure, sorted.
    listed : tuple of ListedCutSet
        By order, then the most probable first; as many as were asked for.
    importance : mapping of str to ImportanceFactors
        Empty when not asked for or not computable.
    promised : Promised or None
        What service levels alone imply; None past the budget or when there are none.
    approximations : Approximations or None
        None when not asked for or not computable.
    rounded : tuple of str
        What adds up a part that can work in more degrees than are told apart, the function or below
        it; rounding down can bring cut sets about that there are not, and never hides one. Sorted.
    """

    function: str
    reading: Reading
    exact: bool
    count: int | None
    by_order: tuple[int, ...]
    probability: float | None
    unknown: tuple[str, ...]
    listed: tuple[ListedCutSet, ...]
    importance: Mapping[str, ImportanceFactors]
    limit: AnalysisLimit | None
    promised: Promised | None = None
    approximations: Approximations | None = None
    rounded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What to compute.

    Attributes
    ----------
    most_order : int or None
        Largest order to list; all are counted.
    most_listed : int
        How many cut sets to list.
    """

    reading: Reading = Reading.INHERENT
    most_order: int | None = None
    most_listed: int = 100
    with_importance: bool = False
    with_approximations: bool = False
    limits: Limits = field(default_factory=Limits)


def answer(results: Results, function: str, question: Question) -> CutSetAnswer:
    """Answer a question about the minimal cut sets of one function."""
    residual = question.reading is Reading.RESIDUAL
    structure = results.structure if residual else results.structure.bare
    logic = results.logic if residual else results.logic.bare
    rounded = tuple(sorted(results.by_level.rounded & results.reach[function]))
    p_down = expected(results.model)
    formula: tuple[Formulas, int] | None = None
    try:
        formulas, roots = formulate(logic, (function,), question.limits)
        formula = formulas, roots[function]
        solution = solve(*formula, question.limits)
    except LimitReachedError as reached:
        limit = _what(reached, question.limits)
        return replace(_cut_short(results, function, question, formula, limit), rounded=rounded)
    unknown = tuple(name for name in solution.variables if name not in p_down)
    known = None if unknown or residual else p_down
    return CutSetAnswer(
        function,
        question.reading,
        exact=not rounded,
        count=solution.count,
        by_order=solution.by_order,
        probability=None if known is None else probability(solution, known),
        unknown=unknown,
        listed=_listed(structure, function, solution, known, question),
        importance=importance(solution, known) if known and question.with_importance else {},
        limit=None,
        promised=None if residual else _promised(results, solution),
        approximations=_approximated(solution, known) if question.with_approximations else None,
        rounded=rounded,
    )


def _promised(results: Results, solution: Solution) -> Promised | None:
    """Return what service levels alone imply."""
    levels = promised(results, solution.variables)
    if not levels:
        return None
    rest = tuple(name for name in solution.variables if name not in levels)
    p_down = probability(solution, {**dict.fromkeys(rest, 0.0), **levels})
    return Promised(p_down, tuple(sorted(levels)), rest)


def _approximated(solution: Solution, p_down: Mapping[str, float] | None) -> Approximations | None:
    """Return the usual approximations, which need all cut sets to be listed for the second."""
    if p_down is None:
        return None
    upper = None
    if solution.count <= MOST_FOR_BOUND:
        left = (math.log1p(-min(c, 1 - 1e-16)) for _, c in cut_sets(solution, p_down))
        upper = -math.expm1(math.fsum(left))
    return Approximations(rare_event(solution, p_down), upper)


def _listed(
    structure: Structure,
    function: str,
    solution: Solution,
    p_down: Mapping[str, float] | None,
    question: Question,
) -> tuple[ListedCutSet, ...]:
    paths = shortest_paths(structure, function)
    found = islice(cut_sets(solution, p_down, question.most_order), question.most_listed)
    return tuple(
        ListedCutSet(
            members,
            chance if p_down is not None else None,
            tuple(paths[member] for member in members),
        )
        for members, chance in found
    )


def _what(reached: LimitReachedError, limits: Limits) -> AnalysisLimit:
    """Say which limit was reached and what is therefore missing."""
    missing = f"cut sets above order {COMPLETE_ORDER}, their number and the exact probability"
    if isinstance(reached, TimeExceededError):
        what = "the time limit was reached"
        if limits.seconds is not None:
            unit = "second" if limits.seconds == 1 else "seconds"
            what = f"the time limit of {limits.seconds:g} {unit} was reached"
        return AnalysisLimit(LimitKind.TIME, what, missing)
    what = f"the diagram grew past {limits.nodes:,} nodes"
    return AnalysisLimit(LimitKind.NODES, what, missing)


def _cut_short(
    results: Results,
    function: str,
    question: Question,
    formula: tuple[Formulas, int] | None,
    limit: AnalysisLimit,
) -> CutSetAnswer:
    """Answer past a limit: order one and two; with a formula, bounds and an estimate."""
    residual = question.reading is Reading.RESIDUAL
    small = [c for c in (results.residual if residual else results.inherent) if c.top == function]
    p_down, unknown = expected(results.model), set[str]()
    if formula is not None:
        formulas, root = formula
        gates = (formulas.gates[node] for node in formulas.below(root))
        unknown = {g.name for g in gates if g.kind == "variable"} - p_down.keys()
        if not unknown and not residual:
            limit = estimate(limit, formulas, root, p_down, question.limits)
    shown = [c for c in small if question.most_order is None or c.order <= question.most_order]
    return CutSetAnswer(
        function,
        question.reading,
        exact=False,
        count=None,
        by_order=tuple(
            sum(c.order == order for c in small) for order in range(1, COMPLETE_ORDER + 1)
        ),
        probability=None,
        unknown=tuple(sorted(unknown)),
        listed=tuple(
            ListedCutSet(c.members, None, c.witness) for c in shown[: question.most_listed]
        ),
        importance={},
        limit=limit,
    )
