"""The JSON form of a comparison; ``docs/compare.md`` describes every key."""

from typing import Any

from riskmap.assessment.comparing.comparison import Comparison
from riskmap.assessment.comparing.entries import FactChange
from riskmap.assessment.comparing.findings import FindingChange
from riskmap.assessment.comparing.functions import FunctionChange
from riskmap.assessment.comparing.plans import PlanChange
from riskmap.assessment.comparing.snapshot import EntryState, FindingState, FunctionState, Snapshot
from riskmap.assessment.comparing.words import cautions, headline
from riskmap.assessment.document import hours

FORMAT = 1
"""Version of the JSON form; it changes when a key changes its meaning or goes away."""


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values ready for JSON, in a stable order."""
    found, judging = comparison.entries, comparison.judging
    return {
        "riskmap_comparison": FORMAT,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "empty": comparison.empty,
        "only_time": comparison.only_time,
        "headline": headline(comparison),
        "cautions": list(cautions(comparison)),
        "functions": [_function(change) for change in comparison.functions],
        "functions_added": [state.id for state in comparison.functions_added],
        "functions_removed": [state.id for state in comparison.functions_removed],
        "findings": [_finding(comparison, change) for change in comparison.findings],
        "entries": {
            "added": [_entry(entry) for entry in found.added],
            "removed": [_entry(entry) for entry in found.removed],
            "renamed": [{"old": pair.before.id, **_entry(pair.after)} for pair in found.renamed],
            "facts": [_fact(change) for change in found.facts],
            "covers": [
                {
                    "entry": change.entry,
                    "gained": list(change.gained),
                    "lost": list(change.lost),
                    "covered": change.covered,
                }
                for change in comparison.covers
            ],
        },
        "plans": [_plan(change) for change in comparison.plans],
        "metrics": [
            {"name": change.name, "old": change.old, "new": change.new}
            for change in comparison.metrics
        ],
        "judging": {
            "newly_run": list(judging.newly_run),
            "no_longer_run": list(judging.no_longer_run),
            "facts": [{"fact": name, "old": old, "new": new} for name, old, new in judging.facts],
        },
    }


def _side(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "organisation": snapshot.organisation,
        "today": snapshot.today.isoformat(),
        "digest": snapshot.digest,
        "policy": snapshot.judging.policy,
        "version": snapshot.version,
    }


def _function(change: FunctionChange) -> dict[str, Any]:
    return {
        "function": change.new.id,
        "tolerance": str(change.tolerance),
        "driver": str(change.driver),
        "on_paper": change.on_paper,
        "old": _stand(change.old),
        "new": _stand(change.new),
    }


def _stand(state: FunctionState) -> dict[str, Any]:
    stopped = hours(state.stopped * 3600)
    return {
        "standing": str(state.standing),
        "mtd_hours": state.mtd,
        "rto_hours": state.rto,
        "minimum_share": state.minimum,
        "stopped_in_all_hours": stopped,
        "unbounded": stopped is None,
        "element": state.element,
    }


def _finding(comparison: Comparison, change: FindingChange) -> dict[str, Any]:
    return {
        "key": change.key,
        "change": str(change.change),
        "decided": str(change.decided),
        "open": change.open,
        "old": None if change.old is None else _state(change.old),
        "new": None if change.new is None else _state(change.new),
        "restated": list(change.restated),
        "unseen": list(change.unseen),
        "subject_changed": change.subject_changed,
        "due_to_time": change.due_to_time or (comparison.only_time and change.changed),
    }


def _state(state: FindingState) -> dict[str, Any]:
    return {
        "key": state.key,
        "severity": str(state.severity),
        "subject": state.subject,
        "subject_title": state.subject_title,
        "functions": list(state.functions),
        "summary": state.summary,
        "because": state.because,
        "recommendation": state.recommendation,
        "longest_interruption_hours": hours(state.stop * 3600),
        "open": state.open,
        "decision": None if state.decision is None else state.decision.id,
    }


def _entry(entry: EntryState) -> dict[str, Any]:
    return {"id": entry.id, "section": entry.section, "title": entry.title}


def _fact(change: FactChange) -> dict[str, Any]:
    entry = change.entry or None
    return {"entry": entry, "fact": change.fact, "old": change.old, "new": change.new}


def _plan(change: PlanChange) -> dict[str, Any]:
    return {
        "plan": change.plan,
        "before": str(change.before),
        "after": str(change.after),
        "became_overdue": change.became_overdue,
        "held": [
            {"date": test.date.isoformat(), "result": str(test.result), "took_hours": test.took}
            for test in change.held
        ],
    }
