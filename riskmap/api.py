"""The library in a few verbs.

>>> from riskmap import api
>>> model = api.load("model.yaml")  # doctest: +SKIP
>>> assessment = api.assess(model, date(2012, 5, 14))  # doctest: +SKIP
>>> api.write_report(assessment, "board", Path("board.pdf"))  # doctest: +SKIP
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from riskmap.errors import UnknownNameError
from riskmap.loading import load_model
from riskmap.loading.problems import nearest
from riskmap.model import Model

# Everything beyond reading a model is imported when it is used: `riskmap validate` answers sooner.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from riskmap.assessment import Assessment
    from riskmap.rules.all_orders import CutSetAnswer, Question
    from riskmap.rules.leaving.plan import ExitPlan
    from riskmap.rules.leaving.portfolio import Portfolio
    from riskmap.rules.registry import Rule
    from riskmap.rules.results import Simulation

__all__ = [
    "assess",
    "cut_sets",
    "exit_plan",
    "load",
    "lock_in",
    "rule",
    "schema",
    "simulate",
    "to_json",
    "write_report",
]


def load(path: str | Path) -> Model:
    """Read a model file and everything it includes.

    Raises
    ------
    ModelError
        With all problems found, each at its line.
    """
    return load_model(path)


def assess(model: Model, today: date) -> "Assessment":
    """Find what can stop each function, on a given day.

    Parameters
    ----------
    model : Model
    today : date
        The day on which contracts, tests and decisions are looked at.
    """
    from riskmap.assessment import assess as run

    return run(model, today)


def simulate(
    assessment: "Assessment",
    failures: Mapping[str, Iterable[tuple[float, float]]] | None = None,
    *,
    scenario: str | None = None,
) -> "Simulation":
    """Compute the course of one outage.

    Parameters
    ----------
    failures : mapping of str to iterable of (float, float)
        When each element fails by itself, in seconds from the beginning.
    scenario : str, optional
        Id of a scenario of the model, instead of ``failures``.

    Raises
    ------
    UnknownNameError
        When an element or the scenario does not exist.
    """
    results, model = assessment.results, assessment.model
    if scenario is not None:
        known = {entry.id: entry for entry in model.scenarios}
        if scenario not in known:
            raise UnknownNameError(scenario, "scenario", nearest(scenario, known))
        return results.scenario(known[scenario])
    given = failures or {}
    for name in given:
        if name not in results.structure.nodes:
            near = nearest(name, results.structure.nodes)
            raise UnknownNameError(name, "element", near)
    return results.simulate(given)


def cut_sets(assessment: "Assessment", function: str, question: "Question") -> "CutSetAnswer":
    """Count and list the minimal cut sets of one function, of all orders.

    Raises
    ------
    UnknownNameError
        When there is no such function.
    """
    from riskmap.rules.all_orders import answer

    tops = assessment.results.structure.tops
    if function not in tops:
        raise UnknownNameError(function, "function", nearest(function, tops))
    return answer(assessment.results, function, question)


def exit_plan(assessment: "Assessment", subject: str) -> "ExitPlan":
    """Return what leaving a service or a provider takes.

    Raises
    ------
    UnknownNameError
        When there is no such service of a provider, and no such provider of services.
    """
    from riskmap.rules.leaving.plan import leaving_with, plan_of

    ground, model = assessment.results.leaving, assessment.model
    if subject not in model or not leaving_with(ground, subject):
        providers = {model.provider_of(name) for name in ground.exit_sets} - {None}
        known = sorted({*ground.exit_sets, *(name for name in providers if name)})
        raise UnknownNameError(subject, "bought service or provider", nearest(subject, known))
    return plan_of(ground, subject)


def lock_in(assessment: "Assessment") -> "Portfolio":
    """Return how firmly everything that is bought holds us."""
    from riskmap.rules.leaving.portfolio import portfolio_of

    return portfolio_of(assessment.results.leaving)


def to_json(assessment: "Assessment") -> str:
    """Return an assessment as JSON text; ``docs/json.md`` describes it."""
    from riskmap.formats.json_format import to_json as run

    return run(assessment)


def rule(rule_id: str) -> "Rule":
    """Return a rule with its documentation.

    Raises
    ------
    UnknownNameError
        When there is no such rule.
    """
    from riskmap.rules.registry import rule as run

    return run(rule_id)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a model file."""
    from riskmap.loading.schema import json_schema

    return json_schema()


def write_report(
    assessment: "Assessment", profile: str, path: Path, *, subject: str | None = None
) -> None:
    """Write a report as PDF or HTML, whichever the suffix of ``path`` says.

    Parameters
    ----------
    profile : str
        ``board`` or ``plan``.
    subject : str, optional
        For a plan: the contingency, or what is lost.

    Raises
    ------
    OutputError
        When the report cannot be made or written; nothing is left half written.
    UnknownNameError
        When the profile or the subject does not exist.
    """
    from riskmap.report.write import write_report as run

    run(assessment, profile, path, subject=subject)
