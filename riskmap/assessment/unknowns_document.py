"""The JSON form of what to find out first; ``docs/json.md`` describes it."""

from typing import Any

from riskmap.assessment.assessment import Assessment
from riskmap.model import Model
from riskmap.rules.statement import render
from riskmap.rules.unknowns import Effect, Unknown, Unknowns


def unknowns_document(assessment: Assessment, found: Unknowns) -> dict[str, Any]:
    """Return the questions as plain values, the one that matters most first."""
    model = assessment.model
    return {
        "organisation": model.organisation,
        "today": assessment.today.isoformat(),
        "facts": [_fact(model, fact) for fact in found.facts],
        "not_tried": list(found.untried),
        "without_effect": list(found.without_effect),
    }


def _fact(model: Model, fact: Unknown) -> dict[str, Any]:
    return {
        "key": fact.assumption.key,
        "subject": fact.assumption.subject,
        "fact": fact.assumption.fact,
        "kind": str(fact.assumption.kind),
        "question": f"{render(fact.question, model)}?",
        "counted": render(fact.counted, model),
        "ask": fact.ask,
        "ask_provider": fact.ask_provider,
        "functions": list(fact.functions),
        "resting": list(fact.resting),
        "worse": _effect(model, fact.worse),
        "better": _effect(model, fact.better),
        "weight": {
            "decides": fact.weight.decides,
            "changes": fact.weight.changes,
            "rests": fact.weight.rests,
        },
    }


def _effect(model: Model, effect: Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    return {
        "supposed": render(effect.supposed, model),
        "findings": [
            {
                "key": change.key,
                "before": None if change.before is None else str(change.before),
                "after": None if change.after is None else str(change.after),
            }
            for change in effect.findings
        ],
        "verdicts": [
            {"function": v.function, "before": str(v.before), "after": str(v.after)}
            for v in effect.verdicts
        ],
    }
