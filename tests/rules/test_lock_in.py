"""What the rules on lock-in say: firing, silence, edges, severity and wording."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from riskmap.model import SHIPPED, Severity
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.statement import render
from tests.support.models import load

TODAY = date(2026, 6, 1)

MAIL = """
currency: EUR
functions: {f: {title: Write letters, criticality: critical, mtd: 8h, rto: 4h, needs: [mail]}}
services:
  mail:
    provider: p
    market: commodity
    outage: {worst: 2h}
    exit: {procurement: 30d, build: 60d, data: 0 GB, parallel_run: 0h, cut_over: 0h}
providers: {p: {title: Suite Ltd, outage: {worst: 2h}}}
contracts:
  c: {provider: p, covers: [mail], TERMS}
"""

HELD = """
currency: EUR
functions: {f: {criticality: critical, mtd: 8h, rto: 4h, needs: [mail]}}
services:
  mail:
    provider: p
    market: commodity
    outage: {worst: 2d}
    coupled_to: [{service: sites, by: [licence], COST}]
    exit: {effort: 5d, labour_per_day: 100, cost: 500, retraining: 0, data: 0 GB,
      procurement: 1w, parallel_run: 0h, cut_over: 1d}
  sites:
    provider: p
    market: proprietary
    exit: {effort: 20d, cost: 9000, retraining: 0, data: 0 GB, procurement: 1w,
      parallel_run: 0h, cut_over: 1d}
providers: {p: {title: Suite Ltd}}
contracts:
  c: {provider: p, covers: [mail, sites], notice: 0d, annual_cost: 0, termination_fee: 0,
    switching_charges: 0}
"""

HARD = """
functions: {f: {title: Sell, criticality: critical, mtd: 8h, rto: 4h, needs: [NEEDS]}}
services:
  sites: {provider: p, outage: {worst: 2h}, EXIT}
  spare: {outage: {worst: 2h}}
providers: {p: {outage: {worst: 2h}}}
"""


def found(folder: Path, text: str, policy=SHIPPED) -> dict[str, Finding]:
    results = Results(load(folder, text), TODAY, policy)
    return {finding.key: finding for finding in find(results)}


def said(folder: Path, text: str, key: str) -> tuple[str, str, str]:
    model = load(folder, text)
    (finding,) = (f for f in find(Results(model, TODAY)) if f.key == key)
    return (
        render(finding.summary, model),
        render(finding.because, model),
        render(finding.recommendation, model),
    )


def terms(text: str) -> str:
    return MAIL.replace("TERMS", text)


def hard(exit_facts: str, needs: str = "sites") -> str:
    return HARD.replace("EXIT", exit_facts).replace("NEEDS", needs)


# -- RM401 --------------------------------------------------------------------------------------


def test_a_priced_tie_that_pays_is_recommended(tmp_path):
    """As things are 500 + 500 + 9000; mail alone 1000: 9000 saved for 400."""
    summary, _, todo = said(tmp_path, HELD.replace("COST", "cost: 400"), "RM401@mail")
    assert summary == "Mail could be bought anywhere, but sites must move with it (tied by licence)"
    assert todo == (
        "Cut the tie of mail to sites (licence) for 400 EUR: leaving then costs 9,000 EUR less than"
        " as things are; or decide to stay and record why"
    )


def test_a_dear_tie_is_left_alone(tmp_path):
    _, _, todo = said(tmp_path, HELD.replace("COST", "cost: 12000"), "RM401@mail")
    assert todo == (
        "Decide to stay, and record why: to cut the tie of mail to sites (licence) costs 12,000"
        " EUR, and leaving would then cost only 9,000 EUR less"
    )


def test_a_tie_without_a_price_asks_for_it(tmp_path):
    _, _, todo = said(tmp_path, HELD.replace(", COST", ""), "RM401@mail")
    assert todo == (
        "Find out what it costs to cut the tie of mail to sites (licence), or decide to stay and"
        " record why"
    )
    finding = found(tmp_path, HELD.replace(", COST", ""))["RM401@mail"]
    names = {item.name for item in finding.evidence if isinstance(item, Measure)}
    assert {"exit_time", "exit_cost"} <= names
    assert "loosening_cost" not in names


# -- RM402 --------------------------------------------------------------------------------------


def test_a_provider_that_can_leave_faster_than_we_can(tmp_path):
    summary, because, todo = said(tmp_path, terms("provider_notice: 30d"), "RM402@c")
    assert summary == "Suite Ltd can end c with 30 days of notice, and leaving takes 90 days"
    assert because == (
        "One step below “Write letters” being without it for 60 days, since somebody has to end the"
        " contract first"
    )
    assert todo == ("Ask Suite Ltd for a notice of at least 90 days, or shorten the build of mail")
    finding = found(tmp_path, terms("provider_notice: 30d"))["RM402@c"]
    assert finding.severity is Severity.HIGH
    assert finding.functions == ("f",)


@pytest.mark.parametrize("notice", ["provider_notice: 90d", "provider_notice: 6mo", "notice: 90d"])
def test_enough_notice_is_silent(tmp_path, notice):
    assert "RM402@c" not in found(tmp_path, terms(notice))


def test_our_own_notice_is_ours_to_give(tmp_path):
    summary, because, todo = said(tmp_path, terms("notice: 30d"), "RM402@c")
    assert summary == "C can be ended with 30 days of notice, and leaving takes 90 days"
    assert because == "We choose the day on which our own notice begins"
    assert todo == "Begin the move before giving notice under c"
    assert found(tmp_path, terms("notice: 30d"))["RM402@c"].severity is Severity.LOW


def test_a_term_that_runs_out_first(tmp_path):
    text = terms("ends: 2026-07-01")
    summary, _, todo = said(tmp_path, text, "RM402@c")
    assert summary == "C ends in 30 days, and leaving takes 90 days"
    assert todo.startswith("Ask Suite Ltd for a transition period of at least 90 days")
    assert "RM402@c" not in found(tmp_path, terms("ends: 2026-09-01"))
    margin = replace(SHIPPED.thresholds, notice_margin=timedelta(days=30))
    strict = replace(SHIPPED, thresholds=margin)
    assert "RM402@c" in found(tmp_path, terms("ends: 2026-09-01"), strict)


def test_the_worse_limit_is_named(tmp_path):
    summary, _, _ = said(tmp_path, terms("notice: 10d, provider_notice: 60d"), "RM402@c")
    assert summary.startswith("Suite Ltd can end c with 60 days"), "theirs counts before ours"


def test_an_exit_nobody_knows_anything_of_is_left_to_others(tmp_path):
    text = terms("provider_notice: 30d")
    bare = text.replace(text[text.index("    exit:") : text.index("providers:")], "")
    assert "RM402@c" not in found(tmp_path, bare)


def test_a_part_that_nobody_stated_makes_it_a_least(tmp_path):
    text = terms("provider_notice: 30d").replace(", data: 0 GB", "")
    assert said(tmp_path, text, "RM402@c")[0].endswith("leaving takes at least 90 days")


def test_a_contract_no_function_needs_is_silent(tmp_path):
    text = terms("provider_notice: 30d").replace("needs: [mail]", "needs: [own]")
    assert "RM402@c" not in found(tmp_path, text.replace("services:", "services:\n  own: {}"))


def test_data_that_is_gone_before_it_is_fetched(tmp_path):
    text = terms("provider_notice: 1y").replace(
        "data: 0 GB", "data: 450 GB, bandwidth: 50 Mbit/s, retrieval: 12h"
    )
    summary, because, _ = said(tmp_path, text, "RM402@mail")
    assert summary == (
        "Fetching the data of mail takes 20 hours, and it is kept for 12 hours after the end"
    )
    assert because == (
        "One step below “Write letters” losing it for good, since somebody has to end it first"
    )
    assert "RM402@mail" not in found(tmp_path, text.replace("retrieval: 12h", "retrieval: 20h"))


# -- RM403 --------------------------------------------------------------------------------------


def test_nobody_wrote_down_how_to_leave(tmp_path):
    text = hard("exit: {substitutability: highly-complex}")
    summary, because, todo = said(tmp_path, text, "RM403@sites")
    assert summary == "Nobody has written down how to leave sites"
    assert because == (
        "One step below Sell going without it with no known end, since the provider has to end it"
        " first"
    )
    assert todo == (
        "Write down how sites would be left, who does it and how long it takes, and test it"
    )
    assert found(tmp_path, text)["RM403@sites"].severity is Severity.HIGH


@pytest.mark.parametrize(
    ("tests", "severity", "summary"),
    [
        ("", Severity.MEDIUM, "The plan to leave sites has never passed a test"),
        (
            ", tests: [{date: 2026-01-01, result: failed}]",
            Severity.MEDIUM,
            "The plan to leave sites did not pass its newest test",
        ),
        (", tests: [{date: 2026-01-01, result: passed, kind: stressed}]", None, ""),
    ],
)
def test_a_plan_counts_in_full_once_tested(tmp_path, tests, severity, summary):
    plan = f"plan: {{steps: [Go]{tests}}}"
    text = hard(f"exit: {{substitutability: not-substitutable, {plan}}}")
    if severity is None:
        assert "RM403@sites" not in found(tmp_path, text)
        return
    assert found(tmp_path, text)["RM403@sites"].severity is severity
    assert said(tmp_path, text, "RM403@sites")[0] == summary


def test_a_long_notice_by_the_provider_makes_it_low(tmp_path):
    known = "procurement: 1d, build: 1d, data: 0 B, parallel_run: 0d, cut_over: 0d"
    text = hard(f"exit: {{substitutability: highly-complex, {known}}}")
    contract = "contracts: {c: {provider: p, covers: sites, provider_notice: 30d}}\n"
    assert found(tmp_path, text)["RM403@sites"].severity is Severity.HIGH
    assert found(tmp_path, text + contract)["RM403@sites"].severity is Severity.LOW


@pytest.mark.parametrize("rule", ["RM403", "RM404"])
def test_only_what_is_hard_to_replace_and_matters(tmp_path, rule):
    key = f"{rule}@sites"
    assert key not in found(tmp_path, hard("exit: {substitutability: medium-complexity}"))
    assert key not in found(tmp_path, hard("market: differentiated"))
    assert key in found(tmp_path, hard("market: proprietary"))
    easy = "market: proprietary, exit: {substitutability: easily-substitutable}"
    assert key not in found(tmp_path, hard(easy))
    normal = hard("market: proprietary").replace("criticality: critical", "criticality: normal")
    assert key not in found(tmp_path, normal)
    unstated = hard("market: proprietary").replace("criticality: critical, ", "")
    assert key in found(tmp_path, unstated)


@pytest.mark.parametrize("rule", ["RM403", "RM404"])
def test_what_nobody_stated_counts_only_under_a_strict_policy(tmp_path, rule):
    text = hard("notes: nobody said")
    assert f"{rule}@sites" not in found(tmp_path, text)
    assert f"{rule}@sites" in found(tmp_path, text, replace(SHIPPED, strict=True))


# -- RM404 --------------------------------------------------------------------------------------


def test_no_alternative(tmp_path):
    text = hard("exit: {substitutability: highly-complex}")
    summary, because, _ = said(tmp_path, text, "RM404@sites")
    assert summary == "Nobody has named an alternative to sites"
    assert (
        because == "One step below Sell losing it for good, since the provider has to end it first"
    )
    assert found(tmp_path, text)["RM404@sites"].severity is Severity.HIGH


def test_no_real_alternative(tmp_path):
    text = hard("exit: {substitutability: not-substitutable, reason: both, reintegration: easy}")
    summary, because, todo = said(tmp_path, text, "RM404@sites")
    assert summary == "There is no real alternative to sites"
    assert because.endswith("and it could be taken in house")
    assert todo.startswith("Find out whether sites could be run in house")
    assert found(tmp_path, text)["RM404@sites"].severity is Severity.MEDIUM


def test_an_alternative_in_use_is_one(tmp_path):
    exit_facts = "exit: {substitutability: highly-complex}"
    text = hard(exit_facts, needs="{any_of: [sites, spare]}")
    assert "RM404@sites" not in found(tmp_path, text)
