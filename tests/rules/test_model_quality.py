"""Rules about the model itself: RM002 to RM005 and RM007, on models of their own."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from riskmap.model import SHIPPED, Policy, Severity, Thresholds
from riskmap.rules.finding import Finding
from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.statement import render
from tests.support.models import TODAY, load

STRICT = replace(SHIPPED, strict=True)
FUNCTION = "functions: {f: {owner: me, criticality: critical, mtd: 8h, rto: 4h, needs: [x]}}\n"


def found(folder: Path, text: str, policy: Policy = SHIPPED) -> dict[str, Finding]:
    return {f.key: f for f in find(Results(load(folder, text), TODAY, policy))}


def about(folder: Path, text: str, key: str, policy: Policy = SHIPPED) -> str:
    model = load(folder, text)
    (finding,) = (f for f in find(Results(model, TODAY, policy)) if f.key == key)
    for statement in (finding.because, finding.recommendation):
        assert render(statement, model)
    return render(finding.summary, model)


def of_rule(folder: Path, text: str, rule: str, policy: Policy = SHIPPED) -> set[str]:
    return {key for key in found(folder, text, policy) if key.startswith(rule)}


# -- RM002 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "stale"),
    [
        ("reviewed: 2024-09-07", False),  # 540 days before 1 March 2026
        ("reviewed: 2024-09-06", True),
        ("evidence: {date: 2024-09-06}", True),
        ("evidence: {date: 2024-09-06}, reviewed: 2026-01-01", False),
        ("needs: [{need: y, evidence: {date: 2024-09-06}}]", True),
        ("needs: [{need: y, evidence: {date: 2025-09-06}}], reviewed: 2020-01-01", False),
        ("title: X", False),
    ],
)
def test_the_newest_day_counts(tmp_path: Path, facts: str, stale: bool) -> None:
    text = FUNCTION + f"services: {{x: {{{facts}, outage: {{worst: 1d}}}}, y: {{outage: {{}}}}}}\n"
    assert ("RM002@x" in found(tmp_path, text)) == stale


def test_a_stale_fact_matters_as_much_as_what_it_is_about(tmp_path: Path) -> None:
    text = FUNCTION + "services: {x: {reviewed: 2020-01-01, outage: {worst: 1d}}}\n"
    assert found(tmp_path, text)["RM002@x"].severity is Severity.HIGH
    assert about(tmp_path, text, "RM002@x") == (
        "The facts about x were last looked at on 1 January 2020"
    )
    harmless = text.replace("1d", "1h")
    assert found(tmp_path, harmless)["RM002@x"].severity is Severity.LOW
    longer = replace(SHIPPED, thresholds=Thresholds(fact_age=timedelta(days=3650)))
    assert of_rule(tmp_path, text, "RM002", longer) == set()


def test_contracts_and_plans_grow_stale_too_and_a_test_is_a_look(tmp_path: Path) -> None:
    text = (
        FUNCTION
        + """
services: {x: {provider: p, outage: {worst: 2d}}}
providers: {p: {outage: {worst: 1h}}}
contracts: {k: {provider: p, covers: x, reviewed: 2020-01-01}}
contingencies:
  plan: {covers: x, reviewed: 2020-01-01, detect: 1h, decide: 0h, activate: 1h, sustains: 9d,
         capacity: 100%}
"""
    )
    assert of_rule(tmp_path, text, "RM002") == {"RM002@k", "RM002@plan"}
    findings = found(tmp_path, text)
    assert findings["RM002@k"].severity is Severity.LOW
    assert findings["RM002@plan"].severity is Severity.HIGH
    tested = text.replace(
        "capacity: 100%", "capacity: 100%, tests: [{date: 2026-01-01, result: passed}]"
    )
    assert of_rule(tmp_path, tested, "RM002") == {"RM002@k"}


def test_without_any_day_only_strictness_complains(tmp_path: Path) -> None:
    text = FUNCTION + "services: {x: {outage: {worst: 1d}}, idle: {outage: {worst: 1d}}}\n"
    assert of_rule(tmp_path, text, "RM002") == set()
    assert of_rule(tmp_path, text, "RM002", STRICT) == {"RM002@f", "RM002@x"}
    assert "nobody wrote down when" in about(tmp_path, text, "RM002@x", STRICT).lower()


# -- RM003 -------------------------------------------------------------------------------------

CALM = FUNCTION + "services: {x: {title: The shop, outage: {worst: 2h, confidence: assumed}}}\n"


def test_fine_by_an_assumed_outage(tmp_path: Path) -> None:
    finding = found(tmp_path, CALM)["RM003@f"]
    assert finding.severity is Severity.HIGH
    assert finding.assumptions == ("x.outage",)
    assert about(tmp_path, CALM, "RM003@f") == (
        "F looks fine, but it is only assumed how long “The shop” may be out; if it is worse than"
        " assumed, “The shop” alone may stop it with no known end (8 hours can be borne)"
    )
    assert of_rule(tmp_path, CALM.replace(", confidence: assumed", ""), "RM003") == set()


def test_what_looks_bad_already_is_no_false_comfort(tmp_path: Path) -> None:
    assert of_rule(tmp_path, CALM.replace("2h", "2d"), "RM003") == set()


GOALS = "criticality: critical, mtd: 8h, rto: 4h"
TWO = "services: {a: {outage: {worst: 2d}}, b: {outage: {worst: 2d}}}"
SHARED = "assumed: [shares]"
MAYBE = "evidence: {confidence: unknown}"
DECIDING = {
    "tolerance: strained by 6 h against 8 h assumed": (
        f"functions: {{f: {{{GOALS}, needs: [x], assumed: [mtd]}}}}",
        "services: {x: {outage: {worst: 6h}}}",
        ("f.mtd",),
    ),
    "a target alone changes nothing past the tolerance": (
        f"functions: {{f: {{{GOALS}, needs: [x], assumed: [rto]}}}}",
        "services: {x: {outage: {worst: 2h}}}",
        (),
    ),
    "a soft need that may be hard": (
        f"functions: {{f: {{{GOALS}, needs: [{{need: a, hardness: soft, {MAYBE}}}, b]}}}}",
        "services: {a: {outage: {worst: 2d}}, b: {outage: {worst: 1h}}}",
        ("f.needs.a",),
    ),
    "an alternative that may be none": (
        f"functions: {{f: {{{GOALS}, needs: [any_of: [a, {{need: b, {MAYBE}}}]]}}}}",
        TWO,
        ("f.needs.b",),
    ),
    "alternatives whose whole list is assumed": (
        f"functions: {{f: {{{GOALS}, needs: [any_of: [a, b]], assumed: [needs]}}}}",
        TWO,
        ("f.needs",),
    ),
    "10% may be lost, if it is 10%": (
        f"functions: {{f: {{{GOALS}, minimum: 80%, shares: {{a: 90%, b: 10%}}, {SHARED}}}}}",
        "services: {a: {outage: {worst: 1h}}, b: {outage: {worst: 2d}}}",
        ("f.shares",),
    ),
    "all facts of an entry": (
        FUNCTION,
        "services: {x: {evidence: {confidence: assumed}, outage: {worst: 2h}}}",
        ("x",),
    ),
}


@pytest.mark.parametrize("case", DECIDING)
def test_each_kind_of_fact_decides(tmp_path: Path, case: str) -> None:
    functions, services, decides = DECIDING[case]
    finding = found(tmp_path, f"{functions}\n{services}\n").get("RM003@f")
    assert (finding.assumptions if finding else ()) == decides


PLAN = (
    FUNCTION
    + """
services: {x: {outage: {worst: 5d}}}
contingencies:
  p: {covers: x, detect: 1h, decide: 1h, activate: 2h, sustains: 9d, capacity: 100%, assumed: [%s]}
"""
)


@pytest.mark.parametrize("fact", ["detect", "decide", "activate", "sustains", "capacity"])
def test_a_plan_at_assumed_figures(tmp_path: Path, fact: str) -> None:
    assert found(tmp_path, PLAN.replace("%s", fact))["RM003@f"].assumptions == (f"p.{fact}",)


def test_only_facts_that_decide_are_named(tmp_path: Path) -> None:
    text = (
        "functions: {f: {criticality: critical, mtd: 8h, rto: 4h, needs: [x, any_of: [y, z]]}}\n"
        "services:\n"
        "  x: {outage: {worst: 1h, confidence: assumed}}\n"
        "  y: {outage: {worst: 1h, confidence: assumed}}\n"
        "  z: {outage: {worst: 1h, confidence: assumed}}\n"
    )
    assert found(tmp_path, text)["RM003@f"].assumptions == ("x.outage",)


def test_two_plans_must_both_fail(tmp_path: Path) -> None:
    second = "  q: {covers: x, detect: 1h, decide: 1h, activate: 2h, sustains: 9d, capacity: 100%,"
    text = PLAN.replace("%s", "detect") + second + " assumed: [decide]}\n"
    finding = found(tmp_path, text)["RM003@f"]
    assert finding.assumptions == ("p.detect", "q.decide")
    assert "if all of it is worse than assumed" in about(tmp_path, text, "RM003@f")


def test_strict_lists_every_entry_something_rests_on(tmp_path: Path) -> None:
    text = """
functions:
  f: {criticality: critical, mtd: 8h, rto: 4h, needs: [x, y], assumed: [mtd, rto]}
services:
  x: {outage: {worst: 2d, confidence: assumed}}
  y: {outage: {worst: 1h}, exit: {effort: 3d}, assumed: [exit]}
"""
    assert of_rule(tmp_path, text, "RM003") == set()
    findings = found(tmp_path, text, STRICT)
    assert of_rule(tmp_path, text, "RM003", STRICT) == {"RM003@f", "RM003@x"}
    assert findings["RM003@f"].assumptions == ("f.mtd", "f.rto")
    assert findings["RM003@x"].severity is Severity.HIGH
    assert findings["RM003@x"].functions == ("f",)
    assert about(tmp_path, text, "RM003@x", STRICT) == "It is only assumed how long x may be out"


# -- RM004 -------------------------------------------------------------------------------------


def test_unused_ones_are_named_once_with_what_only_they_need(tmp_path: Path) -> None:
    text = (
        FUNCTION
        + """
services: {x: {outage: {worst: 1h}}, a: {needs: [b]}, b: {provider: p}, c: {needs: [d]},
           d: {needs: [c]}}
providers: {p: , lonely: }
contingencies: {plan: {covers: a, uses: [x]}}
"""
    )
    assert of_rule(tmp_path, text, "RM004") == {"RM004@a", "RM004@c", "RM004@lonely"}
    assert found(tmp_path, text)["RM004@a"].involves == ("b", "plan")
    assert "nor what only it needs: b and plan" in about(tmp_path, text, "RM004@a")


def test_whatever_serves_a_function_in_any_way_is_used(tmp_path: Path) -> None:
    text = """
functions: {f: {owner: me, criticality: normal, mtd: 8h, rto: 4h, needs: [{need: x, hardness: soft},
                any_of: [a, b]]}}
services: {x: {provider: p, coupled_to: [{service: tied}]}, a: , b: , tied: , spare: , tool: }
providers: {p: {parent: q}, q: , seller: }
contracts: {k: {provider: seller, covers: [a]}}
contingencies: {plan: {covers: a, uses: [spare], steps: [{do: go, requires: [tool]}]}}
"""
    assert of_rule(tmp_path, text, "RM004") == set()


# -- RM005 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lacks", "severity", "says"),
    [
        ("owner: me, ", Severity.LOW, "For f nobody stated who answers for it"),
        ("mtd: 8h, ", Severity.HIGH, "For f nobody stated how long it may be down"),
        ("rto: 4h, ", Severity.HIGH, "For f nobody stated how soon it must be back"),
        ("criticality: critical, ", Severity.HIGH, "For f nobody stated how critical it is"),
    ],
)
def test_what_a_function_lacks(tmp_path: Path, lacks: str, severity: Severity, says: str) -> None:
    text = FUNCTION + "services: {x: {outage: {worst: 1d}}}\n"
    assert of_rule(tmp_path, text, "RM005") == set()
    text = text.replace(lacks, "")
    assert found(tmp_path, text)["RM005@f"].severity is severity
    assert about(tmp_path, text, "RM005@f") == says


def test_a_function_of_which_hardly_anything_is_stated(tmp_path: Path) -> None:
    text = "functions: {f: {needs: [x]}}\nservices: {x: }\n"
    assert about(tmp_path, text, "RM005@f") == (
        "For f nobody stated who answers for it, how critical it is, how long it may be down or"
        " how soon it must be back"
    )


# -- RM007 -------------------------------------------------------------------------------------

STEPS = (
    FUNCTION
    + """
services: {x: {outage: {worst: 5d}}}
contingencies:
  p: {covers: x, detect: 1h, decide: 1h, activate: 2h, sustains: 9d, capacity: 100%,
      steps: [{do: one, takes: 1h}, {do: two, takes: %s}]}
"""
)


@pytest.mark.parametrize(
    ("takes", "severity"), [("1h", None), ("3h", Severity.LOW), ("6h1m", Severity.HIGH)]
)
def test_steps_longer_than_the_plan(tmp_path: Path, takes: str, severity: Severity | None) -> None:
    """With 1 h + 1 h before them, steps of 4 h keep within 8 h and steps of 7 h 1 min do not."""
    finding = found(tmp_path, STEPS.replace("%s", takes)).get("RM007@p")
    assert (finding.severity if finding else None) is severity


def test_a_test_that_took_longer_than_stated(tmp_path: Path) -> None:
    text = STEPS.replace("%s", "1h").replace(
        "capacity: 100%", "capacity: 100%, tests: [{date: 2026-01-02, result: passed, took: 5h}]"
    )
    assert about(tmp_path, text, "RM007@p") == (
        "P took 5 hours when it was tested on 2 January 2026, and states 4 hours; results count"
        " the measured time"
    )
    assert of_rule(tmp_path, text.replace("took: 5h", "took: 4h"), "RM007") == set()


@pytest.mark.parametrize(("typical", "fires"), [("8h", False), ("9h", True)])
def test_a_promise_the_outages_cannot_keep(tmp_path: Path, typical: str, fires: bool) -> None:
    """99.9% leaves 8.76 hours of a year of 8760."""
    text = (
        FUNCTION
        + f"""
services: {{x: {{provider: p, outage: {{typical: {typical}, worst: 1d, per_year: 1}}}}}}
providers: {{p: }}
contracts: {{k: {{provider: p, covers: x, sla: {{availability: 99.9%}}}}}}
"""
    )
    assert of_rule(tmp_path, text, "RM007") == ({"RM007@k"} if fires else set())
    if fires:
        assert about(tmp_path, text, "RM007@k") == (
            "K promises 99.9%, which leaves 8 hours 46 minutes a year; the outages stated for x"
            " make up 9 hours a year"
        )
    own = text.replace("provider: p, outage", "sla: {availability: 99.9%}, outage")
    own = own.replace("contracts: {k: {provider: p, covers: x, sla: {availability: 99.9%}}}", "")
    assert of_rule(tmp_path, own, "RM007") == ({"RM007@x"} if fires else set())


def test_a_contract_and_its_service_that_promise_differently(tmp_path: Path) -> None:
    text = (
        FUNCTION
        + """
services: {x: {provider: p, sla: {availability: 99.9%}, outage: {worst: 1h}}}
providers: {p: }
contracts: {k: {provider: p, covers: x, sla: {availability: 99.5%}}}
"""
    )
    assert about(tmp_path, text, "RM007@k") == (
        "K promises 99.5% for x, for which the model states 99.9%; results count the latter"
    )
    assert of_rule(tmp_path, text.replace("99.5%", "99.9%"), "RM007") == set()
    ended = text.replace("covers: x,", "covers: x, ends: 2000-01-01,")
    assert of_rule(tmp_path, ended, "RM007") == set()


def test_shares_that_leave_a_part_unexplained(tmp_path: Path) -> None:
    text = """
functions: {f: {owner: me, criticality: normal, mtd: 8h, rto: 4h, shares: {a: 60%, b: 30%}}}
services: {a: {outage: {worst: 1h}}, b: {outage: {worst: 1h}}}
"""
    assert "add up to 90%; nobody says what carries the other 10%" in about(
        tmp_path, text, "RM007@f"
    )
    assert of_rule(tmp_path, text.replace("30%", "40%"), "RM007") == set()
