"""What is said where several contingencies stand in for one thing, reckoned by hand."""

from pathlib import Path

from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.statement import render
from tests.support.models import TODAY, load

SYSTEM = """
functions:
  wages: {title: Wages, owner: payroll, criticality: critical, mtd: 2d, rto: 1d, needs: [ledger]}
services:
  ledger: {title: Ledger, outage: {worst: 20d}}
contingencies:
"""
POORER = "  poorer: {title: Poorer, covers: ledger, detect: 8h, decide: 0h, activate: 0h,"
POORER += " sustains: 5d, capacity: 95%}\n"
BETTER = "  better: {title: Better, covers: ledger, detect: 4d, decide: 0h, activate: 0h,"
BETTER += " sustains: 30d, capacity: 100%}\n"


def said(folder: Path, text: str) -> dict[str, tuple[str, str]]:
    model = load(folder, text)
    return {
        f.key: (render(f.summary, model), render(f.recommendation, model))
        for f in find(Results(model, TODAY))
    }


def test_the_level_is_named_with_the_plan_that_brings_it(tmp_path: Path) -> None:
    """95% from hour 8 is too little; 100% comes with the other plan on day 4, not at hour 8."""
    summary, advice = said(tmp_path, SYSTEM + POORER + BETTER)["RM101@ledger"]
    assert "alone stops Wages for 4 days" in summary
    assert "a fallback brings back 100% after 4 days" in summary
    assert advice.startswith("Make the fallback carry enough within 2 days")


def test_of_plans_that_carry_enough_the_first_is_named(tmp_path: Path) -> None:
    lenient = SYSTEM.replace("rto: 1d", "rto: 1h, minimum: 90%")
    summary, _ = said(tmp_path, lenient + POORER + BETTER)["RM101@ledger"]
    assert "a fallback brings back 95% after 8 hours" in summary


def test_a_plan_that_another_follows_does_not_run_out(tmp_path: Path) -> None:
    """The poorer plan ends on day 5, when the better one has carried everything for a day."""
    assert "RM206@poorer" in said(tmp_path, SYSTEM + POORER)
    both = said(tmp_path, SYSTEM + POORER + BETTER)
    assert "RM206@poorer" not in both
    assert "RM206@better" not in both


def test_a_plan_followed_too_late_still_runs_out(tmp_path: Path) -> None:
    later = BETTER.replace("detect: 4d", "detect: 7d")
    assert "RM206@poorer" in said(tmp_path, SYSTEM + POORER + later)


def test_holding_longer_is_no_advice_for_a_plan_that_carries_too_little(tmp_path: Path) -> None:
    _, advice = said(tmp_path, SYSTEM + POORER)["RM101@ledger"]
    assert advice.startswith("Make the fallback carry enough")
    lenient = SYSTEM.replace("rto: 1d", "rto: 1d, minimum: 90%")
    _, advice = said(tmp_path, lenient + POORER)["RM101@ledger"]
    assert advice.startswith("Make Poorer hold as long as Ledger may be out")
