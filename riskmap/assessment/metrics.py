"""Figures that sum up a whole assessment, so that two of them can be held against each other.

None of them is a score: each counts or measures one thing, and says nothing about the others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from riskmap.analysis.cutsets import MinimalCutSet
from riskmap.assessment.assessment import Assessment
from riskmap.model import Severity
from riskmap.rules.availability import promises
from riskmap.rules.concentration import function_index, spend_index
from riskmap.rules.results import Results
from riskmap.rules.support import passed_in_time
from riskmap.rules.verdict import Verdict


def metrics(assessment: Assessment) -> dict[str, float | None]:
    """Return every figure by its name; None where there is nothing to measure."""
    results = assessment.results
    return {
        **_of_functions(assessment),
        "single_points": _distinct(results.inherent_singles),
        "single_points_with_plans": _distinct(results.residual_singles),
        "double_points": _pairs(results.inherent),
        "double_points_with_plans": _pairs(results.residual),
        **_of_findings(assessment),
        "uncontracted": _uncontracted(results),
        "plans": len(results.model.contingencies),
        "plans_tested": sum(passed_in_time(results, plan) for plan in results.model.contingencies),
        "spend_index": _spend(results),
        "function_index": _rounded(function_index(results).points),
        "lowest_promise_share": _lowest_promise(results),
        "assumptions": len(results.assumptions),
    }


def _of_functions(assessment: Assessment) -> dict[str, float | None]:
    worst = assessment.worst_impacts
    known = [f for f in assessment.functions if f.needs or f.shares]
    beyond = (
        impact.verdict.rank >= Verdict.BREACHED.rank
        for f in known
        if (impact := worst[f.id]) is not None
    )
    return {
        "functions": len(assessment.functions),
        "functions_beyond_tolerance": sum(beyond),
        "functions_unknown": len(assessment.functions) - len(known),
    }


def _of_findings(assessment: Assessment) -> dict[str, float | None]:
    counted = Counter(t.finding.severity for t in assessment.findings if t.open)
    return {
        "open_findings": counted.total(),
        **{f"open_{severity}": counted[severity] for severity in reversed(Severity)},
        "decided_findings": len(assessment.findings) - counted.total(),
    }


def _distinct(singles: Mapping[str, frozenset[str]]) -> int:
    return len(frozenset().union(*singles.values()))


def _pairs(cut_sets: Iterable[MinimalCutSet]) -> int:
    return len({cut_set.members for cut_set in cut_sets if cut_set.order == 2})


def _uncontracted(results: Results) -> int:
    """Count what functions need of others without any contract in the chain."""
    stands = results.accountability
    return sum(not s.own and s.rank is None for name, s in stands.items() if name in results.needed)


def _spend(results: Results) -> float | None:
    index = spend_index(results)
    return _rounded(index.points) if index.count else None


def _rounded(points: float) -> float:
    return round(points, 2)


def _lowest_promise(results: Results) -> float | None:
    """Return the least availability promised for anything that a function needs."""
    made = (p.availability for name, p in promises(results).items() if name in results.needed)
    return min((float(availability) for availability in made), default=None)
