"""The JSON form of an assessment: documented, versioned, complete.

Numbers carry their unit in their name: ``*_hours``, ``*_share`` (zero to one). ``null`` for a
number means that it has no bound. ``docs/json.md`` describes every key.
"""

import json
import math
from typing import Any

from riskmap import __version__
from riskmap.analysis.cutsets import COMPLETE_ORDER, MinimalCutSet
from riskmap.assessment.assessment import Assessment
from riskmap.assessment.entry_document import entry_documents, judging_document, model_facts
from riskmap.assessment.metrics import metrics
from riskmap.assessment.treating import Treated
from riskmap.model import Function, Service
from riskmap.rules.finding import Evidence, Measure, Witness
from riskmap.rules.leaving.costs import cost_items, sum_of
from riskmap.rules.leaving.phases import timing
from riskmap.rules.leaving.scoring import score_of
from riskmap.rules.leaving.sets import ExitSet
from riskmap.rules.results import Results, Simulation
from riskmap.rules.statement import render
from riskmap.rules.verdict import Impact, Verdict

FORMAT = 1
"""Version of the JSON form; it changes when a key changes its meaning or goes away."""
ATTACHED = "assessment.json"
"""Name under which a report as PDF holds the assessment."""
DIGEST_WORD = "riskmap:assessmentSHA256"
"""Word of such a report's metadata that holds the SHA-256 of that file, in hexadecimal."""


def json_text(document: Any) -> str:
    """Write plain values as JSON; what is not a number of JSON is an error, not ``NaN``."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_document(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as plain values ready for JSON, in a stable order."""
    results = assessment.results
    cut_sets = [(c, "inherent") for c in results.inherent]
    cut_sets += [(c, "residual") for c in results.residual]
    return _document(assessment, [_cut_set(results, c, reading) for c, reading in cut_sets])


def comparable_document(assessment: Assessment) -> dict[str, Any]:
    """Return the same without cut sets: they take longest, and no comparison looks at them."""
    return _document(assessment, [])


def _document(assessment: Assessment, cut_sets: list[dict[str, Any]]) -> dict[str, Any]:
    results, model = assessment.results, assessment.model
    return {
        "riskmap_assessment": FORMAT,
        "tool": {"name": "riskmap", "version": __version__},
        "organisation": model.organisation,
        "as_of": _day(model.as_of),
        "today": assessment.today.isoformat(),
        "currency": model.currency,
        "digest": model.digest,
        "policy": assessment.policy.name,
        "library": [
            {
                "name": use.name,
                "title": use.title,
                "as_of": use.as_of.isoformat(),
                "entries": list(use.entries),
                "changed": {entry_id: list(keys) for entry_id, keys in use.changed},
            }
            for use in model.library
        ],
        "judged_by": judging_document(assessment.policy),
        "metrics": metrics(assessment),
        "functions": [_function(assessment, function) for function in assessment.functions],
        "cut_sets": cut_sets,
        "cut_sets_complete_to_order": COMPLETE_ORDER,
        "findings": [finding_document(assessment, treated) for treated in assessment.findings],
        "concerns": [
            {
                "subject": concern.subject,
                "title": model.title(concern.subject),
                "severity": str(concern.severity),
                "functions": list(concern.functions),
                "findings": [treated.finding.key for treated in concern.findings],
            }
            for concern in assessment.concerns
        ],
        "orphaned_treatments": [
            {
                "id": orphan.treatment.id,
                "finding": orphan.treatment.finding,
                "about": orphan.treatment.about,
                "did_you_mean": list(orphan.near),
            }
            for orphan in assessment.orphans
        ],
        "lock_in": [_exit_set(assessment, found) for _, found in sorted(results.exit_sets.items())],
        "assumptions": [
            {
                "key": assumption.key,
                "subject": assumption.subject,
                "fact": assumption.fact,
                "kind": str(assumption.kind),
                "statement": render(assumption.statement, model),
            }
            for assumption in results.assumptions.values()
        ],
        "model": model_facts(model),
        "entries": entry_documents(assessment),
    }


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def hours(seconds: float | None) -> float | None:
    """Return seconds as hours, None when unknown or without bound."""
    if seconds is None or math.isinf(seconds):
        return None
    return round(seconds / 3600, 6)


def _finite(value: float) -> float | None:
    return None if math.isinf(value) else round(value, 6)


def _function(assessment: Assessment, function: Function) -> dict[str, Any]:
    objectives, results = function.objectives, assessment.results
    worst = assessment.worst_impacts[function.id]
    return {
        "id": function.id,
        "title": function.title,
        "criticality": function.criticality and str(function.criticality),
        "mtd_hours": hours(objectives.mtd.total_seconds()) if objectives.mtd else None,
        "rto_hours": hours(objectives.rto.total_seconds()) if objectives.rto else None,
        "minimum_share": None if objectives.minimum is None else float(objectives.minimum),
        "needs_stated": bool(function.needs or function.shares),
        "verdict": str(worst.verdict if worst else Verdict.TOLERABLE),
        "worst": impact_document(worst) if worst else None,
        "single_points": {
            "inherent": sorted(results.inherent_singles[function.id]),
            "residual": sorted(results.residual_singles[function.id]),
        },
        "impacts": [
            impact_document(impact)
            for (name, _), impact in sorted(results.impacts.items())
            if name == function.id
        ],
    }


def impact_document(impact: Impact) -> dict[str, Any]:
    """Return what one failure does to one function as plain values."""
    return {
        "element": impact.element,
        "outage_hours": hours(impact.outage),
        "stops_at_hours": hours(impact.down[0][0]) if impact.down else None,
        "down_hours": [[hours(start), hours(end)] for start, end in impact.down],
        "longest_interruption_hours": hours(impact.longest),
        "stopped_in_all_hours": hours(impact.stopped),
        "unbounded": math.isinf(impact.longest),
        "lowest_capacity_share": float(impact.lowest),
        "lost_capacity_share": float(1 - impact.lowest),
        "fallback": [
            {
                "contingency": service.standby,
                "covers": service.node,
                "from_hours": hours(service.start),
                "until_hours": hours(service.end),
                "ended": str(service.ended),
            }
            for service in impact.services
        ],
        "capacity_on_fallback_share": None if impact.carried is None else float(impact.carried),
        "loss": _finite(impact.loss),
        "verdict": str(impact.verdict),
    }


def _cut_set(results: Results, cut_set: MinimalCutSet, reading: str) -> dict[str, Any]:
    impact = results.impact_of(cut_set)
    stopped = 0.0 if impact is None else impact.stopped
    return {
        "function": cut_set.top,
        "members": list(cut_set.members),
        "order": cut_set.order,
        "reading": reading,
        "witness": [list(path) for path in cut_set.witness],
        "stopped_in_all_hours": hours(stopped),
        "unbounded": math.isinf(stopped),
        "verdict": str(Verdict.TOLERABLE if impact is None else impact.verdict),
    }


def finding_document(assessment: Assessment, treated: Treated) -> dict[str, Any]:
    """Return one finding as plain values."""
    finding, model = treated.finding, assessment.model
    where = model.entry(finding.subject).where
    treatment = None
    if treated.treatment is not None:
        treatment = {
            "id": treated.treatment.id,
            "status": str(treated.treatment.status),
            "reason": treated.treatment.reason,
            "owner": treated.treatment.owner,
            "ticket": treated.treatment.ticket,
            "approved_by": treated.treatment.approved_by,
            "expires": _day(treated.treatment.expires),
            "expired": treated.expired,
        }
    return {
        "rule": finding.rule,
        "key": finding.key,
        "severity": str(finding.severity),
        "because": render(finding.because, model),
        "subject": finding.subject,
        "subject_title": model.title(finding.subject),
        "functions": list(finding.functions),
        "summary": render(finding.summary, model),
        "recommendation": render(finding.recommendation, model),
        "evidence": [_evidence(item) for item in finding.evidence],
        "involves": list(finding.involves),
        "assumptions": list(finding.assumptions),
        "treatment": treatment,
        "open": treated.open,
        "location": None
        if where is None
        else {"file": where.file, "line": where.line, "column": where.column},
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    match item:
        case Witness(path):
            return {"kind": "witness", "path": list(path)}
        case Measure(name, value, unit, basis):
            return {
                "kind": "measure",
                "name": name,
                "value": _finite(value),
                "unit": unit,
                "basis": str(basis),
            }


def _exit_set(assessment: Assessment, found: ExitSet) -> dict[str, Any]:
    service = assessment.model.entry(found.service)
    assert isinstance(service, Service)
    ground = assessment.results.leaving
    timed = timing(ground, found.members)
    cost = sum_of(cost_items(ground, found.members, timed))
    return {
        "service": found.service,
        "market": service.market and str(service.market),
        "exit_set": list(found.members),
        "held_by": list(found.holders),
        "chains": {name: list(chain) for name, chain in sorted(found.chains.items())},
        "coupling_score": round(score_of(ground, found.service).total, 4),
        "move_hours": hours(timed.move.seconds),
        "move_at_least": timed.move.open,
        "exit_cost": _finite(cost.likely),
        "exit_cost_at_least": cost.open,
    }


def simulation_document(simulation: Simulation) -> dict[str, Any]:
    """Return the course of one outage as plain values."""
    return {
        "riskmap_simulation": FORMAT,
        "failures": {
            name: [[hours(start), hours(end)] for start, end in times]
            for name, times in simulation.failures.items()
        },
        "functions": {
            name: {
                "steps": [
                    {"from_hours": hours(start), "capacity_share": float(level)}
                    for start, level in simulation.evolution.course(name).steps
                ],
                **impact_document(impact),
            }
            for name, impact in simulation.impacts.items()
        },
        "degraded": list(simulation.degraded),
    }
