"""The audit: what it says, held against models whose answers are plain."""

import io
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from riskmap.api import compare
from riskmap.assessment import assess
from riskmap.assessment.criteria import CRITERIA, Held, chosen, criteria_of, held
from riskmap.errors import OutputError
from riskmap.model import Policy, Standard
from riskmap.report.html import render_html
from riskmap.report.pdf import render_pdf
from riskmap.report.profiles import PROFILES
from riskmap.report.view.audit import (
    decided,
    exits,
    findings,
    impact,
    plans,
    points,
    sampling,
    year,
)
from riskmap.report.view.audit.causes import CAUSES
from riskmap.report.view.audit.references import clauses_of
from riskmap.report.view.audit.subject import audit_context
from riskmap.report.view.context import Beside
from riskmap.report.view.words import NBSP
from riskmap.rules.registry import RULES, rule
from tests.support.pdf_checks import faults, tagged

ISO, NIST, DORA = Standard.ISO_22301, Standard.NIST_800_34, Standard.DORA

GOOD = """
riskmap: 1
organisation: Good
as_of: 2026-11-02
currency: EUR
jurisdiction: DE
functions:
  sell: {title: Sell, owner: sales, criticality: critical, mtd: 8h, rto: 4h, needs: [shop],
         loss: {per_hour: 10, after: {5h: 20}}, minimum: 100%, reviewed: 2026-10-01}
services:
  shop: {title: The shop, provider: vendor, reviewed: 2026-10-01, owner: it,
         outage: {typical: 1h, worst: 2h, confidence: evidenced, source: Incident log}}
providers:
  vendor: {title: Vendor, reviewed: 2026-10-01, outage: {worst: 1h, confidence: evidenced}}
contracts:
  deal: {title: The deal, provider: vendor, covers: [shop], reviewed: 2026-10-01, notice: 30d,
         clauses: {audit: have, training: refused}}
contingencies:
  by-hand: {title: By hand, covers: shop, detect: 1h, decide: 0m, activate: 1h, sustains: 2d,
            capacity: 100%, trigger: {when: no orders, signal: own}, decides: sales,
            steps: [Print forms], reviewed: 2026-10-01,
            tests: [{date: 2026-06-01, result: passed}]}
"""


def without_as_of(text):
    return text.replace("as_of: 2026-11-02\n", "")


def found(assessment, standard, clause):
    """Return, by what is asked for, how many cases meet one clause, of how many."""
    return {
        criterion.asks: (count.met, count.total)
        for number, criterion in criteria_of(standard)
        if number == clause and (count := criterion.count(assessment))
    }


def criterion(words):
    (one,) = [c for c in CRITERIA if c.asks.startswith(words)]
    return one


def plain(value):
    return str(value).replace(NBSP, " ")


def cells(part):
    """Return the texts of every table of a section, row by row."""
    grids = [block.grid for block in part.blocks if block.grid]
    return [
        [" ".join(plain(f"{c.mark.word if c.mark else ''} {c.text} {c.note}").split()) for c in row]
        for grid in grids
        for row in grid.rows
    ]


# -- criteria --------------------------------------------------------------------------------


def test_evidence_is_counted_case_by_case(make):
    assessment = make(GOOD)
    assert set(found(assessment, ISO, "8.2.2").values()) == {(1, 1)}
    assert list(found(assessment, ISO, "8.5").values()) == [(1, 1)], "tested five months ago"
    assert list(found(assessment, ISO, "8.4.3").values()) == [(0, 1)], "no communications"
    assert list(found(assessment, ISO, "8.4.2").values()) == [(0, 1)], "no deputy"
    assert list(found(assessment, ISO, "8.6").values()) == [(5, 5)]
    assert list(found(assessment, DORA, "28(3)").values()) == [(0, 1)], "no dates"
    assert set(found(assessment, DORA, "28(8)").values()) == {(0, 1)}
    assert list(found(assessment, DORA, "29(2)").values()) == [(1, 1)]
    assert list(found(assessment, DORA, "30(1)").values()) == [(1, 1)]
    assert list(found(assessment, DORA, "30(2)(i)").values()) == [(0, 1)], "refused"
    assert list(found(assessment, DORA, "30(3)(e)").values()) == [(1, 1)], "audit is there"


@pytest.mark.parametrize("standard", list(Standard))
def test_nothing_is_found_where_there_is_nothing(make, standard):
    bare = make("riskmap: 1\norganisation: Bare\nfunctions: {f: {}}\n")
    for _, one in criteria_of(standard):
        assert held(bare, one) in {Held.NONE, Held.NOTHING}, one.asks


def test_plans_and_contracts_that_should_be_there_are_lacking(make):
    text = re.sub(r"(contracts|contingencies):\n(  .*\n)+", "", GOOD).replace(
        "worst: 2h", "worst: 9d"
    )
    assessment = make(text)
    for words in (
        "Plans are exercised",
        "A register holds",
        "Contracts in force settle: right to audit",
    ):
        assert held(assessment, criterion(words)) is Held.NONE, words


def test_what_somebody_assumed_is_no_full_evidence(make):
    stated = criterion("For each activity it is known how long")
    assert held(make(GOOD), stated) is Held.FOUND
    assumed = make(GOOD.replace("owner: sales,", "owner: sales, assumed: [mtd],"))
    assert held(assumed, stated) is Held.PARTLY
    assert stated.count(assumed).assumed == 1


def test_a_finding_or_a_rule_that_did_not_run_speaks_against(make):
    review = criterion("What the plans rest on is reviewed")
    model = make(GOOD).model
    assert held(make(GOOD), review) is Held.FOUND
    silent = assess(model, date(2026, 11, 2), Policy(ignore=("RM002",)))
    assert held(silent, review) is Held.PARTLY
    spread = criterion("Not too much hangs on one provider")
    assert held(make(GOOD), spread) is Held.FOUND
    silent = assess(model, date(2026, 11, 2), Policy(ignore=("RM304",)))
    assert held(silent, spread) is Held.NOTHING


@pytest.mark.parametrize("day", ["2024-06-01", "2027-06-01"])
def test_an_old_test_and_one_to_come_are_no_evidence(make, day):
    assessment = make(without_as_of(GOOD.replace("2026-06-01", day)))
    assert list(found(assessment, ISO, "8.5").values()) == [(0, 1)]


def test_the_law_chooses_the_standards_unless_the_policy_does(make):
    assert chosen(make(GOOD)) == (ISO, DORA)
    american = make(GOOD.replace("DE", "US"))
    assert chosen(american) == (ISO,)
    named = assess(american.model, american.today, Policy(criteria=(DORA, NIST)))
    assert chosen(named) == (NIST, DORA)


def test_clauses_come_in_order_and_each_criterion_once(make):
    for standard in Standard:
        clauses = [number for number, _ in criteria_of(standard)]
        assert clauses == sorted(clauses, key=_in_order)
    asks = [one.asks for one in CRITERIA]
    assert len(set(asks)) == len(asks)


def _in_order(clause):
    return [int(p) if p.isdigit() else ord(p) for p in re.findall(r"\d+|[a-z]", clause)]


def test_the_matrix_never_claims_conformity(make, text_of):
    every = assess(make(GOOD).model, date(2026, 11, 2), Policy(criteria=tuple(Standard)))
    text = text_of(render_html(every, "audit"))
    assert not re.search(r"compl(y|ies|iant|iance)|certif|conforms", text, re.IGNORECASE)
    assert "Nothing here is a statement of conformity" in text
    assert "whether it binds this organisation is not judged" in text
    assert "Functions that state their minimum: one of one" in text


# -- opinion ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "opinion"),
    [
        (("worst: 2h", "worst: 2h"), "Opinion: Unqualified"),
        (("worst: 2h", "worst: 9d"), "Opinion: Adverse"),
        (("needs: [shop]", "needs: []"), "Opinion: Qualified"),
    ],
)
def test_the_opinion_follows_the_rule(make, text_of, change, opinion):
    text = GOOD.replace("sustains: 2d", "sustains: 1h").replace(*change)
    assert opinion in text_of(render_html(make(text), "audit"))


def test_an_opinion_without_every_rule_is_qualified(make, text_of):
    silent = assess(make(GOOD).model, date(2026, 11, 2), Policy(ignore=("RM4",)))
    text = text_of(render_html(silent, "audit"))
    assert "Opinion: Qualified" in text
    assert "not every rule ran" in text
    assert "The policy leaves out RM401, RM402, RM403 and RM404" in text


def test_what_it_says_of_a_good_model(make, text_of):
    text = text_of(render_html(make(GOOD), "audit"))
    assert "Our function stays within its tolerance" in text
    assert "The one plan has passed a test in time" in text
    assert "There is no earlier assessment to compare with." in text
    assert "no of them" not in text


def test_it_takes_no_subject(founding):
    with pytest.raises(OutputError, match="takes no subject"):
        audit_context(founding, "microsoft")


# -- sections --------------------------------------------------------------------------------


def test_the_impact_table_says_what_a_stop_costs(make):
    """By hand: five hours at 10, then 19 (of a day) or 3 (until the MTD) at 20 an hour."""
    (row,) = cells(impact.build(audit_context(make(GOOD), None)))
    assert row == [
        "Sell critical; sales",
        "8 hours",
        "4 hours",
        "not stated",
        "100%",
        "430 EUR in 24 hours 110 EUR until the MTD",
        "Within target The shop: 2 hours",
    ]


def test_what_is_not_known_is_not_called_fine(make):
    part = points.build(
        audit_context(make("riskmap: 1\norganisation: B\nfunctions: {f: {}}\n"), None)
    )
    assert part.title == "What would stop f is not known"


@pytest.mark.parametrize(
    ("tested", "said"),
    [
        ("2026-06-01", "Passed 1 June 2026; next by 1 June 2027"),
        ("2025-06-01", "Overdue passed 1 June 2025; overdue since 1 June 2026"),
    ],
)
def test_tests_are_done_or_overdue(make, tested, said):
    context = audit_context(make(GOOD.replace("2026-06-01", tested)), None)
    rows = cells(plans.build(context))
    assert rows[0][3] == said
    assert rows[1][1:4] == ["By hand", "Passed", "not measured"]


def test_titles_of_one_none_and_several_plans(make, random_model):
    model = random_model(40, 3)
    part = plans.build(audit_context(make(model), None))
    assert part.title == "None of three plans has passed a test in time"
    model["contingencies"]["plan-0"]["tests"] = [{"date": "2026-10-01", "result": "passed"}]
    part = plans.build(audit_context(make(model), None))
    assert part.title == "One of three plans has passed a test in time"


def test_exits_say_what_leaving_takes(founding):
    rows = cells(exits.build(audit_context(founding, None)))
    (sharepoint,) = [row for row in rows if "SharePoint" in row[0] and len(row) == 6]
    assert sharepoint[1] == "62"
    assert sharepoint[3].startswith("158 days")
    assert sharepoint[5] == "None"
    (terms,) = [row for row in rows if "SharePoint" in row[0] and len(row) == 8]
    assert sum(int(term.split(" / ")[0]) for term in terms[1:]) == pytest.approx(62, abs=2)


def test_every_finding_is_in_it_once(founding, text_of):
    text = text_of(render_html(founding, "audit"))
    assert "37 findings, all of them open" in text
    for number in range(1, 38):
        one = re.findall(rf"^(?:▲ \w+|◆ \w+|● \w+)?\s*{number}(?:\. | · RM)", text, re.MULTILINE)
        assert len(one) == 1, number


def test_a_finding_has_all_that_an_auditor_asks_for(founding):
    context = audit_context(founding, None)
    forms = [form for block in findings.build(context).blocks for form in block.forms]
    labels = [label for row in forms[0].rows for label, _ in row]
    assert labels == [
        *("Criterion", "Condition", "Effect", "Cause", "What to do", "Evidence"),
        *("Owner, due", "Response"),
    ]
    (one,) = [f for f in forms if f.title.startswith("2.")]
    told = {label: plain(cell.text) for row in one.rows for label, cell in row}
    assert (
        told["Criterion"]
        == "RM101, Single point of failure; ISO 22301:2019, 8.2.3; DORA Art. 28(4)"
    )
    assert (
        told["Cause"]
        == "Nothing takes over by itself when it fails. Cisco could mend it, and owes us nothing."
    )
    assert told["Evidence"].startswith("Write to clients → Our mail reaches the prime contractor →")
    assert "longest interruption 5 days ○; tolerated 8 hours ○" in told["Evidence"]
    assert told["Response"] == "to be given"


def test_when_there_are_too_many_every_finding_still_has_a_row(make, random_model):
    context = audit_context(make(random_model(100, 100)), None)
    part = findings.build(context)
    forms = [form for block in part.blocks for form in block.forms]
    rows = [row for block in part.blocks if block.grid for row in block.grid.rows]
    assert len(forms) == findings.FULL
    numbers = {int(f.title.split(".")[0]) for f in forms}
    numbers |= {int(row[0].text.split(" ")[0]) for row in rows}
    assert numbers == set(range(1, len(context.ordered) + 1))
    leads = {c.findings[0].finding.key for c in context.assessment.concerns if c.severity.rank == 3}
    assert {context.numbers[key] for key in leads} <= {int(f.title.split(".")[0]) for f in forms}


def test_every_rule_has_a_cause():
    assert set(CAUSES) == {known.id for known in RULES}


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("RM205", "ISO 22301:2019, 8.5; NIST SP 800-34 r1, section 3.5; DORA Art. 11(6)"),
        ("RM304", "DORA Art. 28(4)(c) and 29"),
        ("RM103", ""),
    ],
)
def test_clauses_are_those_of_the_documentation(name, clauses):
    assert clauses_of(rule(name)) == clauses


def test_decisions_that_hold_and_that_ran_out(make):
    text = GOOD + (
        "treatments:\n"
        "  a: {finding: RM308@deal, status: accepted, reason: Small, owner: it,\n"
        "      expires: 2027-01-01}\n"
        "  b: {finding: RM101@nothing, status: accepted, reason: Old}\n"
    )
    part = decided.build(audit_context(make(text), None))
    assert part.title == "One decision about a finding, which holds"
    (row,) = cells(part)
    assert row[2:] == ["Accepted until 1 January 2027", "Small", "it approval not recorded"]
    assert part.blocks[-1].lines == ("“b” is about RM101@nothing, and there is no such finding.",)
    late = decided.build(audit_context(make(text.replace("2027-01-01", "2026-01-01")), None))
    assert late.title == "The one decision about a finding has run out"
    assert decided.build(audit_context(make(GOOD), None)).title.startswith("No decision")


def test_the_sampling_list_holds_what_a_good_verdict_rests_on(make):
    context = audit_context(make(GOOD), None)
    listed = cells(sampling.build(context))
    facts = [row[0].split(" ")[-1] for row in listed]
    assert {"sell.mtd", "shop.outage", "sell.needs", "deal.covers", "by-hand.tests"} <= set(facts)
    (outage,) = [row for row in listed if row[0].endswith("shop.outage")]
    assert outage[1:3] == ["at worst 2 hours", "Incident log evidenced"]
    assert outage[3].startswith("one function is fine by it")
    (block,) = [b for b in sampling.build(context).blocks if b.title.startswith("Sampling")]
    assert block.grid.ticked


def test_year_on_year_tells_what_changed(make, text_of):
    last = GOOD.replace("worst: 2h", "worst: 9d").replace("sustains: 2d", "sustains: 1h")
    before = make(without_as_of(last), date(2025, 11, 2))
    now = make(GOOD)
    text = text_of(render_html(now, "audit", beside=Beside(since=compare(before, now))))
    assert "Compared with the assessment of 2 November 2025." in text
    assert "Now within what it can bear" in text
    assert "Resolved" in text
    assert re.search(r"Functions beyond .*\n1\n0", text), "figures, before and now"
    assert re.search(r"The shop\s*service\nOne fact restated", text)


def test_what_is_as_before_is_said_in_a_line(founding):
    context = audit_context(founding, None)
    since = compare(founding, founding)
    blocks = year.build(replace(context, beside=Beside(since=since))).blocks
    (same,) = [block for block in blocks if block.title == "As before"]
    assert same.lines[-1] == "37 findings are as before: 1 to 37."
    assert not [block for block in blocks if block.grid], "nothing changed"


# -- pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [3, 12, 100])
def test_random_models_print_without_faults(make, random_model, size):
    assessment = make(random_model(size, seed=7, treatments=size // 5))
    document = pikepdf.open(io.BytesIO(render_pdf(assessment, "audit")))
    assert faults(document) == []


@pytest.mark.parametrize(
    "title",
    [
        lambda kind, i: f"{kind} {i} of a length that a careful person would write down in full"[
            :80
        ],
        lambda kind, i: f"Отдел продаж и сопровождения заказов клиентов {kind} {i}",
    ],
    ids=["long", "cyrillic"],
)
def test_hard_titles_print_without_faults(make, random_model, title):
    assessment = make(random_model(30, 11, title, treatments=4))
    document = pikepdf.open(io.BytesIO(render_pdf(assessment, "audit")))
    assert faults(document) == []


def test_a_single_function_is_an_audit_of_few_pages(make):
    bare = make("riskmap: 1\norganisation: Shop\nfunctions: {f: {title: Write}}\n")
    document = pikepdf.open(io.BytesIO(render_pdf(bare, "audit")))
    assert faults(document) == []
    assert len(document.pages) <= 5


def test_the_founding_case_prints_all_sections(founding):
    document = pikepdf.open(io.BytesIO(render_pdf(founding, "audit")))
    assert faults(document) == []
    assert len(document.pages) <= 20
    assert len(tagged(document, "/H2")) >= len(PROFILES["audit"].sections)
    assert len(tagged(document, "/H4")) == 35, "each finding in full has a heading"


def test_an_audit_says_which_policy_it_was_judged_by(founding, text_of):
    named = replace(founding.policy, name="ours.yaml", ignore=("RM402",))
    text = text_of(render_html(assess(founding.model, founding.today, named), "audit"))
    assert "ours.yaml; 31 of 32 rules ran" in text


def test_what_a_plan_makes_up_for_is_told_apart(make):
    text = GOOD.replace("worst: 2h", "worst: 1d")
    part = points.build(audit_context(make(text), None))
    assert (
        part.title == "One thing alone would stop a function for too long; a plan makes up for it"
    )
    late = text.replace("activate: 1h", "activate: 5h")
    part = points.build(audit_context(make(late), None))
    assert part.title == "One thing alone stops a function for too long"


def test_a_plan_that_carries_at_once_leaves_a_row(make, text_of):
    text = GOOD.replace("worst: 2h", "worst: 1d")
    text = text.replace("detect: 1h", "detect: 0h").replace("activate: 1h", "activate: 0h")
    assert "The shop" in text_of(render_html(make(text), "audit"))
    (row,) = cells(points.build(audit_context(make(text), None)))
    assert row[:3] == ["The shop", "Sell", "carried throughout by a plan"]
