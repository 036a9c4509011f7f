"""Double points, old tests, objectives at odds, concentration, shared fourth parties."""

import math
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings

from riskmap.analysis.outage import evolve
from riskmap.model import Criticality, Model, Policy, Severity, Thresholds
from riskmap.rules.finding import Finding
from riskmap.rules.pairs import double_points
from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.statement import render
from riskmap.rules.verdict import Verdict
from tests.support.models import TODAY, load, models

BREACHED, UNBOUNDED = Verdict.BREACHED, Verdict.UNBOUNDED


def found(model: Model, **thresholds: object) -> dict[str, Finding]:
    policy = Policy(thresholds=replace(Thresholds(), **thresholds))  # type: ignore[arg-type]
    return {finding.key: finding for finding in find(Results(model, TODAY, policy))}


def words(model: Model, finding: Finding) -> tuple[str, str, str]:
    """Summary, reason and advice, as they are read."""
    statements = (finding.summary, finding.because, finding.recommendation)
    summary, because, advice = (render(statement, model) for statement in statements)
    return summary, because, advice


# -- RM102 double point of failure ---------------------------------------------------------------


def two_ways(folder: Path, more: str = "", goals: str = "criticality: critical, mtd: 8h") -> Model:
    text = f"""
functions: {{f: {{{goals}, rto: 4h, needs: [{{any_of: [x, y]}}]}}}}
services:
  x: {{outage: {{worst: 3d}}}}
  y: {{outage: {{worst: 2d}}}}
"""
    return load(folder, text + more)


def test_two_failures_last_until_the_first_repair(tmp_path: Path) -> None:
    model = two_ways(tmp_path)
    findings = found(model)
    assert set(findings) == {"RM102@f"}
    finding = findings["RM102@f"]
    assert finding.severity is Severity.HIGH
    assert finding.involves == ("x", "y")
    assert words(model, finding) == (
        "X and y together stop f for 2 days (8 hours can be borne)",
        (
            "One step below what a single failure of that length would mean, since two must"
            " coincide: f, being critical, would stop for 2 days; it tolerates 8 hours"
        ),
        "Find a way for f that starts within 8 hours and needs neither x nor y",
    )


@pytest.mark.parametrize(
    ("goals", "fires"),
    [
        ("criticality: critical, mtd: 47h", True),
        ("criticality: critical, mtd: 48h", False),
        ("criticality: important, mtd: 8h", False),
        ("criticality: normal, mtd: 8h", False),
        ("mtd: 8h", True),
        ("criticality: critical", True),
    ],
)
def test_only_critical_functions_and_only_past_their_tolerance(
    tmp_path: Path, goals: str, fires: bool
) -> None:
    assert ("RM102@f" in found(two_ways(tmp_path, goals=goals))) == fires


def test_two_outages_of_which_nobody_knows_the_end_have_none(tmp_path: Path) -> None:
    text = """
functions: {f: {rto: 4h, needs: [{any_of: [x, y]}]}}
services: {x: , y: }
"""
    model = load(tmp_path, text)
    finding = found(model)["RM102@f"]
    assert {"x.outage", "y.outage", "f.mtd", "f.criticality"} <= set(finding.assumptions)
    summary, _, advice = words(model, finding)
    assert summary == (
        "X and y together stop f with no known end (nobody stated what can be borne)"
    )
    assert advice == "State how long f may be down, and find a way that needs neither x nor y"


@pytest.mark.parametrize(
    ("activate", "capacity", "fires"),
    [("6h", "100%", False), ("7h", "100%", True), ("6h", "50%", True)],
)
def test_a_plan_that_carries_in_time_helps_against_a_pair(
    tmp_path: Path, activate: str, capacity: str, fires: bool
) -> None:
    plan = f"""
contingencies:
  p: {{covers: f, detect: 1h, decide: 1h, activate: {activate}, sustains: 9d,
      capacity: {capacity}}}
"""
    assert ("RM102@f" in found(two_ways(tmp_path, plan))) == fires


def test_a_plan_that_needs_one_of_the_pair_does_not_help(tmp_path: Path) -> None:
    plan = """
contingencies:
  p: {covers: f, uses: [y], detect: 0h, decide: 0h, activate: 0h, sustains: 9d, capacity: 100%}
"""
    assert "RM102@f" in found(two_ways(tmp_path, plan))


SHARED = """
functions: {f: {criticality: critical, mtd: 8h, rto: 4h, needs: [{any_of: [x, y]}]}}
services:
  x: {needs: [z], outage: {worst: 3d}}
  y: {needs: [z], outage: {worst: 2d}}
  z: {outage: {worst: LENGTH}}
"""


def test_a_modelled_common_cause_is_left_to_false_redundancy(tmp_path: Path) -> None:
    findings = found(load(tmp_path, SHARED.replace("LENGTH", "1d")))
    assert {"RM101@z", "RM103@f"} <= set(findings)
    assert "RM102@f" not in findings


def test_a_common_cause_that_is_soon_repaired_hides_no_pair(tmp_path: Path) -> None:
    findings = found(load(tmp_path, SHARED.replace("LENGTH", "2h")))
    assert set(findings) == {"RM102@f"}


def biclique(folder: Path, size: int, more: str = "") -> Model:
    sides = {side: [f"{side}{n:02}" for n in range(size)] for side in "ab"}
    ways = "".join(
        f"  way-{side}: {{fails_alone: false, needs: [{', '.join(names)}]}}\n"
        for side, names in sides.items()
    )
    parts = "".join(
        f"  {name}: {{outage: {{worst: {10 + n}h}}}}\n"
        for names in sides.values()
        for n, name in enumerate(names)
    )
    goals = "criticality: critical, mtd: 8h, rto: 4h, needs: [{any_of: [way-a, way-b]}]"
    return load(folder, f"functions: {{f: {{{goals}}}}}\nservices:\n{ways}{parts}{more}")


def test_thirty_by_thirty_is_one_finding(tmp_path: Path) -> None:
    model = biclique(tmp_path, 30)
    findings = [f for f in find(Results(model, TODAY)) if f.rule == "RM102"]
    assert [finding.key for finding in findings] == ["RM102@f"]
    assert words(model, findings[0])[0] == (
        "A29 and b29 together stop f for 39 hours (8 hours can be borne); so do 899 other pairs"
    )
    assert findings[0].involves == ("a29", "b29")


def test_pairs_of_different_kinds_are_named(tmp_path: Path) -> None:
    text = """
functions:
  f: {criticality: critical, mtd: 8h, rto: 4h,
      needs: [{any_of: [a, b]}, {any_of: [c, d]}, {any_of: [e, g]}, {any_of: [h, i]}]}
services:
"""
    for length, name in enumerate("abcdeghi", start=10):
        text += f"  {name}: {{outage: {{worst: {length}h}}}}\n"
    model = load(tmp_path, text)
    assert words(model, found(model)["RM102@f"])[0] == (
        "H and i together stop f for 16 hours (8 hours can be borne); so do e and g, or c and d, or"
        " one other pair"
    )


def test_pairs_too_many_to_follow_count_as_if_no_plan_helped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = "contingencies:\n  p: {covers: way-a, detect: 1h, decide: 1h, activate: 1h,"
    model = biclique(tmp_path, 4, plan + " sustains: 9d, capacity: 100%}\n")
    assert "RM102@f" not in found(model)
    monkeypatch.setattr("riskmap.rules.pairs.EFFORT", 1)
    finding = found(model)["RM102@f"]
    assert words(model, finding)[0] == (
        "A02 and b02 together stop f for 12 hours (8 hours can be borne); so do a02 and b03, or a03"
        " and b02, or twelve other pairs; for these no plan is counted, since they are too many to"
        " follow each"
    )


@given(models(most_elements=6))
@settings(max_examples=60)
def test_pairs_are_those_found_by_trying_all(model: Model) -> None:
    """Every two elements fail together, one pair at a time, with nothing clever about it."""
    results = Results(model, TODAY)
    answers = double_points(results)
    basic = sorted(element.id for element in model.elements() if element.fails_alone)
    evolutions = {
        names: evolve(results.structure.bare, {name: [(0.0, math.inf)] for name in names})
        for order in (1, 2)
        for names in combinations(basic, order)
    }
    for function in model.functions:
        if function.criticality not in (None, Criticality.CRITICAL):
            assert function.id not in answers
            continue
        counted = 0
        for one, other in combinations(basic, 2):
            if evolutions[one,].down(function.id) or evolutions[other,].down(function.id):
                continue
            if not evolutions[one, other].down(function.id):
                continue
            if any(
                evolutions[cause,].down(one)
                and evolutions[cause,].down(other)
                and (function.id, cause) in results.impacts
                and results.impacts[function.id, cause].verdict in (BREACHED, UNBOUNDED)
                for cause in basic
            ):
                continue
            lengths = {name: [(0.0, results.worst_outage(name))] for name in (one, other)}
            impact = results.simulate(lengths).impacts.get(function.id)
            counted += impact is not None and impact.verdict in (BREACHED, UNBOUNDED)
        assert (answers[function.id].count if function.id in answers else 0) == counted


def test_one_way_is_no_pair(tmp_path: Path) -> None:
    text = "functions: {f: {criticality: critical, mtd: 8h, needs: [x]}}\nservices: {x: }\n"
    assert "RM102@f" not in found(load(tmp_path, text))


# -- RM205 contingency test too old -------------------------------------------------------------

TESTED = """
functions: {f: {criticality: critical, mtd: 8h, rto: 4h, needs: [x]}}
services: {x: {outage: {worst: 5d}}}
contingencies:
  p: {covers: x, detect: 1h, decide: 1h, activate: 1h, sustains: 30d, capacity: 100%, tests: TESTS}
"""


def with_tests(folder: Path, *tests: tuple[str, str]) -> Model:
    written = ", ".join(f"{{date: {day}, result: {result}}}" for day, result in tests)
    return load(folder, TESTED.replace("TESTS", f"[{written}]"))


@pytest.mark.parametrize(
    ("day", "fires"), [("2025-03-01", False), ("2025-02-28", True), ("2026-03-01", False)]
)
def test_a_test_counts_for_a_year_to_the_day(tmp_path: Path, day: str, fires: bool) -> None:
    model = with_tests(tmp_path, (day, "passed"))
    assert (TODAY - date(2025, 3, 1)) == timedelta(days=365)
    assert ("RM205@p" in found(model)) == fires
    assert "RM204@p" not in found(model)


def test_how_old_a_test_may_be_is_a_matter_of_policy(tmp_path: Path) -> None:
    model = with_tests(tmp_path, ("2025-09-01", "passed"))
    assert "RM205@p" not in found(model)
    assert "RM205@p" in found(model, test_age=timedelta(days=180))
    old = with_tests(tmp_path, ("2023-09-01", "passed"))
    assert "RM205@p" not in found(old, test_age=timedelta(days=1000))


@pytest.mark.parametrize(
    "tests",
    [(), (("2024-01-01", "failed"),), (("2023-01-01", "passed"), ("2024-01-01", "partial"))],
)
def test_what_was_never_shown_to_work_is_left_to_rm204(
    tmp_path: Path, tests: tuple[tuple[str, str], ...]
) -> None:
    keys = found(with_tests(tmp_path, *tests))
    assert "RM204@p" in keys
    assert "RM205@p" not in keys


def test_the_newest_passed_test_counts_and_one_to_come_does_not(tmp_path: Path) -> None:
    newest = with_tests(tmp_path, ("2020-01-01", "passed"), ("2026-01-01", "passed"))
    assert "RM205@p" not in found(newest)
    planned = with_tests(tmp_path, ("2024-06-15", "passed"), ("2026-06-01", "passed"))
    assert "15 June 2024" in words(planned, found(planned)["RM205@p"])[0]
    only = with_tests(tmp_path, ("2026-06-01", "passed"))
    assert words(only, found(only)["RM205@p"])[:2] == (
        "P has passed no test by 1 March 2026; the one written down is still to come",
        (
            "Two steps below what happens if the plan does not work, since it may: f, being"
            " critical, would stop for 5 days; it tolerates 8 hours"
        ),
    )


def test_an_old_test_is_two_steps_below_a_plan_that_does_not_work(tmp_path: Path) -> None:
    model = with_tests(tmp_path, ("2024-06-15", "passed"))
    finding = found(model)["RM205@p"]
    assert finding.severity is Severity.MEDIUM
    assert words(model, finding) == (
        "P last passed a test on 15 June 2024, 624 days ago; a test counts for 365 days",
        (
            "Two steps below what happens if the plan does not work, since it may, and once did: f,"
            " being critical, would stop for 5 days; it tolerates 8 hours"
        ),
        "Run p again with the people who would do it today, and write down how long it took",
    )
    assert (TODAY - date(2024, 6, 15)).days == 624


def test_a_plan_nothing_hangs_on_may_have_an_old_test(tmp_path: Path) -> None:
    text = TESTED.replace("TESTS", "[{date: 2020-01-01, result: passed}]")
    assert "RM205@p" not in found(load(tmp_path, text.replace("worst: 5d", "worst: 2h")))


# -- RM207 objective not met by dependencies -----------------------------------------------------


def one_need(folder: Path, objectives: str, outage: str, plans: str = "") -> Model:
    text = f"""
functions: {{f: {{criticality: critical, {objectives}needs: [x]}}}}
services: {{x: {{outage: {{{outage}}}}}}}
"""
    return load(folder, text + plans)


@pytest.mark.parametrize(
    ("objectives", "outage", "severity"),
    [
        ("mtd: 1d, rto: 4h, ", "typical: 5h, worst: 3d", Severity.MEDIUM),
        ("mtd: 1d, rto: 4h, ", "typical: 4h, worst: 3d", None),
        ("mtd: 1d, rto: 4h, ", "typical: 2d, worst: 3d", Severity.CRITICAL),
        ("mtd: 1d, rto: 4h, ", "worst: 3d", None),
        ("mtd: 1d, ", "typical: 5h, worst: 3d", None),
        ("mtd: 1d, ", "typical: 2d, worst: 3d", Severity.CRITICAL),
        ("rto: 4h, ", "typical: 5h, worst: 3d", Severity.CRITICAL),
        ("", "typical: 5h, worst: 3d", None),
    ],
)
def test_a_usual_outage_is_held_against_the_objective(
    tmp_path: Path, objectives: str, outage: str, severity: Severity | None
) -> None:
    findings = found(one_need(tmp_path, objectives, outage))
    assert "RM101@x" in findings, "the worst is its business, and bad in every case"
    finding = findings.get("RM207@f")
    assert (finding.severity if finding else None) is severity


def test_a_usual_outage_is_worded(tmp_path: Path) -> None:
    model = one_need(tmp_path, "mtd: 1d, rto: 4h, ", "typical: 6h, worst: 3d")
    finding = found(model)["RM207@f"]
    assert finding.cause == "x"
    assert words(model, finding) == (
        "F is to be back within 4 hours, but a usual outage of x alone stops it for 6 hours",
        "F is critical and would stop for 6 hours; it tolerates 24 hours",
        (
            "Have x brought back, or bridged by a plan, within 4 hours; or set an objective for f"
            " that can be kept"
        ),
    )


@pytest.mark.parametrize(
    ("activate", "sustains", "capacity", "fires"),
    [
        ("2h", "30d", "100%", False),
        ("3h", "30d", "100%", True),
        ("2h", "1h", "100%", True),
        ("2h", "30d", "50%", True),
    ],
)
def test_a_plan_that_carries_in_time_keeps_the_objective(
    tmp_path: Path, activate: str, sustains: str, capacity: str, fires: bool
) -> None:
    plan = f"""
contingencies:
  p: {{covers: x, detect: 1h, decide: 1h, activate: {activate}, sustains: {sustains},
      capacity: {capacity}}}
"""
    model = one_need(tmp_path, "mtd: 1d, rto: 4h, minimum: 80%, ", "typical: 8h, worst: 8h", plan)
    assert ("RM207@f" in found(model)) == fires


def test_an_alternative_keeps_the_objective(tmp_path: Path) -> None:
    text = """
functions: {f: {criticality: critical, mtd: 1d, rto: 4h, needs: [{any_of: [x, y]}]}}
services: {x: {outage: {typical: 8h, worst: 1d}}, y: {outage: {typical: 8h, worst: 1d}}}
"""
    assert "RM207@f" not in found(load(tmp_path, text))


NESTED = """
functions:
  f: {criticality: critical, mtd: 1d, rto: 4h, needs: [g]}
  g: {criticality: normal, GOALS, needs: [x]}
services: {x: {outage: {worst: 1h}}}
"""


@pytest.mark.parametrize(
    ("goals", "severity"),
    [
        ("mtd: 2d, rto: 4h", None),
        ("mtd: 2d, rto: 5h", Severity.LOW),
        ("mtd: 2d, rto: 30h", Severity.HIGH),
        ("mtd: 30h", Severity.HIGH),
        ("owner: me", Severity.HIGH),
    ],
)
def test_a_needed_function_may_not_take_longer(
    tmp_path: Path, goals: str, severity: Severity | None
) -> None:
    finding = found(load(tmp_path, NESTED.replace("GOALS", goals))).get("RM207@f")
    assert (finding.severity if finding else None) is severity


def test_a_needed_function_is_worded(tmp_path: Path) -> None:
    model = load(tmp_path, NESTED.replace("GOALS", "mtd: 2d, rto: 30h"))
    assert words(model, found(model)["RM207@f"]) == (
        "F is to be back within 4 hours, but it needs g, which may itself take 30 hours",
        (
            "One step below what happens if g takes as long as it may, since it may be back sooner:"
            " f, being critical, would stop for 30 hours; it tolerates 24 hours"
        ),
        "Agree one objective for f and g, or let f go on without it",
    )
    unstated = load(tmp_path, NESTED.replace("GOALS", "owner: me"))
    finding = found(unstated)["RM207@f"]
    assert "g.mtd" in finding.assumptions
    assert words(unstated, finding)[0] == (
        "F is to be back within 4 hours, but it needs g, for which nobody stated when it must be"
        " back"
    )


def test_a_needed_function_that_can_be_done_without_takes_its_time(tmp_path: Path) -> None:
    text = NESTED.replace("GOALS", "mtd: 2d, rto: 30h")
    spare = text.replace("needs: [g]", "needs: [{any_of: [g, x]}]")
    assert "RM207@f" not in found(load(tmp_path, spare))
    plan = "contingencies:\n  p: {covers: g, detect: 1h, decide: 1h, activate: 1h, sustains: 9d,"
    assert "RM207@f" not in found(load(tmp_path, text + plan + " capacity: 100%}\n"))


def test_everything_behind_an_objective_is_named_once(tmp_path: Path) -> None:
    services = ", ".join(f"x{n}: {{outage: {{typical: {n}h, worst: 3d}}}}" for n in range(3, 10))
    text = f"""
functions:
  f: {{criticality: critical, mtd: 1d, rto: 4h, needs: [g, x3, x4, x5, x6, x7, x8, x9]}}
  g: {{criticality: normal, mtd: 9d, rto: 3d, needs: [x3]}}
services: {{{services}}}
"""
    model = load(tmp_path, text)
    summary, because, _ = words(model, found(model)["RM207@f"])
    assert summary == (
        "F is to be back within 4 hours, but a usual outage of x9 alone stops it for 9 hours; those"
        " of x8, x7 and x6 and one other are too long as well; it also needs g, which may itself"
        " take 3 days"
    )
    assert because.startswith("One step below what happens if g takes as long as it may")
    assert found(model)["RM207@f"].involves == ("g", "x5", "x6", "x7", "x8", "x9")
