"""Plans that help only together, and tests that are still to come: neither may look like safety."""

from datetime import date
from pathlib import Path

from riskmap.model import Model, PlanTest, TestResult, newest_test
from riskmap.rules.catalog import (
    contingency_cannot_be_started,
    contingency_ends_before_outage,
    contingency_never_tested,
    contingency_slower_than_tolerance,
    contingency_test_too_old,
    no_exit_plan,
)
from riskmap.rules.results import Results
from tests.support.models import TODAY, load

TOGETHER = """
functions:
  f: {criticality: critical, mtd: 4h, rto: 2h, needs: [a, b]}
services:
  a: {fails_alone: false, needs: [c]}
  b: {fails_alone: false, needs: [c]}
  c: {outage: {worst: 10d}}
contingencies:
  pa: {covers: a, detect: 0h, decide: 0h, activate: 1h, sustains: 30d, capacity: 100%}
  pb: {covers: b, detect: 0h, decide: 0h, activate: 3h, sustains: 5d, capacity: 100%}
"""


def test_each_of_two_plans_that_only_help_together_is_judged(tmp_path: Path) -> None:
    # While c is out, f needs both plans; either alone leaves the other half down.
    results = Results(load(tmp_path, TOGETHER), TODAY)
    assert results.helped_by("pa", "f") == results.helped_by("pb", "f") == {"c"}
    untested = {finding.subject for finding in contingency_never_tested.check(results)}
    assert untested == {"pa", "pb"}
    # Together they carry after 3 hours of the 2 that the objective allows, for 5 days of 10.
    (late,) = contingency_slower_than_tolerance.check(results)
    (ending,) = contingency_ends_before_outage.check(results)
    assert late.subject == ending.subject == "pb"


def test_a_plan_that_can_be_left_out_is_not_part_of_what_helps_together(tmp_path: Path) -> None:
    more = TOGETHER + (
        "  pz: {covers: a, detect: 0h, decide: 0h, activate: 1h, sustains: 30d, capacity: 100%}\n"
    )
    results = Results(load(tmp_path, more), TODAY)
    assert results.helped_by("pb", "f") == {"c"}
    assert results.helped_by("pa", "f") == results.helped_by("pz", "f") == frozenset()


def test_two_plans_that_nobody_tested_do_not_vouch_for_each_other(tmp_path: Path) -> None:
    times = "covers: a, detect: 0h, decide: 0h, activate: 1h, sustains: 30d, capacity: 100%"
    text = (
        "functions:\n  f: {criticality: critical, mtd: 4h, rto: 2h, needs: [a]}\n"
        "services:\n  a: {outage: {worst: 10d}}\n"
        f"contingencies:\n  one: {{{times}}}\n  two: {{{times}TEST}}\n"
    )
    results = Results(load(tmp_path, text.replace("TEST", "")), TODAY)
    untested = {finding.subject for finding in contingency_never_tested.check(results)}
    unstartable = {finding.subject for finding in contingency_cannot_be_started.check(results)}
    assert untested == unstartable == {"one", "two"}
    # One that has been shown to work vouches for the other; one shown long ago does so for RM204.
    for day, old in (("2026-02-01", 0), ("2020-02-01", 1)):
        test = f", tests: [{{date: {day}, result: passed}}]"
        results = Results(load(tmp_path, text.replace("TEST", test)), TODAY)
        assert not list(contingency_never_tested.check(results))
        assert len(list(contingency_test_too_old.check(results))) == old


def plan_with(folder: Path, *tests: str) -> Model:
    return load(
        folder,
        "functions:\n  f: {criticality: critical, mtd: 4h, rto: 2h, needs: [a]}\n"
        "services:\n  a: {outage: {worst: 10d}}\n"
        "contingencies:\n  p: {covers: a, detect: 0h, decide: 0h, activate: 1h, sustains: 30d, "
        f"capacity: 100%, tests: [{', '.join(tests)}]}}\n",
    )


FAILED = "{date: 2025-06-01, result: failed}"
TO_COME = "{date: 2025-12-01, result: passed}"


def test_a_pass_still_to_come_does_not_hide_the_failure_before_it(tmp_path: Path) -> None:
    passed = "{date: 2025-01-01, result: passed}"
    results = Results(plan_with(tmp_path, passed, FAILED, TO_COME), date(2025, 8, 1))
    (finding,) = contingency_never_tested.check(results)
    assert finding.summary.values["day"] == date(2025, 6, 1)
    assert not list(contingency_test_too_old.check(results))
    after = Results(results.model, date(2025, 12, 1))
    assert not list(contingency_never_tested.check(after))


def test_a_failure_still_to_come_does_not_count_yet(tmp_path: Path) -> None:
    passed = "{date: 2025-05-01, result: passed}"
    results = Results(plan_with(tmp_path, passed, FAILED), date(2025, 5, 2))
    assert not list(contingency_never_tested.check(results))


def test_of_two_tests_on_one_day_the_worse_counts() -> None:
    day = date(2026, 1, 1)
    worse, better = PlanTest(day, TestResult.FAILED), PlanTest(day, TestResult.PASSED)
    assert newest_test((better, worse)) == newest_test((worse, better)) == worse


def test_an_exit_test_still_to_come_has_shown_nothing(tmp_path: Path) -> None:
    model = load(
        tmp_path,
        "functions:\n  f: {criticality: critical, mtd: 4h, needs: [a]}\n"
        "providers: {p: }\nservices:\n  a:\n    provider: p\n    exit:\n"
        "      substitutability: highly-complex\n"
        "      plan: {steps: [go], tests: [{date: 2026-02-01, result: passed}]}\n",
    )
    assert len(list(no_exit_plan.check(Results(model, date(2026, 1, 31))))) == 1
    assert not list(no_exit_plan.check(Results(model, date(2026, 2, 1))))
