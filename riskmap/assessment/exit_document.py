"""The JSON form of an exit plan and of lock-in as a whole; ``docs/json.md`` describes it."""

from collections.abc import Iterable
from typing import Any

from riskmap.assessment.document import FORMAT, hours
from riskmap.model import Model, Range, WrittenExit
from riskmap.rules.leaving.ground import Estimate, Length
from riskmap.rules.leaving.limits import Comparison, DataReturn
from riskmap.rules.leaving.phases import Phase, Timing
from riskmap.rules.leaving.plan import Cut, ExitPlan, Loosening
from riskmap.rules.leaving.portfolio import Portfolio
from riskmap.rules.leaving.scoring import Score
from riskmap.rules.statement import render


def exit_document(plan: ExitPlan, model: Model) -> dict[str, Any]:
    """Return an exit plan as plain values."""
    return {
        "riskmap_exit": FORMAT,
        "subject": plan.subject,
        "exit_set": list(plan.members),
        "along": [
            {"service": item.service, "chain": list(item.chain), "by": _words(item.kinds)}
            for item in plan.along
        ],
        "held_by": list(plan.holders),
        "contracts": list(plan.contracts),
        "schedule": _timing(plan.timing),
        "costs": [
            {
                "kind": str(item.kind),
                "subject": item.subject,
                **_range(item.amount),
                "at_least": item.open or item.amount is None,
                "how": render(item.how, model),
                "basis": str(item.basis),
            }
            for item in plan.costs
        ],
        "cost": estimate_document(plan.cost),
        "comparisons": [_comparison(item) for item in plan.comparisons],
        "data": [_data(item) for item in plan.data],
        "contract_steps": [
            {
                "contract": step.contract,
                "action": render(step.action, model),
                "by": None if step.by is None else step.by.isoformat(),
                "overdue": step.overdue,
            }
            for step in plan.contract_steps
        ],
        "clauses": [
            {"subject": c.subject, "text": render(c.text, model), "source": c.source}
            for c in plan.clauses
        ],
        "scores": [score_document(score, model) for score in plan.scores],
        "loosenings": [_loosening(found) for found in plan.loosenings],
        "written_plans": {name: _written(written) for name, written in plan.written},
        "gaps": [
            {"subject": gap.subject or None, "fact": gap.fact, "opens": _words(gap.opens)}
            for gap in plan.gaps
        ],
    }


def _words(values: Iterable[Any]) -> list[str]:
    return [str(value) for value in values]


def length_document(length: Length) -> dict[str, Any]:
    """Return a length of time: hours, and whether the truth is at least that."""
    return {"hours": hours(length.seconds), "at_least": length.open}


def estimate_document(estimate: Estimate) -> dict[str, Any]:
    """Return an amount with its bounds, and whether the truth is at least that."""
    return {
        "low": _cents(estimate.low),
        "likely": _cents(estimate.likely),
        "high": _cents(estimate.high),
        "at_least": estimate.open,
    }


def _cents(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 2)


def _range(amount: Range | None) -> dict[str, Any]:
    if amount is None:
        return {"low": None, "likely": None, "high": None}
    return {
        "low": _cents(amount.low),
        "likely": _cents(amount.likely),
        "high": _cents(amount.high),
    }


def _timing(timed: Timing) -> dict[str, Any]:
    return {
        "phases": [_phase(phase) for phase in timed.phases],
        "whole": length_document(timed.whole),
        "move": length_document(timed.move),
        "critical_path": list(timed.critical),
        "people": timed.people,
        "people_stated": timed.people_stated,
        "shortest_hours": hours(timed.shortest),
        "groups": [list(group) for group in timed.groups],
    }


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "key": phase.key,
        "kind": str(phase.kind),
        "subject": phase.subject,
        "start_hours": hours(phase.start),
        "end_hours": hours(phase.end),
        "stated": phase.stated,
        "critical": phase.critical,
        "owner": phase.owner,
        "basis": str(phase.basis),
        "waits_for": list(phase.waits_for),
    }


def _comparison(item: Comparison) -> dict[str, Any]:
    return {
        "kind": str(item.kind),
        "subject": item.subject,
        "limit_hours": hours(item.limit),
        "needed": length_document(item.needed),
        "fits": item.fits,
    }


def _data(item: DataReturn) -> dict[str, Any]:
    return {
        "service": item.service,
        "bytes": item.volume,
        "bits_per_second": item.bandwidth,
        "transfer_hours": hours(item.takes),
        "retrieval_hours": hours(item.window),
        "fits": item.fits,
        "format": item.data_format,
        "openness": item.openness and str(item.openness),
    }


def score_document(score: Score, model: Model) -> dict[str, Any]:
    """Return a coupling score with its arithmetic."""
    return {
        "service": score.service,
        "total": round(score.total, 4),
        "terms": [
            {
                "term": str(term.term),
                "weight": term.weight,
                "share": round(term.share, 6),
                "points": round(term.points, 4),
                "stated": term.stated,
                "how": render(term.how, model),
            }
            for term in score.terms
        ],
    }


def _cut(cut: Cut) -> dict[str, Any]:
    return {"from": cut.source, "to": cut.target, "by": _words(cut.kinds), "cost": cut.cost}


def _loosening(found: Loosening) -> dict[str, Any]:
    chance = found.break_even
    return {
        "left_behind": list(found.left_behind),
        "cuts": [_cut(cut) for cut in found.cuts],
        "cost": _cents(found.cost),
        "at_least": found.open,
        "exit_set": list(found.members),
        "move": length_document(found.move),
        "leaving": estimate_document(found.leaving),
        "saving": _cents(found.saving),
        "saving_at_least": found.saving_open,
        "pays": found.pays,
        "break_even_share": None if chance is None else round(chance, 6),
    }


def _written(plan: WrittenExit) -> dict[str, Any]:
    return {
        "owner": plan.owner,
        "steps": [
            {
                "do": step.action,
                "owner": step.owner,
                "takes_hours": None if step.takes is None else hours(step.takes.total_seconds()),
            }
            for step in plan.steps
        ],
        "tests": [
            {
                "date": test.date.isoformat(),
                "result": str(test.result),
                "kind": test.kind and str(test.kind),
                "took_hours": None if test.took is None else hours(test.took.total_seconds()),
                "notes": test.notes,
            }
            for test in plan.tests
        ],
    }


def portfolio_document(found: Portfolio, model: Model) -> dict[str, Any]:
    """Return lock-in over everything that is bought as plain values."""
    return {
        "riskmap_lock_in": FORMAT,
        "services": [
            {
                "service": row.service,
                "provider": row.provider,
                "ultimate_parent": row.parent,
                "rank": row.rank,
                "score": score_document(row.score, model),
                "exit_set": list(row.members),
                "held_by": list(row.holders),
                "move": length_document(row.move),
                "cost": estimate_document(row.cost),
                "functions": list(row.functions),
            }
            for row in found.rows
        ],
        "matrix": [
            {
                "provider": cell.provider,
                "service": cell.service,
                "hold": str(cell.hold),
                "through": list(cell.through),
            }
            for cell in found.cells
        ],
        "ultimate_parents": [
            {
                "parent": parent.parent,
                "providers": list(parent.providers),
                "services": list(parent.services),
                "exit_set": list(parent.members),
                "move": length_document(parent.move),
                "cost": estimate_document(parent.cost),
                "highest_score": round(parent.worst_score, 4),
            }
            for parent in found.parents
        ],
        "decisions": [
            {
                "service": decision.service,
                "locks_in": list(decision.locks_in),
                "functions": list(decision.functions),
            }
            for decision in found.decisions
        ],
        "tornado": [
            {
                "term": shift.term,
                "factor": shift.factor,
                "ranks": dict(sorted(shift.ranks.items())),
                "moved": list(shift.moved),
            }
            for shift in found.tornado
        ],
    }
