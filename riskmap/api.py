"""The library in a few verbs.

>>> from riskmap import api
>>> model = api.load("model.yaml")  # doctest: +SKIP
>>> assessment = api.assess(model, date(2012, 5, 14))  # doctest: +SKIP
>>> api.write_report(assessment, "board", Path("board.pdf"))  # doctest: +SKIP
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from riskmap.errors import OutputError, UnknownNameError
from riskmap.loading import load_model
from riskmap.loading.problems import nearest
from riskmap.model import PLAIN, SHIPPED, Brand, Model, Policy, matches

# Everything beyond reading a model is imported when it is used: `riskmap validate` answers sooner.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from riskmap.assessment import Assessment
    from riskmap.assessment.comparing import Comparison, Snapshot
    from riskmap.assessment.reviewing import Review
    from riskmap.importing.answer_sheet import Filled
    from riskmap.importing.answers import Read
    from riskmap.loading.library import LibraryEntry
    from riskmap.rules.all_orders import CutSetAnswer, Question
    from riskmap.rules.asking.questions import Asking
    from riskmap.rules.exercise.script import Exercise
    from riskmap.rules.leaving.plan import ExitPlan
    from riskmap.rules.leaving.portfolio import Portfolio
    from riskmap.rules.registry import Rule
    from riskmap.rules.replay import Replayed
    from riskmap.rules.results import Simulation
    from riskmap.rules.unknowns import Unknowns

__all__ = [
    "answers",
    "assess",
    "assessment_schema",
    "choose_rules",
    "compare",
    "cut_sets",
    "exercise",
    "exit_plan",
    "library_entries",
    "library_entry",
    "load",
    "load_brand",
    "load_policy",
    "lock_in",
    "questions",
    "read_snapshot",
    "replay",
    "review",
    "rule",
    "schema",
    "simulate",
    "snapshot",
    "to_json",
    "unknowns",
    "write_assessment",
    "write_report",
]


def load(path: str | Path) -> Model:
    """Read a model file, everything it includes, and everything it extends.

    Raises
    ------
    ModelError
        With all problems found, each at its line.
    """
    return load_model(path)


def load_brand(path: str | Path) -> Brand:
    """Read a brand file and the logo it names.

    Raises
    ------
    ModelError
        With all problems found, each at its line.
    """
    from riskmap.loading.brand import load_brand as run

    return run(Path(path))


def load_policy(path: str | Path) -> Policy:
    """Read a policy file.

    Raises
    ------
    ModelError
        With all problems found, each at its line.
    """
    from riskmap.loading.policy import load_policy as run
    from riskmap.rules.registry import RULES

    return run(Path(path), (known.id for known in RULES))


def library_entries() -> tuple["LibraryEntry", ...]:
    """Return every file of the library that ships with riskmap, by name.

    Raises
    ------
    ModelError
        When a file cannot be read, or is no file of the library.
    """
    from riskmap.loading.library import library_entries as run

    return run()


def library_entry(name: str) -> "LibraryEntry":
    """Return one file of the library that ships with riskmap.

    Raises
    ------
    ModelError
        When it cannot be read, or is no file of the library.
    UnknownNameError
        When there is no such file.
    """
    from riskmap.loading.library import library_entry as run

    return run(name)


def choose_rules(policy: Policy, select: Iterable[str], ignore: Iterable[str]) -> Policy:
    """Return a policy with other rules running: those selected, without those ignored.

    Raises
    ------
    UnknownNameError
        When an id or family names no rule.
    """
    from riskmap.rules.registry import RULES

    chosen, ignored = tuple(select), tuple(ignore)
    ids = [known.id for known in RULES]
    for name in (*chosen, *ignored):
        if not any(matches(rule_id, (name,)) for rule_id in ids):
            raise UnknownNameError(name, "rule or family", nearest(name, ids))
    return replace(policy, select=chosen or policy.select, ignore=(*policy.ignore, *ignored))


def assess(model: Model, today: date, policy: Policy = SHIPPED) -> "Assessment":
    """Find what can stop each function, on a given day.

    Parameters
    ----------
    model : Model
    today : date
        The day on which contracts, tests and decisions are looked at.
    policy : Policy
        Thresholds, gates and which rules run.
    """
    from riskmap.assessment import assess as run

    return run(model, today, policy)


def compare(old: "Assessment | Snapshot", new: "Assessment | Snapshot") -> "Comparison":
    """Compare two assessments by what they mean.

    Parameters
    ----------
    old, new : Assessment or Snapshot
        What :func:`read_snapshot` returns is a snapshot. Of an older side given as an assessment it
        is also told what the day alone brought.
    """
    from riskmap.assessment.comparing import Snapshot
    from riskmap.assessment.comparing import compare as run

    before = old if isinstance(old, Snapshot) else snapshot(old)
    after = new if isinstance(new, Snapshot) else snapshot(new)
    aged = None
    if not isinstance(old, Snapshot) and before.today != after.today:
        aged = snapshot(assess(old.model, after.today, old.policy))
    return run(before, after, aged)


def review(today: "Assessment", proposals: Iterable[tuple[str, "Assessment"]]) -> "Review":
    """Hold proposals against today: what each would add and take away, and what follows.

    Parameters
    ----------
    proposals : iterable of (str, Assessment)
        What each is called, and its assessment, of the same day and judged by one policy.
    """
    from riskmap.assessment.reviewing import Review, proposal_of

    before = snapshot(today)
    held = [
        proposal_of(name, today, proposed, compare(before, proposed))
        for name, proposed in proposals
    ]
    return Review(today, tuple(held))


def snapshot(assessment: "Assessment") -> "Snapshot":
    """Return of an assessment what a comparison needs."""
    from riskmap.assessment.comparing import snapshot_of
    from riskmap.assessment.document import comparable_document

    return snapshot_of(comparable_document(assessment))


def read_snapshot(path: str | Path) -> "Snapshot":
    """Read the assessment in a JSON file or in a report as PDF, for a comparison.

    Raises
    ------
    ModelError
        When the file cannot be read, was changed, or holds no assessment.
    """
    from riskmap.assessment.reading import read_snapshot as run

    return run(Path(path))


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


def exercise(
    assessment: "Assessment",
    seed: int,
    *,
    scenario: str | None = None,
    element: str | None = None,
) -> "Exercise":
    """Draw a plausible outage, and write the script of a table-top exercise about it.

    Parameters
    ----------
    seed : int
        Draws the outage and what goes wrong besides.
    scenario, element : str, optional
        Play this scenario, or the worst plausible outage of this element.

    Raises
    ------
    UnknownNameError
        When the element or the scenario does not exist.
    OutputError
        When there is nothing to play: no function loses anything.
    """
    from riskmap.rules.exercise.script import script_of

    nodes = assessment.results.structure.nodes
    known = {entry.id for entry in assessment.model.scenarios}
    if scenario is not None and scenario not in known:
        raise UnknownNameError(scenario, "scenario", nearest(scenario, known))
    if element is not None and element not in nodes:
        raise UnknownNameError(element, "element", nearest(element, nodes))
    found = script_of(assessment.results, seed, scenario=scenario, element=element)
    if found is None:
        played = scenario or element
        message = "there is nothing to play: nothing in the model stops a function for too long"
        if played:
            message = f"no function loses anything by “{assessment.model.title(played)}”"
        raise OutputError(message, "name another with --element ID or --scenario ID")
    return found


def replay(
    assessment: "Assessment", *, incident: str | None = None, since: int | None = None
) -> "tuple[Replayed, ...]":
    """Run outages that happened through a model; those that do not touch it are left out.

    Parameters
    ----------
    incident : str, optional
        Id of one incident.
    since : int, optional
        The first year.

    Raises
    ------
    UnknownNameError
        When there is no such incident.
    """
    from riskmap.loading.incidents import load_incidents
    from riskmap.rules.replay import replay as run

    every = load_incidents()
    if incident is not None:
        known = {found.id for found in every}
        if incident not in known:
            raise UnknownNameError(incident, "incident", nearest(incident, known))
    chosen = (
        found
        for found in every
        if (incident is None or found.id == incident) and (since is None or found.day.year >= since)
    )
    return run(assessment.results, chosen)


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


def unknowns(assessment: "Assessment", most: int = 20) -> "Unknowns":
    """Put unknown and assumed facts in the order in which to find them out.

    Parameters
    ----------
    most : int
        How many facts are tried, each with two analyses of the model.
    """
    from riskmap.rules.unknowns import unknowns as run

    return run(assessment.results, most)


def questions(assessment: "Assessment", provider: str) -> "Asking":
    """Return what to ask a provider, the questions whose answers matter most first.

    Raises
    ------
    UnknownNameError
        When there is no such provider.
    """
    from riskmap.rules.asking.questions import questions_for

    known = {entry.id for entry in assessment.model.providers}
    if provider not in known:
        raise UnknownNameError(provider, "provider", nearest(provider, known))
    return questions_for(assessment.results, provider)


def answers(assessment: "Assessment", filled: "Filled", base: str) -> "Read":
    """Return a filled-in question sheet as a model file that extends the one asked about.

    Parameters
    ----------
    base : str
        Path of the model from the file that will be written.

    Raises
    ------
    ModelError
        With every answer that cannot be read, at its place.
    UnknownNameError
        When the model knows no such provider.
    """
    from riskmap.importing.answers import answers_as_yaml

    asking = questions(assessment, filled.provider)
    return answers_as_yaml(filled, assessment.model, asking, base, assessment.today)


def exit_plan(assessment: "Assessment", subject: str) -> "ExitPlan":
    """Return what leaving a service or a provider takes.

    Raises
    ------
    UnknownNameError
        When there is no such service of a provider, and no such provider of services.
    """
    from riskmap.rules.leaving.plan import leaving_with, plan_of, subjects

    ground, model = assessment.results.leaving, assessment.model
    if subject not in model or not leaving_with(ground, subject):
        near = nearest(subject, subjects(ground))
        raise UnknownNameError(subject, "bought service or provider", near)
    return plan_of(ground, subject)


def lock_in(assessment: "Assessment") -> "Portfolio":
    """Return how firmly everything that is bought holds us."""
    from riskmap.rules.leaving.portfolio import portfolio_of

    return portfolio_of(assessment.results.leaving)


def to_json(assessment: "Assessment") -> str:
    """Return an assessment as JSON text; ``docs/json.md`` describes it."""
    from riskmap.formats.json_format import to_json as run

    return run(assessment)


def write_assessment(assessment: "Assessment", path: Path, form: str | None = None) -> None:
    """Write an assessment for other programs, in one step.

    Parameters
    ----------
    path : Path
    form : str, optional
        ``json``, ``sarif``, ``junit``, ``markdown``, ``xlsx`` or ``csv``; by default what the
        suffix of ``path`` says.

    Raises
    ------
    OutputError
        When the file cannot be written; nothing is left half written.
    UnknownNameError
        When there is no such format, or the suffix is that of none.
    """
    from riskmap.files import write_atomically
    from riskmap.formats import FORMATS, by_suffix

    found = by_suffix(path.suffix) if form is None else FORMATS.get(form)
    if found is None:
        name = path.suffix if form is None else form
        raise UnknownNameError(name, "format", nearest(name, FORMATS))
    write_atomically(path, found.write(assessment))


def rule(rule_id: str) -> "Rule":
    """Return a rule with its documentation.

    Raises
    ------
    UnknownNameError
        When there is no such rule.
    """
    from riskmap.rules.registry import rule as run

    return run(rule_id)


def assessment_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the JSON form of an assessment."""
    import json

    from riskmap.resources import models_dir

    path = models_dir() / "schema" / "riskmap-assessment-1.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a model file."""
    from riskmap.loading.schema import json_schema

    return json_schema()


def write_report(
    assessment: "Assessment",
    profile: str,
    path: Path,
    *,
    subject: str | None = None,
    brand: Brand = PLAIN,
    since: "Comparison | None" = None,
    review: "Review | None" = None,
) -> None:
    """Write a report as PDF or HTML, whichever the suffix of ``path`` says.

    Parameters
    ----------
    profile : str
        ``board``, ``audit``, ``review``, ``plan`` or ``exit``.
    subject : str, optional
        For a plan: the contingency, or what is lost.
    brand : Brand
        Name, logo, colour and classification of the organisation.
    since : Comparison, optional
        What changed since an earlier assessment, for the audit.
    review : Review, optional
        Proposals held against today, for the review.

    Raises
    ------
    OutputError
        When the report cannot be made or written; nothing is left half written.
    UnknownNameError
        When the profile or the subject does not exist.
    """
    from riskmap.report.write import write_report as run

    run(assessment, profile, path, subject=subject, brand=brand, since=since, review=review)
