"""The JSON form of a table-top exercise; ``docs/json.md`` describes it."""

from typing import Any

from riskmap.assessment.assessment import Assessment
from riskmap.assessment.document import simulation_document
from riskmap.rules.exercise.inject import Inject
from riskmap.rules.exercise.script import Exercise
from riskmap.rules.statement import render


def exercise_document(assessment: Assessment, exercise: Exercise) -> dict[str, Any]:
    """Return an exercise as plain values, injects in order of time."""

    def inject_of(inject: Inject) -> dict[str, Any]:
        return {
            "at_hours": inject.at / 3600,
            "title": render(inject.title, model),
            "says": [render(text, model) for text in inject.says],
            "questions": [f"{render(text, model)}?" for text in inject.questions],
            "expected": [
                {"text": render(item.text, model), "gap": item.gap} for item in inject.expected
            ],
        }

    model = assessment.model
    return {
        "organisation": model.organisation,
        "today": assessment.today.isoformat(),
        "seed": exercise.seed,
        "scenario": exercise.scenario,
        "ends_hours": exercise.ends / 3600,
        "functions": list(exercise.functions),
        "contingencies": list(exercise.plans),
        "roles": list(exercise.roles),
        "injects": [inject_of(inject) for inject in exercise.injects],
        "course": simulation_document(exercise.course),
    }
