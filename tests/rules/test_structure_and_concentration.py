"""Double points, old tests, objectives at odds, concentration, shared fourth parties."""

import math
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings

from riskmap.analysis.outage import evolve
from riskmap.model import Criticality, Model, Policy, Severity, Thresholds
from riskmap.rules.concentration import (
    Concentration,
    Index,
    Kind,
    concentrations,
    function_index,
    spend_index,
)
from riskmap.rules.finding import Finding, Witness
from riskmap.rules.pairs import double_points
from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.statement import render
from riskmap.rules.verdict import Verdict
from tests.support import logic_oracle
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
functions: {{f: {{owner: me, {goals}, rto: 4h, needs: [{{any_of: [x, y]}}]}}}}
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
functions: {f: {owner: me, criticality: critical, mtd: 8h, rto: 4h, needs: [{any_of: [x, y]}]}}
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


@given(models(most_elements=6, nested=False))
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


def test_a_stop_within_the_recovery_objective_is_borne_without_a_tolerance(tmp_path: Path) -> None:
    text = """
functions: {f: {criticality: critical, rto: 4h, needs: [{any_of: [x, y]}]}}
services: {x: {outage: {worst: 4h}}, y: {outage: {worst: 9h}}}
"""
    assert "RM102@f" not in found(load(tmp_path, text))
    assert "RM102@f" in found(load(tmp_path, text.replace("rto: 4h", "rto: 3h")))


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


# -- concentration, computed ----------------------------------------------------------------------

GROUP = """
functions:
  a: {criticality: critical, mtd: 8h, rto: 4h, needs: [own]}
  b: {criticality: important, mtd: 8h, rto: 4h, needs: [{any_of: [mail, spare]}]}
  c: {criticality: normal, mtd: 8h, rto: 4h, needs: [books]}
  d: {mtd: 8h, rto: 4h, needs: [desk]}
services:
  own: {needs: [cloud], outage: {worst: 1h}}
  cloud: {provider: big-cloud, outage: {worst: 2d}}
  mail: {provider: big-mail, outage: {worst: 1d}}
  spare: {outage: {worst: 1h}}
  books: {provider: small, needs: [cloud], outage: {worst: 1h}}
  desk: {outage: {worst: 1h}}
third_parties:
  score: {provider: small, outage: {worst: 1h}}
providers:
  big: {country: US, fails_alone: false}
  big-cloud: {parent: big, country: IE, fails_alone: false}
  big-mail: {parent: big, country: IE, fails_alone: false}
  small: {country: DE, fails_alone: false}
"""
"""Weights 3, 2, 1 and, for d whose criticality nobody stated, 3: together 9."""


def computed(model: Model, kind: Kind) -> dict[str, Concentration]:
    return {c.whole.id: c for c in concentrations(Results(model, TODAY), kind)}


def test_concentration_by_hand(tmp_path: Path) -> None:
    model = load(tmp_path, GROUP)
    parents = computed(model, Kind.PARENT)
    assert set(parents) == {"big", "small"}
    big = parents["big"]
    assert big.whole.members == ("big", "big-cloud", "big-mail")
    assert big.whole.elements == ("big", "big-cloud", "big-mail", "cloud", "mail")
    assert big.direct.functions == ("a", "b")
    assert big.indirect.functions == ("c",), "only through what Small runs"
    assert big.reached.functions == ("a", "b", "c")
    assert big.stopped.functions == ("a", "c"), "b has a spare"
    assert (big.reached.of_all, big.reached.weighted) == (Fraction(3, 4), Fraction(6, 9))
    assert (big.stopped.of_all, big.stopped.weighted) == (Fraction(1, 2), Fraction(4, 9))
    assert parents["small"].stopped.functions == ("c",)
    providers = computed(model, Kind.PROVIDER)
    assert providers["big"].stopped.functions == ("a", "c"), "a parent takes its own along"
    assert providers["big-mail"].reached.functions == ("b",)
    assert providers["big-mail"].stopped.functions == ()
    countries = computed(model, Kind.COUNTRY)
    assert countries["IE"].stopped.functions == ("a", "c")
    assert countries["US"].whole.members == ("big", "big-cloud", "big-mail")
    assert "score" not in computed(model, Kind.THIRD_PARTY), "no function reaches it"


def test_a_plan_that_needs_nothing_of_it_lowers_what_stops(tmp_path: Path) -> None:
    plan = "contingencies:\n  p: {covers: own, uses: [USES], detect: 1d}\n"
    with_desk = computed(load(tmp_path, GROUP + plan.replace("USES", "desk")), Kind.PARENT)
    assert with_desk["big"].stopped.functions == ("a", "c")
    assert with_desk["big"].stopped_with_plans.functions == ("c",)
    with_mail = computed(load(tmp_path, GROUP + plan.replace("USES", "mail")), Kind.PARENT)
    assert with_mail["big"].stopped_with_plans.functions == ("a", "c")


def test_the_index_of_functions_by_hand(tmp_path: Path) -> None:
    """Big reaches a weight of 6, Small one of 1: shares of 6/7 and 1/7."""
    index = function_index(Results(load(tmp_path, GROUP), TODAY))
    assert index.shares == (("big", Fraction(6, 7)), ("small", Fraction(1, 7)))
    assert index.count == 3
    assert index.points == pytest.approx(10_000 * 37 / 49)


CONTRACTS = """
contracts:
  k1: {provider: big-cloud, covers: cloud, annual_cost: 500}
  k2: {provider: big-mail, covers: mail, annual_cost: 100}
  k3: {provider: small, covers: books, annual_cost: 400}
  k4: {provider: small, covers: books, annual_cost: 9999, ends: 2026-02-28}
  k5: {provider: small, covers: books}
"""


def test_the_index_of_spending_by_hand(tmp_path: Path) -> None:
    """600 and 400 of 1,000: 3,600 + 1,600 points; ended and unpriced contracts do not count."""
    index = spend_index(Results(load(tmp_path, GROUP + CONTRACTS), TODAY))
    assert index == Index(5200.0, (("big", Fraction(3, 5)), ("small", Fraction(2, 5))), 3)
    assert spend_index(Results(load(tmp_path, GROUP), TODAY)) == Index(0.0, (), 0)


@given(models())
@settings(max_examples=60)
def test_concentration_is_that_of_trying_each_by_itself(model: Model) -> None:
    """Closures and failures walked one organisation at a time, by the oracle of the cut sets."""
    results = Results(model, TODAY)
    for found in concentrations(results, Kind.PROVIDER):
        lost = {found.whole.id} | {
            entry.id
            for entry in (*model.services, *model.third_parties)
            if entry.provider == found.whole.id
        }
        assert set(found.whole.elements) == lost
        forever = {name: [(0.0, math.inf)] for name in lost}
        course = evolve(results.structure.bare, forever)
        for function in model.functions:
            seen, queue = {function.id}, [function.id]
            for name in queue:
                fresh = logic_oracle.steps_from(model, name, residual=False) - seen
                seen |= fresh
                queue += sorted(fresh)
            assert (function.id in found.reached.functions) == bool(seen & lost)
            assert (function.id in found.stopped.functions) == bool(course.down(function.id))
        assert set(found.direct.functions) | set(found.indirect.functions) == set(
            found.reached.functions
        )
        assert set(found.stopped_with_plans.functions) <= set(found.stopped.functions)


# -- RM304 concentration in a provider -------------------------------------------------------------


def test_half_of_all_by_weight_is_too_much(tmp_path: Path) -> None:
    """Big stops a and c, 4 of 9; with a spare less, b as well: 6 of 9."""
    findings = found(load(tmp_path, GROUP))
    assert "RM304@big" not in findings
    model = load(tmp_path, GROUP.replace("{any_of: [mail, spare]}", "mail"))
    finding = found(model)["RM304@big"]
    assert finding.severity is Severity.CRITICAL
    assert finding.functions == ("a", "b", "c")
    assert words(model, finding) == (
        (
            "Losing big, with big-cloud and big-mail and all they run, stops a, b and c for too"
            " long: three of four functions, or 66.7% by criticality"
        ),
        "A is critical and would stop for 2 days; it tolerates 8 hours",
        (
            "Decide how much may hang on big; give a a plan that needs nothing of it, and practise"
            " losing it as a whole"
        ),
    )
    assert "RM304@big" not in found(model, concentration=Fraction(67, 100))
    assert "RM304@big" in found(load(tmp_path, GROUP), concentration=Fraction(4, 9))


def test_what_is_soon_repaired_or_bridged_is_not_too_much(tmp_path: Path) -> None:
    text = GROUP.replace("{any_of: [mail, spare]}", "mail")
    short = text.replace("worst: 2d", "worst: 2h").replace("worst: 1d", "worst: 2h")
    assert "RM304@big" not in found(load(tmp_path, short))
    plan = """
contingencies:
  p: {covers: cloud, uses: [desk], detect: 1h, decide: 1h, activate: 1h, sustains: 9d,
      capacity: 100%}
"""
    assert "RM304@big" not in found(load(tmp_path, text + plan))


def test_two_functions_are_too_few_to_speak_of_concentration(tmp_path: Path) -> None:
    text = """
functions:
  a: {criticality: critical, mtd: 8h, needs: [x]}
  b: {criticality: critical, mtd: 8h, needs: [x]}
  c: {criticality: critical, mtd: 8h, needs: [x]}
services: {x: {provider: p, outage: {worst: 1d}}}
providers: {p: {fails_alone: false}}
"""
    model = load(tmp_path, text)
    assert words(model, found(model)["RM304@p"])[0] == (
        "Losing p with all it runs stops a, b and c for too long: every function there is"
    )
    two = text.replace("  c: {criticality: critical, mtd: 8h, needs: [x]}\n", "")
    assert "RM304@p" not in found(load(tmp_path, two))


def test_spending_alone_is_low(tmp_path: Path) -> None:
    model = load(tmp_path, GROUP + CONTRACTS)
    finding = found(model)["RM304@big"]
    assert finding.severity is Severity.LOW
    assert finding.functions == ("a", "b", "c")
    assert words(model, finding)[0] == (
        "Big receives 60% of what contracts cost a year (5,200 points of 10,000 on the"
        " Herfindahl-Hirschman index; over 2,500 counts as highly concentrated), and a, b and c"
        " depend on it"
    )
    assert "RM304@big" not in found(model, concentration_index=5200)
    even = CONTRACTS.replace("500", "299")
    assert "RM304@big" not in found(load(tmp_path, GROUP + even)), "399 of 799"
    two = CONTRACTS.replace("  k2: {provider: big-mail, covers: mail, annual_cost: 100}\n", "")
    assert "RM304@big" not in found(load(tmp_path, GROUP + two))


def test_three_suppliers_paid_alike_are_not_concentrated(tmp_path: Path) -> None:
    """3,333 points, which no three suppliers can be below."""
    text = """
functions: {f: {criticality: critical, mtd: 8h, needs: [x, y, z]}}
services: {x: {provider: p}, y: {provider: q}, z: {provider: r}}
providers: {p: , q: , r: }
contracts:
  k: {provider: p, covers: x, annual_cost: 10}
  l: {provider: q, covers: y, annual_cost: 10}
  m: {provider: r, covers: z, annual_cost: 10}
"""
    model = load(tmp_path, text)
    assert spend_index(Results(model, TODAY)).points == pytest.approx(10_000 / 3)
    assert not [key for key in found(model) if key.startswith("RM304")]


# -- RM305 shared fourth party ---------------------------------------------------------------------

FOURTH = """
functions: {f: {criticality: critical, mtd: 8h, rto: 4h, needs: [x, y]}}
services:
  x: {provider: p, needs: [cloud], outage: {worst: 1h}}
  y: {provider: q, needs: [mid], outage: {worst: 1h}}
  mid: {needs: [cloud], outage: {worst: 1h}}
  cloud: {provider: r, outage: {worst: 2d}}
providers:
  p: {fails_alone: false}
  q: {fails_alone: false}
  r: {fails_alone: false}
"""


def test_two_direct_providers_hang_on_one_further_down(tmp_path: Path) -> None:
    model = load(tmp_path, FOURTH)
    finding = found(model)["RM305@r"]
    assert finding.severity is Severity.CRITICAL
    assert finding.evidence[:2] == (Witness(("x", "cloud")), Witness(("y", "mid", "cloud")))
    assert words(model, finding) == (
        "Both p and q hang on r, with whom there is no contract: losing it stops x and y, and so f",
        "F is critical and would stop for 2 days; it tolerates 8 hours",
        (
            "Ask p and q how each would go on without r, have it put into the contracts, and plan"
            " for losing them together"
        ),
    )
    assert "RM305@r" not in found(model, shared_by=3)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("y: {provider: q", "y: {provider: p"),
        ("y: {provider: q", "y: {"),
        ("p: {fails_alone", "p: {parent: q, fails_alone"),
        ("r: {fails_alone", "r: {parent: q, fails_alone"),
        ("needs: [x, y]", "needs: [x]"),
        ("needs: [x, y]", "needs: [x, y, cloud]"),
        ("mid: {needs: [cloud]", "mid: {needs: [{any_of: [cloud, own]}]"),
        ("worst: 2d", "worst: 3h"),
        ("providers:", "contracts: {k: {provider: r, covers: cloud}}\nproviders:"),
    ],
)
def test_not_shared_not_further_down_or_not_felt(tmp_path: Path, old: str, new: str) -> None:
    text = FOURTH.replace("services:\n", "services:\n  own: {outage: {worst: 1h}}\n")
    assert "RM305@r" in found(load(tmp_path, text))
    assert old in text
    changed = text.replace(old, new).replace("{, ", "{")
    assert not [key for key in found(load(tmp_path, changed)) if key.startswith("RM305")]


def test_a_third_party_nobody_is_named_for_can_be_shared(tmp_path: Path) -> None:
    text = FOURTH.replace("  cloud: {provider: r, outage: {worst: 2d}}\n", "")
    model = load(tmp_path, text + "third_parties: {cloud: {outage: {worst: 2d}}}\n")
    assert {key for key in found(model) if key.startswith("RM305")} == {"RM305@cloud"}


def test_many_providers_are_counted(tmp_path: Path) -> None:
    names = [f"p{n}" for n in range(6)]
    services = "".join(f"  s{n}: {{provider: {n}, needs: [cloud]}}\n" for n in names)
    text = f"""
functions: {{f: {{criticality: critical, mtd: 8h, needs: [{", ".join("s" + n for n in names)}]}}}}
services:
{services}  cloud: {{provider: r, outage: {{worst: 2d}}}}
providers: {{{", ".join(f"{n}: " for n in names)}, r: }}
"""
    model = load(tmp_path, text)
    assert words(model, found(model)["RM305@r"])[0] == (
        "P0, p1, p2 and p3 and two other providers all hang on r, with whom there is no contract:"
        " losing it stops sp0, sp1, sp2 and sp3 and two other services, and so f"
    )
