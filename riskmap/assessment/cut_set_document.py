"""The JSON form of an answer about cut sets of all orders; ``docs/json.md`` describes it."""

import math
from typing import Any

from riskmap.analysis.exact.quantify import ImportanceFactors
from riskmap.analysis.limits import AnalysisLimit
from riskmap.rules.all_orders import CutSetAnswer


def cut_set_document(answer: CutSetAnswer) -> dict[str, Any]:
    """Return an answer as plain values; counts are integers of any size."""
    return {
        "function": answer.function,
        "reading": str(answer.reading),
        "exact": answer.exact,
        "count": answer.count,
        "by_order": list(answer.by_order),
        "probability": answer.probability,
        "probability_unknown_for": list(answer.unknown),
        "cut_sets": [
            {
                "members": list(listed.members),
                "probability": listed.probability,
                "witness": [list(path) for path in listed.witness],
            }
            for listed in answer.listed
        ],
        "importance": {name: _importance(f) for name, f in answer.importance.items()},
        "promised": None
        if answer.promised is None
        else {
            "probability": answer.promised.p_down,
            "covered": list(answer.promised.covered),
            "uncovered": list(answer.promised.uncovered),
        },
        "approximations": None
        if answer.approximations is None
        else {
            "rare_event": answer.approximations.rare_event,
            "min_cut_upper_bound": answer.approximations.min_cut_upper_bound,
        },
        "rounded": list(answer.rounded),
        "limit": None if answer.limit is None else _limit(answer.limit),
    }


def _importance(factors: ImportanceFactors) -> dict[str, float | None]:
    return {
        "probability": factors.p_event,
        "birnbaum": factors.birnbaum,
        "criticality": factors.criticality,
        "fussell_vesely": factors.fussell_vesely,
        "raw": None if math.isinf(factors.raw) else factors.raw,
        "rrw": None if math.isinf(factors.rrw) else factors.rrw,
    }


def _limit(limit: AnalysisLimit) -> dict[str, Any]:
    return {
        "kind": str(limit.kind),
        "what": limit.what,
        "cut_off": limit.cut_off,
        "probability_lower": limit.lower,
        "probability_upper": limit.upper,
        "probability_estimate": limit.estimate,
        "probability_error_95": limit.error,
        "samples": limit.samples,
    }
